package stance

import (
	"math"
	"math/rand/v2"
	"slices"

	"stance/analysis/linear"
	"stance/corpus"
)

// This file learns from labels that a person gave to some comments of the thread.
//
// The labels say what the model can't know: who is accused in this article and who
// accuses, how the readers of this site speak, which stances are frequent under
// this headline. They are learned as weights on top of the model's log-odds, for
// this thread alone: the most probable ones under a Gaussian prior around 0
// (linear.Adapter), on the model's own features, on one feature that every comment
// has, which moves the frequencies of the stances, and on one for each author.
//
// How far each kind may move the log-odds was chosen on half of the training threads
// and hardly mattered within a factor of two. Tried and left out, because the
// features above already had what they gave: similarity of words and of pairs of
// words, names of the article alone and with the feeling in their sentence, the
// comment's valence, whether it replies, and to which comment.

// The standard deviations, in log-odds, by which the labels may move a comment.
const (
	learnedWords  = 2.5 // by its features together
	learnedThread = 1.0 // by being in the thread
	learnedAuthor = 1.0 // by being of its author
)

// mostLearned is the number of labels that are learned from; time grows with its
// square. From more, as many are taken at even distances.
const mostLearned = 600

// learnFolds is the number of parts in which labels are left out in turn.
const learnFolds = 10

// usual are the stances' shares of the training threads' comments, and rare the power
// by which decisions lean to a rarer stance: choosing the most probable stance
// alone would hardly ever find the rare ones. Probabilities are shown so tilted, and
// hold in that form for the stance decided on.
var usual = [corpus.NumStances]float64{corpus.Skeptical: 0.24, corpus.Relativist: 0.08, corpus.Supportive: 0.45, corpus.None: 0.23}

const rare = 0.5

// Learned is what an engine decides about a thread some of whose comments a person
// labelled.
type Learned struct {
	// Decisions are parallel to the comments. Those of labelled comments are what
	// the person said, with probability 1.
	Decisions []Decision
	// Blind are probabilities, parallel to the comments, that don't know the
	// comment's own label: the labels were split into parts, and each part was
	// predicted by what was learned from the others. Comments without a label have
	// the mean of these predictions. They aren't tilted to the rare stances, so
	// that their mean over comments estimates shares.
	Blind [][corpus.NumStances]float64
}

// Learn decides every comment of a thread, knowing the stances of some, by their
// indices. Labels of removed comments are ignored. Equal input gives equal output. It
// fails with a *LabelsError if the model has other labels than stances.
func (e *Engine) Learn(in *Input, known map[int]corpus.Stance) (*Learned, error) {
	if !e.Stances() {
		return nil, &LabelsError{e.Labels()}
	}
	scored, err := e.Score(in)
	if err != nil {
		return nil, err
	}
	l := newLearner(in, scored, e.model.Passport.Temperature, known)
	decisions := make([]Decision, len(scored))
	delta := l.adapter.Fit(l.all())
	w := &weighing{}
	err = e.each(in, func(i int, f *features) {
		d := &decisions[i]
		if s, labelled := known[i]; labelled {
			d.Stance = s
			d.Probabilities[s] = 1
		} else {
			*d = decideTilted(l.predict(delta, i))
		}
		d.Evidence = e.evidence(w, &in.Comments[i], f, int(d.Stance))
	})
	return &Learned{Decisions: decisions, Blind: l.blind()}, err
}

// decideTilted decides by probabilities of which rare stances get more.
func decideTilted(p [corpus.NumStances]float64) Decision {
	var d Decision
	sum := 0.0
	for k := range p {
		d.Probabilities[k] = p[k] * math.Pow(usual[k], -rare)
		sum += d.Probabilities[k]
	}
	for k := range p {
		d.Probabilities[k] /= sum
	}
	best := linear.Best(d.Probabilities[:])
	d.Stance = corpus.Stance(best)
	d.Unsure = d.Probabilities[best] < SureFrom
	return d
}

