package aggregate

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"stance.example/stance/corpus"
)

// The interval of a share answers: with other readers of the same kind, as many, and a
// person to label their comments, which share would be no surprise? It is made of
//
//  1. the share μ, which is the mean of the comments' probabilities;
//  2. the effective number of comments n: comments of one author hang together, and
//     so do those of one branch, so that they tell as much as fewer that don't (see
//     effective);
//  3. the variance of the true share about μ, μ(1−μ)·(1/n + (1−1/n)·ρ): the chance of
//     who commented, and the classifier's errors that a whole thread shares, which no
//     number of comments makes small;
//  4. the Beta distribution of that mean and variance, from its 2.5th to its 97.5th
//     percentile. For whole n it has the first two moments of the beta-binomial
//     distribution of the share.
//
// Where the reliability isn't known, labels are taken for certain and the interval is
// the one of Jeffreys' prior for n comments, Dirichlet(counts + 1/2).
const tail = 0.025

// stanceRow holds a probability or a share for each stance.
type stanceRow = [corpus.NumStances]float64

// bound sets the shares and their intervals.
func (s *Summary) bound(judged []Observation, r Reliability) {
	if len(judged) == 0 {
		for k := range s.Stance {
			s.Stance[k] = Undefined(0)
		}
		return
	}
	means := meanProbabilities(judged)
	if slices.ContainsFunc(judged, func(o Observation) bool { return o.Ungauged }) {
		for k := range s.Stance {
			s.Stance[k] = Undefined(s.Stance[k].Count)
			s.Stance[k].Share = means[k]
		}
		return
	}
	n := effective(judged)
	for k := range s.Stance {
		share := &s.Stance[k]
		share.Share = means[k]
		b := jeffreys(means[k], n)
		if r.Fitted() {
			b = newBeta(inside(means[k], n), 1/n+(1-1/n)*r.Spread[k])
		}
		share.Error = b.deviation()
		share.Low, share.High = settle(b, means[k], len(judged))
	}
}

// meanProbabilities is the mean over the comments.
func meanProbabilities(judged []Observation) (means stanceRow) {
	for i := range judged {
		p := judged[i].probabilities()
		for k := range means {
			means[k] += p[k] / float64(len(judged))
		}
	}
	return means
}

// inside is a mean of n comments kept half a comment away from 0 and 1, which labels alone
// can give and where a Beta distribution has no width.
func inside(mean, n float64) float64 {
	half := 0.5 / (n + 1)
	return min(max(mean, half), 1-half)
}

// settle is the interval of the distribution about a share of so many comments. A bound
// within half a comment of 0 or 1 is that end; and as the mean of a skewed distribution
// may lie in its tail, a bound that leaves the share out is moved to it.
func settle(b beta, share float64, comments int) (low, high float64) {
	half := 0.5 / float64(comments)
	low, high = b.interval()
	if low < half {
		low = 0
	}
	if high > 1-half {
		high = 1
	}
	return min(low, share), max(high, share)
}

// beta is a Beta distribution.
type beta struct{ a, b float64 }

// leastWeight keeps a+b away from 0, where half of the distribution is at 0 and half
// at 1 and quantiles can't be computed.
const leastWeight = 0.1

// newBeta returns the one of that mean, in (0, 1), and of the variance
// factor·mean·(1−mean).
func newBeta(mean, factor float64) beta {
	weight := max(1/factor-1, leastWeight)
	return beta{mean * weight, (1 - mean) * weight}
}

// jeffreys returns the marginal of Dirichlet(n·shares + 1/2) for one stance.
func jeffreys(share, n float64) beta {
	return beta{n*share + 0.5, n*(1-share) + 0.5*(corpus.NumStances-1)}
}

func (d beta) deviation() float64 {
	m := d.a / (d.a + d.b)
	return math.Sqrt(m * (1 - m) / (d.a + d.b + 1))
}

// interval leaves out the tails on either side.
func (d beta) interval() (low, high float64) {
	return mathext.InvRegIncBeta(d.a, d.b, tail), mathext.InvRegIncBeta(d.a, d.b, 1-tail)
}
