package fdr_test

import (
	"math"
	"testing"

	"stance.example/stance/analysis/fdr"
)

func TestAdjust(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name, reason string
		p, want      []float64
	}{
		{"none", "no test, nothing to adjust", nil, nil},
		{"one", "a single test stays as it is", []float64{0.03}, []float64{0.03}},
		{"by hand", "0.01·4/1, then 0.03·4/3 is beaten by 0.035·4/4 on its right", []float64{0.035, 0.01, 0.03, 0.034}, []float64{0.035, 0.035, 0.035, 0.035}},
		{"steps", "0.01·3, 0.04·3/2, 0.5", []float64{0.5, 0.01, 0.04}, []float64{0.5, 0.03, 0.06}},
		{"undefined", "what was not tested doesn't count among the tests", []float64{nan, 0.02, 0.5}, []float64{nan, 0.04, 0.5}},
	} {
		got := fdr.Adjust(c.p)
		for i := range c.want {
			if math.Abs(got[i]-c.want[i]) > 1e-12 && !(math.IsNaN(got[i]) && math.IsNaN(c.want[i])) {
				t.Errorf("%s (%s): %v, want %v", c.name, c.reason, got, c.want)
				break
			}
		}
	}
}

func TestTwoSided(t *testing.T) {
	for _, c := range []struct{ z, want float64 }{{0, 1}, {1.959964, 0.05}, {-1.959964, 0.05}, {3.290527, 0.001}} {
		if got := fdr.TwoSided(c.z); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("TwoSided(%g) = %g, want %g as in any table of the normal distribution", c.z, got, c.want)
		}
	}
}
