package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"
)

// draws is the number of resamples of Bootstrap, and seed the start of its random
// numbers, so that the same units give the same interval.
const (
	draws = 1000
	seed  = 20010917
)

// Bootstrap returns the 95 % percentile interval of a statistic of so many units, by
// drawing as many of them with replacement (Efron and Tibshirani 1993, chapter 13). The
// units must be independent: threads, as comments of one thread are not. The statistic gets
// the indices drawn. Draws of which it is NaN don't count; the interval is NaN if they are
// the most, or if there are no units.
func Bootstrap(units int, statistic func(drawn []int) float64) (low, high float64) {
	if units == 0 {
		return math.NaN(), math.NaN()
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	drawn := make([]int, units)
	var values []float64
	for range draws {
		for i := range drawn {
			drawn[i] = rng.IntN(units)
		}
		if v := statistic(drawn); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) <= draws/2 {
		return math.NaN(), math.NaN()
	}
	slices.Sort(values)
	tail := len(values) / 40 // 2.5 %
	return values[tail], values[len(values)-1-tail]
}
