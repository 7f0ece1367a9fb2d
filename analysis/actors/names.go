package actors

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Cast is the actors of an article with the forms of their names.
type Cast struct {
	actors []Actor
	forms  map[string][]form // by the first word
}

// Empty reports whether the article names nobody.
func (c *Cast) Empty() bool { return len(c.actors) == 0 }

// form is one way to write a name.
type form struct {
	words []string // in lower case
	actor int
	// proper says that the name counts only with a capital: "US" is not "us".
	proper bool
}

// NewCast makes the cast of an article: of the names found in it, and of those that stand
// for or against its case. Longer names come first, so that the shorter ones find the
// actor they belong to.
func NewCast(article *corpus.Article, names []text.Entity) *Cast {
	c := &Cast{forms: map[string][]form{}}
	for _, list := range []struct {
		names []string
		side  Side
	}{{article.For, For}, {article.Against, Against}, {entityNames(names), Unknown}} {
		byLength := slices.Clone(list.names)
		slices.SortStableFunc(byLength, func(a, b string) int { return len(strings.Fields(b)) - len(strings.Fields(a)) })
		for _, name := range byLength {
			c.add(name, list.side)
		}
	}
	for _, list := range c.forms {
		slices.SortStableFunc(list, func(a, b form) int { return len(b.words) - len(a.words) })
	}
	return c
}

func entityNames(entities []text.Entity) []string {
	var names []string
	for _, e := range entities {
		names = append(names, e.Text)
	}
	return names
}

// shortest is the number of letters from which a name counts without its capital.
const shortest = 5

// add makes an actor of a name, or a variant where one actor has it already.
func (c *Cast) add(name string, side Side) {
	words := wordsOf(name)
	if len(words) == 0 || c.has(words) {
		return
	}
	name = strings.Join(strings.Fields(name), " ")
	owner := c.owner(words)
	if owner < 0 {
		owner = len(c.actors)
		c.actors = append(c.actors, Actor{Name: name, Side: side})
	} else {
		a := &c.actors[owner]
		if len(words) > len(wordsOf(a.Name)) {
			a.Name, name = name, a.Name
		}
		a.Variants = append(a.Variants, name)
		if a.Side == Unknown {
			a.Side = side
		}
	}
	proper := side == Unknown && len(words) == 1 && utf8.RuneCountInString(words[0]) < shortest
	c.forms[words[0]] = append(c.forms[words[0]], form{words, owner, proper})
}

func (c *Cast) has(words []string) bool {
	return slices.ContainsFunc(c.forms[words[0]], func(f form) bool { return slices.Equal(f.words, words) })
}

// owner is the only actor with a form that these words begin or end, or that begins
// or ends them; -1 if there is none or more than one.
func (c *Cast) owner(words []string) int {
	owner := -1
	for _, list := range c.forms {
		for _, f := range list {
			if f.actor == owner || !within(words, f.words) && !within(f.words, words) {
				continue
			}
			if owner >= 0 {
				return -1
			}
			owner = f.actor
		}
	}
	return owner
}

// within reports whether the longer name begins or ends with the shorter.
func within(short, long []string) bool {
	n := len(short)
	return n < len(long) && (slices.Equal(long[:n], short) || slices.Equal(long[len(long)-n:], short))
}

// wordsOf are the words and inner marks of a name as they stand in comments, in lower
// case, without an article before and a possessive after.
func wordsOf(name string) []string {
	tokens := text.Tokens(name)
	var words []string
	for i := range tokens {
		words = append(words, owner(&tokens[i]))
	}
	for len(words) > 0 && !letters(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for len(words) > 0 && (!letters(words[0]) || words[0] == "the" || words[0] == "a" || words[0] == "an") {
		words = words[1:]
	}
	return words
}

// letters reports whether a token begins with a letter or digit.
func letters(token string) bool {
	first, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(first) || unicode.IsDigit(first)
}
