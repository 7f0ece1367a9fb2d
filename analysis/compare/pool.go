package compare

import (
	"math"

	"stance.example/stance/analysis/fdr"
)

// normal95 is the quantile of the standard normal distribution that bounds 95 %.
const normal95 = 1.959964

// within estimates the variance τ² of the true shares about the mean of their group, by
// the method of moments of DerSimonian and Laird, summed over the groups: with weights
// w = 1/error², the mean ȳ of a group by them and Q = Σ w·(y − ȳ)²,
//
//	τ² = max(0, (ΣQ − Σ(n−1)) / Σ(Σw − Σw²/Σw))
//
// It is 0 if no group has two members.
func within(groups [][]Share) float64 {
	excess, scale := 0.0, 0.0
	for _, list := range groups {
		if len(list) < 2 {
			continue
		}
		mean := averageOf(list, 0).share().Value
		sum, squares := 0.0, 0.0
		for _, s := range list {
			w := 1 / (s.Error * s.Error)
			sum += w
			squares += w * w
			excess += w * (s.Value - mean) * (s.Value - mean)
		}
		excess -= float64(len(list) - 1)
		scale += sum - squares/sum
	}
	if scale == 0 {
		return 0
	}
	return max(0, excess/scale)
}

// average is a weighted mean in the making.
type average struct{ sum, weight float64 }

// add weights a share by its error and by the variance between shares.
func (a *average) add(s Share, between float64) {
	w := 1 / (s.Error*s.Error + between)
	a.sum += w * s.Value
	a.weight += w
}

// without is the average less one of the shares added.
func (a average) without(s Share, between float64) average {
	w := 1 / (s.Error*s.Error + between)
	return average{a.sum - w*s.Value, a.weight - w}
}

// share is the mean with its standard error; NaN of nothing.
func (a average) share() Share { return Share{a.sum / a.weight, math.Sqrt(1 / a.weight)} }

func averageOf(list []Share, between float64) (a average) {
	for _, s := range list {
		a.add(s, between)
	}
	return a
}

// cellOf pools and tests one of so many shares. It is drawn toward the overall share
// by B and has a variance of its own, both after Morris, Parametric empirical Bayes
// inference, JASA 78, 1983, section 5, with k shares of mean error² V̄:
//
//	B = (k−3)/(k−1) · error²/(error² + τ²)
//	pooled = (1−B)·own + B·overall
//	variance = error²·(1 − (k−1)/k·B) + 2/(k−3) · B²·(V̄+τ²)/(error²+τ²) · (own − overall)²
//
// The last term is what isn't known of τ². Three shares tell nothing of it, and are not
// pooled.
func cellOf(own, overall, rest Share, p pool) Cell {
	square := own.Error * own.Error
	c := Cell{Value: own.Value, Pooled: own.Value}
	variance := square
	if k := float64(p.shares); p.shares > 3 {
		b := (k - 3) / (k - 1) * square / (square + p.between)
		gap := own.Value - overall.Value
		c.Pooled = own.Value - b*gap
		variance = square*(1-(k-1)/k*b) + 2/(k-3)*b*b*(p.error+p.between)/(square+p.between)*gap*gap
	}
	half := normal95 * math.Sqrt(variance)
	c.Low, c.High = max(0, c.Pooled-half), min(1, c.Pooled+half)
	c.Difference = own.Value - rest.Value
	c.P = fdr.TwoSided(c.Difference / math.Hypot(own.Error, rest.Error))
	return c
}

// pool is what is known of the shares that are pooled.
type pool struct {
	shares  int
	between float64 // τ²
	error   float64 // the mean square of their errors
}

func newPool(list []Share) pool {
	p := pool{shares: len(list), between: within([][]Share{list})}
	for _, s := range list {
		p.error += s.Error * s.Error / float64(len(list))
	}
	return p
}
