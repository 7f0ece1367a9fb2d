package charset

import (
	"bytes"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// repair is a transformer from what should be UTF-8 to what is. It counts what it
// found on the way.
type repair struct {
	lines int  // line ends passed
	prev  rune // the character before, 0 after an ASCII one
	ink   bool // a visible character was seen
	json  bool // the text may hold escapes of JSON
	found [numFindings]tally
}

// tally counts the occurrences of one finding.
type tally struct {
	count int
	line  int // of the first, from 1
}

var _ transform.Transformer = (*repair)(nil)

// Reset makes the transformer ready for another text.
func (f *repair) Reset() { *f = repair{json: f.json} }

// Transform is the method of transform.Transformer.
func (f *repair) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if f.json && src[nSrc] == '\\' {
			n, m, err := f.escaped(dst[nDst:], src[nSrc:], atEOF)
			if nDst, nSrc = nDst+n, nSrc+m; err != nil {
				return nDst, nSrc, err
			}
			continue
		}
		if n := f.plainRun(src[nSrc:]); n > 0 {
			n = copy(dst[nDst:], src[nSrc:nSrc+n])
			if n == 0 {
				return nDst, nSrc, transform.ErrShortDst
			}
			f.passPlain(dst[nDst : nDst+n])
			nDst, nSrc = nDst+n, nSrc+n
			continue
		}
		r, size, what := decode(src[nSrc:], atEOF)
		if size == 0 {
			return nDst, nSrc, transform.ErrShortSrc
		}
		if utf8.RuneLen(r) > len(dst)-nDst {
			return nDst, nSrc, transform.ErrShortDst
		}
		f.pass(r, what)
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// plainRun returns the length of the run of ASCII other than NUL that b begins with, and, in
// JSON, other than backslashes.
func (f *repair) plainRun(b []byte) int {
	if f.json {
		if i := bytes.IndexByte(b, '\\'); i >= 0 {
			b = b[:i]
		}
	}
	for i, c := range b {
		if c-1 >= utf8.RuneSelf-1 {
			return i
		}
	}
	return len(b)
}

// passPlain notes a run of ASCII.
func (f *repair) passPlain(run []byte) {
	f.lines += bytes.Count(run, []byte{'\n'})
	f.prev = 0
	if !f.ink {
		f.ink = len(bytes.TrimSpace(run)) > 0
	}
}

// pass notes one other character and how it was decoded.
func (f *repair) pass(r rune, what finding) {
	f.note(what)
	if looksMisread(f.prev, r) {
		f.note(mojibake)
	}
	f.prev = r
	if !f.ink {
		f.ink = !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
	}
}

func (f *repair) note(what finding) {
	if what == sound {
		return
	}
	t := &f.found[what]
	if t.count++; t.count == 1 {
		t.line = f.lines + 1
	}
}

// decode returns the first character of src, the number of its bytes and what
// was found there. The number is 0 if more bytes are needed to tell.
func decode(src []byte, atEOF bool) (rune, int, finding) {
	if src[0] == 0 {
		return utf8.RuneError, 1, zeroByte
	}
	r, size := utf8.DecodeRune(src)
	switch {
	case r == utf8.RuneError && size == 3:
		return r, size, damaged
	case size > 1:
		return r, size, sound
	case !atEOF && (!utf8.FullRune(src) || src[0] == surrogateLead && len(src) < 6):
		return 0, 0, sound
	}
	if high := surrogate(src); high != 0 {
		if low := surrogate(src[3:]); low != 0 {
			if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
				return r, 6, cesu8
			}
		}
		return utf8.RuneError, 3, damaged
	}
	if r := charmap.Windows1252.DecodeByte(src[0]); r != utf8.RuneError {
		return r, 1, windows1252
	}
	return utf8.RuneError, 1, damaged
}

// surrogateLead is the first of the three bytes of an encoded surrogate.
const surrogateLead = 0xed

// surrogate returns the surrogate that src begins with in three bytes, or 0.
func surrogate(src []byte) rune {
	if len(src) < 3 || src[0] != surrogateLead || src[1]&0xe0 != 0xa0 || src[2]&0xc0 != 0x80 {
		return 0
	}
	return 0xd000 | rune(src[1]&0x3f)<<6 | rune(src[2]&0x3f)
}

// looksMisread reports whether two characters look like the first two bytes of a
// UTF-8 character read as Windows-1252: those of a curly quote or dash, of an
// emoji, or of an accented letter. Each is rare in text that is as it was written.
func looksMisread(prev, r rune) bool {
	switch prev {
	case 'â':
		return r == '€'
	case 'ð':
		return r == 'Ÿ'
	case 'Ã', 'Â':
		return 0xa0 <= r && r <= 0xbf
	}
	return false
}
