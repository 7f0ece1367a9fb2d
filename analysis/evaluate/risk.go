package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Point is one point of a risk–coverage curve.
type Point struct {
	// Coverage is the part of the examples that are judged, the surest first.
	Coverage float64
	// Threshold is the least probability among them.
	Threshold float64
	// Risk is the part of them that is wrong.
	Risk float64
}

// RiskCoverage returns the curve at the given coverages, each in (0, 1] (El-Yaniv and
// Wiener 2010, "On the foundations of noise-free selective classification").
// Examples of equal probability are kept in their order.
func RiskCoverage(judged []Judged, coverages []float64) []Point {
	sorted := slices.Clone(judged)
	slices.SortStableFunc(sorted, func(a, b Judged) int { return cmp.Compare(b.Probability, a.Probability) })
	points := make([]Point, len(coverages))
	for i, c := range coverages {
		n := int(math.Ceil(c * float64(len(sorted))))
		wrong := 0
		for _, j := range sorted[:n] {
			if !j.Right {
				wrong++
			}
		}
		points[i] = Point{Coverage: c, Threshold: math.NaN(), Risk: ratio(wrong, n)}
		if n > 0 {
			points[i].Threshold = sorted[n-1].Probability
		}
	}
	return points
}
