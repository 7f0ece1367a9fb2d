package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stance/analysis"
	"stance/analysis/sentiment"
	"stance/corpus"
)

func newAnalyse(a *app) *cobra.Command {
	in := &input{app: a}
	var engine string
	var width int
	cmd := &cobra.Command{
		Use:     "analyse FILE…",
		Aliases: []string{"analyze"},
		Short:   "Judge every comment of saved threads and print tables",
		Long: `Analyse reads saved threads, judges every comment's stance toward the article's
case and the feeling it expresses, and prints for each thread the comments, the
stances against the feelings with their shares, and the readers who wrote more
than once. A file may be -, the standard input. The shares' intervals carry the
sampling error and the errors of the classifier.

What is wrong with a file is said on standard error as FILE:LINE: MESSAGE; the
other files are still done.`,
		Example: `  stance analyse examples/ferry.txt
  stance analyse -o json page.txt export.csv > judged.jsonl
  pbpaste | stance analyse -`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if width < 0 {
				return usageError{fmt.Errorf("--width is %d, but can't be negative", width)}
			}
			if err := knownEngine(engine); err != nil {
				return err
			}
			pipeline, err := analysis.New(analysis.Options{SentimentEngine: engine})
			if err != nil {
				return err
			}
			output, err := a.outputNamed()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.out)
			w := output.New(out, a.reportOptions(width))
			err = in.each(cmd.Context(), files, func(t *corpus.Thread) error {
				result, err := pipeline.Analyse(t)
				if err != nil {
					return fmt.Errorf("%s: %w", t.Source, err)
				}
				if err := w.Write(result); err != nil {
					return err
				}
				return out.Flush()
			})
			return firstOf(err, w.Close(), out.Flush())
		},
	}
	in.addFlags(cmd)
	cmd.Flags().StringVar(&engine, "sentiment-engine", sentiment.Default, "what measures sentiment: "+strings.Join(engineNames(), ", "))
	cmd.Flags().IntVar(&width, "width", 0, "columns of the text output; 0 is the terminal's width, or 80 where there is none")
	return cmd
}

// knownEngine makes an unknown name a usage error, before any model is loaded.
func knownEngine(name string) error {
	for _, known := range engineNames() {
		if name == known {
			return nil
		}
	}
	return usageError{fmt.Errorf("unknown sentiment engine %q: want one of %s", name, strings.Join(engineNames(), ", "))}
}

func engineNames() []string {
	var names []string
	for _, e := range sentiment.Engines() {
		names = append(names, e.Name)
	}
	return names
}

// firstOf is the first error that isn't nil.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
