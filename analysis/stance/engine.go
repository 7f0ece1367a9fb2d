package stance

import (
	"fmt"
	"slices"
	"sync"

	"stance/analysis/linear"
	"stance/analysis/stance/model"
	"stance/corpus"
)

// SureFrom is the probability below which a decision is marked as unsure. On
// threads the model has not seen, fewer than two in five of the comments below it
// were judged right (docs/results.md).
const SureFrom = 0.4

// Engine is the linear stance engine. It is safe for concurrent use.
type Engine struct {
	model      *linear.Model
	groups     Groups
	words      *vocabulary
	extractors sync.Pool // of *extractor
}

// Labels are the classes of a stance model, indexed by corpus.Stance.
func Labels() []string {
	labels := make([]string, corpus.NumStances)
	for s := range labels {
		labels[s] = corpus.Stance(s).String()
	}
	return labels
}

// Embedded returns the engine with the model in the binary. The model is decoded
// once per process.
func Embedded() (*Engine, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Engine, error) {
	m, err := linear.ReadModel(model.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the embedded model: %w", err)
	}
	return New(m)
})

// New returns an engine with a model that Train made, of any label set. It fails if
// the model was made for other features.
func New(m *linear.Model) (*Engine, error) {
	if v := m.Passport.Options[optionFeatures]; v != featureVersion {
		return nil, fmt.Errorf("the model was made for features of version %q, this program has %q", v, featureVersion)
	}
	groups, err := ParseGroups(m.Passport.Options[optionGroups])
	if err != nil {
		return nil, fmt.Errorf("the model's passport: %w", err)
	}
	cues, err := parseCues(cueText)
	if err != nil {
		return nil, err
	}
	e := &Engine{model: m, groups: groups, words: newVocabulary(cues, m)}
	x, err := newExtractor(e.words, groups)
	if err != nil {
		return nil, err
	}
	e.extractors.Put(x)
	return e, nil
}

// extractor returns one that nobody else uses until release.
func (e *Engine) extractor() (*extractor, error) {
	if x, ok := e.extractors.Get().(*extractor); ok {
		return x, nil
	}
	return newExtractor(e.words, e.groups)
}

func (e *Engine) release(x *extractor) { e.extractors.Put(x) }

// The names of a passport's options.
const (
	optionFeatures = "features"
	optionGroups   = "groups"
)

// Passport says how the engine's model was made.
func (e *Engine) Passport() linear.Passport { return e.model.Passport }

// Labels are the classes that the engine's model tells apart.
func (e *Engine) Labels() []string { return e.model.Passport.Labels }

// Stances reports whether the labels are those of corpus.Stance, so that Decide and
// Explain can be used.
func (e *Engine) Stances() bool { return slices.Equal(e.Labels(), Labels()) }

// A LabelsError says that an engine of other labels was asked for stances.
type LabelsError struct{ Labels []string }

func (e *LabelsError) Error() string {
	return fmt.Sprintf("the model tells %q apart, not the stances %q", e.Labels, Labels())
}

// Decide judges every comment of a thread, without evidence. The result is parallel to
// in.Thread.Comments; the decisions of removed comments are zero. It fails with a
// *LabelsError if the model has other labels than stances.
func (e *Engine) Decide(in *Input) ([]Decision, error) {
	decisions := make([]Decision, len(in.Comments))
	err := e.decide(func(x *extractor) {
		c := x.firstPass(newScene(in), nil)
		e.secondPass(x, c, func(i int, p []float64) { decisions[i] = decisionBy(p) })
	})
	return decisions, err
}

