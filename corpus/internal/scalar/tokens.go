package scalar

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Token is a word, a number or a mark of a line or a cell. A date in figures, a time of day
// and words that mean something in a time only together, such as "il y a", are one.
type Token struct {
	Start, End int    // bytes of what was cut
	Word       string // folded
	class      byte   // what it can be in a time of any language, see grammar.go
	senses     []sense
}

// tokenPattern finds, in this order: a.m. and p.m.; dates in figures; times of day with
// their offset; zones with theirs; numbers; words. A capital after a small letter begins a
// new word, because saved pages glue neighbouring elements: "RubyMay 3".
var tokenPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i:\b[ap]\.\s?m\b\.?)|` +
		`\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}|\d{1,2}(?:-\d{1,2}-|/\d{1,2}/|\.\s?\d{1,2}\.\s?)(?:\d{4}|\d{2})|\d{1,2}\.\s?\d{1,2},? \d{4}|` +
		`(?:\d{4}年)?\d{1,2}月\d{1,2}日|` +
		`\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,:]\d{1,9})?)?(?: ?[+−-]\d{2}:?\d{2}|[+−-]\d{2}\b)?|` +
		`(?i:\b(?:gmt|utc))[+−-]\d{1,2}(?::?\d{2})?|\d+|` +
		`\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}+|\p{L}(?:[\p{Ll}\p{Lo}\p{M}'’])*|\S`)
})

// Tokens cuts a short line whose blanks are single spaces.
func Tokens(s string) []Token {
	known := vocabulary()
	var tokens []Token
	for _, at := range tokenPattern().FindAllStringIndex(s, -1) {
		word := Fold(s[at[0]:at[1]])
		senses := known[undotted.Replace(word)]
		tokens = append(tokens, Token{at[0], at[1], word, classOf(word, senses), senses})
	}
	return join(s, tokens)
}

// undotted makes "am" of "a. m.".
var undotted = strings.NewReplacer(".", "", " ", "")

// join makes one token of those that mean something in a time only together.
func join(s string, tokens []Token) []Token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		t, n := tokens[i], 1
		switch {
		case t.Word == "t" && i > 0 && tokens[i-1].class == 'D' && tokens[i-1].End == t.Start:
			t.class, t.senses = 'c', nil // "2024-05-01T10:00"
		case t.class == 'n' && isPointedClock(out, tokens[i:]):
			n, t.class = 3, 'C'
		case !t.IsMark() && !t.IsNumber():
			n = t.joinPhrase(tokens[i:])
		}
		if n > 1 {
			t.End = tokens[i+n-1].End
			t.Word = Fold(s[t.Start:t.End])
		}
		out = append(out, t)
		i += n
	}
	return out
}

// joinPhrase gives the token what the longest phrase at the start of tokens means, and
// returns the length of the phrase.
func (t *Token) joinPhrase(tokens []Token) int {
	const most = 3
	known, n, words := vocabulary(), 1, t.Word
	for k := 1; k < min(most, len(tokens)) && !tokens[k].IsNumber(); k++ {
		if tokens[k].IsMark() {
			if tokens[k].Word == "-" && tokens[k].Start == tokens[k-1].End {
				continue
			}
			break
		}
		words += "-" + tokens[k].Word
		if senses := known[words]; senses != nil {
			n, t.senses, t.class = k+1, senses, classOf(words, senses)
		}
	}
	return n
}

// isPointedClock reports whether tokens begin as "14.05", without a blank within, and the
// neighbours say that it is a time of day.
func isPointedClock(before, t []Token) bool {
	if len(t) < 3 || t[1].Word != "." || t[1].Start != t[0].End || t[2].class != 'n' || len(t[2].Word) != 2 || t[2].Word > "59" || t[2].Start != t[1].End {
		return false
	}
	if len(t) > 3 && strings.IndexByte("huZ", t[3].class) >= 0 {
		return true
	}
	for _, b := range slices.Backward(before) {
		if !b.IsMark() {
			return strings.IndexByte("DYMm", b.class) >= 0 || slices.ContainsFunc(b.senses, func(s sense) bool { return s.kind == Clock })
		}
	}
	return false
}

// IsMark reports whether the token is neither a word nor a number.
func (t *Token) IsMark() bool {
	r, _ := utf8.DecodeRuneInString(t.Word)
	return !unicode.IsLetter(r) && !unicode.IsNumber(r)
}

// IsNumber reports whether the token begins with a digit.
func (t *Token) IsNumber() bool { return isDigit(t.Word[0]) }

// IsDigits reports whether the token is digits only.
func (t *Token) IsDigits() bool { return strings.IndexByte("nYN", t.class) >= 0 }

// sense returns what the token means in a language, or in any if that is everyLanguage.
func (t *Token) sense(lang int, kind Kind) (sense, bool) {
	for _, s := range t.senses {
		if s.kind&kind != 0 && s.in(lang) {
			return s, true
		}
	}
	return sense{}, false
}

// Fold returns text in lower case with plain apostrophes and colons.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '´', '`':
			return '\''
		case '：':
			return ':'
		}
		return unicode.ToLower(r)
	}, s)
}
