package aggregate

import (
	"strings"
	"testing"

	"stance.example/stance/corpus"
)

// many returns n comments of that stance, each by a reader of its own.
func many(n int, k corpus.Stance) []Observation {
	var list []Observation
	for i := range n {
		list = append(list, obs(strings.Repeat("x", i+1), k, corpus.Neutral))
	}
	return list
}

// TestShareIsExpected gives a classifier that calls supportive comments skeptical: the
// shares are what is to be expected of it, and the counts stay what they are.
func TestShareIsExpected(t *testing.T) {
	r := someReliability()
	r.Weights[corpus.Skeptical] = [5]float64{-1}
	r.Weights[corpus.Supportive] = [5]float64{2}
	s := Summarise(branched(append(many(80, corpus.Skeptical), many(20, corpus.None)...)...), r)
	want := r.expected(stanceRow{0.8, 0, 0, 0.2})
	for k, share := range s.Stance {
		if share.Share != want[k] || share.Count != [corpus.NumStances]int{80, 0, 0, 20}[k] {
			t.Errorf("%v: %+v, want the share %g", corpus.Stance(k), share, want[k])
		}
	}
	if first, _ := s.Leader(); first != corpus.Supportive {
		t.Errorf("%v leads, though %v is to be expected", first, corpus.Supportive)
	}
}
