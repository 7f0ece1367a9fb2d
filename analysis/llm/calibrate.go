package llm

import (
	"math/rand/v2"
	"slices"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// Calibrated are probabilities of the stances for the comments that a model labelled.
type Calibrated struct {
	// Labels is the number of labels that they rest on.
	Labels int
	// Probabilities are parallel to the comments; zero where the model gave no label.
	Probabilities [][corpus.NumStances]float64
	// Blind are the same without the comment's own label: the labels were split into
	// parts, and each part was left out in turn. Comments without a label have the
	// mean of these.
	Blind [][corpus.NumStances]float64
}

// Constants of Calibrate.
const (
	// priorWeight is how many labels what all of them tell weighs as much as, beside the
	// labels of the comments that the model gave one stance: half a label for each
	// stance, as in Jeffreys' prior.
	priorWeight = corpus.NumStances / 2.0
	// calibrationFolds is the number of parts, and seedFolds begins the random numbers
	// that make them.
	calibrationFolds = 10
	seedFolds        = 17
)

// Calibrate tells how probable each stance is where the model gave one, by the labels
// that a person gave to some of the same comments. With n(g,t) the comments that the
// model calls g and the person t,
//
//	P(t | g) = (n(g,t) + w·q(g,t)) / (n(g,·) + w),  w = priorWeight
//	q(g,t) = κ·[t = g] + (1−κ)·s(t)
//
// the mean of the Dirichlet posterior (Gelman and others, Bayesian Data Analysis, 2013,
// section 3.4) about what all labels tell: κ is Cohen's kappa of the model and the person,
// not below 0, and s(t) the share of t among the labels with half a label added to each
// stance. So q is what a model would do that knows the stance of the part κ of the
// comments and says anything of the rest; it stands alone for a stance that the model
// gave to no labelled comment. Comments that are labelled and that the model didn't label
// don't count.
func Calibrate(answers []Answer, known map[int]corpus.Stance) *Calibrated {
	c := &Calibrated{
		Probabilities: make([][corpus.NumStances]float64, len(answers)),
		Blind:         make([][corpus.NumStances]float64, len(answers)),
	}
	var labelled []int
	for i := range answers {
		if _, ok := known[i]; ok && answers[i].State == Given {
			labelled = append(labelled, i)
		}
	}
	c.Labels = len(labelled)
	folds := max(1, min(calibrationFolds, c.Labels))
	fold := map[int]int{}
	for rank, k := range rand.New(rand.NewPCG(seedFolds, 0)).Perm(c.Labels) {
		fold[labelled[k]] = rank % folds
	}
	whole := newPosterior(answers, known, labelled)
	parts := make([]posterior, folds)
	for part := range parts {
		rest := slices.DeleteFunc(slices.Clone(labelled), func(i int) bool { return fold[i] == part })
		parts[part] = newPosterior(answers, known, rest)
	}
	for i := range answers {
		if answers[i].State != Given {
			continue
		}
		c.Probabilities[i] = whole[answers[i].Stance]
		if own, ok := fold[i]; ok {
			c.Blind[i] = parts[own][answers[i].Stance]
			continue
		}
		for _, p := range parts {
			for t, v := range p[answers[i].Stance] {
				c.Blind[i][t] += v / float64(folds)
			}
		}
	}
	return c
}

// Enough reports whether the probabilities are made of so many labels that they count.
func (c *Calibrated) Enough() bool { return c.Labels >= audit.Least }

// Predict puts what is predicted of the comments that a language model judged, without
// their own labels, in the place of other predictions: the calibrated probabilities or,
// where labels are too few for these, its word.
func (c *Calibrated) Predict(predicted [][corpus.NumStances]float64, answers []Answer) {
	for i := range answers {
		switch {
		case answers[i].State != Given:
		case c.Enough():
			predicted[i] = c.Blind[i]
		default:
			predicted[i] = [corpus.NumStances]float64{}
			predicted[i][answers[i].Stance] = 1
		}
	}
}

// posterior holds P(t | g), by g and t.
type posterior [corpus.NumStances][corpus.NumStances]float64

func newPosterior(answers []Answer, known map[int]corpus.Stance, labelled []int) posterior {
	counts := evaluate.NewConfusion(corpus.NumStances) // by what the model gave
	for _, i := range labelled {
		counts.Add(int(answers[i].Stance), int(known[i]))
	}
	kappa := audit.Kappa(counts)
	if !(kappa > 0) { // or isn't defined
		kappa = 0
	}
	const added = 0.5
	var p posterior
	for g := range p {
		for t := range p[g] {
			prior := (1 - kappa) * (float64(counts.Predicted(t)) + added) / (float64(len(labelled)) + added*corpus.NumStances)
			if t == g {
				prior += kappa
			}
			p[g][t] = (float64(counts.Counts[g][t]) + priorWeight*prior) / (float64(counts.Support(g)) + priorWeight)
		}
	}
	return p
}
