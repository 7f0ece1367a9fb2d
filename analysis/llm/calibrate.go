package llm

import (
	"math/rand/v2"
	"slices"

	"stance/corpus"
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
	// priorWeight is how many labels the shares of all labels weigh as much as, beside
	// the labels of the comments that the model gave one stance: half a label for each
	// stance, as in Jeffreys' prior.
	priorWeight = corpus.NumStances / 2.0
	// calibrationFolds is the number of parts, and seedFolds begins the random numbers
	// that make them.
	calibrationFolds = 10
	seedFolds        = 17
)

// Calibrate tells how probable each stance is where the model gave one, by the labels
// that a person gave to some of the same comments. With n(g,t) the comments that the
// model calls g and the person t, and s(t) the share of t among all labels with half a
// label added to each stance,
//
//	P(t | g) = (n(g,t) + w·s(t)) / (n(g,·) + w),  w = priorWeight
//
// the mean of the Dirichlet posterior (Gelman and others, Bayesian Data Analysis, 2013,
// section 3.4). A stance that the model never gave to a labelled comment tells nothing:
// its probabilities are the shares of the labels. Comments that are labelled and that the
// model didn't label don't count.
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

// posterior holds P(t | g), by g and t.
type posterior [corpus.NumStances][corpus.NumStances]float64

func newPosterior(answers []Answer, known map[int]corpus.Stance, labelled []int) posterior {
	var counts posterior
	var shares [corpus.NumStances]float64
	for i := range shares {
		shares[i] = 0.5
	}
	for _, i := range labelled {
		counts[answers[i].Stance][known[i]]++
		shares[known[i]]++
	}
	for g := range counts {
		total := priorWeight
		for _, n := range counts[g] {
			total += n
		}
		for t := range counts[g] {
			prior := priorWeight * shares[t] / (float64(len(labelled)) + corpus.NumStances*0.5)
			counts[g][t] = (counts[g][t] + prior) / total
		}
	}
	return counts
}
