package stance

import (
	"unicode/utf8"

	"stance/analysis/linear"
	"stance/analysis/text"
)

// This file holds the first group of features: how a comment speaks. Doubt,
// denial, comparison, blame and praise are put in much the same words under
// every article, so these features carry over to articles never seen.

// The value of a cue, and the lengths of the n-gram groups, chosen by
// cross-validation by thread.
const (
	cueValue      = 0.5
	unigramLength = 2.0
	bigramLength  = 1.5
	charLength    = 2.5
)

// Seeds that keep the names of different kinds of features apart.
var (
	seedCue     = linear.Hash("cue:")
	seedWord    = linear.Hash("word:")
	seedNegated = linear.Hash("not:")
	seedChar    = linear.Hash("char:")
)

// beforeFirst stands for a word before a comment's first, with which that is paired.
var beforeFirst = linear.Hash("<s>")

// speech adds the features of the words themselves.
func (e *extractor) speech(doc *text.Document, f *features) {
	f.group = Cues
	if e.groups.Has(Cues) {
		e.addCues(doc, f)
	}
	f.group = Words
	if e.groups.Has(Words) {
		if f.sums != nil {
			e.sum(doc, f.sums)
		} else {
			e.addUnigrams(doc, f)
			e.addBigrams(f)
			addCharacters(doc, f)
		}
	}
	f.group = Shape
	if e.groups.Has(Shape) {
		e.addShape(doc, f)
	}
}

// addCues adds each cue group for its assertion or negation and, where it stands
// in the first or last sentence or in a question, once more for the place: a
// comment's stance is mostly in how it opens and in what it asks.
func (e *extractor) addCues(doc *text.Document, f *features) {
	last := len(doc.Sentences) - 1
	for _, m := range e.found {
		id := e.words.cues.groups[m.group].id
		sentence := doc.Tokens[m.from].Sentence
		e.addCue(f, id, '+', !e.scope[m.from], m)
		e.addCue(f, id, '-', e.scope[m.from], m)
		e.addCue(f, id, '^', sentence == 0, m)
		e.addCue(f, id, '$', sentence == last, m)
		e.addCue(f, id, '?', e.asks[sentence], m)
	}
}

// addCue adds one variant of a cue group, at most twice a comment.
func (e *extractor) addCue(f *features, id uint32, variant byte, applies bool, m cueMatch) {
	if !applies {
		return
	}
	id = linear.HashByte(id, variant)
	if e.seen.add(id) <= 2 {
		f.add(id, cueValue, mark{from: int32(m.from), to: int32(m.to), cue: int16(m.group)})
	}
}

// addUnigrams adds each word, once more if it is negated.
func (e *extractor) addUnigrams(doc *text.Document, f *features) {
	f.begin()
	for i, x := range e.lexemes {
		at := mark{from: int32(i), to: int32(i + 1), cue: noCue}
		f.add(x.word, 1, at)
		if e.scope[i] && isWord(&doc.Tokens[i]) {
			f.add(linear.HashString(seedNegated, doc.Tokens[i].Lower), 1, at)
		}
	}
	f.end(unigramLength)
}

// addBigrams adds each pair of neighbours; the first word is paired with a start
// mark.
func (e *extractor) addBigrams(f *features) {
	f.begin()
	before := beforeFirst
	for i, x := range e.lexemes {
		f.add(linear.Join(before, x.word), 1, mark{from: int32(max(i-1, 0)), to: int32(i + 1), cue: noCue})
		before = x.word
	}
	f.end(bigramLength)
}

// addCharacters adds the character runs of each word. They see through spelling,
// inflection and creative punctuation.
func addCharacters(doc *text.Document, f *features) {
	f.begin()
	for i := range doc.Tokens {
		at := mark{from: int32(i), to: int32(i + 1), cue: noCue}
		eachRun(doc.Tokens[i].Lower, func(id uint32) { f.add(id, 1, at) })
	}
	f.end(charLength)
}

// maxRunWord is the length in bytes beyond which a token has no character runs: it
// is a link or noise.
const maxRunWord = 30

// eachRun calls use with the feature of each run of three to five bytes within a word
// and its borders.
func eachRun(word string, use func(id uint32)) {
	if len(word) > maxRunWord {
		return
	}
	for from := -1; from < len(word); from++ {
		h := seedChar
		for to := from; to <= len(word) && to < from+5; to++ {
			h = linear.HashByte(h, byteOrBorder(word, to))
			if to-from >= 2 {
				use(h)
			}
		}
	}
}

// byteOrBorder is the byte of word at i, a space just outside of it.
func byteOrBorder(word string, i int) byte {
	if i < 0 || i == len(word) {
		return ' '
	}
	return word[i]
}

// addShape adds what the words don't say: length, questions, exclamations,
// capitals, quotation marks, links, emoji.
func (e *extractor) addShape(doc *text.Document, f *features) {
	var n [noShape + 1]int
	for i, x := range e.lexemes {
		s := x.shape
		if t := &doc.Tokens[i]; s != noShape {
		} else if len(t.Text) > 2 && isUpper(t.Text) {
			s = capitals
		} else if isWord(t) {
			s = word
		}
		n[s]++
	}
	f.count(lengths, n[word]+n[capitals])
	f.count(sentences, len(doc.Sentences))
	for s, count := range n[:numShapes] {
		if count > 0 && shape(s) != word {
			f.count(shapes[s], count)
		}
	}
	if k := len(e.lexemes); k > 0 && e.lexemes[k-1].shape == question {
		f.flag(endsInQuestion)
	}
}

// shape is a kind of token that is counted.
type shape uint8

const (
	word shape = iota
	capitals
	question
	exclamation
	quotation
	ellipsis
	link
	emoji
	numShapes
	noShape = numShapes
)

var (
	lengths        = newSizes("length=")
	sentences      = newSizes("sentences=")
	endsInQuestion = newFlag("ends in a question")
	// shapes are by shape, but for words, which length counts.
	shapes = [numShapes]*sizes{
		capitals:    newSizes("capitals="),
		question:    newSizes("questions="),
		exclamation: newSizes("exclamations="),
		quotation:   newSizes("quotations="),
		ellipsis:    newSizes("ellipses="),
		link:        newSizes("links="),
		emoji:       newSizes("emoji="),
	}
)

// shapeOf is the shape of a token in lower case, noShape of words and of what isn't
// counted.
func shapeOf(token string) shape {
	switch token {
	case "?":
		return question
	case "!":
		return exclamation
	case `"`, "“", "”", "‘":
		return quotation
	case "...", "…":
		return ellipsis
	}
	switch {
	case isLink(token):
		return link
	case isEmoji(token):
		return emoji
	}
	return noShape
}

// isUpper reports whether s is ASCII capitals alone.
func isUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// isEmoji reports whether s begins with a pictograph.
func isEmoji(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x1F300 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF
}
