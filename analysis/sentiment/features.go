package sentiment

import (
	"math"

	"stance/analysis/linear"
	"stance/analysis/text"
)

// featureVersion names the features below. A model made for other features is
// refused, because its weights would mean nothing.
const featureVersion = "4"

// The values of the features, chosen on annotated comments kept out of training.
const (
	lengthSoftness = 5   // words that every text is taken to have beside its own
	pairShare      = 1   // the value of a pair against a word
	spelledShare   = 1   // the value of a run of letters
	wholeValue     = 0.4 // the value of what holds of the whole comment
)

// Seeds that keep the names of different kinds of features apart.
var (
	seedWord    = linear.Hash("word:")
	seedNegated = linear.Hash("not:")
	seedSpelled = linear.Hash("char:")
	seedRated   = linear.Hash("rated:")
	seedGiven   = linear.Hash("given:")
	seedTone    = linear.Hash("tone")
	seedClosing = linear.Hash("closing tone")
	seedUnrated = linear.Hash("no feeling word")
	seedGood    = linear.Hash("only good words")
	seedBad     = linear.Hash("only bad words")
	seedMixed   = linear.Hash("good and bad words")
)

// mark is where a feature was found: tokens [from, to), none where they are equal.
type mark struct {
	from, to int32
	kind     kind
}

// kind is what a feature sees.
type kind uint8

const (
	wordKind kind = iota
	deniedKind
	spelledKind
	pairKind
	ratedKind
	wholeKind
)

// features are those of one comment. It is scratch: reset keeps the storage.
type features struct {
	words  []*lexeme // per token
	pairs  []uint32  // the features of the pairs of neighbours
	vector linear.Vector
	marks  []mark    // parallel to vector
	rated  []feeling // the feeling words
	given  []bool    // per token: in a term that the user rated
	terms  int       // the number of such terms
	own    []bool    // per token: the writer's, not quoted
	denied []bool    // per token: in the scope of a negation
	// unit is the value of a word. Under a model words aren't listed in vector, but
	// summed up by Hybrid.total.
	unit float32
	// rows are the weights in a model of pairs and, behind them, of vector.
	rows [][]int8
	ids  []uint32 // scratch
}

func (f *features) reset(tokens int) {
	f.terms = 0
	f.vector, f.marks, f.rated = f.vector[:0], f.marks[:0], f.rated[:0]
	f.own, f.denied, f.given = zeroed(f.own, tokens), zeroed(f.denied, tokens), zeroed(f.given, tokens)
}

// zeroed is s with n zero elements, in its own storage where that suffices.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

func (f *features) add(k kind, id uint32, value float32, from, to int) {
	f.vector = append(f.vector, linear.Feature{ID: id, Value: value})
	f.marks = append(f.marks, mark{int32(from), int32(to), k})
}

// extract fills f with the features of doc. Words, pairs and runs of letters are
// listed only where the vocabulary has no model to sum them up under.
func (f *features) extract(v *vocabulary, doc *text.Document, topic *Topic) {
	f.reset(len(doc.Tokens))
	f.words = v.known.Append(f.words[:0], doc.Tokens)
	f.rated = v.lexicon.rate(f.rated, doc, f.words)
	for _, r := range f.rated {
		if r.given {
			f.terms++
			for i := r.at; i < r.to; i++ {
				f.given[i] = true
			}
		}
	}
	words := f.findOwn(doc)
	f.findDenied()
	f.findPairs()
	f.unit = float32(1 / math.Sqrt(float64(words)+lengthSoftness))
	if v.model == nil {
		f.addWords(doc)
	}
	f.addRated(doc, topic)
	f.addWhole(doc, topic, words)
}

// findOwn marks the tokens that aren't quoted and returns their number.
func (f *features) findOwn(doc *text.Document) int {
	n, sentence, own := 0, -1, true
	for i := range doc.Tokens {
		if s := doc.Tokens[i].Sentence; s != sentence {
			sentence, own = s, !doc.Quoted(i)
		}
		if own {
			f.own[i] = true
			n++
		}
	}
	return n
}

// findDenied marks the tokens within the reach of a negator.
func (f *features) findDenied() {
	reach := 0
	for i, x := range f.words {
		if x.ends {
			reach = 0
			continue
		}
		if reach > 0 {
			f.denied[i] = true
			reach--
		}
		if x.term != nil {
			if x.term.reach > 0 {
				reach = x.term.reach
			} else if x.term.joint != noJoint {
				reach = 0
			}
		}
	}
}

