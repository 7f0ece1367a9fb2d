package aggregate

import (
	"testing"

	"stance/corpus"
)

// misread makes a thread of forty comments given as skeptical, of which so many are.
func misread(skeptical int) Known {
	k := Known{Truth: [corpus.NumStances]int{skeptical, 0, 40 - skeptical, 0}}
	for i := range 40 {
		k.Observations = append(k.Observations, Observation{Branch: i, Stance: corpus.Skeptical})
	}
	return k
}

func TestWidened(t *testing.T) {
	// A reliability that knows for sure that half are right, in threads of which some
	// are read wholly right and some wholly wrong.
	r := Reliability{}
	for given := range r.Alpha {
		r.Alpha[given] = stanceRow{10, 0.02, 10, 0.02}
	}
	threads := []Known{misread(38), misread(3), misread(35), misread(4), misread(20)}
	if before := r.holds(threads); before > 0.8 {
		t.Fatalf("the case is no test: %.2f are held as it is", before)
	}
	wide := r.Widened(threads)
	if r.holds(threads) >= wide.holds(threads) {
		t.Errorf("widening moved the coverage from %.2f to %.2f", r.holds(threads), wide.holds(threads))
	}
	if got, want := wide.Alpha[0][0]/wide.Alpha[0][1], 500.0; got < want*0.999 || got > want*1.001 {
		t.Errorf("the proportions changed: %g, want %g", got, want)
	}
	if same := r.Widened(nil); same != r {
		t.Error("without threads nothing is known to be too narrow")
	}
}
