package stance

import (
	"fmt"
	"slices"
	"sync"

	"stance/analysis/linear"
	"stance/analysis/stance/model"
	"stance/analysis/text"
	"stance/corpus"
)

// SureFrom is the probability below which a decision is marked as unsure. On
// threads the model has not seen, fewer than two in five of the comments below it
// were judged right (docs/results.md).
const SureFrom = 0.4

// Engine is the linear stance engine. It is safe for concurrent use.
type Engine struct {
	model  *linear.Model
	cues   *cueSet
	groups Groups
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

// New returns an engine with a model that Train made. It fails if the model has
// other labels or was made for other features.
func New(m *linear.Model) (*Engine, error) {
	if !slices.Equal(m.Passport.Labels, Labels()) {
		return nil, fmt.Errorf("the model has the labels %q, a stance model has %q", m.Passport.Labels, Labels())
	}
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
	return &Engine{model: m, cues: cues, groups: groups}, nil
}

// The names of a passport's options.
const (
	optionFeatures = "features"
	optionGroups   = "groups"
)

// Passport says how the engine's model was made.
func (e *Engine) Passport() linear.Passport { return e.model.Passport }

// Decide judges every comment of a thread. The result is parallel to
// in.Thread.Comments; the decisions of removed comments are zero.
func (e *Engine) Decide(in *Input) ([]Decision, error) {
	x, err := newExtractor(e.cues, e.groups)
	if err != nil {
		return nil, err
	}
	s := newScene(in)
	var f features
	decisions := make([]Decision, len(in.Comments))
	for i := range in.Comments {
		if in.Thread.Comments[i].Removed {
			continue
		}
		x.extract(s, i, &f)
		decisions[i] = e.decide(&in.Comments[i], &f)
	}
	return decisions, nil
}

// decide judges a comment by its features.
func (e *Engine) decide(doc *text.Document, f *features) Decision {
	var d Decision
	e.model.Predict(f.vector, d.Probabilities[:])
	best := linear.Best(d.Probabilities[:])
	d.Stance = corpus.Stance(best)
	d.Unsure = d.Probabilities[best] < SureFrom
	d.Evidence = e.evidence(doc, f, best)
	return d
}
