package stance

import (
	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
)

// This file holds what the features need to know of a word by itself. It is worked
// out once for a word that comes again, so that a token costs two look-ups, of its
// word and of the pair it ends, instead of one for each of some twenty features.

// lexeme is what is known of a word. With the word that it is of it fills a cache line.
type lexeme struct {
	word        uint32 // its feature
	runs        uint8  // the number of its character runs
	shape       shape  // noShape if it is a word or a mark that isn't counted
	negator     bool
	endsClause  bool
	content     bool
	thirdPerson bool
	cues        *cueWord // what it does in the cues, nil if nothing
	// Its rounded weights in the model, as in linear.Model.Row: those of the word, those
	// that it has more where it is negated, and the sum of its character runs'. They are
	// in far where the model has more classes than stances.
	near [3 * corpus.NumStances]int16
	far  *[]int16
}

// rows are the parts of the weights, one per class each.
func (x *lexeme) rows(classes int) (word, negated, runs []int16) {
	weights := x.near[:]
	if x.far != nil {
		weights = *x.far
	}
	return weights[:classes], weights[classes : 2*classes], weights[2*classes : 3*classes]
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
		shape:       shapeOf(word),
		negator:     isNegator(word),
		endsClause:  isClauseEnd(word),
		content:     isContent(word),
		thirdPerson: isThirdPerson(word),
		cues:        v.cues.of(word),
	}
	var room [3 * maxRunWord]uint32 // three lengths of runs
	spelled := room[:0]
	eachRun(word, func(run uint32) { spelled = append(spelled, run) })
	x.runs = uint8(len(spelled))
	if m := v.model; m != nil {
		if m.Classes() > corpus.NumStances {
			weights := make([]int16, 3*m.Classes())
			x.far = &weights
		}
		own, negated, runs := x.rows(m.Classes())
		addRow(own, m.Row(x.word))
		addRow(negated, m.Row(linear.HashString(seedNegated, word)))
		var room [len(room)][]int8
		for _, row := range m.AppendRows(room[:0], spelled) {
			addRow(runs, row)
		}
	}
	return x
}
