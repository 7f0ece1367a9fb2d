package lbfgs

import (
	"math"
	"testing"
)

// Rosenbrock's valley has its minimum 0 at (1, 1, …); a plain descent crawls in it.
func TestMinimise(t *testing.T) {
	f := func(x, g []float64) float64 {
		value := 0.0
		clear(g)
		for i := range len(x) - 1 {
			a, b := x[i+1]-x[i]*x[i], 1-x[i]
			value += 100*a*a + b*b
			g[i] += -400*a*x[i] - 2*b
			g[i+1] += 200 * a
		}
		return value
	}
	x := []float64{-1.2, 1, -0.5, 2}
	n := Minimise(t.Context(), f, x, 500, 1e-9)
	for i, v := range x {
		if math.Abs(v-1) > 1e-5 {
			t.Errorf("x[%d] = %v after %d iterations, want 1", i, v, n)
		}
	}
}
