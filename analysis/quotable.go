package analysis

import (
	"strings"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// surer is how much surer than that a comment must be. Of a thread the surest are shown, and
// where a thread is misread as a whole those are wrong more often than all that are as sure:
// without this 18 per cent of the quotes were of another camp, with it 13 (docs/results.md).
const surer = 0.06

// Sure reports whether comment i is sure enough to be shown as what its stance says: a
// person labelled it, or its probability is enough above that from which the engine was
// right in held-out threads, and its feeling and its form don't contradict the stance. Support
// that is likely sarcastic, or that asks, may be none; so may doubt that sounds glad.
func (r *Result) Sure(i int) bool {
	j := &r.Judgements[i]
	if !j.Judged || j.Annotated {
		return j.Judged
	}
	from := r.SureFrom[j.Stance] + surer
	if from == surer {
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
