package commentline

import (
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus/internal/scalar"
)

// token is a word, a number or a mark of a short line.
type token struct {
	start, end int    // bytes of line.clean
	word       string // folded
	class      byte   // what it can be in a time, see timeGrammar
}

// tokenPattern finds, in this order: a.m. and p.m.; ISO times; dates in figures; clock
// times; numbers; words. A capital after a small letter begins a new word, because saved
// pages glue neighbouring elements: "RubyMay 3".
var tokenPattern = Pattern(`(?i:\b[ap]\.\s?m\b\.?)|` +
	`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|` +
	`\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}\.\s?\d{1,2}\.?,? \d{4}|` +
	`\d{1,2}[:h]\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?:\s(?i:uhr|h|gmt|utc|bst|est|pst)\b)|\d+|` +
	`\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}+|\p{L}(?:[\p{Ll}\p{Lo}\p{M}'’])*|\S`)

// tokenize cuts a short clean line into tokens and classes them for times.
func tokenize(s string) []token {
	var tokens []token
	for _, at := range tokenPattern().FindAllStringIndex(s, -1) {
		word := Fold(s[at[0]:at[1]])
		tokens = append(tokens, token{start: at[0], end: at[1], word: word, class: timeClass(word)})
	}
	return joinTimes(s, tokens)
}

// joinTimes makes one token of the words that mean something in a time only together, such
// as "il y a" and "i går", and of a time of day with a point behind a word that announces
// one: "kl. 14.05".
func joinTimes(s string, tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		t, n := tokens[i], 1
		switch {
		case t.isMark():
		case t.class != 'N':
			n, t.class = joined(tokens[i:])
		case isPointedClock(tokens[i:]) && announcesClock(out):
			n, t.class = 3, 'C'
		}
		if n > 1 {
			t.end = tokens[i+n-1].end
			t.word = Fold(s[t.start:t.end])
		}
		out = append(out, t)
		i += n
	}
	return out
}

// joined returns how many of the first words mean something in a time only together, 1 if
// none do, and the class of what they are.
func joined(tokens []token) (n int, class byte) {
	const most = 3
	n, class = 1, tokens[0].class
	words := tokens[0].word
	for k := 1; k < min(most, len(tokens)) && !tokens[k].isMark() && !tokens[k].isNumber(); k++ {
		words += "-" + tokens[k].word
		if kind := scalar.KindOf(words); kind != 0 {
			n, class = k+1, classOf(words, kind)
		}
	}
	return n, class
}

// isPointedClock reports whether tokens begin as "14.05", without a blank within.
func isPointedClock(t []token) bool {
	return len(t) > 2 && t[1].word == "." && t[1].start == t[0].end && isMinute(t[2]) && t[2].start == t[1].end
}

// isMinute reports whether a token is two figures up to 59.
func isMinute(t token) bool { return t.class == 'N' && len(t.word) == 2 && t.word < "60" }

// announcesClock reports whether the last word of tokens is one before a time of day.
func announcesClock(tokens []token) bool {
	i := len(tokens) - 1
	if i > 0 && tokens[i].word == "." {
		i--
	}
	return i >= 0 && scalar.KindOf(tokens[i].word)&scalar.Clock != 0
}

// isMark reports whether the token is neither a word nor a number.
func (t *token) isMark() bool {
	r, _ := utf8.DecodeRuneInString(t.word)
	return !unicode.IsLetter(r) && !unicode.IsNumber(r)
}

func (t *token) isNumber() bool {
	return t.word[0] >= '0' && t.word[0] <= '9'
}
