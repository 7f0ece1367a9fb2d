package account

import "stance.example/stance/analysis"

// limits repeats what there is to doubt.
func (t *teller) limits() {
	doubts := t.r.Doubts
	if t.r.Few() {
		doubts = smallLimits(t.r)
	}
	said := 0
	for _, d := range doubts {
		if d.Kind == analysis.NoLeader || t.length == Short && said == 2 {
			continue // the verdict has said it, or it is enough
		}
		for _, note := range doubt(t.r, d) {
			t.say("%s", Statement{{Kind: Note, Text: note}})
		}
		said++
	}
}
