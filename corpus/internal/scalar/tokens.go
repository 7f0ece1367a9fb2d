package scalar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a number, a word in lower case, or a mark.
type token struct {
	text   string
	number int // of digits
	class  class
	glued  bool // nothing stands between it and the token before
	senses []sense
}

type class uint8

const (
	mark class = iota
	digits
	word
)

// The longest cell that can be a time.
const (
	maxBytes  = 120
	maxTokens = 40
)

// tokenize cuts a cell into tokens. It returns false if it can't be a time: it is too
// long, or has a word or a mark that times don't have.
func tokenize(s string) ([]token, bool) {
	if len(s) > maxBytes {
		return nil, false
	}
	s = strings.ToLower(s)
	tokens := make([]token, 0, 12)
	glued := false
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) || r == '\u200e' || r == '\u200f' {
			s, glued = s[size:], false
			continue
		}
		t := token{glued: glued}
		n := 0
		switch {
		case r >= '0' && r <= '9':
			n, t.class = leading(s, func(r rune) bool { return r >= '0' && r <= '9' }), digits
			for _, c := range s[:min(n, 9)] {
				t.number = t.number*10 + int(c-'0')
			}
		case strings.ContainsRune(marks, r):
			n = size
		case unicode.IsLetter(r):
			n, t.class = leading(s, func(r rune) bool {
				return unicode.IsLetter(r) && !strings.ContainsRune(marks, r) || unicode.IsMark(r) || r == '\'' || r == '’'
			}), word
		default:
			return nil, false
		}
		t.text, s, glued = s[:n], s[n:], true
		if tokens = append(tokens, t); len(tokens) > maxTokens {
			return nil, false
		}
	}
	return phrases(tokens)
}

// marks are the characters between the words of times.
const marks = "+,.·•|-–—−()/@:[]#~«»年月日"

// leading returns the length of the runes at the start of s that are in a set.
func leading(s string, in func(rune) bool) int {
	for i, r := range s {
		if !in(r) {
			return i
		}
	}
	return len(s)
}

// phrases gives the words their senses and joins those that mean something together. It
// returns false if one means nothing.
func phrases(tokens []token) ([]token, bool) {
	known := vocabulary()
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.class != word {
			out = append(out, t)
			continue
		}
		if half, n := halfDay(tokens[i:]); n > 0 {
			t.text, t.senses = half, known[half]
			out, i = append(out, t), i+n-1
			continue
		}
		t.text = strings.ReplaceAll(t.text, "’", "'")
		n, joined := 1, t.text
		t.senses = known[t.text]
		for k := i + 1; k < min(i+3, len(tokens)) && tokens[k].class != digits; k++ {
			if tokens[k].class == mark {
				if tokens[k].text == "-" && tokens[k].glued {
					continue
				}
				break
			}
			joined += "-" + strings.ReplaceAll(tokens[k].text, "’", "'")
			if senses := known[joined]; senses != nil {
				n, t.senses = k-i+1, senses
			}
		}
		if t.senses == nil && t.text != "t" {
			return nil, false
		}
		out, i = append(out, t), i+n-1
	}
	return out, true
}

// halfDay reads "a.m." and "p. m." at the start of tokens, and returns their number.
func halfDay(tokens []token) (string, int) {
	if len(tokens) < 3 || tokens[0].text != "a" && tokens[0].text != "p" || tokens[1].text != "." || tokens[2].text != "m" {
		return "", 0
	}
	n := 3
	if len(tokens) > n && tokens[n].text == "." && tokens[n].glued {
		n++
	}
	return tokens[0].text + "m", n
}

// languages returns the bits of the languages that have all the words.
func languages(tokens []token) uint32 {
	all := ^uint32(0)
	for i := range tokens {
		if tokens[i].class != word || len(tokens[i].senses) == 0 {
			continue
		}
		var in uint32
		for _, s := range tokens[i].senses {
			if s.lang == everyLanguage {
				in = ^uint32(0)
			} else {
				in |= 1 << s.lang
			}
		}
		all &= in
	}
	return all
}

// sense returns what the token means in a language, or in any if that is everyLanguage.
func (t *token) sense(lang int, kind Kind) (sense, bool) {
	for _, s := range t.senses {
		if s.kind&kind != 0 && (lang == everyLanguage || s.lang == everyLanguage || int(s.lang) == lang) {
			return s, true
		}
	}
	return sense{}, false
}