// learner learns from the labels of one thread.
type learner struct {
	logOdds  [][corpus.NumStances]float64 // of the model, per comment
	features []linear.Vector              // per comment, nil for removed ones
	labelled []int                        // the comments that are learned from, in order
	adapter  *linear.Adapter              // its cases are parallel to labelled
}

func newLearner(in *Input, scored []Scored, temperature float64, known map[int]corpus.Stance) *learner {
	l := &learner{logOdds: make([][corpus.NumStances]float64, len(scored)), features: make([]linear.Vector, len(scored))}
	for i := range scored {
		if in.Thread.Comments[i].Removed {
			continue
		}
		for k, s := range scored[i].LogOdds {
			l.logOdds[i][k] = s / temperature
		}
		l.features[i] = learnable(scored[i].Features, in.Thread.Comments[i].Author)
		if _, ok := known[i]; ok {
			l.labelled = append(l.labelled, i)
		}
	}
	l.labelled = spread(l.labelled, mostLearned)
	cases := make([]linear.Anchored, len(l.labelled))
	for k, i := range l.labelled {
		cases[k] = linear.Anchored{X: l.features[i], LogOdds: l.logOdds[i][:], Y: int(known[i])}
	}
	l.adapter = linear.NewAdapter(cases, corpus.NumStances)
	return l
}

// spread returns at most n of the list, at even distances.
func spread(list []int, n int) []int {
	if len(list) <= n {
		return list
	}
	chosen := make([]int, n)
	for k := range chosen {
		chosen[k] = list[k*len(list)/n]
	}
	return chosen
}

// The features that a comment has besides the model's.
var (
	featureThread = linear.Hash("learned thread")
	seedAuthor    = linear.Hash("learned author:")
)

// learnable scales the model's features of a comment to the length learnedWords and
// adds those of the thread and of the author.
func learnable(own linear.Vector, author string) linear.Vector {
	sum := 0.0
	for _, f := range own {
		sum += float64(f.Value) * float64(f.Value)
	}
	scale := float32(0)
	if sum > 0 {
		scale = float32(learnedWords / math.Sqrt(sum))
	}
	v := make(linear.Vector, 0, len(own)+2)
	for _, f := range own {
		v = append(v, linear.Feature{ID: f.ID, Value: f.Value * scale})
	}
	v = append(v, linear.Feature{ID: featureThread, Value: learnedThread})
	if author != "" {
		v = append(v, linear.Feature{ID: linear.HashString(seedAuthor, author), Value: learnedAuthor})
	}
	return v
}

// all are the indices of the cases.
func (l *learner) all() []int {
	list := make([]int, len(l.labelled))
	for k := range list {
		list[k] = k
	}
	return list
}

// predict returns the probabilities of comment i under what was learned.
func (l *learner) predict(delta linear.Delta, i int) [corpus.NumStances]float64 {
	p := l.logOdds[i]
	delta.Add(l.features[i], p[:])
	linear.Softmax(p[:])
	return p
}

// seedFolds begins the random numbers that split the labels into parts.
const seedFolds = 17

// blind predicts every comment by what was learned without its own label.
func (l *learner) blind() [][corpus.NumStances]float64 {
	folds := max(1, min(learnFolds, len(l.labelled)))
	fold := make([]int, len(l.labelled))
	for rank, k := range rand.New(rand.NewPCG(seedFolds, 0)).Perm(len(l.labelled)) {
		fold[k] = rank % folds
	}
	predicted := make([][corpus.NumStances]float64, len(l.features))
	for part := range folds {
		rest := slices.DeleteFunc(l.all(), func(k int) bool { return fold[k] == part })
		delta := l.adapter.Fit(rest)
		for i := range predicted {
			k, learnt := slices.BinarySearch(l.labelled, i)
			switch {
			case l.features[i] == nil:
			case learnt && fold[k] == part:
				predicted[i] = l.predict(delta, i)
			case !learnt:
				for s, p := range l.predict(delta, i) {
					predicted[i][s] += p / float64(folds)
				}
			}
		}
	}
	return predicted
}
