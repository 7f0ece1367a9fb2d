package plaintext

import (
	"regexp"
	"unicode"
)

// token is a word, a number or a mark of a short line.
type token struct {
	start, end int    // bytes of line.clean
	word       string // folded
	class      byte   // what it can be in a time, see timeGrammar
}

// tokenPattern finds, in this order: a.m. and p.m.; "il y a"; ISO times;
// dates in figures; clock times; numbers; words. A capital after a small letter begins
// a new word, because saved pages glue neighbouring elements: "RubyMay 3".
var tokenPattern = regexp.MustCompile(`(?i:\b[ap]\.\s?m\b\.?)|(?i:\bil y a\b)|(?i:\bà l['’]instant\b)|` +
	`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|` +
	`\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}\.\s?\d{1,2}\.?,? \d{4}|` +
	`\d{1,2}[:h]\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?:\s(?i:uhr|h|gmt|utc|bst|est|pst)\b)|\d+|` +
	`\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}+|\p{L}(?:[\p{Ll}\p{Lo}\p{M}'’])*|\S`)

// tokenize cuts a short clean line into tokens and classes them for times.
func tokenize(s string) []token {
	var tokens []token
	for _, at := range tokenPattern.FindAllStringIndex(s, -1) {
		word := fold(s[at[0]:at[1]])
		tokens = append(tokens, token{start: at[0], end: at[1], word: word, class: timeClass(word)})
	}
	return tokens
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
