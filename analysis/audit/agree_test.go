package audit

import (
	"math"
	"math/rand/v2"
	"slices"
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
	if diff := cmp.Diff(4.0/7, a.Kappa.Value, cmp.Comparer(func(x, y float64) bool { return x-y < 1e-12 && y-x < 1e-12 })); diff != "" {
		t.Error(diff)
	}
	want := []Disputed{{First: &first[2], Labels: []int{int(corpus.Supportive), int(corpus.Relativist)}}}
	if diff := cmp.Diff(want, a.Disputed); diff != "" {
		t.Error(diff)
	}
	if three := Agree([][]labels.Label{first, second, nil}); three.Confusion != nil || three.Alpha.Value != a.Alpha.Value {
		t.Errorf("a third who labelled nothing changed alpha from %v to %v", a.Alpha.Value, three.Alpha.Value)
	}
}

// TestAgreementOnLabels is worked by hand: of six labels 1 three are shared by both other
// annotators, two by one of two, and one by nobody.
func TestAgreementOnLabels(t *testing.T) {
	const o = Unlabelled
	rows := [][]int{{1, 1, 1}, {1, 1, 0}, {1, 2, o}, {0, 0, o}, {o, 2, 2}}
	// 3·1 + 2·½ + 0 of 6 labels.
	if a := agreementOn(1, rows); a.Given != 6 || math.Abs(a.Shared-4.0/6) > 1e-12 {
		t.Errorf("%+v", a)
	}
	if a := agreementOn(3, rows); a.Given != 0 || !math.IsNaN(a.Shared) || !math.IsNaN(a.Alpha.Value) || !math.IsNaN(a.Alpha.Low) {
		t.Errorf("of a label that nobody gave: %+v", a)
	}
}

// TestNoDisagreement: ten comments on which nobody differs don't show that nobody ever
// would. 1 − 0.025^(1/10) = 0.3085, and of 20 labels, 10 of each of two, 10/19 of the pairs
// differ.
func TestNoDisagreement(t *testing.T) {
	rows := slices.Concat(slices.Repeat([][]int{{0, 0}}, 5), slices.Repeat([][]int{{1, 1}}, 5))
	got := agreementOn(0, rows).Alpha
	if got.Value != 1 || got.High != 1 || math.Abs(got.Low-(1-0.3085*19/10)) > 1e-4 {
		t.Errorf("%+v", got)
	}
	if few := agreementOn(0, rows[1:]).Alpha; few.Value != 1 || !math.IsNaN(few.Low) {
		t.Errorf("nine comments: %+v", few)
	}
	constant := slices.Concat(slices.Repeat([][]int{{0, 1}}, 9), slices.Repeat([][]int{{1, 1}}, 9))
	if kappa := coefficient(constant, func(rows [][]int) float64 { return Kappa(confusionOf(rows)) }); kappa.Value != 0 || !math.IsNaN(kappa.Low) {
		t.Errorf("one label throughout: %+v", kappa)
	}
}

// TestAgreementCoverage draws labels of two annotators who each give the true one with a
// known probability and otherwise any of the four by their frequencies: alpha is the square
// of that probability.
func TestAgreementCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates many samples")
	}
	frequencies := []float64{0.45, 0.05, 0.2, 0.3}
	rng := rand.New(rand.NewPCG(3, 1))
	label := func() int {
		x, k := rng.Float64(), 0
		for ; k < 3 && x >= frequencies[k]; k++ {
			x -= frequencies[k]
		}
		return k
	}
	for _, c := range []struct {
		comments int
		right    float64
	}{{30, 0.8}, {100, 0.6}, {100, 0.95}} {
		const repetitions = 200
		held := 0
		for range repetitions {
			rows := make([][]int, c.comments)
			for i := range rows {
				truth := label()
				for range 2 {
					l := truth
					if rng.Float64() > c.right {
						l = label()
					}
					rows[i] = append(rows[i], l)
				}
			}
			alpha := coefficient(rows, func(rows [][]int) float64 { return Alpha(rows, 4) })
			if alpha.Low <= c.right*c.right && c.right*c.right <= alpha.High {
				held++
			}
		}
		t.Logf("%d comments, alpha %.2f: %d of %d", c.comments, c.right*c.right, held, repetitions)
		if held < repetitions*90/100 {
			t.Errorf("%d comments, alpha %.2f: %d of %d intervals hold, want 95 %%", c.comments, c.right*c.right, held, repetitions)
		}
	}
}
