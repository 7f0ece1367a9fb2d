package analysis_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// calm is an engine that meets the smallest interface: everything is none.
type calm struct{}

func (calm) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	decisions := make([]engine.Decision, len(t.Comments))
	for i := range decisions {
		decisions[i].Stance = corpus.None
	}
	return decisions, nil
}

// engines are those that the pipeline is held to.
func engines(t *testing.T) map[string]engine.Engine {
	t.Helper()
	e, err := encoder.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]engine.Engine{
		"encoder":            e,
		"language model":     llm.Over(e, llm.New(model(firstWord), &llm.Memory{}, llm.Options{Model: "m"}), false),
		"model over another": llm.Over(calm{}, llm.New(model(firstWord), &llm.Memory{}, llm.Options{Model: "m"}), false),
		"ten lines":          calm{},
	}
}

// Whatever meets the interface is judged by, counted and looked at closely in the same
// way, gives equal results for equal threads, and leaves the thread as it is.
func TestAnyEngineRunsThroughThePipeline(t *testing.T) {
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			p, err := analysis.New(analysis.Options{Engine: e, Examine: analysis.AllParts})
			if err != nil {
				t.Fatal(err)
			}
			thread := crowd(60, 0.8)
			thread.Comments[3].Removed, thread.Comments[3].Text = true, ""
			r := analyse(t, p, thread)
			if diff := cmp.Diff(analyse(t, p, thread), r, cmpopts.EquateNaNs()); diff != "" {
				t.Errorf("judged twice: %s", diff)
			}
			want := crowd(60, 0.8)
			want.Comments[3] = thread.Comments[3]
			if diff := cmp.Diff(want, thread); diff != "" {
				t.Errorf("the thread was changed: %s", diff)
			}
			if r.Summary.Judged() != 59 || r.Judgements[3].Judged || r.Examination == nil {
				t.Errorf("%d comments judged, the removed one %v", r.Summary.Judged(), r.Judgements[3].Judged)
			}
			for _, s := range r.Summary.Stance {
				if name == "encoder" && !(s.Low <= s.Share && s.Share <= s.High) || name == "ten lines" && !math.IsNaN(s.Low) {
					t.Errorf("share %+v", s)
				}
			}
			for i, j := range r.Judgements {
				for _, e := range slices.Concat(j.Evidence, j.Feeling) {
					if e.Start < 0 || e.Start >= e.End || e.End > len(thread.Comments[i].Text) {
						t.Errorf("comment %d has evidence at %v", i, e.Span)
					}
				}
			}
		})
	}
}

// What an engine can't do is said, and a cancelled context ends the work.
func TestWhatAnEngineCannotDo(t *testing.T) {
	thread := crowd(20, 1)
	p, err := analysis.New(analysis.Options{Engine: calm{}, Labels: sample(thread, 2)})
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"can't learn from labels":         second(p.Analyse(t.Context(), thread)),
		"can't explain its decisions":     second(p.Explain(t.Context(), thread, "c1")),
		"the engine asks no language mod": second(p.Estimate(t.Context(), thread)),
	} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("got %v, want an error that says %q", err, what)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newPipeline(t).Analyse(ctx, thread); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled analysis ends with %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// feelings measures the words "good" and "bad".
type feelings struct{}

func (feelings) Measure(text string) (corpus.Polarity, float64) {
	switch {
	case strings.Contains(text, "good"):
		return corpus.Positive, 1
	case strings.Contains(text, "bad"):
		return corpus.Negative, -1
	}
	return corpus.Neutral, 0
}

// Another measure of sentiment takes the place of the engine's, toward actors too, but not
// of what a language model said.
func TestAnotherSentiment(t *testing.T) {
	thread := &corpus.Thread{Article: corpus.Article{Title: "Lindholm opens the quay", For: []string{"Lindholm"}}}
	for i, text := range []string{"good old Lindholm", "supportive of good Lindholm", "bad quay, Lindholm. A good day"} {
		thread.Comments = append(thread.Comments, corpus.Comment{ID: string(rune('a' + i)), Text: text})
	}
	for name, e := range engines(t) {
		p, err := analysis.New(analysis.Options{Engine: e, Sentiment: feelings{}})
		if err != nil {
			t.Fatal(err)
		}
		r := analyse(t, p, thread)
		if j := r.Judgements[0]; j.Polarity != corpus.Positive || j.Valence != 1 || j.Feeling != nil || j.Polarities != [corpus.NumPolarities]float64{} {
			t.Errorf("%s: %+v", name, j)
		}
		if j := r.Judgements[1]; j.Valence != 1 || (j.Polarity == corpus.Neutral) != j.ByModel {
			t.Errorf("%s: %+v", name, j)
		}
		if len(r.Actors) != 1 || math.Abs(r.Actors[0].All.Valence-1./3) > 1e-9 {
			t.Errorf("%s: actors %+v, want twice good and once bad", name, r.Actors)
		}
	}
}
