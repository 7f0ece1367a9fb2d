package audit

import "math"

// level is the probability that an interval holds.
const level = 0.95

// Expected is what a model leads to expect of the share of a stance before any label is
// seen: a mean in (0, 1) and the standard deviation of the true share about it. The
// zero value expects nothing.
type Expected struct{ Mean, Deviation float64 }

// component is a Beta distribution with its part in a mixture.
type component struct{ part, a, b float64 }

// trust is the probability that the model's expectation holds for a thread, before its
// labels speak for or against it.
const trust = 0.5

// leastWeight is the least that an expectation counts, in labels; one whose deviation is
// that of a coin tells nothing.
const leastWeight = 0.1

// posterior is what is known of a stance's share among the unlabelled comments after it
// was estimated as p with the precision of that many labels. The prior is a mixture:
// with the probability trust the Beta distribution of what was expected, otherwise
// Jeffreys'. Labels that contradict the expectation take its part away, so that a
// model that is wrong of this thread does little harm (Schmidli et al., Robust
// meta-analytic-predictive priors, Biometrics 70, 2014). Where nothing was expected
// there is Jeffreys' alone.
func posterior(p, labels float64, e Expected) []component {
	hits, misses := labels*p, labels*(1-p)
	open := component{1, hits + 0.5, misses + 0.5}
	if !(e.Deviation > 0) {
		return []component{open}
	}
	weight := max(e.Mean*(1-e.Mean)/(e.Deviation*e.Deviation)-1, leastWeight)
	a, b := e.Mean*weight, (1-e.Mean)*weight
	expected := component{1, hits + a, misses + b}
	// How much likelier the labels are if the expectation holds.
	odds := trust / (1 - trust) * math.Exp(logBeta(expected.a, expected.b)-logBeta(a, b)-logBeta(open.a, open.b)+logBeta(0.5, 0.5))
	open.part = 1 / (1 + odds)
	expected.part = 1 - open.part
	return []component{open, expected}
}

// predict bounds how many of so many unlabelled comments take a stance: the shortest
// range that holds the probability level under the mixture of beta-binomial
// distributions (Geisser, Predictive Inference, 1993, section 3.2). It is whole comments
// that are bounded, so that the interval of a rare stance doesn't end between them; and
// the shortest range, because the tails of a rare stance are so unequal that leaving
// out as much on both sides costs a twentieth of the width.
func predict(comments int, mixture []component) (low, high int) {
	p := make([]float64, comments+1)
	best := 0
	for _, c := range mixture {
		c.add(p)
	}
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	low, high = best, best
	for sum := p[best]; sum < level && (low > 0 || high < comments); {
		if high == comments || low > 0 && p[low-1] >= p[high+1] {
			low--
			sum += p[low]
		} else {
			high++
			sum += p[high]
		}
	}
	return low, high
}

// add adds the component's beta-binomial probabilities of 0, 1, 2… hits.
func (c component) add(p []float64) {
	n := float64(len(p) - 1)
	log := logBeta(c.a, n+c.b) - logBeta(c.a, c.b) // of the probability of 0
	for k := range p {
		p[k] += c.part * math.Exp(log)
		x := float64(k)
		log += math.Log((n - x) * (x + c.a) / ((x + 1) * (n - x - 1 + c.b)))
	}
}

// logBeta is the logarithm of the beta function.
func logBeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}
