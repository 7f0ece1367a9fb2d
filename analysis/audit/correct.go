package audit

import (
	"slices"

	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// A Weighting says how much the predictions count; see Correct.
type Weighting uint8

const (
	// Tuned chooses the weight that makes the intervals narrowest (PPI++).
	Tuned Weighting = iota
	// Full takes the predictions as they are (PPI, DSL).
	Full
	// Without leaves them out: the labels alone.
	Without
)

// Correct estimates the shares of a thread's comments. With y the label of a
// comment as 0 or 1 for a stance, f its predicted probability, π the probability
// with which it came into the sample, N comments and the sums over the sample
// weighted by 1/π (of total weight W), the estimate is
//
//	θ = λ·mean f over all comments + Σ (y − λf)/π / W
//
// which is the difference estimator of survey sampling (Cochran, Sampling
// Techniques, 1977, section 7.1), known with predictions of a model as PPI
// (Angelopoulos et al., Science 382, 2023) and, with unequal π and λ = 1, as DSL (Egami
// et al., NeurIPS 2023). Its variance is
//
//	V = n/(n−1) · Σ (1−π)/π² · (e − ē)² / N²,  e = y − λf
//
// which for π = n/N is (1 − n/N)·s²/n with s² the variance of e.
//
// λ, one for all stances so that their shares add up to 1, is the regression slope
// Σ cov(f, y) / Σ var(f) over the stances: what PPI++ (Angelopoulos, Duchi and Zrnic,
// arXiv 2311.01453) chooses where the unlabelled comments are the rest of the same
// population. The slope of a small sample is drawn towards usualLambda.
//
// The intervals predict the unlabelled comments from that estimate and its variance and,
// as a prior, from what was expected of the shares without any label; see posterior. The
// estimate itself takes nothing from the prior and stays unbiased.
//
// It reports false if fewer than Least comments are labelled, and not all. The share of a stance
// is never below the labels of that stance over all comments, nor so high that the
// other labels would not be true.
func Correct(comments []Comment, w Weighting, expected [corpus.NumStances]Expected) (*Audit, bool) {
	s := newSample(comments)
	if s.n < min(Least, max(1, s.comments)) {
		return nil, false
	}
	a := &Audit{Comments: len(comments), Labelled: s.n, Unequal: s.unequal, Stated: s.stated, Confusion: s.confusion()}
	switch w {
	case Tuned:
		a.Lambda = s.lambda()
	case Full:
		a.Lambda = 1
	}
	var alone, corrected float64
	var shares, ratios [corpus.NumStances]float64
	for k := range shares {
		shares[k] = a.Lambda*s.everywhere[k] + s.mean(func(c *Comment) float64 { return c.is(k) - a.Lambda*c.Predicted[k] })
		binomial := s.binomial(k)
		ratios[k] = s.ratio(k, a.Lambda)
		alone += binomial
		corrected += binomial * ratios[k]
	}
	a.Effective = float64(s.n) * alone / corrected
	a.Shares = s.bound(shares, ratios, expected)
	return a, true
}

// The slope that small samples are drawn to, and the number of labels it weighs as
// much as. Chosen on training threads.
const (
	usualLambda  = 0.8
	lambdaLabels = 60
)

// sample is what was labelled, with weights.
type sample struct {
	labelled        []Comment
	weights         []float64 // 1/π, adding up to the number of comments
	n, comments     int
	everywhere      [corpus.NumStances]float64 // mean prediction of all comments
	given           [corpus.NumStances]int     // labels by stance
	unequal, stated bool
}

// newSample sets the probabilities right: where any is missing the sample is taken for
// uniform, and where labelling stopped before the end of the sample, or some were
// skipped, all are scaled so that the weights add up to the number of comments.
func newSample(comments []Comment) *sample {
	s := &sample{comments: len(comments), stated: true}
	for _, c := range comments {
		for k, p := range c.Predicted {
			s.everywhere[k] += p / float64(len(comments))
		}
		if c.Labelled {
			s.labelled = append(s.labelled, c)
			s.given[c.Label]++
			s.stated = s.stated && c.Probability > 0
		}
	}
	s.n = len(s.labelled)
	s.stated = s.stated && s.n > 0
	total := 0.0
	for _, c := range s.labelled {
		w := 1.0
		if s.stated {
			w = 1 / c.Probability
			s.unequal = s.unequal || c.Probability != s.labelled[0].Probability
		}
		s.weights = append(s.weights, w)
		total += w
	}
	for i := range s.weights {
		s.weights[i] *= float64(s.comments) / total
	}
	return s
}

// is returns y of the stance k.
func (c *Comment) is(k int) float64 {
	if int(c.Label) == k {
		return 1
	}
	return 0
}

// mean is the weighted mean of a value over the sample.
func (s *sample) mean(of func(*Comment) float64) float64 {
	sum := 0.0
	for i := range s.labelled {
		sum += s.weights[i] * of(&s.labelled[i])
	}
	return sum / float64(s.comments)
}

// lambda returns the tuned weight of the predictions.
func (s *sample) lambda() float64 {
	var covariance, variance float64
	for k := range corpus.NumStances {
		f := s.mean(func(c *Comment) float64 { return c.Predicted[k] })
		y := s.mean(func(c *Comment) float64 { return c.is(k) })
		covariance += s.mean(func(c *Comment) float64 { return (c.Predicted[k] - f) * (c.is(k) - y) })
		variance += s.mean(func(c *Comment) float64 { return (c.Predicted[k] - f) * (c.Predicted[k] - f) })
	}
	slope := 0.0
	if variance > 0 {
		slope = covariance / variance
	}
	n := float64(s.n)
	return min(1, max(0, (n*slope+lambdaLabels*usualLambda)/(n+lambdaLabels)))
}

// smoothed is the share of a stance among the labels with one more of the stance and
// one of another, so that a stance nobody was found to take is not certain to be
// absent (Agresti and Coull, The American Statistician 52, 1998).
func (s *sample) smoothed(k int) float64 {
	return (float64(s.given[k]) + 1) / (float64(s.n) + 2)
}

// binomial is the variance of y for a stance, so smoothed.
func (s *sample) binomial(k int) float64 {
	p := s.smoothed(k)
	return p * (1 - p)
}

// ratio is the variance of a stance's estimate over that of as many uniformly drawn
// labels alone. The same two labels are added to it, as if the predictions said
// nothing of them: of a stance that was hardly met the sample can't tell how well it
// is predicted.
func (s *sample) ratio(k int, lambda float64) float64 {
	n, all := float64(s.n), float64(s.comments)
	if s.n == s.comments {
		return 1
	}
	e := func(c *Comment) float64 { return c.is(k) - lambda*c.Predicted[k] }
	middle := s.mean(e)
	v := 0.0
	for i := range s.labelled {
		d := e(&s.labelled[i]) - middle
		v += s.weights[i] * max(s.weights[i]-1, 0) * d * d
	}
	v *= n / (n - 1) / (all * all)
	squares := v * n * (n - 1) / (1 - n/all)
	p := s.smoothed(k)
	return (squares + (1-p)*(1-p) + p*p) / ((n + 1) * s.binomial(k))
}

// bound turns the estimates into shares that don't contradict the labels, and gives
// them intervals.
func (s *sample) bound(estimates, ratios [corpus.NumStances]float64, expected [corpus.NumStances]Expected) (shares [corpus.NumStances]Share) {
	all, rest := float64(s.comments), s.comments-s.n
	var open [corpus.NumStances]float64 // unlabelled comments by stance
	sum := 0.0
	for k, e := range estimates {
		open[k] = max(0, e*all-float64(s.given[k]))
		sum += open[k]
	}
	for k := range open {
		given := float64(s.given[k])
		part := 0.0
		if sum > 0 && rest > 0 {
			part = open[k] / sum
		}
		low, high := predict(rest, posterior(part, s.precision(ratios[k]), expected[k]))
		hits := part * float64(rest)
		shares[k] = Share{
			Share: (given + hits) / all,
			Low:   (given + min(float64(low), hits)) / all,
			High:  (given + max(float64(high), hits)) / all,
		}
	}
	return shares
}

// mostPrecise bounds what the labels may be worth, by their number.
const mostPrecise = 4

// precision is the number m of labels whose prediction of the unlabelled comments has
// the variance of the estimate: 1/m + 1/rest = ratio·(1/n + 1/rest), since what the
// model tells of a comment narrows both.
func (s *sample) precision(ratio float64) float64 {
	n, rest := float64(s.n), float64(s.comments-s.n)
	most := mostPrecise * n
	if rest == 0 {
		return most
	}
	return 1 / max(1/most, ratio/n-(1-ratio)/rest)
}

// confusion counts labels against the most probable predictions, the first of equals.
func (s *sample) confusion() *evaluate.Confusion {
	c := evaluate.NewConfusion(corpus.NumStances)
	for i := range s.labelled {
		p := s.labelled[i].Predicted[:]
		c.Add(int(s.labelled[i].Label), slices.Index(p, slices.Max(p)))
	}
	return c
}
