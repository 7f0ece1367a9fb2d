package wordpiece

import (
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis/text"
)

// maxWord is the number of characters that a word may have and still be cut into pieces.
const maxWord = 100

// word is what the scanner found last: letters, digits and symbols that stand together,
// or one punctuation mark or ideograph; without accents and in lower case.
type word struct {
	start, end int // in the source
	// joined is set on an apostrophe between letters and on the word behind it.
	joined bool
	chars  int // may be more than maxWord; only that many are kept
	text   [maxWord * utf8.UTFMax]byte
	ends   [maxWord + 1]uint16 // character k is text[ends[k]:ends[k+1]]
	spans  [maxWord]text.Span  // of each character in the source
}

func (w *word) add(r rune, start, end int) {
	if w.chars == 0 {
		w.start = start
	}
	w.end = end
	if w.chars < maxWord {
		at := int(w.ends[w.chars])
		if r < utf8.RuneSelf {
			w.text[at] = byte(r)
			at++
		} else {
			at += utf8.EncodeRune(w.text[at:], r)
		}
		w.ends[w.chars+1] = uint16(at)
		w.spans[w.chars] = text.Span{Start: start, End: end}
	}
	w.chars++
}

// scanner takes words out of a text, one after the other.
type scanner struct {
	src  string
	at   int
	word word
}

// next reads the next word into s.word and reports whether there was one.
func (s *scanner) next() bool {
	w := &s.word
	behind := -1 // where a word begins that an apostrophe joins to the one before
	if w.joined && isApostrophe(s.src[w.start:w.end]) {
		behind = w.end
	}
	if !s.read() {
		return false
	}
	w.joined = w.start == behind
	if isApostrophe(s.src[w.start:w.end]) {
		before, _ := utf8.DecodeLastRuneInString(s.src[:w.start])
		after, _ := utf8.DecodeRuneInString(s.src[w.end:])
		w.joined = unicode.In(before, unicode.L, unicode.M) && unicode.IsLetter(after)
	}
	return true
}

func isApostrophe(s string) bool { return s == "'" || s == "’" }

func (s *scanner) read() bool {
	w := &s.word
	w.chars = 0
	var letters [maxLetters]rune
	for s.at < len(s.src) {
		start := s.at
		b := s.src[start]
		if b < utf8.RuneSelf && asciiKinds[b] == part {
			w.add(rune(b)|asciiCase[b], start, start+1)
			s.at++
			continue
		}
		what, n, size := alone, 1, 1
		if b < utf8.RuneSelf {
			what, letters[0] = asciiKinds[b], rune(b)
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(s.src[start:])
			what, n = normalise(&letters, r)
		}
		if (what == space || what == alone) && w.chars > 0 {
			return true
		}
		s.at += size
		if what == alone || what == part {
			for _, l := range letters[:n] {
				w.add(l, start, s.at)
			}
		}
		if what == alone {
			return true
		}
	}
	return w.chars > 0
}
