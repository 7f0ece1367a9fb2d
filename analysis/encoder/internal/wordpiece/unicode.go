package wordpiece

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/rangetable"
)

// kind is what a character is to the scanner.
type kind uint8

const (
	part    kind = iota // of a word
	dropped             // as if it weren't there
	space
	alone // a word by itself
)

// unicode8 are the characters of Unicode 8, whose categories the encoders were trained
// with: what was added since is part of a word, be it a mark or punctuation.
var unicode8 = rangetable.Assigned("8.0.0")

// ideographs are set apart. The hole at U+2B820 is the reference's.
var ideographs = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x3400, Hi: 0x4dbf, Stride: 1}, {Lo: 0x4e00, Hi: 0x9fff, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x20000, Hi: 0x2a6df, Stride: 1}, {Lo: 0x2a700, Hi: 0x2b81f, Stride: 1}, {Lo: 0x2b920, Hi: 0x2ceaf, Stride: 1},
		{Lo: 0x2f800, Hi: 0x2fa1f, Stride: 1}},
}

// asciiKinds and asciiCase are what normalise would say of ASCII: its kind, and the bit
// that makes a capital small.
var asciiKinds, asciiCase = func() (kinds [utf8.RuneSelf]kind, bits [utf8.RuneSelf]rune) {
	for r := range rune(utf8.RuneSelf) {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			kinds[r] = space
		case unicode.IsControl(r):
			kinds[r] = dropped
		case unicode.IsPunct(r) || unicode.IsSymbol(r):
			kinds[r] = alone
		case unicode.IsUpper(r):
			bits[r] = 'a' - 'A'
		}
	}
	return kinds, bits
}()

// maxLetters is as many as a character decomposes into.
const maxLetters = 4

// normalise says what a character outside ASCII is and puts into letters the n
// characters that stand for it: decomposed (Unicode's form D), without non-spacing
// marks, in lower case. The canonical order of marks that stay is not restored: no
// vocabulary has such marks.
func normalise(letters *[maxLetters]rune, r rune) (what kind, n int) {
	switch {
	case r == utf8.RuneError, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) && unicode.Is(unicode8, r):
		return dropped, 0
	case unicode.IsSpace(r):
		return space, 0
	}
	var source [utf8.UTFMax]byte
	whole := source[:utf8.EncodeRune(source[:], r)]
	if d := norm.NFD.Properties(whole).Decomposition(); d != nil {
		whole = d
	}
	if syllable := r - 0xac00; syllable >= 0 && syllable < 19*21*28 { // Hangul, by the standard's arithmetic
		letters[0], letters[1], letters[2] = 0x1100+syllable/(21*28), 0x1161+syllable%(21*28)/28, 0x11a7+syllable%28
		if n = 3; letters[2] == 0x11a7 {
			n = 2
		}
		return part, n
	}
	for len(whole) > 0 && n < maxLetters {
		l, size := utf8.DecodeRune(whole)
		whole = whole[size:]
		if !isMark(l) {
			letters[n] = unicode.ToLower(l)
			n++
		}
	}
	switch {
	case n == 0:
		return dropped, 0
	case unicode.Is(ideographs, r), n == 1 && isPunctuation(letters[0]):
		return alone, n
	}
	return part, n
}

func isMark(r rune) bool { return unicode.Is(unicode.Mn, r) && unicode.Is(unicode8, r) }

func isPunctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiKinds[r] == alone
	}
	return unicode.IsPunct(r) && unicode.Is(unicode8, r)
}
