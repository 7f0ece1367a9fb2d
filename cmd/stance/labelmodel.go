package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// modelAnnotator begins the annotator's name in labels of a language model.
const modelAnnotator = "llm:"

// byModel lets a language model label the sample. What it gave no usable answer to is
// skipped; what it wasn't asked about stays open.
func (s *sampling) byModel(ctx context.Context, in *reading, sheet *labelling.File, t *corpus.Thread) error {
	annotator, index := modelAnnotator+s.llm.model, labelling.Positions(t)
	rows, err := sampleOf(sheet, t)
	if err != nil {
		return err
	}
	var wanted []int
	for i := range rows {
		switch l := &rows[i]; {
		case l.State == labels.Open:
			wanted = append(wanted, index[l.Comment])
		case l.Annotator != annotator:
			return fmt.Errorf("%s: holds labels of another annotator", s.out)
		}
	}
	judge, err := s.llm.open(ctx, in.app)
	if err != nil {
		return err
	}
	if s.llm.dryRun {
		e, err := judge.Estimate(ctx, t, wanted)
		if err != nil {
			return err
		}
		return s.llm.writeEstimate(in.app.out, e)
	}
	judged, err := judge.Judge(ctx, t, wanted)
	if err != nil {
		return cmp.Or(err, s.llm.report(in.app))
	}
	s.llm.clear(in.app)
	if judged.Case != "" {
		if err := reports.Stated(in.app.out, judged.Case, in.app.reportOptions(0)); err != nil {
			return err
		}
	}
	err = sheet.Change(func(all []labels.Label) ([]labels.Label, bool, error) {
		for i := range all {
			l := &all[i]
			if !labelling.Of(t)(l) || l.State != labels.Open {
				continue
			}
			switch a := judged.Answers[index[l.Comment]]; a.State {
			case llm.Given:
				l.State, l.Stance, l.Annotator = labels.Given, a.Stance, annotator
			case llm.Unusable:
				l.State, l.Annotator = labels.Skipped, annotator
			}
		}
		return all, true, nil
	})
	if err != nil {
		return err
	}
	if rows, err = sampleOf(sheet, t); err != nil {
		return err
	}
	return cmp.Or(writeEnd(in.app.out, s.out, rows), s.compared(in.app, annotator, rows, t), s.llm.report(in.app))
}

// compared prints how far the model agrees with the annotator whose sample it took over.
func (s *sampling) compared(a *app, annotator string, rows []labels.Label, t *corpus.Thread) error {
	if s.like == "" {
		return nil
	}
	other, _, err := labelling.Open(s.like).Read()
	if err != nil {
		return err
	}
	found, index := audit.Agree([][]labels.Label{other, rows}), labelling.Positions(t)
	for i := range found.Disputed {
		d := &found.Disputed[i]
		d.Place = &audit.Place{Thread: t, Index: index[d.First.Comment]}
	}
	return a.print(func(w io.Writer) error {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		return reports.Agreement(w, "text", found, []string{annotatorOf(s.like, other), annotator}, defaultDisputed, a.reportOptions(0))
	})
}
