package encoder

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/encoder/internal/lbfgs"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/vectors"
	"stance.example/stance/corpus"
)

// This file fits a head for any set of labels over the encoder as it is: multinomial
// logistic regression on the comments' mean vectors. The penalty is chosen by
// cross-validation; a head of the model with the same labels is what the weights start
// from and are drawn to, so that few examples suffice to move it a little.

// TrainOptions say how Train works.
type TrainOptions struct {
	// Sources are what the passport says of the training files.
	Sources []Source

	// penalties are the strengths tried, of which the one with the highest macro-F1 on
	// what was left out is taken; {300, 100, 30, 10} if empty. The unit is the inverse
	// of the weights' prior variance, for vectors of mean length 1.
	penalties []float64
}

// trainFolds is the number of parts of the cross-validation.
const trainFolds = 5

// Penalty is a strength and the macro-F1 it has on what was left out.
type Penalty struct{ Strength, MacroF1 float64 }

// Validation is what cross-validation measured: every comment was judged by a head that
// had seen no comment of its source or, where there are fewer sources than folds, of its
// thread.
type Validation struct {
	Labels    []string
	Confusion *evaluate.Confusion
	// ByThread are the confusions of the threads, in the order given.
	ByThread []*evaluate.Confusion
	// Predicted holds, for each thread and each of its comments, the class given, an
	// index into Labels; -1 for a comment without an annotation. Probabilities are the
	// calibrated ones of those comments, Truths the classes annotated.
	Predicted     [][]int
	Probabilities [][][]float64
	Truths        [][]int
	// ECE is the expected calibration error after temperature scaling.
	ECE float64
	// Judged are the labels shown, with their probabilities and whether they were right.
	Judged []evaluate.Judged
	// Temperature is the divisor of the log-odds that calibrates them.
	Temperature float64
	// Penalty is the one that was taken, of those tried: the figures are its own, which
	// flatters them a little.
	Penalty Penalty
	Tried   []Penalty
	// Left names what was left out together: "source", "thread" or, where there are
	// fewer threads than folds, "comment"; then the figures flatter.
	Left string
	// From is the head that the weights started from, "" if there is none of these labels.
	From string
}

// example is an annotated comment.
type example struct {
	thread, comment int
	x               []float64 // its mean vector, about the mean of all and of mean length 1
	start           []float64 // log-odds of the head that is started from, zeros without one
	class           int
	fold            int
}

// Train fits a head to the annotated comments of threads and measures it. It fails if
// fewer than two labels occur, or with the context's error.
func Train(ctx context.Context, e *Encoder, threads []*corpus.Thread, o TrainOptions) (*Encoder, *Validation, error) {
	if len(o.penalties) == 0 {
		o.penalties = []float64{300, 100, 30, 10}
	}
	s, err := newSet(ctx, e, threads, o)
	if err != nil {
		return nil, nil, err
	}
	v := s.validate(ctx, o)
	all := s.fit(ctx, func(*example) bool { return true }, v.Penalty.Strength, nil)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	h := s.head(all, v.Temperature)
	with := *e
	with.stance = h
	with.passport.Labels = s.labels
	with.passport.Options = map[string]string{"penalty": strconv.FormatFloat(v.Penalty.Strength, 'g', -1, 64), "left out": v.Left, "from": s.from}
	with.passport.Sources, with.passport.Figures = o.Sources, map[string]float64{"macro-F1": v.Confusion.MacroF1(), "ECE": v.ECE}
	with.passport.Reliability = aggregate.Reliability{}
	if with.Stances() {
		known := v.Known(threads)
		with.passport.Reliability = aggregate.FitReliability(known).Widened(known)
	}
	return &with, v, nil
}

// set is the annotated comments of a training.
type set struct {
	threads  []*corpus.Thread
	labels   []string
	examples []example
	middle   []float64 // of the vectors
	scale    float64   // that gives them mean square length 1
	from     string    // the name of the head that is started from
	start    *head     // it, nil for none
	left     string
}

func newSet(ctx context.Context, e *Encoder, threads []*corpus.Thread, o TrainOptions) (*set, error) {
	s := &set{threads: threads, labels: labelsOf(threads)}
	switch len(s.labels) {
	case 0:
		return nil, errors.New("training needs annotated comments, and no comment is annotated")
	case 1:
		return nil, fmt.Errorf("training needs comments with two labels or more, and all have %q", s.labels[0])
	}
	for _, name := range e.tasks() {
		h := e.heads[name]
		if sorted := slices.Sorted(slices.Values(h.labels)); slices.Equal(sorted, slices.Sorted(slices.Values(s.labels))) {
			s.from, s.start, s.labels = name, h, h.labels
			break
		}
	}
	groups := s.groups(trainFolds)
	for t, thread := range threads {
		if !slices.ContainsFunc(thread.Comments, annotated) {
			continue
		}
		vectors, err := e.Encode(ctx, thread)
		if err != nil {
			return nil, err
		}
		for c := range thread.Comments {
			if annotated(thread.Comments[c]) && vectors[c] != nil {
				s.add(t, c, vectors[c])
			}
		}
	}
	s.split(groups, trainFolds)
	s.centre()
	return s, nil
}

