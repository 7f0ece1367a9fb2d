package stance

import (
	"math"

	"stance/analysis/linear"
	"stance/analysis/text"
)

// ngrams are the n-grams of a comment summed up under a model, where the features
// would list them one by one. The weights are added as the whole numbers they were
// rounded to, so that no order matters. TestSumsAreThoseOfTheList holds sums and list
// together.
type ngrams struct {
	tokens []*lexeme
	denied []bool // per token: a word in the scope of a negation
	// pairs are per token the weights of the pair that it ends, nil if the model
	// doesn't know it.
	pairs [][]int8
	// The values of the features of each group.
	word, pair, run float64

	ids   []uint32 // scratch: of the pairs
	total []int    // scratch
}

// sum notes the n-grams of the comment at hand.
func (e *extractor) sum(doc *text.Document, n *ngrams) {
	n.tokens, n.denied, n.ids = e.lexemes, n.denied[:0], n.ids[:0]
	words, runs, before := len(e.lexemes), int32(0), beforeFirst
	for i, x := range e.lexemes {
		t := &doc.Tokens[i]
		denied := e.scope[i] && isWord(t)
		if denied {
			words++
		}
		runs += int32(x.runs)
		n.denied = append(n.denied, denied)
		n.ids = append(n.ids, linear.Join(before, x.word))
		before = x.word
	}
	n.pairs = e.words.model.AppendRows(n.pairs[:0], n.ids)
	n.word = lengthened(unigramLength, words)
	n.pair = lengthened(bigramLength, len(n.tokens))
	n.run = lengthened(charLength, int(runs))
}

// lengthened is the value that gives n equal features together that Euclidean length.
func lengthened(length float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(float32(length / math.Sqrt(float64(n))))
}

// add adds what the n-grams add to the scores.
func (n *ngrams) add(m *linear.Model, scores []float64) {
	k := m.Classes()
	n.total = zeroed(n.total, 3*k)
	words, pairs, runs := n.total[:k], n.total[k:2*k], n.total[2*k:]
	for i, x := range n.tokens {
		own, negated, spelled := x.rows(k)
		addRow(words, own)
		if n.denied[i] {
			addRow(words, negated)
		}
		addRow(pairs, n.pairs[i])
		addRow(runs, spelled)
	}
	for c, scale := range m.Scale() {
		scores[c] += scale * (n.word*float64(words[c]) + n.pair*float64(pairs[c]) + n.run*float64(runs[c]))
	}
}

// addRow adds a row of rounded weights, which may be nil.
func addRow[S int | int16, T int8 | int16](total []S, row []T) {
	for c, w := range row {
		total[c] += S(w)
	}
}

// lead adds to each token what its n-grams add to the log-odds of a class against
// the mean of the others, as linear.Model.Lead has it. That of a pair is divided
// between its tokens.
func (n *ngrams) lead(m *linear.Model, class int, perToken []float64) {
	lean := leanOf(m, class)
	for i, x := range n.tokens {
		own, negated, runs := x.rows(len(lean))
		w := n.word*dot(lean, own) + n.run*dot(lean, runs)
		if n.denied[i] {
			w += n.word * dot(lean, negated)
		}
		if row := n.pairs[i]; row != nil {
			pair := n.pair * dot(lean, row)
			if i > 0 {
				pair /= 2
				perToken[i-1] += pair
			}
			w += pair
		}
		perToken[i] += w
	}
}

// leanOf is what a unit of each class's rounded weight adds to the lead of class.
func leanOf(m *linear.Model, class int) []float64 {
	lean := make([]float64, m.Classes())
	for c, scale := range m.Scale() {
		if c == class {
			lean[c] = scale
		} else {
			lean[c] = -scale / float64(len(lean)-1)
		}
	}
	return lean
}

// dot is the sum of a row's weights, each times its lean.
func dot[T int8 | int16](lean []float64, row []T) float64 {
	sum := 0.0
	for c, w := range row {
		sum += lean[c] * float64(w)
	}
	return sum
}
