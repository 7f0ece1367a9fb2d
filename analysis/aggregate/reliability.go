package aggregate

import (
	"cmp"
	"math"
	"slices"

	"stance.example/stance/corpus"
)

// Known is a thread whose true stances are known, judged by a classifier that
// hadn't seen it. None of the observations is of a removed comment.
type Known struct {
	Observations []Observation
	Truth        []corpus.Stance // of the observations
}

// shares returns the true shares.
func (k *Known) shares() (shares stanceRow) {
	for _, s := range k.Truth {
		shares[s] += 1 / float64(len(k.Truth))
	}
	return shares
}

// Reliability says how far a classifier's probabilities tell the true shares of a
// thread that it hasn't seen. The zero value stands for "not known".
type Reliability struct {
	// Weights hold for each true stance an intercept and then, in the order of the
	// stances, the weights of the comments' mean probabilities. Their sums, made
	// positive and to sum to 1 by softmax, are the expected true shares.
	Weights [corpus.NumStances][1 + corpus.NumStances]float64
	// Spread is for each stance how far threads lie about the expected share, as the
	// correlation ρ of a thread's comments, in (0, 1): among n comments the share has
	// the variance μ(1−μ)·(1/n + (1−1/n)·ρ) about its expectation μ.
	Spread [corpus.NumStances]float64
	// Confusion holds for each true stance the parts of its comments that were given
	// each stance. Prior is the mean of the probabilities over all comments, the shares
	// that the classifier takes for usual; it needn't be the true ones, for classes
	// may have been balanced in training.
	Confusion [corpus.NumStances][corpus.NumStances]float64
	Prior     [corpus.NumStances]float64
	// Sure are for each stance the probability from which the comments given it were
	// right often enough to be quoted for it; above 1 where none was, 0 where it isn't
	// known.
	Sure [corpus.NumStances]float64 `json:",omitzero"`
}

// Fitted reports whether the reliability is known.
func (r Reliability) Fitted() bool { return r != Reliability{} }

// FitReliability learns from threads how the mean probabilities of a thread tell its
// true shares; without threads the result is the zero Reliability. An article whose
// irony is misread, or whose readers are of one mind, is off in all its comments at
// once; that is what no single comment's probability tells and what threads do.
//
// The expectation is a fractional multinomial logit (Papke and Wooldridge,
// Econometric methods for fractional response variables, Journal of Applied
// Econometrics 11, 1996): every thread counts alike, its true shares taking the place
// of the class. The spread is by the method of moments (Williams, Extra-binomial
// variation in logistic linear models, Applied Statistics 31, 1982): the squares of
// the residuals in units of μ(1−μ) sum up to Σ(1/n + (1−1/n)·ρ).
func FitReliability(threads []Known) Reliability {
	var r Reliability
	if len(threads) == 0 {
		return r
	}
	r.fitWeights(threads)
	r.fitSpread(threads)
	r.fitConfusion(threads)
	r.fitPrior(threads)
	r.fitSure(threads)
	return r
}

// Of the fit of the weights, which is strictly convex: steps down its gradient, the
// step less than two over the largest curvature, which is at most a half of the mean
// square of the inputs plus the penalty.
const (
	fitRounds = 4000
	fitStep   = 0.9
	penalty   = 0.02 // on the squares of the weights, against 1 for the mean thread
)

func (r *Reliability) fitWeights(threads []Known) {
	means := make([]stanceRow, len(threads))
	truths := make([]stanceRow, len(threads))
	for i := range threads {
		means[i] = meanProbabilities(threads[i].Observations)
		truths[i] = threads[i].shares()
	}
	for range fitRounds {
		var gradient [corpus.NumStances][1 + corpus.NumStances]float64
		for i := range threads {
			expected := r.expected(means[i])
			for s := range gradient {
				gap := (truths[i][s] - expected[s]) / float64(len(threads))
				gradient[s][0] += gap
				for k, m := range means[i] {
					gradient[s][1+k] += gap * m
				}
			}
		}
		for s := range gradient {
			for k := range gradient[s] {
				r.Weights[s][k] += fitStep * (gradient[s][k] - penalty/float64(len(threads))*r.Weights[s][k])
			}
		}
	}
}

