package analysis

import (
	"strings"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// Sure reports whether comment i is sure enough to be shown as what its stance says: a
// person labelled it, or its probability is at least that from which the engine was right
// in held-out threads, and its feeling and its form don't contradict the stance. Support
// that is likely sarcastic, or that asks, may be none; so may doubt that sounds glad.
func (r *Result) Sure(i int) bool {
	j := &r.Judgements[i]
	if !j.Judged || j.Annotated {
		return j.Judged
	}
	from := r.SureFrom[j.Stance]
	if from == 0 {
		from = aggregate.UsuallySure
	}
	if j.Unsure || j.Probabilities[j.Stance] < from {
		return false
	}
	switch j.Stance {
	case corpus.Supportive:
		return !j.Sarcastic() && !strings.HasSuffix(strings.TrimRight(r.Thread.Comments[i].Text, " \t\n\r\"'”’)"), "?")
	case corpus.Skeptical:
		return j.Polarity != corpus.Positive
	}
	return true
}

// Felt reports whether comment i is sure enough to be shown as what its polarity sounds
// like; one that is likely sarcastic never is.
func (r *Result) Felt(i int) bool {
	j := &r.Judgements[i]
	known := j.Polarities != [corpus.NumPolarities]float64{}
	return j.Judged && !j.Sarcastic() && (!known || j.Polarities[j.Polarity] >= aggregate.UsuallySure)
}
