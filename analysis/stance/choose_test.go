package stance

import (
	"fmt"
	"strings"
	"testing"

	"stance/corpus"
)

// votes are threads whose comments tell their labels plainly, two of one and one of the
// other each.
func votes(n int) []*corpus.Thread {
	var threads []*corpus.Thread
	for i := range n {
		threads = append(threads, &corpus.Thread{ID: fmt.Sprint(i), Comments: []corpus.Comment{
			{ID: "1", Text: "Aye, with pleasure.", Annotation: &corpus.Annotation{Label: "aye"}},
			{ID: "2", Text: "Nay, on no account.", Annotation: &corpus.Annotation{Label: "nay"}},
			{ID: "3", Text: "Nay, and never.", Annotation: &corpus.Annotation{Label: "nay"}},
		}})
	}
	return threads
}

func TestTrainChooses(t *testing.T) {
	o := DefaultTraining().Choosing()
	o.Penalties = []float64{1e9, 1, 0.5}
	p := newParser(t)
	m, v, err := Train(p, votes(10), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	// A penalty without bounds leaves no weight to tell the labels by; the first of two
	// that make no error is taken.
	if v.Penalty.L2 != 1 || v.Penalty.MacroF1 != 1 || len(v.Tried) != 3 || v.Tried[0].MacroF1 > 0.5 {
		t.Errorf("chose %v of %v", v.Penalty, v.Tried)
	}
	if got := m.Passport.Options["l2"]; got != "1" {
		t.Errorf("the passport has the penalty %s", got)
	}
	if got := m.Passport.Options["l2-tried"]; !strings.HasSuffix(got, ", 1: 1.0000, 0.5: 1.0000") {
		t.Errorf("the passport has %q as what was tried", got)
	}
	// What makes no error can't be corrected.
	if !v.SecondLeftOut || m.Row(secondPass) != nil || m.Passport.Options["second-pass"] != "left out" {
		t.Errorf("the second pass stayed: %v, %v", m.Row(secondPass), m.Passport.Options)
	}
	if v.Confusion.MacroF1() != 1 {
		t.Errorf("macro-F1 is %.2f", v.Confusion.MacroF1())
	}
	e, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	given, err := e.Classify(newInput(t, p, &corpus.Thread{Comments: []corpus.Comment{{ID: "1", Text: "Nay, on no account."}}}))
	if err != nil {
		t.Fatal(err)
	}
	if given[0].Class != 1 {
		t.Errorf("the second label was taken for %v", given[0])
	}
}

func TestStatedPenaltyIsKept(t *testing.T) {
	o := DefaultTraining()
	m, v, err := Train(newParser(t), votes(10), nil, o)
	if err != nil {
		t.Fatal(err)
	}
	if v.Penalty.L2 != o.Linear.L2 || len(v.Tried) != 1 || v.SecondLeftOut || m.Passport.Options["l2-tried"] != "" {
		t.Errorf("penalty %v of %v, second pass left out: %v", v.Penalty, v.Tried, v.SecondLeftOut)
	}
}

func TestLargeThreadIsSplit(t *testing.T) {
	// The fifth of five threads holds half of the comments: as a fold of its own it would
	// leave the others alone.
	threads := votes(5)
	for i := range 12 {
		c := threads[4].Comments[i%3]
		c.ID = fmt.Sprint(10 + i)
		threads[4].Comments = append(threads[4].Comments, c)
	}
	_, v, err := Train(newParser(t), threads, nil, DefaultTraining())
	if err != nil {
		t.Fatal(err)
	}
	if !v.ByComment {
		t.Error("a thread with more than half of the comments was kept together")
	}
	if _, v, err = Train(newParser(t), votes(5), nil, DefaultTraining()); err != nil || v.ByComment {
		t.Errorf("five like threads were split: %v, %v", v, err)
	}
}
