package stance

import (
	"stance/analysis/linear"
	"stance/analysis/text"
)

// This file holds what the features need to know of a word by itself. It is worked
// out once for a word that comes again, so that a token costs two look-ups, of its
// word and of the pair it ends, instead of one for each of some twenty features.

// lexeme is what is known of a word.
type lexeme struct {
	word        uint32    // its feature
	pair        uint32    // the hash that the features of pairs begin with whose first word it is
	patterns    []pattern // the cues that can begin with it
	items       itemSet   // the items of cues that it fits
	shape       shape     // noShape if it is a word or a mark that isn't counted
	negator     bool
	endsClause  bool
	content     bool
	thirdPerson bool
	runs        int // the number of its character runs
	// weights are its rounded weights in the model.
	weights wordWeights
}

// wordWeights are rounded weights as in linear.Model.Row, one per class, nil where
// there is no model or it doesn't know the feature.
type wordWeights struct {
	word, negated []int8
	runs          []int32 // summed over the character runs
}

// vocabulary knows the words under a set of cues and a model. It is safe for
// concurrent use.
type vocabulary struct {
	cues  *cueSet
	model *linear.Model // nil to list features only
	known text.Vocabulary[lexeme]
}

func newVocabulary(cues *cueSet, m *linear.Model) *vocabulary {
	v := &vocabulary{cues: cues, model: m}
	v.known.Learn = v.learn
	return v
}

func (v *vocabulary) learn(word string) lexeme {
	x := lexeme{
		word:        linear.HashString(seedWord, word),
		pair:        pairHash(word),
		shape:       shapeOf(word),
		negator:     isNegator(word),
		endsClause:  isClauseEnd(word),
		content:     isContent(word),
		thirdPerson: isThirdPerson(word),
	}
	x.patterns, x.items = v.cues.of(word)
	eachRun(word, func(uint32) { x.runs++ })
	if m := v.model; m != nil {
		w := &x.weights
		*w = wordWeights{
			word:    m.Row(x.word),
			negated: m.Row(linear.HashString(seedNegated, word)),
			runs:    make([]int32, m.Classes()),
		}
		eachRun(word, func(id uint32) {
			for c, weight := range m.Row(id) {
				w.runs[c] += int32(weight)
			}
		})
	}
	return x
}