// beforeFirst stands for a word before a text's first, with which that is paired.
var beforeFirst = linear.Hash("<s>")

// findPairs sets pairs to those of each word, of the writer's own and not rated by the
// user, and the one before.
func (f *features) findPairs() {
	f.pairs = f.pairs[:0]
	before := beforeFirst
	for i, x := range f.words {
		if f.own[i] && !f.given[i] {
			f.pairs = append(f.pairs, linear.Join(before, x.word))
			before = x.word
		}
	}
}

// find sets rows.
func (f *features) find(m *linear.Model) {
	f.ids = append(f.ids[:0], f.pairs...)
	for _, v := range f.vector {
		f.ids = append(f.ids, v.ID)
	}
	f.rows = m.AppendRows(f.rows[:0], f.ids)
}

// addWords adds each word, once more if it is denied, its letters, and each pair
// of neighbours. Letters are listed for every word; a model has those of the words it
// knows added up.
func (f *features) addWords(doc *text.Document) {
	pairs, before := f.pairs, -1
	for i, x := range f.words {
		if !f.own[i] || f.given[i] {
			continue
		}
		word := doc.Tokens[i].Lower
		f.add(wordKind, x.word, f.unit, i, i+1)
		if f.denied[i] {
			f.add(deniedKind, linear.HashString(seedNegated, word), f.unit, i, i+1)
		}
		eachRun(word, func(id uint32) { f.add(spelledKind, id, f.unit*spelledShare, i, i+1) })
		f.add(pairKind, pairs[0], f.unit*pairShare, max(before, 0), i+1)
		pairs, before = pairs[1:], i
	}
}

// maxSpelled is the length in bytes beyond which a token is a link or noise.
const maxSpelled = 24

// eachRun calls use for every run of four bytes within a word and its borders. They
// see through inflection and misspelling.
func eachRun(word string, use func(id uint32)) {
	const run = 4
	if len(word) > maxSpelled {
		return
	}
	for from := -1; from+run <= len(word)+1; from++ {
		h := seedSpelled
		for i := from; i < from+run; i++ {
			h = linear.HashByte(h, byteOrBorder(word, i))
		}
		use(h)
	}
}

// byteOrBorder is the byte of word at i, a space just outside of it.
func byteOrBorder(word string, i int) byte {
	if i < 0 || i == len(word) {
		return ' '
	}
	return word[i]
}

// topicalShare is what is left of the weight of a word of the headline: there it
// names the subject before it tells a feeling.
const topicalShare = 0.4

// addRated adds the feeling words by their cue with their weights, and what they
// come to together.
func (f *features) addRated(doc *text.Document, topic *Topic) {
	var sum, closing float64
	var goods, bads int
	for _, r := range f.rated {
		w, seed := r.weight, seedRated
		if r.given {
			seed = seedGiven
		} else if topic.names(doc.Tokens[r.to-1].Lower) {
			w *= topicalShare
		}
		f.add(ratedKind, linear.HashByte(seed, byte(r.cue)), float32(math.Abs(w))*f.unit, int(r.from), int(r.to))
		sum += w
		if doc.Tokens[r.from].Sentence == len(doc.Sentences)-1 {
			closing += w
		}
		if w > 0 {
			goods++
		} else if w < 0 {
			bads++
		}
	}
	f.addTone(seedTone, squash(sum, len(doc.Tokens)))
	f.addTone(seedClosing, squash(closing, len(doc.Tokens)))
	switch {
	case goods+bads == 0:
		f.flag(seedUnrated)
	case bads == 0:
		f.flag(seedGood)
	case goods == 0:
		f.flag(seedBad)
	default:
		f.flag(seedMixed)
	}
}

// addTone adds a valence as its place between two of eleven steps.
func (f *features) addTone(seed uint32, valence float64) {
	const steps = 5
	low := math.Floor(valence * steps)
	part := float32(valence*steps - low)
	f.add(wholeKind, linear.HashByte(seed, byte(int(low)+steps)), wholeValue*(1-part), 0, 0)
	f.add(wholeKind, linear.HashByte(seed, byte(int(low)+steps+1)), wholeValue*part, 0, 0)
}

// flag adds a feature of the whole comment.
func (f *features) flag(seed uint32) { f.add(wholeKind, seed, wholeValue, 0, 0) }

// count adds a number as a range of the whole comment.
func (f *features) count(seed uint32, n int) {
	b := byte(0)
	for _, bound := range [...]int{0, 1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 140} {
		if n > bound {
			b++
		}
	}
	f.flag(linear.HashByte(seed, b))
}
