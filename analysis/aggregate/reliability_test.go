package aggregate

import (
	"math"
	"math/rand/v2"
	"testing"

	"stance/corpus"
)

// TestFitRecovers draws threads from a known reliability and asks for it back.
func TestFitRecovers(t *testing.T) {
	truth := someReliability()
	rng := rand.New(rand.NewPCG(5, 6))
	threads := make([]Confusion, 400)
	for i := range threads {
		for p := range corpus.NumStances {
			row := dirichlet(rng, truth.Alpha[p])
			for range 30 {
				threads[i][p][categorical(&row, rng.Float64())]++
			}
		}
	}
	got := FitReliability(threads)
	for p := range truth.Alpha {
		for k, want := range truth.Alpha[p] {
			if math.Abs(got.Alpha[p][k]-want) > 0.2*want {
				t.Errorf("alpha[%v][%v] = %.2f, want %.2f within a fifth", corpus.Stance(p), corpus.Stance(k), got.Alpha[p][k], want)
			}
		}
	}
}

// TestFitIsTheMaximum compares the likelihood of the fit with that of its
// neighbours; hand-made rows, small enough to see.
func TestFitIsTheMaximum(t *testing.T) {
	counts := [][corpus.NumStances]int{{8, 1, 1, 0}, {2, 6, 0, 1}, {5, 0, 4, 2}, {9, 0, 0, 1}}
	alpha := fitDirichlet(counts)
	best := logLikelihood(alpha, counts)
	for k := range alpha {
		for _, factor := range []float64{0.97, 1.03} {
			near := alpha
			near[k] *= factor
			if l := logLikelihood(near, counts); l > best {
				t.Errorf("alpha[%d] times %.2f is likelier: %.6f > %.6f", k, factor, l, best)
			}
		}
	}
}

// logLikelihood of the Dirichlet-multinomial, without the multinomial
// coefficients.
func logLikelihood(alpha [corpus.NumStances]float64, counts [][corpus.NumStances]int) float64 {
	lgamma := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	all, l := 0.0, 0.0
	for _, a := range alpha {
		all += a
	}
	for _, row := range counts {
		l += lgamma(all) - lgamma(all+float64(sum(row)))
		for k, n := range row {
			l += lgamma(alpha[k]+float64(n)) - lgamma(alpha[k])
		}
	}
	return l
}

func TestFitLimits(t *testing.T) {
	total := func(alpha [corpus.NumStances]float64) (s float64) {
		for _, a := range alpha {
			s += a
		}
		return s
	}
	if r := FitReliability(nil); r.Fitted() {
		t.Errorf("no threads: %v, want the zero value", r)
	}
	if r := FitReliability(make([]Confusion, 3)); r.Fitted() {
		t.Errorf("threads without comments: %v, want the zero value", r)
	}

	alike := []Confusion{{0: {6, 2, 0, 2}}, {0: {6, 2, 0, 2}}}
	r := FitReliability(alike)
	if got := total(r.Alpha[0]); got > 20+leastAlpha {
		t.Errorf("two threads that agree have a sum of %.2f, want at most their 20 comments", got)
	}
	if got := r.Alpha[0][0] / total(r.Alpha[0]); math.Abs(got-0.6) > 0.03 {
		t.Errorf("mean of the first stance %.3f, want about 0.6", got)
	}
	if got := r.Alpha[0][corpus.Supportive]; got < leastAlpha {
		t.Errorf("a stance never seen has alpha %v, want at least %v", got, leastAlpha)
	}
	if want := [corpus.NumStances]float64{1, 1, 1, 1}; r.Alpha[1] != want {
		t.Errorf("a stance never given has alpha %v, want %v", r.Alpha[1], want)
	}
}

func TestRising(t *testing.T) {
	if got, want := rising(2, 3), 1.0/2+1.0/3+1.0/4; math.Abs(got-want) > 1e-15 {
		t.Errorf("rising(2, 3) = %v, want %v", got, want)
	}
	if got := rising(2, 0); got != 0 {
		t.Errorf("rising(2, 0) = %v, want 0", got)
	}
}

// TestGammaMoments: mean and variance of a gamma draw both equal its shape.
func TestGammaMoments(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, shape := range []float64{0.05, 0.5, 1, 3.7, 80} {
		const n = 200000
		mean, square := 0.0, 0.0
		for range n {
			x := gamma(rng, shape)
			mean += x / n
			square += x * x / n
		}
		variance := square - mean*mean
		if math.Abs(mean-shape) > 0.03*shape || math.Abs(variance-shape) > 0.06*shape {
			t.Errorf("shape %v: mean %.4f, variance %.4f", shape, mean, variance)
		}
	}
}
