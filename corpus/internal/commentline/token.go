package commentline

import (
	"unicode"

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
		case t.class == 'N':
			if i+2 < len(tokens) && tokens[i+1].word == "." && tokens[i+1].start == t.end && isMinute(tokens[i+2]) && tokens[i+2].start == tokens[i+1].end && announcesClock(out) {
				t.class, n = 'C', 3
			}
		default:
			joined := t.word
			for k := i + 1; k < min(i+3, len(tokens)) && !tokens[k].isMark() && !tokens[k].isNumber(); k++ {
				joined += "-" + tokens[k].word
				if kind := scalar.KindOf(joined); kind != 0 {
					t.class, n = classOf(joined, kind), k-i+1
				}
			}
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
	for _, r := range t.word {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}
	return true
}

func (t *token) isNumber() bool {
	return t.word[0] >= '0' && t.word[0] <= '9'
}
