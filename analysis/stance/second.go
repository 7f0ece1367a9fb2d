package stance

import (
	"slices"

	"stance/analysis/evaluate"
	"stance/analysis/linear"
)

// This file trains the second pass. Its features are made of what the first pass
// says, so it must be shown what the first pass says of threads it hasn't seen: of
// those it was trained on it knows too well what they are.

// secondPassing holds the examples of the second pass, parallel to those of the
// first, and beside them those of the parties that the articles state, which correct
// the second pass in their turn. Those that don't exist have a zero Weight.
type secondPassing struct {
	t              *trainer
	around, stated []linear.Example
	// leftOut leaves the first pass's log-odds to themselves and to the parties.
	leftOut bool
}

// newSecondPassing makes the examples, those of each fold with the first pass that was
// trained without it.
func newSecondPassing(t *trainer, models []*linear.Model, folds []int) (*secondPassing, error) {
	p := &secondPassing{t: t, around: make([]linear.Example, len(t.examples)), stated: make([]linear.Example, len(t.examples))}
	for k, m := range models {
		if err := p.collect(m, func(unit int) bool { return folds[unit] == k }); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// collect makes the examples whose unit keep admits, with the first pass of a model
// that hasn't seen them.
func (p *secondPassing) collect(m *linear.Model, keep func(unit int) bool) error {
	first, err := newExtractor(newVocabulary(p.t.extractor.words.cues, m), p.t.extractor.groups)
	if err != nil {
		return err
	}
	byThread := make([][]int, len(p.t.scenes))
	for i, thread := range p.t.thread {
		if thread >= 0 && keep(p.t.unit[i]) {
			byThread[thread] = append(byThread[thread], i)
		}
	}
	var f features
	for thread, examples := range byThread {
		if len(examples) == 0 {
			continue
		}
		s := p.t.scenes[thread]
		context := first.firstPass(s, nil)
		for _, i := range examples {
			e, comment := p.t.examples[i], p.t.comment[i]
			p.t.extractor.extract(s, comment, &f)
			f.reset()
			p.t.extractor.addContext(context, comment, &f)
			p.around[i] = linear.Example{X: slices.Clone(f.vector), Y: e.Y, Weight: e.Weight, Base: context.odds[comment]}
			f.reset()
			if p.t.extractor.addStated(s, comment, &f) {
				p.stated[i] = linear.Example{X: slices.Clone(f.vector), Y: e.Y, Weight: e.Weight}
			}
		}
	}
	return nil
}

// corrections are a fitted second pass: a model on top of the first pass, and one of
// the stated parties on top of both. Either is nil where it isn't there: because it is
// left out, or because no article states any party.
type corrections struct{ around, stated *correction }

// correction is a model on top of another one, and what tilts both to macro-F1.
type correction struct {
	model *linear.Model
	tilt  []float64
}

// fit trains on the examples whose unit keep admits.
func (p *secondPassing) fit(keep func(unit int) bool) (*corrections, error) {
	var around, stated []linear.Example
	for i := range p.around {
		if p.t.thread[i] >= 0 && keep(p.t.unit[i]) {
			around = append(around, p.around[i])
		}
	}
	c := &corrections{}
	var err error
	if !p.leftOut {
		if c.around, err = p.t.correct(around, p.t.o.SecondL2); err != nil {
			return nil, err
		}
	}
	for i, e := range p.stated {
		if p.t.thread[i] >= 0 && keep(p.t.unit[i]) && e.Weight > 0 {
			e.Base = c.around.predict(p.around[i]).Scores
			stated = append(stated, e)
		}
	}
	if len(stated) > 0 {
		c.stated, err = p.t.correct(stated, p.t.o.StatedL2)
	}
	return c, err
}

// correct fits a correction.
func (t *trainer) correct(examples []linear.Example, l2 float64) (*correction, error) {
	o := t.o.Linear
	o.L2, o.Prior, o.Ratios = l2, nil, false
	m, err := linear.Train(examples, t.labels, o)
	if err != nil {
		return nil, err
	}
	c := &correction{model: m, tilt: make([]float64, len(t.labels))}
	predictions := make([]evaluate.Prediction, len(examples))
	for i, e := range examples {
		predictions[i] = c.predict(e)
	}
	c.tilt = evaluate.Tilt(predictions, len(t.labels))
	return c, nil
}

// predict returns the scores of the model and of what it corrects; of the latter alone if
// there is no model.
func (c *correction) predict(e linear.Example) evaluate.Prediction {
	if c == nil {
		return evaluate.Prediction{Scores: e.Base, Truth: e.Y}
	}
	scores := make([]float64, len(c.tilt))
	c.model.Scores(e.X, scores)
	for k := range scores {
		scores[k] += e.Base[k] + c.tilt[k]
	}
	return evaluate.Prediction{Scores: scores, Truth: e.Y}
}

// predict returns the scores of example i without its stated parties, and with them:
// none where none are stated.
func (p *secondPassing) predict(c *corrections, i int) (plain, stated evaluate.Prediction) {
	plain = c.around.predict(p.around[i])
	if e := p.stated[i]; e.Weight > 0 && c.stated != nil {
		e.Base = plain.Scores
		stated = c.stated.predict(e)
	}
	return plain, stated
}

// onto joins the corrections to the first pass.
func (c *corrections) onto(first *linear.Model) *linear.Model {
	m := first
	if c.around != nil {
		m = m.Corrected(c.around.model, secondPass, c.around.tilt)
	}
	if c.stated != nil {
		m = m.Corrected(c.stated.model, partiesStated, c.stated.tilt)
	}
	return m
}
