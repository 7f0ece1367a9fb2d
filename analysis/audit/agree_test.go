package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

func TestAgree(t *testing.T) {
	given := func(thread, comment string, s corpus.Stance) labels.Label {
		return labels.Label{Thread: thread, Comment: comment, State: labels.Given, Stance: s}
	}
	first := []labels.Label{
		given("a", "1", corpus.Skeptical), given("a", "2", corpus.None), given("b", "1", corpus.Supportive),
		given("a", "3", corpus.None), {Thread: "a", Comment: "4", State: labels.Skipped},
	}
	second := []labels.Label{
		given("b", "1", corpus.Relativist), given("a", "1", corpus.Skeptical), given("a", "4", corpus.None),
		given("a", "2", corpus.None), {Thread: "a", Comment: "3"}, given("a", "1", corpus.None), // the first stands
	}
	a := Agree([][]labels.Label{first, second})
	if a.Comments != 3 || a.Confusion.Counts[corpus.Supportive][corpus.Relativist] != 1 || a.Confusion.Total() != 3 {
		t.Errorf("%d comments, confusion %v", a.Comments, a.Confusion)
	}
	// o = 2/3; e = (1·1 + 1·1)/9; κ = (2/3 − 2/9)/(7/9) = 4/7.
	if diff := cmp.Diff(4.0/7, a.Kappa, cmp.Comparer(func(x, y float64) bool { return x-y < 1e-12 && y-x < 1e-12 })); diff != "" {
		t.Error(diff)
	}
	want := []Disputed{{"b", "1", []int{int(corpus.Supportive), int(corpus.Relativist)}}}
	if diff := cmp.Diff(want, a.Disputed); diff != "" {
		t.Error(diff)
	}
	if three := Agree([][]labels.Label{first, second, nil}); three.Confusion != nil || three.Alpha != a.Alpha {
		t.Errorf("a third who labelled nothing changed alpha from %v to %v", a.Alpha, three.Alpha)
	}
}
