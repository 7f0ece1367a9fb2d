package stance

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"stance/analysis/evaluate"
	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
)

// TrainOptions say how Train works. DefaultTraining has what the embedded model
// was made with.
type TrainOptions struct {
	Linear linear.Options
	// Penalties are the values of Linear.L2 of which Train takes the one that does best
	// in cross-validation; none if it is to take Linear.L2 as it is.
	Penalties []float64
	// OptionalSecond leaves the second pass out where it gains little in cross-validation.
	OptionalSecond bool
	Groups         Groups
	// SecondL2 and StatedL2 are Linear.L2 of the second pass and of the features of
	// stated parties in it.
	SecondL2, StatedL2 float64
	// Prior is the log-odds that a plain move (cues.txt) starts with for its stance.
	Prior float64
	// Folds is the number of parts of the cross-validation, split by thread.
	Folds int
	// AuxiliaryWeight is the weight of a comment of an auxiliary thread against 1
	// for one of a main thread.
	AuxiliaryWeight float64
}

// DefaultTraining returns the options chosen by cross-validation (docs/results.md).
func DefaultTraining() TrainOptions {
	return TrainOptions{
		Linear:          linear.Options{L2: 30, MinExamples: 3, ClassBalance: 0.8, MaxIterations: 40, Tolerance: 3e-3},
		SecondL2:        100,
		StatedL2:        30,
		Groups:          AllGroups,
		Prior:           1,
		Folds:           5,
		AuxiliaryWeight: 0.3,
	}
}

// Choosing returns the options for training sets of any size and kind: features are
// scaled by their ratios, and what no one value does for is chosen (see choose.go).
func (o TrainOptions) Choosing() TrainOptions {
	o.Linear.Ratios = true
	o.Penalties = []float64{5, 10, 20, 40}
	o.OptionalSecond = true
	return o
}

// manyThreads is the number of threads from which what all comments of a thread have in
// common, its article and how it is judged as a whole, is learnt from. With fewer it is
// learnt by heart: on 13 groups of replies to claims these features cost 0.08 of macro-F1,
// on 15 of videos and tweets 0.04; on 365 of rumours they cost nothing.
const manyThreads = 100

// suited leaves out what can't be learnt from so many threads.
func (o TrainOptions) suited(threads int) TrainOptions {
	if threads < manyThreads {
		o.Groups &^= Article | Context
	}
	return o
}

// Validation is what cross-validation by thread measured: every comment was
// judged by a model that had seen no comment of its thread.
type Validation struct {
	Confusion *evaluate.Confusion
	// ByThread are the confusions of the threads, in the order given.
	ByThread []*evaluate.Confusion
	// Predicted holds, for each thread and each of its comments, the class given, an
	// index into Labels; -1 for a comment without an annotation.
	Predicted [][]int
	// Probabilities are the calibrated ones of those comments, Truths the classes
	// annotated; both are parallel to Predicted.
	Probabilities [][][]float64
	Truths        [][]int
	Labels        []string
	// Stated is the confusion of the comments whose article states its parties, judged
	// with these; the other figures are without. nil if no article states any.
	Stated *evaluate.Confusion
	// ECE is the expected calibration error after temperature scaling.
	ECE float64
	// Judged are the predicted classes' calibrated probabilities and whether they
	// were right, thread by thread.
	Judged []evaluate.Judged
	// Temperature is the divisor of the scores that calibrates them.
	Temperature float64
	// Penalty is the one that was taken, of those tried: the figures are its own, which
	// flatters them a little.
	Penalty Penalty
	Tried   []Penalty
	// SecondLeftOut says that the second pass gained little and is left out.
	SecondLeftOut bool
	// ByComment is set where there were fewer threads than folds, or one that would fill
	// two folds: its comments were split one by one, and the figures flatter the model,
	// because it has seen others of their threads.
	ByComment bool
}

