package audit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"stance.example/stance/corpus"
)

// candidates have random predictions, some of them nearly sure.
func candidates(n int) []Candidate {
	rng := rand.New(rand.NewPCG(8, 9))
	list := make([]Candidate, n)
	for i := range list {
		list[i].Index = 10 * i
		for k := range list[i].Predicted {
			list[i].Predicted[k] = rng.NormFloat64() * 4
		}
		softmax(list[i].Predicted[:])
		list[i].Stance = corpus.Stance(slices.Index(list[i].Predicted[:], slices.Max(list[i].Predicted[:])))
	}
	return list
}

// softmax turns log-odds into probabilities in place.
func softmax(odds []float64) {
	sum := 0.0
	for k := range odds {
		odds[k] = math.Exp(odds[k])
		sum += odds[k]
	}
	for k := range odds {
		odds[k] /= sum
	}
}

// designs are the two ways of drawing.
var designs = map[string]func([]Candidate, int, uint64) []Drawn{"uniform": Uniform, "stratified": Stratified}

func TestDrawnProbabilitiesAreTrue(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many samples")
	}
	const comments, n, repeats = 60, 20, 20_000
	for name, draw := range designs {
		count := map[int]int{}
		stated := map[int]float64{}
		for seed := range uint64(repeats) {
			for _, d := range draw(candidates(comments), n, seed) {
				count[d.Index]++
				stated[d.Index] = d.Probability
			}
		}
		for index, p := range stated {
			got := float64(count[index]) / repeats
			if math.Abs(got-p) > 5*math.Sqrt(p*(1-p)/repeats) {
				t.Errorf("%s: comment %d was drawn with %.4f, stated %.4f", name, index, got, p)
			}
		}
		if len(stated) != comments {
			t.Errorf("%s: only %d of %d comments were ever drawn", name, len(stated), comments)
		}
	}
}

func TestDraw(t *testing.T) {
	for name, draw := range designs {
		all := candidates(50)
		a, b := draw(all, 20, 4), draw(candidates(50), 20, 4)
		if !slices.Equal(a, b) {
			t.Errorf("%s: the same seed drew different samples", name)
		}
		if slices.Equal(a, draw(all, 20, 5)) {
			t.Errorf("%s: another seed drew the same sample", name)
		}
		seen := map[int]bool{}
		weight := 0.0
		for _, d := range a {
			seen[d.Index] = true
			weight += 1 / d.Probability
		}
		if len(a) != 20 || len(seen) != 20 || math.Abs(weight-50) > 1e-9 {
			t.Errorf("%s: %d comments, %d of them different, weights of %v for 50", name, len(a), len(seen), weight)
		}
		for _, d := range draw(all, 99, 1) {
			if d.Probability != 1 {
				t.Errorf("%s: all are drawn, but one with %v", name, d.Probability)
			}
		}
		if len(draw(nil, 5, 1)) != 0 {
			t.Errorf("%s: drew from nothing", name)
		}
	}
}

// TestStratifiedSeeksDoubt has sure and doubtful comments of one stance.
func TestStratifiedSeeksDoubt(t *testing.T) {
	list := make([]Candidate, 100)
	for i := range list {
		list[i] = Candidate{Index: i, Predicted: [corpus.NumStances]float64{0.99, 0.01, 0, 0}}
		if i >= 50 {
			list[i].Predicted = [corpus.NumStances]float64{0.4, 0.3, 0.3, 0}
		}
	}
	doubtful := 0
	for _, d := range Stratified(list, 20, 3) {
		if d.Index >= 50 {
			doubtful++
		}
	}
	// In proportion to √(2·0.99·0.01) = 0.141 and √(1 − 0.34) = 0.812: 3 and 17.
	if doubtful != 17 {
		t.Errorf("%d of 20 are doubtful ones, want 17", doubtful)
	}
}