// expected returns the expected true shares of a thread with those mean
// probabilities.
func (r *Reliability) expected(means stanceRow) (shares stanceRow) {
	total := 0.0
	for s := range shares {
		logit := r.Weights[s][0]
		for k, m := range means {
			logit += r.Weights[s][1+k] * m
		}
		shares[s] = math.Exp(logit)
		total += shares[s]
	}
	for s := range shares {
		shares[s] /= total
	}
	return shares
}

// Bounds of the spread: threads that happen to agree must not pass for perfect
// knowledge, and beyond the upper one nothing is known.
const (
	leastSpread = 0.01
	mostSpread  = 0.9
)

func (r *Reliability) fitSpread(threads []Known) {
	for s := range r.Spread {
		excess, scale := 0.0, 0.0
		for i := range threads {
			n := effective(threads[i].Observations)
			mean := r.expected(meanProbabilities(threads[i].Observations))[s]
			gap := threads[i].shares()[s] - mean
			excess += gap*gap/(mean*(1-mean)) - 1/n
			scale += 1 - 1/n
		}
		r.Spread[s] = leastSpread
		if scale > 0 {
			r.Spread[s] = min(max(excess/scale, leastSpread), mostSpread)
		}
	}
}

// fitConfusion counts over all comments, each pair of stances from one half up, so
// that none is impossible.
func (r *Reliability) fitConfusion(threads []Known) {
	var counts [corpus.NumStances]stanceRow
	for t := range counts {
		for g := range counts[t] {
			counts[t][g] = 0.5
		}
	}
	for i := range threads {
		for k, o := range threads[i].Observations {
			counts[threads[i].Truth[k]][o.Stance]++
		}
	}
	for t := range counts {
		all := 0.0
		for _, n := range counts[t] {
			all += n
		}
		for g, n := range counts[t] {
			r.Confusion[t][g] = n / all
		}
	}
}

// fitPrior averages over all comments.
func (r *Reliability) fitPrior(threads []Known) {
	comments := 0
	for i := range threads {
		comments += len(threads[i].Observations)
	}
	for i := range threads {
		part := float64(len(threads[i].Observations)) / float64(comments)
		for k, mean := range meanProbabilities(threads[i].Observations) {
			r.Prior[k] += part * mean
		}
	}
}

// UsuallySure is the probability from which a comment may be quoted for its stance where
// nothing else is known: more than twice as likely as all other stances together.
const UsuallySure = 0.7

// Of what may be quoted: how often it may be wrong, of how many comments that must be
// known, and the least probability whatever they say.
const (
	mostWrong = 0.15
	leastSure = 0.5
	fewSure   = 20
)

// never is a probability that no comment has.
const never = 2

// fitSure finds the least probability from which the comments given a stance were wrong as
// rarely as they may be, counting one more that was wrong and one that was right. Where
// there is none, nothing is quoted if enough comments that are usually sure speak against
// it, and otherwise it isn't known.
func (r *Reliability) fitSure(threads []Known) {
	type given struct {
		probability float64
		right       bool
	}
	var byStance [corpus.NumStances][]given
	for i := range threads {
		for c := range threads[i].Observations {
			o := &threads[i].Observations[c]
			byStance[o.Stance] = append(byStance[o.Stance], given{o.probabilities()[o.Stance], threads[i].Truth[c] == o.Stance})
		}
	}
	for s, list := range byStance {
		slices.SortFunc(list, func(a, b given) int { return cmp.Compare(b.probability, a.probability) })
		wrong, usual := 0, 0
		for n, g := range list {
			if g.probability < leastSure {
				break
			}
			if !g.right {
				wrong++
			}
			if g.probability >= UsuallySure {
				usual++
			}
			ended := n+1 == len(list) || list[n+1].probability < g.probability
			if ended && n+1 >= fewSure && float64(wrong+1)/float64(n+1+2) <= mostWrong {
				r.Sure[s] = g.probability
			}
		}
		if r.Sure[s] == 0 && usual >= fewSure {
			r.Sure[s] = never
		}
	}
}