// Train makes a model from the annotated comments of main and of auxiliary
// threads, which help it but are no part of what it is measured on. A comment of
// an auxiliary thread whose text also stands in a main one is left out, so that no
// fold sees its own test. Any label set works; a model with the labels of
// corpus.Stance can drive an Engine.
func Train(p *text.Parser, main, auxiliary []*corpus.Thread, o TrainOptions) (*linear.Model, *Validation, error) {
	o = o.suited(len(main))
	t, err := newTrainer(p, main, auxiliary, o)
	if err != nil {
		return nil, nil, err
	}
	folds := evaluate.Folds(t.units, o.Folds)
	passes, err := t.fitFolds(folds)
	if err != nil {
		return nil, nil, err
	}
	second, err := newSecondPassing(t, passes.models, folds)
	if err != nil {
		return nil, nil, err
	}
	validation, err := t.settle(passes, second, folds)
	if err != nil {
		return nil, nil, err
	}
	first, err := t.fit(every)
	if err != nil {
		return nil, nil, err
	}
	corrections, err := second.fit(every)
	if err != nil {
		return nil, nil, err
	}
	m := corrections.onto(first)
	m.Passport.Temperature = validation.Temperature
	m.Passport.Options = t.o.passport()
	validation.describe(m.Passport.Options)
	if slices.Equal(t.labels, Labels()) {
		m.Passport.Shares = passportOf(validation.Reliability(main, every))
	}
	return m, validation, nil
}

// Validate is Train without the model: it measures by cross-validation alone, first
// with all groups of the options, then without each of the given groups of the second
// pass, which share the first pass with it.
func Validate(p *text.Parser, main, auxiliary []*corpus.Thread, o TrainOptions, without ...Groups) ([]*Validation, error) {
	o = o.suited(len(main))
	t, err := newTrainer(p, main, auxiliary, o)
	if err != nil {
		return nil, err
	}
	folds := evaluate.Folds(t.units, o.Folds)
	passes, err := t.fitFolds(folds)
	if err != nil {
		return nil, err
	}
	var validations []*Validation
	for _, silent := range append([]Groups{0}, without...) {
		t.extractor.groups = o.Groups &^ silent
		second, err := newSecondPassing(t, passes.models, folds)
		if err != nil {
			return nil, err
		}
		v, err := t.settle(passes, second, folds)
		if err != nil {
			return nil, err
		}
		validations = append(validations, v)
	}
	return validations, nil
}

// every admits every thread.
func every(int) bool { return true }

// passport writes the options down.
func (o TrainOptions) passport() map[string]string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	options := map[string]string{
		optionFeatures:     featureVersion,
		optionGroups:       o.Groups.String(),
		"l2":               number(o.Linear.L2),
		"second-l2":        number(o.SecondL2),
		"stated-l2":        number(o.StatedL2),
		"min-examples":     strconv.Itoa(o.Linear.MinExamples),
		"class-balance":    number(o.Linear.ClassBalance),
		"iterations":       strconv.Itoa(o.Linear.MaxIterations),
		"prior":            number(o.Prior),
		"auxiliary-weight": number(o.AuxiliaryWeight),
		"folds":            strconv.Itoa(o.Folds),
	}
	if o.Linear.Ratios {
		options["ratios"] = "yes"
	}
	return options
}

// trainer holds the examples of a training.
type trainer struct {
	o         TrainOptions
	labels    []string
	examples  []linear.Example
	thread    []int // the main thread of each example, -1 for auxiliary ones
	comment   []int // the index of each example in its thread
	unit      []int // what each example is kept together with in the folds
	units     []string
	byComment bool
	scenes    []*scene // of the main threads
	extractor *extractor
	parser    *text.Parser
}

