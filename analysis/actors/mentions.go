package actors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis/text"
)

// Mention is an actor that a comment names, with the words about it.
type Mention struct {
	actor int // of the cast
	Words text.Span
}

// Mentions returns those of a comment, in the order of its text.
func (c *Cast) Mentions(doc *text.Document) []Mention {
	names := c.names(doc)
	list := make([]Mention, len(names))
	for k := range names {
		list[k] = Mention{names[k].actor, about(doc, names, k)}
	}
	return list
}

// name is an actor's name in a comment: tokens [from, to).
type name struct {
	actor, from, to int
}

// names finds them, the longest at each place. A line that begins with ">"
// repeats another reader's words and has none.
func (c *Cast) names(doc *text.Document) []name {
	var found []name
	quoted := doc.Quoted()
	for i := 0; i < len(doc.Tokens); {
		width := 1
		for _, f := range c.forms[owner(&doc.Tokens[i])] {
			if f.stands(doc.Tokens[i:]) && !quoted[i] {
				width = len(f.words)
				found = append(found, name{f.actor, i, i + width})
				break
			}
		}
		i += width
	}
	return found
}

// stands reports whether the tokens begin with the name.
func (f form) stands(tokens []text.Token) bool {
	if len(tokens) < len(f.words) {
		return false
	}
	for i, w := range f.words {
		if owner(&tokens[i]) != w {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(tokens[0].Text)
	return !f.proper || unicode.IsUpper(r)
}

// owner is a token in lower case, without a possessive ending.
func owner(t *text.Token) string { return strings.TrimSuffix(t.Lower, "'s") }

// about returns the words about the actor of name k: its sentence, cut where a clause ends
// between it and the name of another actor.
func about(doc *text.Document, names []name, k int) text.Span {
	m := names[k]
	sentence := doc.Tokens[m.from].Sentence
	from, to := m.from, m.to
	for from > 0 && doc.Tokens[from-1].Sentence == sentence {
		from--
	}
	for to < len(doc.Tokens) && doc.Tokens[to].Sentence == sentence {
		to++
	}
	if k > 0 && names[k-1].actor != m.actor {
		for i := m.from - 1; i >= max(from, names[k-1].to); i-- {
			if parts(doc.Tokens[i].Lower) {
				from = i
				break
			}
		}
	}
	if k+1 < len(names) && names[k+1].actor != m.actor {
		for i := min(to, names[k+1].from) - 1; i >= m.to; i-- {
			if parts(doc.Tokens[i].Lower) {
				to = i
				break
			}
		}
	}
	return text.Span{Start: doc.Tokens[from].Start, End: doc.Tokens[to-1].End}
}

// parts reports whether a clause can end at a token.
func parts(token string) bool {
	switch token {
	case ",", ";", ":", "-", "–", "—", "--", "(", ")", "but", "and", "while", "whereas", "although", "though", "because", "however", "unlike", "than":
		return true
	}
	return false
}
