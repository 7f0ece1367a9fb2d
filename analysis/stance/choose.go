package stance

import (
	"fmt"
	"strings"

	"stance/analysis/evaluate"
	"stance/analysis/linear"
)

// This file chooses what no one value does for: the best penalty depends on how many
// comments a training set has and on how much its threads differ, and the second pass,
// which has to learn from the threads as wholes, makes models of few threads worse
// (docs/results.md). Both are judged by macro-F1 in cross-validation. The log-loss chose
// worse: on rumours, most of which have one label, it is least at a lighter penalty, where
// macro-F1 is 0.02 less, and, with the labels made to count alike, at a heavier one on
// claims, where it is 0.01 less.

// Penalty is a value of Linear.L2 and the macro-F1 that a first pass with it has on
// threads it hasn't seen.
type Penalty struct{ L2, MacroF1 float64 }

// firstPasses are those of the penalty chosen, each trained without its fold.
type firstPasses struct {
	models []*linear.Model
	Penalty
	tried []Penalty
}

// fitFolds trains them by the penalty that does best of those that are to be tried, the
// first of equals, and sets that one.
func (t *trainer) fitFolds(folds []int) (*firstPasses, error) {
	penalties := t.o.Penalties
	if len(penalties) == 0 {
		penalties = []float64{t.o.Linear.L2}
	}
	f := &firstPasses{}
	for _, l2 := range penalties {
		t.o.Linear.L2 = l2
		models, err := t.fitEach(folds)
		if err != nil {
			return nil, err
		}
		p := Penalty{l2, t.judge(models, folds).MacroF1()}
		if f.tried = append(f.tried, p); f.models == nil || p.MacroF1 > f.MacroF1 {
			f.models, f.Penalty = models, p
		}
	}
	t.o.Linear.L2 = f.L2
	return f, nil
}

// fitEach trains a first pass without each fold.
func (t *trainer) fitEach(folds []int) ([]*linear.Model, error) {
	models := make([]*linear.Model, t.o.Folds)
	for k := range models {
		var err error
		if models[k], err = t.fit(func(unit int) bool { return folds[unit] != k }); err != nil {
			return nil, fmt.Errorf("cross-validating: %w", err)
		}
	}
	return models, nil
}

// judge has each model judge the fold that it was trained without.
func (t *trainer) judge(models []*linear.Model, folds []int) *evaluate.Confusion {
	c := evaluate.NewConfusion(len(t.labels))
	scores := make([]float64, len(t.labels))
	for i, e := range t.examples {
		if t.thread[i] >= 0 {
			models[folds[t.unit[i]]].Scores(e.X, scores)
			c.Add(e.Y, linear.Best(scores))
		}
	}
	return c
}

// leastGain is the macro-F1 that the second pass must gain to be kept. Its tilt alone can
// gain half of that by luck where there are a dozen claims or videos.
const leastGain = 0.02

// settle is validate, but leaves the second pass out, if it may be, where it gains little.
func (t *trainer) settle(first *firstPasses, second *secondPassing, folds []int) (*Validation, error) {
	v, err := t.validate(second, folds)
	if err == nil && t.o.OptionalSecond && v.Confusion.MacroF1() < first.MacroF1+leastGain {
		second.leftOut = true
		v, err = t.validate(second, folds)
	}
	if err != nil {
		return nil, err
	}
	v.Tried, v.Penalty, v.SecondLeftOut = first.tried, first.Penalty, second.leftOut
	return v, nil
}

// describe adds to a passport's options what was chosen, and of what.
func (v *Validation) describe(options map[string]string) {
	if len(v.Tried) > 1 {
		var list []string
		for _, p := range v.Tried {
			list = append(list, fmt.Sprintf("%g: %.4f", p.L2, p.MacroF1))
		}
		options["l2-tried"] = strings.Join(list, ", ")
	}
	if v.SecondLeftOut {
		options["second-pass"] = "left out"
	}
}
