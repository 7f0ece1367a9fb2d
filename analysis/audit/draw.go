package audit

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"stance.example/stance/corpus"
)

// Candidate is a comment that may be drawn.
type Candidate struct {
	// Index is the caller's own.
	Index int
	// Stance is the one that the engine shows, Predicted are the stances' probabilities.
	Stance    corpus.Stance
	Predicted [corpus.NumStances]float64
}

// Drawn is a comment to label.
type Drawn struct {
	Index       int
	Probability float64 // with which it was drawn, in (0, 1]
}

// Uniform draws n of the candidates, all with the same probability, or all if there
// are no more. The order is random, so that whoever stops early has drawn fewer.
// Equal seeds draw equal samples.
func Uniform(candidates []Candidate, n int, seed uint64) []Drawn {
	return draw([][]Candidate{candidates}, []int{min(n, len(candidates))}, seed)
}

// Stratified draws n of the candidates more often where the model doubts. The strata
// are the stances shown, each in two halves by doubt; a stratum gets labels
// in proportion to its size times the mean standard deviation of its predictions
// (Neyman's allocation: Cochran 1977, section 5.5), at least two and at most all.
// Order and seed are as in Uniform.
func Stratified(candidates []Candidate, n int, seed uint64) []Drawn {
	strata := stratify(candidates)
	return draw(strata, allocate(strata, min(n, len(candidates))), seed)
}

// doubt is the standard deviation of a label, as the prediction has it: the root of
// Σ p(1−p).
func (c *Candidate) doubt() float64 {
	v := 0.0
	for _, p := range c.Predicted {
		v += p * (1 - p)
	}
	return math.Sqrt(max(v, 0))
}

// fewInStratum is the number of comments of one stance from which they are
// split by doubt.
const fewInStratum = 8

// stratify groups the candidates.
func stratify(candidates []Candidate) [][]Candidate {
	var byStance [corpus.NumStances][]Candidate
	for _, c := range candidates {
		byStance[c.Stance] = append(byStance[c.Stance], c)
	}
	var strata [][]Candidate
	for _, group := range byStance {
		slices.SortStableFunc(group, func(a, b Candidate) int { return cmp.Compare(a.doubt(), b.doubt()) })
		switch half := len(group) / 2; {
		case len(group) >= fewInStratum:
			strata = append(strata, group[:half], group[half:])
		case len(group) > 0:
			strata = append(strata, group)
		}
	}
	return strata
}

// leastInStratum is how many are drawn from a stratum that has them: from one label
// no variance can be told.
const leastInStratum = 2

// allocate divides n labels among the strata: the least each, then one after the other
// to the stratum that is furthest below its part. Never more than it has.
func allocate(strata [][]Candidate, n int) []int {
	parts := make([]float64, len(strata))
	counts := make([]int, len(strata))
	left := n
	for h, stratum := range strata {
		for i := range stratum {
			parts[h] += stratum[i].doubt() + 1e-9 // so that a sure stratum has a part too
		}
		counts[h] = min(leastInStratum, len(stratum), left)
		left -= counts[h]
	}
	for range left {
		best := -1
		for h := range strata {
			if counts[h] < len(strata[h]) && (best < 0 || parts[h]*float64(counts[best]+1) > parts[best]*float64(counts[h]+1)) {
				best = h
			}
		}
		counts[best]++
	}
	return counts
}

// draw takes so many of each stratum at random and shuffles them together.
func draw(strata [][]Candidate, counts []int, seed uint64) []Drawn {
	rng := rand.New(rand.NewPCG(seed, uint64(len(strata))))
	var drawn []Drawn
	for h, stratum := range strata {
		for _, k := range rng.Perm(len(stratum))[:counts[h]] {
			drawn = append(drawn, Drawn{stratum[k].Index, float64(counts[h]) / float64(len(stratum))})
		}
	}
	rng.Shuffle(len(drawn), func(i, k int) { drawn[i], drawn[k] = drawn[k], drawn[i] })
	return drawn
}

// Foreseen is about how far the interval of a share will reach on either side once so many
// of the comments are labelled, on average over the stances: 1.96·√(p(1−p)/n·(1−n/N)) with
// p the expected shares. What the predictions add makes it narrower.
func Foreseen(labelled, comments int, expected [corpus.NumStances]float64) float64 {
	n, all := float64(min(labelled, comments)), float64(comments)
	sum := 0.0
	for _, p := range expected {
		sum += normal95 * math.Sqrt(p*(1-p)/n*(1-n/all))
	}
	return sum / float64(len(expected))
}

// normal95 is the quantile of the standard normal distribution that bounds 95 %.
const normal95 = 1.959964
