package compare

import (
	"math"

	"stance.example/stance/analysis/fdr"
)

// Interval is a share with its 95 % interval, Low ≤ Value ≤ High in [0, 1]; NaN where
// undefined.
type Interval struct{ Value, Low, High float64 }

// Difference is a share less another, in [-1, 1].
type Difference struct {
	// Low and High bound the 95 % interval of Value; NaN if a share or its interval isn't
	// known.
	Value float64 `json:"difference"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// P is the two-sided p-value of there being no difference: below 0.05 just where the
	// interval leaves out 0. Q is the same adjusted over all that are compared at once.
	P float64 `json:"p"`
	Q float64 `json:"q"`
}

// Less returns a − b with the interval of Newcombe, Interval estimation for the difference
// between independent proportions, Statistics in Medicine 17, 1998, method 10, which Zou and
// Donner, Construction of confidence limits about effect measures, Statistics in Medicine
// 27, 2008, show to hold for any two estimates with intervals of their own:
//
//	low  = a − b − √((a − low a)² + (high b − b)²)
//	high = a − b + √((high a − a)² + (b − low b)²)
//
// It needs no symmetry, never leaves [-1, 1], and keeps the intervals that are shown of the
// two shares. Their errors are taken as independent; so far as they are common to both, the
// interval is too wide. With the reach r of the interval towards 0, z = 1.96·(a − b)/r gives
// P. Q is P until it is adjusted.
func (a Interval) Less(b Interval) Difference {
	d := Difference{Value: a.Value - b.Value}
	below, above := math.Hypot(a.Value-a.Low, b.High-b.Value), math.Hypot(a.High-a.Value, b.Value-b.Low)
	d.Low, d.High = max(-1, d.Value-below), min(1, d.Value+above)
	toward := below
	if d.Value < 0 {
		toward = above
	}
	d.P = 1
	if d.Value != 0 || math.IsNaN(toward) {
		d.P = fdr.TwoSided(normal95 * d.Value / toward)
	}
	d.Q = d.P
	return d
}

// Unknown is the difference to nothing.
func Unknown() Difference {
	nan := math.NaN()
	return Difference{nan, nan, nan, nan, nan}
}

// Known reports whether there is a difference with an interval.
func (d *Difference) Known() bool { return !math.IsNaN(d.Low) }

// Clear reports whether the shares differ, at a false discovery rate of fdr.Level over all
// that are compared at once.
func (d *Difference) Clear() bool { return d.Q <= fdr.Level }

// Adjust sets Q over all of them, leaving out those that aren't known.
func Adjust(list []*Difference) {
	p := make([]float64, len(list))
	for i, d := range list {
		p[i] = d.P
	}
	for i, q := range fdr.Adjust(p) {
		list[i].Q = q
	}
}
