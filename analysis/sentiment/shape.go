package sentiment

import (
	"unicode/utf8"

	"stance/analysis/linear"
	"stance/analysis/text"
)

// shape is a kind of token that is counted in a comment.
type shape uint8

const (
	noShape shape = iota
	question
	exclamation
	tag
	name
	link
	ellipsis
	emoji
	capitals
	numShapes
)

var (
	seedShapes = [numShapes]uint32{
		question:    linear.Hash("questions="),
		exclamation: linear.Hash("exclamations="),
		tag:         linear.Hash("tags="),
		name:        linear.Hash("names="),
		link:        linear.Hash("links="),
		ellipsis:    linear.Hash("ellipses="),
		emoji:       linear.Hash("emoji="),
		capitals:    linear.Hash("capitals="),
	}
	seedLength    = linear.Hash("words=")
	seedSentences = linear.Hash("sentences=")
	seedAsks      = linear.Hash("ends in a question")
	seedQuotes    = linear.Hash("quotes another")
	seedStandings = [...]uint32{topLevel: linear.Hash("speaks to the article"), reply: linear.Hash("answers another")}
	seedPlaces    = [numPlaces]uint32{linear.Hash("under an article"), linear.Hash("by itself")}
)

// addWhole adds what the words don't say: length, marks, emoji, links, whether there is
// an article, and whether the comment answers another one.
func (f *features) addWhole(doc *text.Document, topic *Topic, words int) {
	var n [numShapes]int
	last := noShape
	for i, x := range f.words {
		if f.own[i] {
			if last = x.shape; last == noShape && isCapitals(doc.Tokens[i].Text) {
				last = capitals
			}
			n[last]++
		}
	}
	f.flag(seedPlaces[placeOf(topic)])
	if topic != nil && topic.standing != unknownStanding {
		f.flag(seedStandings[topic.standing])
	}
	f.count(seedLength, words)
	f.count(seedSentences, len(doc.Sentences))
	for s := noShape + 1; s < numShapes; s++ {
		f.count(seedShapes[s], n[s])
	}
	if last == question {
		f.flag(seedAsks)
	}
	if words < len(doc.Tokens) {
		f.flag(seedQuotes)
	}
}

// shapeOf is the shape of a token in lower case.
func shapeOf(token string) shape {
	switch c := token[0]; {
	case c == '?':
		return question
	case c == '!':
		return exclamation
	case c == '#' && len(token) > 1:
		return tag
	case c == '@' && len(token) > 1:
		return name
	case c == '.' && len(token) > 1:
		return ellipsis
	case len(token) > 8 && (token[:4] == "http" || token[:4] == "www."):
		return link
	case c >= utf8.RuneSelf:
		return foreignShape(token)
	}
	return noShape
}

// isCapitals reports whether a token is a word in capitals that begins in ASCII.
func isCapitals(token string) bool {
	return len(token) > 2 && 'A' <= token[0] && token[0] <= 'Z' && inCapitals(token)
}

// foreignShape is the shape of a token that begins beyond ASCII.
func foreignShape(token string) shape {
	r, _ := utf8.DecodeRuneInString(token)
	switch {
	case r == '…':
		return ellipsis
	case r >= 0x1F300 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF:
		return emoji
	}
	return noShape
}