func annotated(c corpus.Comment) bool {
	return !c.Removed && c.Annotation != nil && c.Annotation.Label != ""
}

// labelsOf are the labels that occur: in the order of the stances if they are those, else
// sorted.
func labelsOf(threads []*corpus.Thread) []string {
	seen := map[string]bool{}
	for _, t := range threads {
		for _, c := range t.Comments {
			if annotated(c) {
				seen[c.Annotation.Label] = true
			}
		}
	}
	var labels []string
	for l := range seen {
		labels = append(labels, l)
	}
	slices.SortFunc(labels, func(a, b string) int {
		x, errX := corpus.ParseStance(a)
		y, errY := corpus.ParseStance(b)
		if errX == nil && errY == nil {
			return int(x) - int(y)
		}
		if a < b {
			return -1
		}
		return 1
	})
	return labels
}

// add takes an annotated comment with its mean vector.
func (s *set) add(thread, comment int, x []float32) {
	e := example{thread: thread, comment: comment, start: make([]float64, len(s.labels)), x: make([]float64, len(x))}
	e.class = slices.Index(s.labels, s.threads[thread].Comments[comment].Annotation.Label)
	for k, v := range x {
		e.x[k] = float64(v)
	}
	if s.start != nil {
		s.start.logOdds(x, e.start)
	}
	s.examples = append(s.examples, e)
}

// groups names for each thread what is left out together.
func (s *set) groups(folds int) []string {
	byThread, bySource := make([]string, len(s.threads)), make([]string, len(s.threads))
	sources := map[string]bool{}
	for t, thread := range s.threads {
		byThread[t], bySource[t] = thread.Source+"\x00"+thread.ID+"\x00"+strconv.Itoa(t), thread.Source
		sources[thread.Source] = true
	}
	switch {
	case len(sources) >= folds:
		s.left = "source"
		return bySource
	case len(s.threads) >= folds:
		s.left = "thread"
		return byThread
	}
	s.left = "comment"
	return nil
}

// split gives each example its fold.
func (s *set) split(groups []string, folds int) {
	if groups == nil {
		for i := range s.examples {
			s.examples[i].fold = i % folds
		}
		return
	}
	names := slices.Compact(slices.Sorted(slices.Values(groups)))
	fold := evaluate.Folds(names, folds)
	for i := range s.examples {
		at, _ := slices.BinarySearch(names, groups[s.examples[i].thread])
		s.examples[i].fold = fold[at]
	}
}

// centre moves the vectors about their mean and scales them to mean square length 1.
func (s *set) centre() {
	s.middle = make([]float64, len(s.examples[0].x))
	for i := range s.examples {
		lbfgs.Add(1/float64(len(s.examples)), s.examples[i].x, s.middle)
	}
	square := 0.0
	for i := range s.examples {
		lbfgs.Add(-1, s.middle, s.examples[i].x)
		square += vectors.Dot(s.examples[i].x, s.examples[i].x)
	}
	s.scale = 1
	if square > 0 {
		s.scale = math.Sqrt(float64(len(s.examples)) / square)
	}
	for i := range s.examples {
		for k := range s.examples[i].x {
			s.examples[i].x[k] *= s.scale
		}
	}
}

// How the search for the weights ends; see lbfgs.
const (
	trainIterations = 100
	trainTolerance  = 1e-3
)

// fit returns the weights, [labels][width+1] with the bias last, that are added to the
// head that is started from; begin, which may be nil, is where the search begins. The
// bias is a hundred times as free as the weights.
func (s *set) fit(ctx context.Context, keep func(*example) bool, strength float64, begin []float64) []float64 {
	width := len(s.middle)
	x := make([]float64, len(s.labels)*(width+1))
	copy(x, begin)
	odds := make([]float64, len(s.labels))
	loss := func(x, gradient []float64) float64 {
		value := 0.0
		for k := range s.labels {
			own, g := x[k*(width+1):(k+1)*(width+1)], gradient[k*(width+1):(k+1)*(width+1)]
			for i, w := range own {
				penalty := strength
				if i == width {
					penalty /= 100
				}
				g[i] = penalty * w
				value += float64(penalty * w * w / 2)
			}
		}
		for i := range s.examples {
			e := &s.examples[i]
			if !keep(e) {
				continue
			}
			s.score(x, e, odds)
			softmax(odds)
			value -= math.Log(max(odds[e.class], math.SmallestNonzeroFloat64))
			odds[e.class]--
			for k, excess := range odds {
				g := gradient[k*(width+1) : (k+1)*(width+1)]
				lbfgs.Add(excess, e.x, g)
				g[width] += excess
			}
		}
		return value
	}
	lbfgs.Minimise(ctx, loss, x, trainIterations, trainTolerance)
	return x
}

