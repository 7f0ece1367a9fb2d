package main

import (
	"bufio"
	"context"
	"fmt"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/reports"
)

// modelAnnotator begins the annotator's name in labels of a language model.
const modelAnnotator = "llm:"

// byModel lets a language model label the sample. What it gave no usable answer to is
// skipped; what it wasn't asked about stays open.
func (s *sampling) byModel(ctx context.Context, in *input, sitting *session) error {
	sitting.annotator = modelAnnotator + s.second.model
	var wanted []int
	for i := range sitting.list {
		switch l := &sitting.list[i]; {
		case l.State == labels.Open:
			wanted = append(wanted, sitting.index[l.Comment])
		case l.Annotator != sitting.annotator:
			return fmt.Errorf("%s: holds labels of another annotator", s.out)
		}
	}
	judge, err := s.second.open(ctx, in.app)
	if err != nil {
		return err
	}
	if s.second.dryRun {
		e, err := judge.Estimate(ctx, sitting.thread, wanted)
		if err != nil {
			return err
		}
		return s.second.writeEstimate(in.app.out, e)
	}
	judged, err := judge.Judge(ctx, sitting.thread, wanted)
	if err != nil {
		return firstOf(err, s.second.report(in))
	}
	for i := range sitting.list {
		l := &sitting.list[i]
		if l.State != labels.Open {
			continue
		}
		switch a := judged.Answers[sitting.index[l.Comment]]; a.State {
		case llm.Given:
			l.State, l.Stance, l.Annotator = labels.Given, a.Stance, sitting.annotator
		case llm.Unusable:
			l.State, l.Annotator = labels.Skipped, sitting.annotator
		}
	}
	s.second.clear(in.app)
	if judged.Case != "" {
		if err := reports.Stated(in.app.out, judged.Case, in.app.reportOptions(0)); err != nil {
			return err
		}
	}
	return firstOf(sitting.save(), sitting.end(in.app.out), s.compared(in, sitting), s.second.report(in))
}

// compared prints how far the model agrees with the annotator whose sample it took over.
func (s *sampling) compared(in *input, sitting *session) error {
	if s.like == "" {
		return nil
	}
	other, _, err := readLabels(s.like)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(in.app.out)
	if _, err := out.WriteString("\n"); err != nil {
		return err
	}
	names := []string{annotatorOf(s.like, other), sitting.annotator}
	return firstOf(reports.Agreement(out, audit.Agree([][]labels.Label{other, sitting.list}), names, in.app.reportOptions(0)), out.Flush())
}