// Justify is Decide with the evidence of each decision, which takes a third more time.
func (e *Engine) Justify(in *Input) ([]Decision, error) {
	decisions := make([]Decision, len(in.Comments))
	err := e.decide(func(x *extractor) {
		s, w, f := newScene(in), &x.weighing, &x.features
		c := x.firstPass(s, func(i int, f *features, odds []float64) {
			class := linear.Best(odds)
			decisions[i].Stance = corpus.Stance(class)
			decisions[i].Evidence = e.evidence(w, &in.Comments[i], f, class)
		})
		e.secondPass(x, c, func(i int, p []float64) {
			first := decisions[i]
			d := decisionBy(p)
			if d.Evidence = first.Evidence; d.Stance != first.Stance {
				x.extract(s, i, f)
				x.addOwn(s, i, f)
				d.Evidence = e.evidence(w, &in.Comments[i], f, int(d.Stance))
			}
			decisions[i] = d
		})
	})
	return decisions, err
}

// decide calls judge with an extractor if the model has stances for labels.
func (e *Engine) decide(judge func(x *extractor)) error {
	if !e.Stances() {
		return &LabelsError{e.Labels()}
	}
	x, err := e.extractor()
	if err != nil {
		return err
	}
	defer e.release(x)
	judge(x)
	return nil
}

// decisionBy reads a decision, without evidence, off its probabilities.
func decisionBy(p []float64) Decision {
	var d Decision
	copy(d.Probabilities[:], p)
	best := linear.Best(p)
	d.Stance = corpus.Stance(best)
	d.Unsure = p[best] < SureFrom
	return d
}

// secondPass calls use with the probabilities of every comment that wasn't removed,
// which are valid during the call.
func (e *Engine) secondPass(x *extractor, c *context, use func(i int, p []float64)) {
	f := &x.features
	p := make([]float64, c.classes)
	for i, odds := range c.odds {
		if odds == nil {
			continue
		}
		f.reset()
		x.addContext(c, i, f)
		copy(p, odds)
		e.model.Add(f.vector, p)
		for k := range p {
			p[k] = (p[k] + c.own[i][k]) / e.model.Passport.Temperature
		}
		linear.Softmax(p)
		use(i, p)
	}
}

// Classified is what an engine of any label set decided about one comment.
type Classified struct {
	// Class is the most probable label, an index into Labels.
	Class int
	// Probabilities sum to 1, parallel to Labels; nil for a removed comment.
	Probabilities []float64
}

// Classify is Decide for any label set, without evidence.
func (e *Engine) Classify(in *Input) ([]Classified, error) {
	x, err := e.extractor()
	if err != nil {
		return nil, err
	}
	defer e.release(x)
	classified := make([]Classified, len(in.Comments))
	c := x.firstPass(newScene(in), nil)
	e.secondPass(x, c, func(i int, p []float64) {
		classified[i] = Classified{Class: linear.Best(p), Probabilities: slices.Clone(p)}
	})
	return classified, nil
}

// Scored is a comment as the model sees it.
type Scored struct {
	// Features are what the model reads of the comment, those without a weight
	// included, but not those of the article, which all comments of the thread have
	// alike; nil for a removed comment.
	Features linear.Vector
	// LogOdds are the classes' linear scores, up to a constant, before the
	// temperature, of both passes. Divided by Passport().Temperature and put through
	// linear.Softmax they are the probabilities of Decide. Parallel to Labels; nil
	// for a removed comment.
	LogOdds []float64
}

// Score returns what the engine's model is given for every comment of a thread and
// what it makes of it, so that the decision can be fitted on to further
// annotations. The result is parallel to in.Thread.Comments.
func (e *Engine) Score(in *Input) ([]Scored, error) {
	scored := make([]Scored, len(in.Comments))
	err := e.each(in, func(i int, f *features) {
		s := Scored{LogOdds: make([]float64, len(e.Labels()))}
		e.model.Scores(f.vector, s.LogOdds)
		for k, v := range f.vector {
			if f.marks[k].group != Article && v.ID != secondPass {
				s.Features = append(s.Features, v)
			}
		}
		scored[i] = s
	})
	return scored, err
}

// each calls use with the listed features of every comment that wasn't removed, in
// order, those of both passes. They are only valid during the call.
func (e *Engine) each(in *Input, use func(i int, f *features)) error {
	x, err := e.extractor()
	if err != nil {
		return err
	}
	defer e.release(x)
	s := newScene(in)
	x.each(s, x.firstPass(s, nil), use)
	return nil
}