// score writes the log-odds of an example under weights x.
func (s *set) score(x []float64, e *example, odds []float64) {
	width := len(s.middle)
	for k := range odds {
		w := x[k*(width+1) : (k+1)*(width+1)]
		odds[k] = e.start[k] + vectors.Dot(e.x, w[:width]) + w[width]
	}
}

// validate judges every example by a head fitted without its fold, for each penalty.
func (s *set) validate(ctx context.Context, o TrainOptions) *Validation {
	v := &Validation{Labels: s.labels, Left: s.left, From: s.from}
	fitted := make([][]float64, trainFolds)
	var scores [][]float64
	for _, strength := range o.penalties {
		var work errgroup.Group
		for k := range fitted {
			work.Go(func() error {
				fitted[k] = s.fit(ctx, func(e *example) bool { return e.fold != k }, strength, fitted[k])
				return nil
			})
		}
		_ = work.Wait()
		got := make([][]float64, len(s.examples))
		for i := range s.examples {
			got[i] = make([]float64, len(s.labels))
			s.score(fitted[s.examples[i].fold], &s.examples[i], got[i])
		}
		p := Penalty{strength, s.confusion(got).MacroF1()}
		if v.Tried = append(v.Tried, p); scores == nil || p.MacroF1 > v.Penalty.MacroF1 {
			v.Penalty, scores = p, got
		}
	}
	s.measure(v, scores)
	return v
}

// confusion counts the labels that are shown for log-odds.
func (s *set) confusion(scores [][]float64) *evaluate.Confusion {
	c := evaluate.NewConfusion(len(s.labels))
	for i, x := range scores {
		c.Add(s.examples[i].class, best(x))
	}
	return c
}

// measure fills in what the chosen scores are worth.
func (s *set) measure(v *Validation, scores [][]float64) {
	predictions := make([]evaluate.Prediction, len(scores))
	for i, x := range scores {
		predictions[i] = evaluate.Prediction{Scores: x, Truth: s.examples[i].class}
	}
	v.Temperature = evaluate.FitTemperature(predictions)
	v.Confusion = evaluate.NewConfusion(len(s.labels))
	for _, t := range s.threads {
		v.ByThread = append(v.ByThread, evaluate.NewConfusion(len(s.labels)))
		v.Predicted = append(v.Predicted, slices.Repeat([]int{-1}, len(t.Comments)))
		v.Truths = append(v.Truths, make([]int, len(t.Comments)))
		v.Probabilities = append(v.Probabilities, make([][]float64, len(t.Comments)))
	}
	for i := range s.examples {
		e := &s.examples[i]
		p := slices.Clone(scores[i])
		for k := range p {
			p[k] /= v.Temperature
		}
		softmax(p)
		shown := best(p)
		v.Confusion.Add(e.class, shown)
		v.ByThread[e.thread].Add(e.class, shown)
		v.Predicted[e.thread][e.comment], v.Truths[e.thread][e.comment], v.Probabilities[e.thread][e.comment] = shown, e.class, p
		v.Judged = append(v.Judged, evaluate.Judged{Probability: p[shown], Right: shown == e.class})
	}
	v.ECE = evaluate.ECE(v.Judged)
}

// head is what weights x make of the head that was started from.
func (s *set) head(x []float64, temperature float64) head {
	width := len(s.middle)
	h := head{labels: s.labels, temperature: temperature, bias: make([]float32, len(s.labels))}
	for k := range s.labels {
		w := x[k*(width+1) : (k+1)*(width+1)]
		row, bias := make([]float32, width), w[width]-s.scale*vectors.Dot(w[:width], s.middle)
		if s.start != nil {
			bias += s.start.offset(k)
		}
		for i := range row {
			row[i] = float32(s.scale * w[i])
			if s.start != nil {
				row[i] = float32(s.scale*w[i] + float64(s.start.weights[k][i])/s.start.temperature)
			}
		}
		h.weights, h.bias[k] = append(h.weights, row), float32(bias)
	}
	return h
}

// leastKnown is the number of comments from which the true shares of a thread are worth
// learning from.
const leastKnown = 20

// Known are the validated threads of leastKnown annotated comments or more. The threads
// are those that Train was given; the labels must be those of corpus.Stance.
func (v *Validation) Known(threads []*corpus.Thread) []aggregate.Known {
	var known []aggregate.Known
	for i, t := range threads {
		if v.ByThread[i].Total() < leastKnown {
			continue
		}
		var k aggregate.Known
		for c, given := range v.Predicted[i] {
			if given < 0 {
				continue
			}
			o := aggregate.Observation{Author: t.Comments[c].Author, Branch: c, Stance: corpus.Stance(given)}
			copy(o.Probabilities[:], v.Probabilities[i][c])
			k.Observations = append(k.Observations, o)
			k.Truth = append(k.Truth, corpus.Stance(v.Truths[i][c]))
		}
		known = append(known, k)
	}
	return known
}
