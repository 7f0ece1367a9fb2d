package evaluate

import (
	"math/rand/v2"
	"slices"
)

// Draws is the number of resamples of Bootstrap, and seed the start of its random
// numbers, so that the same confusions give the same interval.
const (
	Draws = 1000
	seed  = 20010917
)

// Bootstrap returns the 95 % percentile interval of a statistic of the sum of the
// threads' confusions, by resampling whole threads with replacement (Efron and
// Tibshirani 1993, chapter 13): comments of one thread are not independent. There must be
// at least one thread.
func Bootstrap(threads []*Confusion, classes int, statistic func(*Confusion) float64) (low, high float64) {
	rng := rand.New(rand.NewPCG(seed, 0))
	values := make([]float64, Draws)
	for d := range values {
		sum := NewConfusion(classes)
		for range threads {
			sum.Merge(threads[rng.IntN(len(threads))])
		}
		values[d] = statistic(sum)
	}
	slices.Sort(values)
	const tail = Draws / 40 // 2.5 %
	return values[tail], values[Draws-1-tail]
}
