package analysis_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// alike is a thread of n comments by two readers in turn, all judged skeptical with
// probability 0.7.
func alike(n int) *analysis.Result {
	r := &analysis.Result{Thread: &corpus.Thread{ID: "quay", Source: "quay.txt"}}
	var obs []aggregate.Observation
	for i := range n {
		r.Thread.Comments = append(r.Thread.Comments, corpus.Comment{ID: fmt.Sprint(i), Author: []string{"Ines", "Tom"}[i%2],
			Text: "Nobody asked us about the quay."})
		j := analysis.Judgement{Judged: true, Stance: corpus.Skeptical}
		j.Probabilities[corpus.Skeptical], j.Probabilities[corpus.None] = 0.7, 0.3
		r.Judgements = append(r.Judgements, j)
		obs = append(obs, aggregate.Observation{Author: r.Thread.Comments[i].Author, Branch: i, Stance: j.Stance, Probabilities: j.Probabilities})
	}
	r.Summary = aggregate.Summarise(obs, aggregate.Reliability{})
	for k := range r.Summary.Stance {
		r.Summary.Stance[k].Error = math.NaN() // so that nothing was expected
	}
	return r
}

// given are labels of the first comments.
func given(t *testing.T, stances ...corpus.Stance) *labels.Set {
	t.Helper()
	var file strings.Builder
	file.WriteString("id,stance\n")
	for i, s := range stances {
		fmt.Fprintf(&file, "%d,%s\n", i, s)
	}
	list, problems, err := labels.Read("mine.csv", strings.NewReader(file.String()))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	set, _ := labels.NewSet(list)
	return set
}

// TestRelabel: of forty comments sixteen are labelled, four of them skeptical and twelve
// none. All predictions are alike, so the shares are those of the labels.
func TestRelabel(t *testing.T) {
	const k, n = corpus.Skeptical, corpus.None
	r := alike(40)
	overview := &analysis.Overview{
		Threads: []analysis.Outline{{Source: "other", Judged: 5}, {Source: "quay.txt", Site: "a", Day: "2024-05-01", Judged: 40, Stance: r.Summary.Stance}},
		Authors: []analysis.Group{{Name: "Tom", Threads: 1, Judged: 20, Stance: [corpus.NumStances]aggregate.Share{k: {Count: 20}}}},
	}
	set := given(t, k, k, n, n, k, k, n, n, n, n, n, n, n, n, n, n)
	if err := overview.Relabel(1, alike(40), set); err != nil {
		t.Fatal(err)
	}
	labelled, err := analysis.Relabel(t.Context(), r, set)
	if err != nil || labelled != 16 {
		t.Fatal(labelled, err)
	}
	if s := r.Summary.Stance[k]; s.Count != 28 || math.Abs(s.Share-0.25) > 1e-9 || !(s.Low < 0.25 && 0.25 < s.High) {
		t.Errorf("skeptical: %+v, want a count of 40 − 12 and a quarter as share", s)
	}
	if j := r.Judgements[2]; j.Stance != n || !j.Annotated || j.Probabilities[n] != 1 || r.Judgements[30].Annotated {
		t.Errorf("labels don't stand: %+v", j)
	}
	if g := overview.Authors[0]; g.Judged != 20 || g.Stance[k].Count != 14 || g.Stance[n].Count != 6 {
		t.Errorf("%d judged, %d skeptical, %d none; want 20, 14, 6", g.Judged, g.Stance[k].Count, g.Stance[n].Count)
	}
	if o := overview.Threads[1]; o.Stance != r.Summary.Stance || o.Labelled != 16 || overview.Threads[0].Judged != 5 {
		t.Errorf("outlines %+v", overview.Threads)
	}
	if _, err := analysis.Relabel(t.Context(), r, given(t, k)); !errors.Is(err, analysis.ErrLabelled) {
		t.Errorf("labelled twice: %v", err)
	}
}

// TestRelabelByFew keeps the interval where the labels are too few to correct it.
func TestRelabelByFew(t *testing.T) {
	r := alike(40)
	before := r.Summary.Stance[corpus.Skeptical]
	if n, err := analysis.Relabel(t.Context(), r, given(t, corpus.None)); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	got := r.Summary.Stance[corpus.Skeptical]
	if got.Count != 39 || got.Low != before.Low || got.High != before.High || r.Summary.Audit != nil {
		t.Errorf("%+v after %+v", got, before)
	}
	if !slices.ContainsFunc(r.Doubts, func(d analysis.Doubt) bool { return d.Kind == analysis.FewLabels && d.N == 1 && d.Of == 10 }) {
		t.Errorf("doubts %+v", r.Doubts)
	}
	r = alike(40)
	if n, err := analysis.Relabel(t.Context(), r, given(t)); n != 0 || err != nil || r.Judgements[0].Annotated {
		t.Errorf("no label, but %d and %v", n, err)
	}
}

// TestRelabelByTwoSamples: where comments were drawn from the thread, those drawn from all threads
// stand and are in the sample of all, but don't correct its shares.
func TestRelabelByTwoSamples(t *testing.T) {
	var rows []labels.Label
	for i := range 24 {
		l := labels.Label{Thread: "quay", Comment: fmt.Sprint(i), State: labels.Given, Stance: corpus.None, Probability: 0.4}
		if i >= 16 {
			l.Together, l.Stance, l.Probability = true, corpus.Supportive, 0.001
		}
		rows = append(rows, l)
	}
	set, _ := labels.NewSet(rows)
	r := alike(40)
	if n, err := analysis.Relabel(t.Context(), r, set); n != 24 || err != nil {
		t.Fatal(n, err)
	}
	if a := r.Summary.Audit; a == nil || a.Labelled != 16 || math.Abs(a.Shares[corpus.None].Share-1) > 1e-9 {
		t.Errorf("the shares are corrected by %+v, want the 16 of the thread's own sample", a)
	}
	together := 0
	for _, c := range r.Sample {
		if c.Labelled {
			together++
		}
	}
	if together != 8 || r.Judgements[20].Stance != corpus.Supportive {
		t.Errorf("%d comments are in the sample of all, and one is %v", together, r.Judgements[20].Stance)
	}
}
