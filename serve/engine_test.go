package serve

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// doubter is an engine of the one method that there must be.
type doubter struct{}

func (doubter) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	decisions := make([]engine.Decision, len(t.Comments))
	for i := range decisions {
		if !strings.HasSuffix(t.Comments[i].Text, "?") {
			decisions[i].Stance = corpus.None
		}
	}
	return decisions, nil
}

// An engine of ten lines goes where the program's own goes: into a database and its
// reports, tables, summaries and pages, into samples to label and measures.
func TestAnyEngineGoesEverywhere(t *testing.T) {
	judging := func(set *labels.Set) (*analysis.Pipeline, error) {
		return analysis.New(analysis.Options{Engine: doubter{}, Labels: set, Examine: analysis.AllParts})
	}
	var db *database.Database
	s := start(t, func(o *Options) { o.Judge, db = judging, o.Database })
	var thread strings.Builder
	thread.WriteString(`{"thread":"quay","title":"Quay to be raised","published":"2024-05-01","comments":[`)
	for i := range 24 {
		if i > 0 {
			thread.WriteByte(',')
		}
		fmt.Fprintf(&thread, `{"id":"c%d","author":"reader %d","text":"Who measured that in year %d%s","stance":"skeptical"}`, i, i, i, []string{".", "?"}[i%2])
	}
	thread.WriteString("]}\n")
	at := s.give("quay.jsonl", thread.String())
	for _, path := range []string{"/", at, at + "/label"} {
		if !strings.Contains(s.get(path), "Quay to be raised") {
			t.Errorf("%s doesn't show the thread", path)
		}
	}

	pipeline, err := judging(nil)
	if err != nil {
		t.Fatal(err)
	}
	gauge := analysis.NewGauge(corpus.StanceNames())
	for r, err := range db.Results(t.Context(), database.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range append(reports.Outputs(), reports.Summaries()...) {
			var b strings.Builder
			w := o.New(&b, reports.Options{})
			if err := w.Write(r); err != nil {
				t.Errorf("%s: %v", o.Name, err)
			}
			if err := w.Close(); err != nil || b.Len() == 0 {
				t.Errorf("%s: %d bytes, %v", o.Name, b.Len(), err)
			}
		}
		if r.Summary.Stance[corpus.Skeptical].Count != 12 || r.Summary.Bounded() {
			t.Errorf("the database has %+v", r.Summary.Stance)
		}
		gauge.Add(r)
		candidates, err := pipeline.Candidates(t.Context(), r.Thread)
		if err != nil {
			t.Fatal(err)
		}
		for _, design := range labelling.Designs() {
			drawn, err := labelling.Draw(r.Thread, candidates, design, 10, 1)
			if err != nil || len(drawn) != 10 {
				t.Errorf("%s drew %d comments, %v", design.Name, len(drawn), err)
			}
		}
		if _, err := pipeline.Explain(t.Context(), r.Thread, "c1"); err == nil || !strings.Contains(err.Error(), "can't explain") {
			t.Errorf("an engine that can't explain: %v", err)
		}
	}
	if m := gauge.Measure(); m.Stance.Confusion.Total() != 24 || m.Stance.Confusion.Errors() != 12 {
		t.Errorf("it is measured as %+v", m.Stance.Confusion)
	}
	all, err := db.Overview(t.Context(), database.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	all.Complete()
	for _, o := range reports.OverviewOutputs() {
		if err := o.Write(io.Discard, all, 0, reports.Options{}); err != nil {
			t.Errorf("an overview as %s: %v", o.Name, err)
		}
	}
}
