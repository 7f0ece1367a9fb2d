// Package sentiment measures the feeling a comment expresses, whatever it is
// about.
//
// Several engines stand behind one method, [Engine.Measure]; [Engines] lists
// them and [Open] makes one by its name. The default, [Lexicon], adds up the
// rated words of a comment after the words around them have had their say:
//
//  1. each sentence is read token by token, a known phrase before its words;
//  2. negations, degrees, contrasts, concessions, conditions and scare quotes
//     change the weight of the words in their scope, and of no others;
//  3. capitals, long-drawn words, exclamation and question marks finish it;
//  4. every word that still weighs is a piece of evidence, and their sum,
//     squashed into [-1, 1], is the valence.
//
// A comment's sum is that of its sentences by construction, so the two can't
// disagree. [Vader] and [Cdipaolo] wrap two public Go libraries, to have their
// word beside ours.
//
// The package reads English. It doesn't decide whom a feeling is about, which is
// the business of stance, and it doesn't turn a value round on a suspicion of
// irony.
package sentiment

import (
	"stance/analysis/text"
	"stance/corpus"
)

// Decision is the feeling of one comment.
type Decision struct {
	Polarity corpus.Polarity
	// Valence is in [-1, 1], from wholly negative to wholly positive.
	Valence float64
	// Evidence is in the order of the text and doesn't overlap. A positive weight
	// is a good feeling, whatever the polarity; the unit is the engine's own.
	Evidence []text.Evidence
}

// Engine measures the feeling of a parsed comment. Every engine of this package
// is safe for concurrent use and only reads the document.
type Engine interface {
	Measure(doc *text.Document) Decision
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
