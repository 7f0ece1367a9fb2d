package sentiment

import (
	"stance/analysis/linear"
	"stance/analysis/text"
)

// lexeme is what is known of a word by itself. It is worked out once for a word that
// comes again.
type lexeme struct {
	word  uint32  // its feature
	term  *term   // of the lexicon, nil if it has none
	form  reading // what it is read as where it has none
	ends  bool    // it ends a clause
	shape shape   // capitals apart
	// Its rounded weights in the model by itself, as in linear.Model.Row, and what
	// they are more where it is denied. Those of a word that the model doesn't know
	// are the sum of those of its runs of letters, at most 22 of them.
	weights, denied columns
}

// columns are whole weights of the columns of a model.
type columns [numColumns]int16

// add adds a row of weights, which may be nil.
func (c *columns) add(row []int8) {
	for i, w := range row {
		c[i] += int16(w)
	}
}

// vocabulary knows the words under a lexicon and a model. It is safe for concurrent
// use.
type vocabulary struct {
	lexicon *Lexicon
	model   *linear.Model // nil to list features only
	known   text.Vocabulary[lexeme]
}

func newVocabulary(l *Lexicon, m *linear.Model) *vocabulary {
	v := &vocabulary{lexicon: l, model: m}
	v.known.Learn = v.learn
	return v
}

func (v *vocabulary) learn(word string) lexeme {
	x := lexeme{
		word:  linear.HashString(seedWord, word),
		term:  v.lexicon.terms[word],
		ends:  endsClause(word),
		shape: shapeOf(word),
	}
	if x.term == nil {
		x.form = v.lexicon.readForm(word)
	}
	m := v.model
	if m == nil {
		return x
	}
	x.denied.add(m.Row(linear.HashString(seedNegated, word)))
	if row := m.Row(x.word); row != nil {
		x.weights.add(row)
	} else {
		eachRun(word, func(id uint32) { x.weights.add(m.Row(id)) })
	}
	return x
}