func newTrainer(p *text.Parser, main, auxiliary []*corpus.Thread, o TrainOptions) (*trainer, error) {
	cues, err := parseCues(cueText)
	if err != nil {
		return nil, err
	}
	x, err := newExtractor(newVocabulary(cues, nil), o.Groups)
	if err != nil {
		return nil, err
	}
	t := &trainer{o: o, labels: labelSet(main), extractor: x, parser: p}
	if len(t.labels) < 2 {
		return nil, errors.New("the annotations hold fewer than two labels")
	}
	if slices.Equal(t.labels, Labels()) && o.Groups.Has(Cues) {
		t.o.Linear.Prior = cues.prior(o.Prior)
	}
	known := map[string]bool{}
	for i, thread := range main {
		for k := range thread.Comments {
			known[thread.Comments[k].Text] = true
		}
		if err := t.add(thread, i, 1, nil); err != nil {
			return nil, err
		}
	}
	for _, thread := range auxiliary {
		if err := t.add(thread, -1, o.AuxiliaryWeight, known); err != nil {
			return nil, err
		}
	}
	t.unite(main)
	if o.Folds < 2 || len(t.units) < o.Folds {
		return nil, fmt.Errorf("%d folds need as many annotated threads or comments; there are %d", o.Folds, len(t.units))
	}
	return t, nil
}

// trust weighs an annotation by how certain the annotator was.
func trust(a *corpus.Annotation) float64 {
	switch a.Certainty {
	case 1:
		return 0.6
	case 3:
		return 1.2
	}
	return 1
}

// unite finds what has to stay together in the folds: the examples of threads that
// have one ID, which may come in several files. Where that makes fewer units than
// folds, every example is one, and so are those of a thread that would fill two folds:
// without it the others would tell little of what a model of all of them does.
func (t *trainer) unite(main []*corpus.Thread) {
	names, sizes, total := make([]string, len(t.examples)), map[string]int{}, 0
	for i, thread := range t.thread {
		if thread >= 0 {
			names[i] = unitName(main[thread], thread)
			sizes[names[i]]++
			total++
		}
	}
	index := map[string]int{}
	t.unit = make([]int, len(t.examples))
	for i, name := range names {
		if t.thread[i] < 0 {
			continue
		}
		if len(sizes) < t.o.Folds || sizes[name]*t.o.Folds > 2*total {
			t.byComment = true
			name = fmt.Sprintf("%s #%d", name, i)
		}
		if _, known := index[name]; !known {
			index[name] = len(t.units)
			t.units = append(t.units, name)
		}
		t.unit[i] = index[name]
	}
}

// unitName names a thread by its ID or, if it has none, by its place.
func unitName(t *corpus.Thread, place int) string {
	if t.ID == "" {
		return "#" + strconv.Itoa(place)
	}
	return t.ID
}

// prior gives the asserted plain moves of a stance that many log-odds for it,
// spread over the value that a cue has.
func (s *cueSet) prior(strength float64) map[uint32][]float64 {
	prior := map[uint32][]float64{}
	for _, g := range s.groups {
		if g.stated {
			weights := make([]float64, corpus.NumStances)
			weights[g.stance] = strength / cueValue
			prior[linear.HashByte(g.id, '+')] = weights
		}
	}
	return prior
}

// labelSet returns the labels in use: those of corpus.Stance in their order if all
// are such, otherwise sorted.
func labelSet(threads []*corpus.Thread) []string {
	var labels []string
	stances := true
	for _, t := range threads {
		for i := range t.Comments {
			a := t.Comments[i].Annotation
			if a == nil || a.Label == "" || slices.Contains(labels, a.Label) {
				continue
			}
			labels = append(labels, a.Label)
			stances = stances && slices.Contains(Labels(), a.Label)
		}
	}
	if stances && len(labels) > 0 {
		return Labels()
	}
	slices.Sort(labels)
	return labels
}

