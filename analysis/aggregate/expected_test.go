package aggregate

import (
	"math"
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

// TestShareIsExpected gives a classifier that calls most comments skeptical and is hardly
// sure of it: the shares are the means of the probabilities, and the counts stay what they are.
func TestShareIsExpected(t *testing.T) {
	list := branched(append(many(60, corpus.Skeptical), many(40, corpus.Supportive)...)...)
	want := stanceRow{}
	for i := range list {
		list[i].Probabilities = stanceRow{0.4, 0.15, 0.35, 0.1}
		if list[i].Stance == corpus.Supportive {
			list[i].Probabilities = stanceRow{0.1, 0, 0.8, 0.1}
		}
		for k, p := range list[i].Probabilities {
			want[k] += p / 100
		}
	}
	s := Summarise(list, someReliability())
	for k, share := range s.Stance {
		if math.Abs(share.Share-want[k]) > 1e-12 || share.Count != [corpus.NumStances]int{60, 0, 40, 0}[k] {
			t.Errorf("%v: %+v, want the share %g", corpus.Stance(k), share, want[k])
		}
	}
	if first, _ := s.Leader(); first != corpus.Supportive {
		t.Errorf("%v leads, though %v is to be expected", first, corpus.Supportive)
	}
}
