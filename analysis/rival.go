package analysis

import (
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// Rivalry sets the two engines and the annotations against each other, on the comments
// that the language model judged.
type Rivalry struct {
	// Engines counts the embedded engine's stances by the language model's; Embedded and
	// Model count those of each by the annotated ones.
	Engines, Embedded, Model *evaluate.Confusion
}

// NewRivalry returns an empty one.
func NewRivalry() *Rivalry {
	return &Rivalry{evaluate.NewConfusion(corpus.NumStances), evaluate.NewConfusion(corpus.NumStances), evaluate.NewConfusion(corpus.NumStances)}
}

// Add takes the judgements of a thread with a language model and without.
func (v *Rivalry) Add(with, without *Result) {
	for i := range with.Judgements {
		m, e := &with.Judgements[i], &without.Judgements[i]
		if !m.ByModel || !m.Judged || !e.Judged {
			continue
		}
		v.Engines.Add(int(m.Stance), int(e.Stance))
		if a := with.Thread.Comments[i].Annotation; a != nil {
			if truth, err := corpus.ParseStance(a.Label); err == nil {
				v.Embedded.Add(int(truth), int(e.Stance))
				v.Model.Add(int(truth), int(m.Stance))
			}
		}
	}
}

// Kappas are Cohen's kappa of the three pairs; NaN where it isn't defined.
func (v *Rivalry) Kappas() (engines, embedded, model float64) {
	return audit.Kappa(v.Engines), audit.Kappa(v.Embedded), audit.Kappa(v.Model)
}