// add appends the annotated comments of a thread as examples, but none whose text
// is known or whose label isn't in the set.
func (t *trainer) add(thread *corpus.Thread, index int, weight float64, known map[string]bool) error {
	in, err := NewInput(t.parser, thread)
	if err != nil {
		return err
	}
	s := newScene(in)
	if index >= 0 {
		t.scenes = append(t.scenes, s)
	}
	var f features
	for i := range thread.Comments {
		c := &thread.Comments[i]
		if c.Annotation == nil || c.Removed || known[c.Text] {
			continue
		}
		y := slices.Index(t.labels, c.Annotation.Label)
		if y < 0 {
			continue
		}
		t.extractor.extract(s, i, &f)
		t.examples = append(t.examples, linear.Example{X: slices.Clone(f.vector), Y: y, Weight: weight * trust(c.Annotation)})
		t.thread = append(t.thread, index)
		t.comment = append(t.comment, i)
	}
	return nil
}

// fit trains the first pass on the auxiliary examples and on those of the main
// threads whose unit keep admits.
func (t *trainer) fit(keep func(unit int) bool) (*linear.Model, error) {
	var chosen []linear.Example
	for i, e := range t.examples {
		if t.thread[i] < 0 || keep(t.unit[i]) {
			chosen = append(chosen, e)
		}
	}
	return linear.Train(chosen, t.labels, t.o.Linear)
}

// validate judges each unit by a second pass trained without its fold.
func (t *trainer) validate(second *secondPassing, folds []int) (*Validation, error) {
	plain, stated := make([]evaluate.Prediction, len(t.examples)), make([]evaluate.Prediction, len(t.examples))
	for k := range t.o.Folds {
		c, err := second.fit(func(unit int) bool { return folds[unit] != k })
		if err != nil {
			return nil, fmt.Errorf("cross-validating the second pass: %w", err)
		}
		for i := range t.examples {
			if t.thread[i] >= 0 && folds[t.unit[i]] == k {
				plain[i], stated[i] = second.predict(c, i)
			}
		}
	}
	v := t.measure(plain)
	for i, p := range stated {
		if t.thread[i] < 0 || len(p.Scores) == 0 {
			continue
		}
		if v.Stated == nil {
			v.Stated = evaluate.NewConfusion(len(t.labels))
		}
		v.Stated.Add(p.Truth, linear.Best(p.Scores))
	}
	return v, nil
}

// measure sums up the predictions of the main examples.
func (t *trainer) measure(predictions []evaluate.Prediction) *Validation {
	var own []evaluate.Prediction
	for i, p := range predictions {
		if t.thread[i] >= 0 {
			own = append(own, p)
		}
	}
	classes := len(t.labels)
	v := &Validation{
		Confusion:   evaluate.NewConfusion(classes),
		Temperature: evaluate.FitTemperature(own),
		Labels:      t.labels,
		ByComment:   t.byComment,
	}
	for _, s := range t.scenes {
		v.ByThread = append(v.ByThread, evaluate.NewConfusion(classes))
		v.Predicted = append(v.Predicted, slices.Repeat([]int{-1}, len(s.in.Comments)))
		v.Probabilities = append(v.Probabilities, make([][]float64, len(s.in.Comments)))
		v.Truths = append(v.Truths, make([]int, len(s.in.Comments)))
	}
	for i, p := range predictions {
		if t.thread[i] < 0 {
			continue
		}
		probabilities := slices.Clone(p.Scores)
		for c := range probabilities {
			probabilities[c] /= v.Temperature
		}
		linear.Softmax(probabilities)
		best := linear.Best(probabilities)
		v.Confusion.Add(p.Truth, best)
		v.ByThread[t.thread[i]].Add(p.Truth, best)
		v.Predicted[t.thread[i]][t.comment[i]] = best
		v.Probabilities[t.thread[i]][t.comment[i]] = probabilities
		v.Truths[t.thread[i]][t.comment[i]] = p.Truth
		v.Judged = append(v.Judged, evaluate.Judged{Probability: probabilities[best], Right: best == p.Truth})
	}
	v.ECE = evaluate.ECE(v.Judged)
	return v
}
