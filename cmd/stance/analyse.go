package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
)

func newAnalyse(a *cli.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "analyse FILE…",
		Aliases: []string{"analyze"},
		Short:   "Judge every comment of saved threads and print tables",
		Long: `Analyse reads saved threads, judges every comment's stance toward the article's
case and the feeling it expresses, and prints for each thread the comments, the
stances against the feelings with their shares, and the readers who wrote more
than once. A file may be -, the standard input. The shares' intervals carry the
sampling error and the errors of the classifier. With --max-error, comments whose
stance is too likely wrong get none. With a --model of other labels than stances it
prints JSON alone.

-o html prints one page with all threads, or with --out DIR a page for each and an
index. The pages hold everything they show and ask nothing of any other host.
--plot draws the shares under the tables; --chart-dir DIR writes the charts as SVG.

What is wrong with a file is said on standard error as FILE:LINE: MESSAGE; the
other files are still done.`,
		Example: `  stance analyse examples/streetlights.html
  stance analyse examples/streetlights.html --labels examples/streetlights-labels.csv
  stance analyse -o json page.txt export.csv > judged.jsonl
  stance analyse --plot examples/clinic.jsonl
  stance analyse -o html examples/streetlights.html > report.html
  stance analyse -o html --out report examples
  pbpaste | stance analyse -`,
		Args: cli.Takes(1, cli.Unbounded),
	}
	in := flags.AddReading(a, cmd)
	judging := flags.AddJudging(in, cmd)
	judging.Model = flags.AddLanguageModel(a, cmd)
	printing := flags.AddPrinting(a, cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		out := bufio.NewWriter(a.Out)
		w, parts, err := printing.Writer(out, judging.Model.Wanted())
		if err != nil {
			return err
		}
		judging.Examined = parts
		classifier, err := judging.Classifier()
		if err != nil {
			return err
		}
		if classifier != nil && a.Output == "json" {
			return classify(cmd.Context(), a, in, classifier, files)
		}
		pipeline, err := judging.Pipeline(cmd.Context())
		if err != nil {
			return err
		}
		return judging.Write(cmd.Context(), pipeline, files, w, out)
	}
	return cmd
}

// classify prints the threads as a model of other labels than stances judges them.
func classify(ctx context.Context, a *cli.App, in *flags.Reading, classifier *analysis.Classifier, files []string) error {
	for t, err := range in.Threads(ctx, files) {
		if err != nil {
			return err
		}
		c, err := classifier.Classify(ctx, t)
		if err != nil {
			return fmt.Errorf("%s: %w", t.Source, err)
		}
		if err := reports.Labelled(a.Out, c); err != nil {
			return err
		}
	}
	return nil
}
