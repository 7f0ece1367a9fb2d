package encoder

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"stance.example/stance/analysis/encoder/internal/lbfgs"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/internal/spread"
	"stance.example/stance/analysis/vectors"
	"stance.example/stance/corpus"
)

// This file learns from labels that a person gave to some comments of the thread.
//
// The labels say what no model can know beforehand: which way the article points, how
// the readers of this site speak, which stances are frequent under this headline. The
// stance head is re-fitted around its trained weights, for this thread alone: of the
// weights δ that are added to it the most probable ones are taken under a Gaussian
// prior around 0 (MAP), on the comments' vectors, on one feature that every comment
// has, which moves the frequencies of the stances, and on one for each author.

// The standard deviations, in log-odds, by which the labels may move a comment: by its
// vector, by being in the thread, by being of its author. They were chosen on sources
// left out of training (docs/model.md) and hardly matter within a factor of one and a
// half. Choosing the first for each thread, by what predicts left-out labels best, did
// worse: twenty labels can't tell.
const (
	learnedWords  = 1.5
	learnedThread = 1.5
	learnedAuthor = 1.0
)

// mostLearned is the number of labels that are learned from; time grows with its
// square. From more, as many are taken at even distances.
const mostLearned = 600

// learnFolds is the number of parts in which labels are left out in turn, and seedFolds
// begins the random numbers that split them.
const (
	learnFolds = 10
	seedFolds  = 17
)

