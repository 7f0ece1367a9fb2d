package aggregate

import (
	"cmp"
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
	// Spread is for each stance how far threads lie about the mean of the comments'
	// probabilities, as the correlation ρ of a thread's comments, in (0, 1): among n
	// comments the share has the variance μ(1−μ)·(1/n + (1−1/n)·ρ) about that mean μ.
	Spread [corpus.NumStances]float64
	// Confusion holds for each true stance the parts of its comments that were given
	// each stance. Prior is the mean of the probabilities over all comments, the shares
	// that the classifier takes for usual; it needn't be the true ones, for classes
	// may have been balanced in training.
	Confusion [corpus.NumStances][corpus.NumStances]float64
	Prior     [corpus.NumStances]float64
	// Sure are for each stance the probability from which the comments given it were
	// seldom enough of another camp to be quoted for it; above 1 where they never were, 0
	// where it isn't known.
	Sure [corpus.NumStances]float64 `json:",omitzero"`
}

// Fitted reports whether the reliability is known.
func (r Reliability) Fitted() bool { return r != Reliability{} }

// FitReliability learns from threads how far their true shares lie from the mean of the
// probabilities; without threads the result is the zero Reliability. An article whose
// irony is misread, or whose readers are of one mind, is off in all its comments at
// once; that is what no single comment's probability tells and what threads do.
//
// The spread is by the method of moments (Williams, Extra-binomial variation in logistic
// linear models, Applied Statistics 31, 1982): the squares of the residuals in units of
// μ(1−μ) sum up to Σ(1/n + (1−1/n)·ρ).
//
// The mean itself isn't corrected by what was learned of the threads: a regression of the
// true shares on the mean probabilities, with a weight for each pair of stances, had a
// larger error on sources left out (docs/model.md).
func FitReliability(threads []Known) Reliability {
	var r Reliability
	if len(threads) == 0 {
		return r
	}
	r.fitSpread(threads)
	r.fitConfusion(threads)
	r.fitPrior(threads)
	r.fitSure(threads)
	return r
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
			mean := inside(meanProbabilities(threads[i].Observations)[s], n)
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

// Of what may be quoted: how often it may be another camp's, of how many comments that must
// be known, and the least probability whatever they say.
const (
	mostWrong = 0.15
	leastSure = 0.5
	fewSure   = 15
)

// never is a probability that no comment has.
const never = 2

// fitSure finds the least probability from which the comments given a stance were as seldom
// of another camp as they must be. A comment without a stance is of no camp. Where there is
// no such probability nothing is quoted; with too few comments it isn't known.
func (r *Reliability) fitSure(threads []Known) {
	type given struct {
		probability float64
		other       bool // of another camp
	}
	var byStance [corpus.NumStances][]given
	for i := range threads {
		for c := range threads[i].Observations {
			o := &threads[i].Observations[c]
			byStance[o.Stance] = append(byStance[o.Stance], given{o.probabilities()[o.Stance], threads[i].Truth[c] != o.Stance && threads[i].Truth[c] != corpus.None})
		}
	}
	for s, list := range byStance {
		slices.SortFunc(list, func(a, b given) int { return cmp.Compare(b.probability, a.probability) })
		known, wrong := 0, 0
		for n, g := range list {
			if g.probability < leastSure {
				break
			}
			known = n + 1
			if g.other {
				wrong++
			}
			ended := known == len(list) || list[known].probability < g.probability
			if ended && known >= fewSure && float64(wrong)/float64(known) <= mostWrong {
				r.Sure[s] = g.probability
			}
		}
		if r.Sure[s] == 0 && known >= fewSure {
			r.Sure[s] = never
		}
	}
}
