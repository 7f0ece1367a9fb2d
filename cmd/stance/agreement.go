package main

import (
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

func newAgreement(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "agreement LABELS LABELS…",
		Short: "Tell how far annotators agree",
		Long: `Agreement compares files of labels, one of each annotator: Krippendorff's alpha for
nominal labels, for two annotators also Cohen's kappa and who gave what, and the
comments on which they differ. Comments that were skipped, or that only one
labelled, don't count. It prints text or, with -o json, JSON.`,
		Example: `  stance agreement mine.csv hers.csv`,
		Args:    usageArgs(cobra.MinimumNArgs(2)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := a.prints(cmd, "text", "json"); err != nil {
				return err
			}
			return a.agreement(files)
		},
	}
}

func (a *app) agreement(files []string) error {
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
			a.problem(&p)
		}
		annotators, names = append(annotators, list), append(names, annotatorOf(file, list))
	}
	return show(a, audit.Agree(annotators),
		func(w io.Writer, g *audit.Agreement, o reports.Options) error {
			return reports.Agreement(w, g, names, o)
		},
		func(w io.Writer, g *audit.Agreement) error { return reports.AgreementJSON(w, g, names) })
}

// annotatorOf is the name that stands in a file of labels, or else the file's.
func annotatorOf(file string, list []labels.Label) string {
	for i := range list {
		if list[i].Annotator != "" {
			return list[i].Annotator
		}
	}
	return filepath.Base(file)
}
