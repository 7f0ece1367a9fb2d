package sentiment

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance/analysis/text"
)

// reading is what was found at a token.
type reading struct {
	term     *term // nil if the token is unknown
	width    int   // the number of tokens it covers
	stressed bool  // written in capitals, or long drawn
}

// read reads the phrase or word at tokens[0], whose lexeme it is.
func (x *lexeme) read(v *voice, tokens []text.Token) reading {
	if x.term == nil {
		return x.form
	}
	r := reading{term: x.term, width: 1}
	for i := range x.term.phrases {
		if p := &x.term.phrases[i]; p.begins(tokens) {
			r.term, r.width = p.term, 1+len(p.rest)
			if p.term.joint == boundary {
				r.width = 1 // the "I" of "and I" may begin a phrase of its own
			}
			break
		}
	}
	r.stressed = r.term.weight != 0 && v.stresses(tokens[0].Text)
	return r
}

// begins reports whether tokens, whose first is the phrase's first word, begin
// with the phrase.
func (p *phrase) begins(tokens []text.Token) bool {
	if len(tokens) <= len(p.rest) {
		return false
	}
	for i, word := range p.rest {
		if tokens[i+1].Lower != word || p.tight && tokens[i+1].Start != tokens[i].End {
			return false
		}
	}
	return true
}

// readForm looks up a word as readers write it: with emphasis marks around it, as
// a hashtag, drawn out, or with emoji.
func (l *Lexicon) readForm(lower string) reading {
	if word := strings.Trim(lower, "*_~#'‘"); word != lower && word != "" {
		if t := l.terms[word]; t != nil {
			return reading{term: t, width: 1, stressed: lower[0] == '*' || lower[0] == '_'}
		}
		lower = word
	}
	if t := l.drawn(lower); t != nil {
		return reading{term: t, width: 1, stressed: true}
	}
	return l.readEmoji(lower)
}

// drawn looks up a word after its letters repeated three times or more were cut
// to two and then to one: "gooood", "loooove".
func (l *Lexicon) drawn(word string) *term {
	var buf [48]byte
	if len(word) > len(buf) {
		return nil
	}
	for keep := 2; keep >= 1; keep-- {
		short := shorten(buf[:0], word, keep)
		if len(short) == len(word) {
			return nil
		}
		if t := l.terms[string(short)]; t != nil {
			return t
		}
	}
	return nil
}

// shorten appends word to dst with every run of three or more of one letter cut
// to keep.
func shorten(dst []byte, word string, keep int) []byte {
	for i := 0; i < len(word); {
		n := 1
		for i+n < len(word) && word[i+n] == word[i] {
			n++
		}
		cut := n
		if n >= 3 && 'a' <= word[i] && word[i] <= 'z' {
			cut = keep
		}
		dst = append(dst, word[i:i+cut]...)
		i += n
	}
	return dst
}

// readEmoji returns the emoji of a token that weighs most. The same one again is
// stress, not another feeling.
func (l *Lexicon) readEmoji(token string) reading {
	var r reading
	for i, c := range token {
		if c < utf8.RuneSelf {
			continue
		}
		t := l.emoji[c]
		if t == nil {
			continue
		}
		if r.term == nil || math.Abs(t.weight) > math.Abs(r.term.weight) {
			r.term, r.width = t, 1
			r.stressed = strings.ContainsRune(token[i+utf8.RuneLen(c):], c)
		}
	}
	return r
}

// inCapitals reports whether a word has two letters or more and all of them are
// capitals.
func inCapitals(word string) bool {
	n := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// voice tells capitals that stress a word from a text that is all in capitals,
// which stresses none. It looks through the text at the first capitals only.
type voice struct {
	tokens           []text.Token
	judged, shouting bool
}

func (v *voice) stresses(word string) bool {
	if !inCapitals(word) {
		return false
	}
	if !v.judged {
		v.judged, v.shouting = true, shouted(v.tokens)
	}
	return !v.shouting
}

// shouted reports whether most words are in capitals.
func shouted(tokens []text.Token) bool {
	loud, words := 0, 0
	for i := range tokens {
		switch word := tokens[i].Text; {
		case inCapitals(word):
			loud++
			words++
		case strings.ContainsFunc(word, unicode.IsLower):
			words++
		}
	}
	return 2*loud > words
}
