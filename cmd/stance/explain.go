package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newExplain(a *cli.App) *cobra.Command {
	var id string
	var prompt bool
	cmd := cli.Prints(&cobra.Command{
		Use:   "explain FILE --comment N",
		Short: "Say why a comment was judged as it was",
		Long: `Explain lists the words of a comment that moved its stance, each with its weight, what
the stance would be had the article or the comment above not been read, and the words
that moved the sentiment. The weights are log-odds, of the stance given against the
mean of the others and of positive against negative. They are exact: with what holds
before a word is read they add up to the decision. It prints text or, with -o json,
JSON.

The comment is named by its number in the table of stance analyse (3 or #3) or by its ID,
as -o json and convert print it; where 3 is the ID of one and the number of another, it is
the ID.

--prompt prints instead what --engine llm tells a language model.`,
		Example: `  stance explain examples/streetlights.html --comment 3
  stance explain --prompt`,
		Args: func(cmd *cobra.Command, files []string) error {
			if prompt {
				return cli.Takes(0, 0)(cmd, files)
			}
			return cli.Takes(1, 1)(cmd, files)
		},
	}, "text", "json")
	in := flags.AddReading(a, cmd)
	judging := flags.AddJudging(in, cmd)
	cmd.Flags().BoolVar(&prompt, "prompt", false, "print the codebook and the tasks that a language model is told")
	cmd.Flags().StringVar(&id, "comment", "", "the comment: its number in the table of stance analyse, or its ID")
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if prompt {
			p := llm.CurrentPrompt()
			_, err := fmt.Fprintf(a.Out, "Version %s\n\n%s", p.Version, p.Text)
			return err
		}
		if id == "" {
			return cli.Usagef("explain needs --comment N, the number of the comment in the table of stance analyse, or its ID")
		}
		return explain(cmd.Context(), a, in, judging, files[0], id)
	}
	return cmd
}

// explain explains the comment of that name in the first thread that has it.
func explain(ctx context.Context, a *cli.App, in *flags.Reading, judging *flags.Judging, file, name string) error {
	pipeline, err := judging.Pipeline(ctx)
	if err != nil {
		return err
	}
	most := 0
	for t, err := range in.Threads(ctx, []string{file}) {
		if err != nil {
			return err
		}
		most = max(most, len(t.Comments))
		id, ok := commentNamed(t, name)
		if !ok {
			continue
		}
		e, err := pipeline.Explain(ctx, t, id)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		judging.Labels.Report(a, false)
		return cli.Show(a, e, reports.Explain, reports.ExplainJSON)
	}
	if !a.Failed {
		return fmt.Errorf("%s: no comment has the ID or number %q; there are %s", file, name, reports.Counted(most, "comment"))
	}
	return nil
}

// commentNamed returns the ID of the comment that a person calls by its ID or by its number,
// from 1, in the order of the thread.
func commentNamed(t *corpus.Thread, name string) (string, bool) {
	for i := range t.Comments {
		if t.Comments[i].ID == name {
			return name, true
		}
	}
	n, err := strconv.Atoi(strings.TrimPrefix(name, "#"))
	if err != nil || n < 1 || n > len(t.Comments) {
		return "", false
	}
	return t.Comments[n-1].ID, true
}
