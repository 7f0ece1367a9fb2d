package aggregate

import (
	"math"
	"math/rand/v2"
)

// dirichlet draws from the Dirichlet distribution of those parameters: independent
// gamma draws, normalised.
func dirichlet(rng *rand.Rand, alpha stanceRow) (p stanceRow) {
	total, largest := 0.0, 0
	for k, a := range alpha {
		p[k] = gamma(rng, a)
		total += p[k]
		if a > alpha[largest] {
			largest = k
		}
	}
	if total == 0 { // parameters so small that every draw underflows
		p[largest], total = 1, 1
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// gamma draws from the gamma distribution of that shape, positive, and scale 1, by
// the method of Marsaglia and Tsang, A simple method for generating gamma
// variables, ACM TOMS 26, 2000.
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(1-rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := 1 - rng.Float64()
		if u < 1-0.0331*x*x*x*x { // the squeeze of the paper, which saves the logarithms
			return d * v
		}
		if math.Log(u) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
