// Package sentiment measures the feeling a comment expresses, whatever it is
// about.
//
// Several engines stand behind one method, [Engine.Measure]; [Engines] lists
// them and [Open] makes one by its name. The default, [Hybrid], works in two steps:
//
//  1. [Lexicon] reads each sentence token by token, a known phrase before its words.
//     Negations, degrees, contrasts, concessions, conditions and scare quotes change
//     the weight of the words in their scope, and of no others; capitals, long-drawn
//     words and the marks at the end finish it.
//  2. A linear model adds up those weights, the words, their pairs and letters, and
//     what the comment looks like. It has a column for every polarity, once for texts
//     under an article and once for texts by themselves, and one for sarcasm.
//
// Everything is a sum over tokens, so a comment's decision is that of its sentences
// and of what holds for the whole, and the two can't disagree. The comments of a
// thread are then settled together, each with the mood of the others as a prior, and
// of those above all that it answers, that answer it or that its author wrote too.
// [Train] makes the model. [Vader] and [Cdipaolo] wrap two public Go libraries, to have
// their word beside ours.
//
// The package reads English. It doesn't decide whom a feeling is about, which is
// the business of stance, and it doesn't turn a value round on a suspicion of
// irony: sarcasm is a probability of its own.
package sentiment

import (
	"stance/analysis/text"
	"stance/corpus"
)

// Decision is the feeling of one comment.
type Decision struct {
	Polarity corpus.Polarity
	// Probabilities are of the polarities, calibrated, and sum to 1; all zero from an
	// engine that has none.
	Probabilities [corpus.NumPolarities]float64
	// Valence is in [-1, 1], from wholly negative to wholly positive: the probability
	// of positive less that of negative, or an engine's own measure. It is below 0 for
	// a negative comment and above 0 for a positive one.
	Valence float64
	// Sarcasm is the calibrated probability that the comment means another thing than
	// it says; 0 from an engine that doesn't tell.
	Sarcasm float64
	// Evidence is in the order of the text and doesn't overlap; nil unless it was asked
	// for. A positive weight is a good feeling, whatever the polarity; the unit is the
	// engine's own.
	Evidence []text.Evidence
	// Base is what the evidence adds up from: what holds of the whole comment, words
	// too light to list, and the odds before a word was read.
	Base float64
	// Given is how many terms that the user rated were found.
	Given int
}

// Total is what the evidence and the base add up to.
func (d *Decision) Total() float64 {
	sum := d.Base
	for i := range d.Evidence {
		sum += d.Evidence[i].Weight
	}
	return sum
}

// SarcasmFrom is the probability from which sarcasm is worth showing.
const SarcasmFrom = 0.5

// Engine measures the feeling of a parsed comment written about a topic, nil for a
// text by itself. Every engine of this package is safe for concurrent use and only
// reads what it is given.
type Engine interface {
	// Measure decides, without evidence.
	Measure(doc *text.Document, topic *Topic) Decision
}

// Justifier is an engine that knows which words made a decision.
type Justifier interface {
	// Justify is Measure with the evidence.
	Justify(doc *text.Document, topic *Topic) Decision
}

// Settler is an engine that judges the comments of a thread better together.
type Settler interface {
	// Settle adjusts the decisions about all comments of a thread, which Measure made.
	Settle(decisions []Decision, topic *Topic, ties *Ties)
}

// classify returns the polarity of a valence: negative at or below low, positive
// at or above high.
func classify(valence, low, high float64) corpus.Polarity {
	switch {
	case valence <= low:
		return corpus.Negative
	case valence >= high:
		return corpus.Positive
	}
	return corpus.Neutral
}
