// Package fdr controls the false discovery rate: of many tests made at once, the
// part of those called significant that is expected to be wrong.
package fdr

import (
	"math"
	"slices"
)

// Level is the false discovery rate that the program accepts: among what it calls a
// difference, one in twenty is expected to be chance.
const Level = 0.05

// Adjust returns the adjusted p-values of Benjamini and Hochberg, Controlling the
// false discovery rate, Journal of the Royal Statistical Society B 57, 1995, in the
// order of p: calling every test significant whose value is at most q keeps the false
// discovery rate at q. With the m p-values sorted, the adjusted value of the i-th
// is the smallest of p[j]·m/j over j ≥ i, and at most 1. A NaN stays NaN and is no
// test.
func Adjust(p []float64) []float64 {
	order := make([]int, 0, len(p))
	adjusted := make([]float64, len(p))
	for i, v := range p {
		if math.IsNaN(v) {
			adjusted[i] = v
			continue
		}
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return 0
	})
	least := 1.0
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, p[i]*float64(len(order))/float64(rank))
		adjusted[i] = least
	}
	return adjusted
}

// TwoSided is the probability that a standard normal variable lies at least as far
// from 0 as z does; NaN for NaN.
func TwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