// Learn decides every comment of a thread, knowing the stances of some, by their
// indices. Labels of removed comments are ignored. It fails with a *LabelsError if the
// model has other labels than stances.
func (e *Encoder) Learn(ctx context.Context, t *corpus.Thread, known map[int]corpus.Stance, ask engine.Ask) (*engine.Learned, error) {
	if !e.Stances() {
		return nil, &LabelsError{e.Labels()}
	}
	seen := make([][]float32, len(t.Comments))
	before, err := e.judge(ctx, t, ask, seen)
	if err != nil {
		return nil, err
	}
	l := newLearner(t, &e.stance, seen, known)
	shift := l.fit(ctx, l.all())
	learned := &engine.Learned{Before: before, Decisions: slices.Clone(before), Blind: l.blind(ctx)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for i := range learned.Decisions {
		if seen[i] == nil {
			continue
		}
		d := &learned.Decisions[i]
		if s, labelled := known[i]; labelled {
			d.Stance, d.Unsure, d.Probabilities = s, false, [corpus.NumStances]float64{}
			d.Probabilities[s] = 1
			continue
		}
		d.Probabilities = l.predict(shift, i)
		e.show(d)
	}
	return learned, nil
}

// learner learns from the labels of one thread.
type learner struct {
	logOdds  [][corpus.NumStances]float64 // of the trained head, per comment
	vectors  [][]float64                  // per comment, about the thread's mean and of mean length 1; nil for removed ones
	authors  []string
	labelled []int // the comments that are learned from, in order
	truth    []int // their stances, parallel to labelled
}

func newLearner(t *corpus.Thread, h *head, seen [][]float32, known map[int]corpus.Stance) *learner {
	l := &learner{
		logOdds: make([][corpus.NumStances]float64, len(seen)),
		vectors: centred(seen),
		authors: make([]string, len(seen)),
	}
	for i, x := range seen {
		if x == nil {
			continue
		}
		l.authors[i] = t.Comments[i].Author
		h.logOdds(x, l.logOdds[i][:])
		if _, ok := known[i]; ok {
			l.labelled = append(l.labelled, i)
		}
	}
	l.labelled = spread.Evenly(l.labelled, mostLearned)
	for _, i := range l.labelled {
		l.truth = append(l.truth, int(known[i]))
	}
	return l
}

// centred are vectors about their mean, scaled so that their mean square length is 1.
func centred(list [][]float32) [][]float64 {
	out := vectors.Centred(list)
	n, square := 0.0, 0.0
	for _, x := range out {
		if x != nil {
			n++
			square += vectors.Dot(x, x)
		}
	}
	if square > 0 {
		scale := math.Sqrt(n / square)
		for _, x := range out {
			for k := range x {
				x[k] *= scale
			}
		}
	}
	return out
}

// all are the indices of the labels.
func (l *learner) all() []int {
	list := make([]int, len(l.labelled))
	for k := range list {
		list[k] = k
	}
	return list
}

// shift is what is added to the trained head: weights for the vectors, a constant for
// the thread, and one for each author of a labelled comment.
type shift struct {
	words   [corpus.NumStances][]float64
	thread  [corpus.NumStances]float64
	authors map[string][corpus.NumStances]float64
}

// predict returns the probabilities of comment i under what was learned.
func (l *learner) predict(s shift, i int) [corpus.NumStances]float64 {
	p := l.logOdds[i]
	author := s.authors[l.authors[i]]
	for k := range p {
		p[k] += vectors.Dot(s.words[k], l.vectors[i]) + s.thread[k] + author[k]
	}
	softmax(p[:])
	return p
}

// product is the prior covariance of the log-odds of two labelled comments.
func (l *learner) product(a, b int) float64 {
	i, k := l.labelled[a], l.labelled[b]
	p := float64(learnedWords*learnedWords*vectors.Dot(l.vectors[i], l.vectors[k])) + learnedThread*learnedThread
	if l.authors[i] != "" && l.authors[i] == l.authors[k] {
		p += learnedAuthor * learnedAuthor
	}
	return p
}

// ridge is added to the diagonal of the covariances, which are singular where two
// comments are alike.
const ridge = 1e-6

// How the search for the most probable weights ends; see lbfgs.
const (
	learnIterations = 100
	learnTolerance  = 1e-4
)

// fit learns from the labels of those indices.
//
// The weights maximise Σ log softmax(logOdds + δ·x)[y] − ‖δ‖²/2, features scaled by the
// standard deviations above. At the maximum δ = Σ (e_y − p)·x, so the scores of the
// labelled comments need only their covariances, and the problem has as many unknowns as
// there are labels (representer theorem: Kimeldorf and Wahba, Journal of Mathematical
// Analysis and Applications 33, 1971). Whitened by the root of the covariances, the
// unknowns are independent. What it returns means nothing once ctx has ended.
func (l *learner) fit(ctx context.Context, labels []int) shift {
	p := posterior{learner: l, labels: labels, root: l.root(ctx, labels)}
	if ctx.Err() != nil {
		return shift{}
	}
	z := make([]float64, len(labels)*corpus.NumStances)
	lbfgs.Minimise(ctx, p.loss, z, learnIterations, learnTolerance)
	s := shift{authors: map[string][corpus.NumStances]float64{}}
	width := 0
	if len(labels) > 0 {
		width = len(l.vectors[l.labelled[labels[0]]])
	}
	for k := range s.words {
		s.words[k] = make([]float64, width)
	}
	for at, label := range labels {
		excess, _ := p.excess(at, z)
		i := l.labelled[label]
		author := s.authors[l.authors[i]]
		for k, e := range excess {
			lbfgs.Add(-e*learnedWords*learnedWords, l.vectors[i], s.words[k])
			s.thread[k] -= float64(e * learnedThread * learnedThread)
			author[k] -= float64(e * learnedAuthor * learnedAuthor)
		}
		if l.authors[i] != "" {
			s.authors[l.authors[i]] = author
		}
	}
	return s
}

// root returns the lower triangle L with L·Lᵀ the covariances (Cholesky).
func (l *learner) root(ctx context.Context, labels []int) [][]float64 {
	root := make([][]float64, len(labels))
	for i, a := range labels {
		if ctx.Err() != nil {
			return nil
		}
		root[i] = make([]float64, i+1)
		for k := range i + 1 {
			rest := l.product(a, labels[k]) - vectors.Dot(root[i][:k], root[k][:k])
			if k < i {
				root[i][k] = rest / root[k][k]
			} else {
				root[i][i] = math.Sqrt(max(rest+ridge, ridge))
			}
		}
	}
	return root
}

// posterior is the problem in whitened unknowns z: a stance's log-odds of the labelled
// comments are the trained ones + L·z, where the prior of z is Gaussian of variance 1.
// The z of one stance stand together.
type posterior struct {
	*learner
	labels []int
	root   [][]float64
}

// excess is, for label i at z, the probabilities of the stances less 1 for the true one,
// and the probability of that.
func (p *posterior) excess(i int, z []float64) (odds [corpus.NumStances]float64, truth float64) {
	odds = p.logOdds[p.labelled[p.labels[i]]]
	for k := range odds {
		own := z[k*len(p.labels):]
		odds[k] += vectors.Dot(p.root[i], own[:i+1])
	}
	softmax(odds[:])
	y := p.truth[p.labels[i]]
	truth = odds[y]
	odds[y]--
	return odds, truth
}

// loss returns the penalised negative log-likelihood at z and writes its gradient.
func (p *posterior) loss(z, gradient []float64) float64 {
	copy(gradient, z)
	value := vectors.Dot(z, z) / 2
	for i := range p.labels {
		odds, truth := p.excess(i, z)
		value -= math.Log(max(truth, math.SmallestNonzeroFloat64))
		for k, e := range odds {
			lbfgs.Add(e, p.root[i], gradient[k*len(p.labels):])
		}
	}
	return value
}

// blind predicts every comment by what was learned without its own label.
func (l *learner) blind(ctx context.Context) [][corpus.NumStances]float64 {
	folds := max(1, min(learnFolds, len(l.labelled)))
	fold := make([]int, len(l.labelled))
	for rank, k := range rand.New(rand.NewPCG(seedFolds, 0)).Perm(len(l.labelled)) {
		fold[k] = rank % folds
	}
	predicted := make([][corpus.NumStances]float64, len(l.vectors))
	for part := range folds {
		s := l.fit(ctx, slices.DeleteFunc(l.all(), func(k int) bool { return fold[k] == part }))
		for i := range predicted {
			k, learnt := slices.BinarySearch(l.labelled, i)
			switch {
			case l.vectors[i] == nil:
			case learnt && fold[k] == part:
				predicted[i] = l.predict(s, i)
			case !learnt:
				for stance, p := range l.predict(s, i) {
					predicted[i][stance] += p / float64(folds)
				}
			}
		}
	}
	return predicted
}
