package main

import (
	"context"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

func newAgreement(a *cli.App) *cobra.Command {
	c := &agreement{app: a}
	cmd := &cobra.Command{
		Use:   "agreement LABELS LABELS…",
		Short: "Tell how far annotators agree",
		Long: `Agreement compares files of labels, one of each annotator: Krippendorff's alpha for
nominal labels, for two annotators also Cohen's kappa and who gave what, how far they
agree on each label, all with intervals, and the comments on which they differ, with
--in PATH in their own words. Comments that were skipped, or that only one labelled,
don't count. It prints text, html, markdown or json.`,
		Example: `  stance agreement mine.csv hers.csv
  stance agreement mine.csv hers.csv --in page.html`,
		Args: cli.Takes(2, cli.Unbounded),
		RunE: func(cmd *cobra.Command, files []string) error {
			output, err := cli.Pick(a, cmd, reports.AgreementOutputs())
			if err != nil {
				return err
			}
			if err := cli.AtLeast("limit", c.limit, 0); err != nil {
				return err
			}
			return c.compare(cmd.Context(), files, output)
		},
	}
	c.in = flags.AddForms(a, cmd)
	cmd.Flags().StringArrayVar(&c.threads, "in", nil, "the threads that the comments stand in, for the words of those on which annotators differ (repeatable)")
	cmd.Flags().IntVar(&c.limit, "limit", defaultDisputed, "comments labelled differently that are listed; 0 is all")
	return cmd
}

// defaultDisputed is how many comments are listed on which annotators differ.
const defaultDisputed = 20

// agreement compares files of labels.
type agreement struct {
	app     *cli.App
	in      *flags.Reading
	threads []string // paths of the threads, nil if they aren't read
	limit   int
}

func (c *agreement) compare(ctx context.Context, files []string, output reports.OutputOf[reports.Annotators]) error {
	a := c.app
	var annotators [][]labels.Label
	var names []string
	for _, file := range files {
		list, problems, err := labelling.Open(file).Read()
		if err != nil {
			return err
		}
		_, contradictions := labels.NewSet(list)
		for _, p := range append(problems, contradictions...) {
			p.Level = corpus.Failure // here a file is one annotator's
			a.Problem(&p)
		}
		annotators, names = append(annotators, list), append(names, labelling.AnnotatorOf(list, filepath.Base(file)))
	}
	found := audit.Agree(annotators)
	if c.threads != nil {
		unplaced, err := labelling.Place(found.Disputed, c.in.Threads(ctx, c.threads))
		if err != nil {
			return err
		}
		a.Problems(unplaced)
	}
	return a.Print(func(w io.Writer) error {
		return output.Write(w, reports.Annotators{Agreement: found, Names: names}, c.limit, a.Options(0))
	})
}
