package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

func newExplain(a *app) *cobra.Command {
	in := &input{app: a}
	judging := &judging{}
	var id string
	var prompt bool
	cmd := &cobra.Command{
		Use:   "explain FILE --comment ID",
		Short: "Say why a comment was judged as it was",
		Long: `Explain lists the words of a comment that moved its stance, each with its weight, what
the stance would be had the article or the comment above not been read, and the words
that moved the sentiment. The weights are log-odds, of the stance given against the
mean of the others and of positive against negative. They are exact: with what holds
before a word is read they add up to the decision. It prints text or, with -o json,
JSON.

--prompt prints instead what --engine llm tells a language model.`,
		Example: `  stance explain examples/ferry.txt --comment c3
  stance explain --prompt`,
		Args: usageArgs(func(cmd *cobra.Command, files []string) error {
			if prompt {
				return cobra.NoArgs(cmd, files)
			}
			return cobra.ExactArgs(1)(cmd, files)
		}),
		RunE: func(cmd *cobra.Command, files []string) error {
			if prompt {
				p := llm.CurrentPrompt()
				_, err := fmt.Fprintf(a.out, "Version %s\n\n%s", p.Version, p.Text)
				return err
			}
			if id == "" {
				return usageError{errors.New("explain needs --comment ID")}
			}
			if a.output != "text" && a.output != "json" {
				return usageError{fmt.Errorf("explain prints text or json, not %s", a.output)}
			}
			return explain(cmd.Context(), in, judging, files[0], id)
		},
	}
	in.addFlags(cmd)
	judging.addFlags(cmd)
	cmd.Flags().BoolVar(&prompt, "prompt", false, "print the codebook and the tasks that a language model is told")
	cmd.Flags().StringVar(&id, "comment", "", "the ID of the comment, as -o json and convert print it")
	return cmd
}

// explain explains the comment of that ID in the first thread that has it.
func explain(ctx context.Context, in *input, judging *judging, file, id string) error {
	pipeline, err := judging.embedded()
	if err != nil {
		return err
	}
	done := false
	err = in.each(ctx, []string{file}, func(t *corpus.Thread) error {
		if done || !hasComment(t, id) {
			return nil
		}
		done = true
		e, err := pipeline.Explain(ctx, t, id)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return in.app.writeExplanation(e)
	})
	if err == nil && !done {
		return fmt.Errorf("%s: no comment has the ID %q", file, id)
	}
	return firstOf(err, judging.report(in, false))
}

func hasComment(t *corpus.Thread, id string) bool {
	for i := range t.Comments {
		if t.Comments[i].ID == id {
			return true
		}
	}
	return false
}

func (a *app) writeExplanation(e *analysis.Explained) error {
	out := bufio.NewWriter(a.out)
	if a.output == "json" {
		return firstOf(reports.ExplainJSON(out, e), out.Flush())
	}
	return firstOf(reports.Explain(out, e, a.reportOptions(0)), out.Flush())
}
