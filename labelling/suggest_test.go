package labelling

import (
	"slices"
	"testing"
)

// TestSuggest: of doubtful comments in two heaps one of each comes first, the sure and the
// vectorless ones never before them.
func TestSuggest(t *testing.T) {
	doubt, sure := []float64{0.25, 0.25, 0.25, 0.25}, []float64{0.97, 0.01, 0.01, 0.01}
	probabilities := [][]float64{doubt, doubt, sure, doubt, doubt, doubt}
	vectors := [][]float32{{1, 0.1}, {1, 0}, {0.1, 1}, {0, 1}, nil, {0.9, 0.1}}
	if got := suggest(probabilities, vectors, nil, 2); len(got) != 2 || !slices.Contains(got, 3) || slices.Contains(got, 2) {
		t.Errorf("of two heaps %v, want comment 3 and one of 0, 1 and 5", got)
	}
	if got := suggest(probabilities, vectors, []int{3}, 1); len(got) != 1 || got[0] == 2 || got[0] == 3 || got[0] == 4 {
		t.Errorf("beside comment 3 %v, want one of the other heap", got)
	}
	if got := suggest(probabilities, vectors, []int{0, 1, 2, 3, 5}, 4); got != nil {
		t.Errorf("%v, but nothing is left", got)
	}
	if got := suggest([][]float64{doubt}, [][]float32{{1, 2}}, nil, 1); got != nil {
		t.Errorf("a comment that is alone is %v; it has nothing to differ from", got)
	}
}
