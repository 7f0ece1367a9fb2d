package main

import (
	"bufio"
	"fmt"
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
		RunE: func(_ *cobra.Command, files []string) error {
			if a.output != "text" && a.output != "json" {
				return usageError{fmt.Errorf("agreement prints text or json, not %s", a.output)}
			}
			return a.agreement(files)
		},
	}
}

func (a *app) agreement(files []string) error {
	in := &input{app: a}
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
			in.reportProblem(&p)
		}
		annotators, names = append(annotators, list), append(names, annotatorOf(file, list))
	}
	agreement := audit.Agree(annotators)
	out := bufio.NewWriter(a.out)
	var err error
	if a.output == "json" {
		err = reports.AgreementJSON(out, agreement, names)
	} else {
		err = reports.Agreement(out, agreement, names, a.reportOptions(0))
	}
	if err := firstOf(err, out.Flush()); err != nil {
		return err
	}
	if in.failed {
		return errReported
	}
	return nil
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
