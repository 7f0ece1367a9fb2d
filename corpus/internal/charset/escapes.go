package charset

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// Facebook and Instagram write the JSON of their downloads with each byte of UTF-8 as an escape
// of its own: "\u00c3\u00a5" for "å". Read as it stands that is two characters of Latin 1.

// escapeLength is the length of an escape, "\u00c3".
const escapeLength = 6

// isJSON reports whether a text that begins with head may be JSON.
func isJSON(head []byte) bool {
	head = bytes.TrimSpace(head)
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// escaped passes what begins with a backslash in JSON. A character whose bytes are escaped each
// is written as it is, and anything else is copied.
func (f *repair) escaped(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	if len(src) < utf8.UTFMax*escapeLength && !atEOF {
		return 0, 0, transform.ErrShortSrc
	}
	if r, n := joined(src); n > 0 {
		if len(dst) < utf8.UTFMax {
			return 0, 0, transform.ErrShortDst
		}
		f.pass(r, escapes)
		return utf8.EncodeRune(dst, r), n, nil
	}
	n := min(2, len(src)) // a second backslash is no beginning of another escape
	if len(src) > 1 && src[1] >= utf8.RuneSelf {
		n = 1
	}
	if len(dst) < n {
		return 0, 0, transform.ErrShortDst
	}
	f.passPlain(src[:n])
	return copy(dst, src[:n]), n, nil
}

// joined returns the character whose bytes src begins with as escapes, and their length, 0 if
// there is none.
func joined(src []byte) (rune, int) {
	var bytes []byte
	for len(bytes) < utf8.UTFMax && len(src) >= escapeLength && src[0] == '\\' && src[1] == 'u' {
		value, err := strconv.ParseUint(string(src[2:escapeLength]), 16, 16)
		if err != nil || value < utf8.RuneSelf || value > 0xff {
			break
		}
		bytes = append(bytes, byte(value))
		src = src[escapeLength:]
	}
	r, n := utf8.DecodeRune(bytes)
	if n < 2 || r == utf8.RuneError {
		return 0, 0
	}
	return r, n * escapeLength
}
