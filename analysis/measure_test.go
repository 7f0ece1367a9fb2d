package analysis_test

import (
	"math"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// judged makes a result by hand: what was decided and what a person decided.
func judged(pairs ...[2]corpus.Stance) *analysis.Result {
	r := &analysis.Result{Thread: &corpus.Thread{}}
	for _, p := range pairs {
		j := analysis.Judgement{Judged: true, Stance: p[0], Polarity: corpus.Neutral}
		j.Probabilities[p[0]] = 1
		r.Judgements = append(r.Judgements, j)
		r.Thread.Comments = append(r.Thread.Comments, corpus.Comment{Annotation: &corpus.Annotation{Label: p[1].String()}})
	}
	return r
}

func TestMeasure(t *testing.T) {
	const k, r, p, n = corpus.Skeptical, corpus.Relativist, corpus.Supportive, corpus.None
	g := analysis.NewGauge(corpus.StanceNames())
	// Ten pairs of which eight are right; the shares of 20 comments are off by 2/20
	// for skeptical and for none.
	pairs := [][2]corpus.Stance{{k, n}, {k, n}}
	for range 6 {
		pairs = append(pairs, [2]corpus.Stance{k, k}, [2]corpus.Stance{r, r}, [2]corpus.Stance{p, p})
	}
	g.Add(judged(pairs...))
	unannotated := judged([2]corpus.Stance{k, k})
	unannotated.Thread.Comments[0].Annotation = nil
	g.Add(unannotated)
	m := g.Measure()
	if m.Threads != 1 || m.Stance.Confusion.Total() != 20 || m.Polarity.Confusion.Total() != 0 {
		t.Fatalf("measured %d threads, %d stances, %d polarities", m.Threads, m.Stance.Confusion.Total(), m.Polarity.Confusion.Total())
	}
	if got := m.Stance.Confusion.Accuracy(); math.Abs(got-0.9) > 1e-12 {
		t.Errorf("accuracy is %g, want 0.9", got)
	}
	if math.Abs(m.ShareError-(0.1+0.1)/4) > 1e-12 {
		t.Errorf("the shares are off by %g, want 0.05", m.ShareError)
	}
	if math.Abs(m.ECE-0.1) > 1e-12 {
		t.Errorf("ECE is %g, want 0.1: all are given for sure and a tenth is wrong", m.ECE)
	}
	if q := m.Stance; !q.ByComment || !(q.Low < q.Confusion.MacroF1() && q.Confusion.MacroF1() < q.High) {
		t.Errorf("the interval over the comments of the one thread is [%g, %g] about %g", q.Low, q.High, q.Confusion.MacroF1())
	}
}
