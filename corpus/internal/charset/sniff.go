package charset

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	xencoding "golang.org/x/text/encoding"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// encoding is how the bytes of an input are to be read.
type encoding struct {
	// name is what to call it in a message.
	name string
	// wide is the decoder to UTF-8, nil for UTF-8 itself.
	wide xencoding.Encoding
	// declared is the name of an encoding that the text itself states, else "".
	declared string
	// told is the name of one that the words of the text tell, else "".
	told string
	// mark is the length of the byte order mark, in bytes.
	mark int
}

// marks lists the byte order marks; a longer one stands before its own prefix.
var marks = []struct {
	bytes string
	encoding
}{
	{"\xef\xbb\xbf", encoding{name: "UTF-8"}},
	{"\xff\xfe\x00\x00", encoding{name: "UTF-32 little-endian", wide: utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}},
	{"\x00\x00\xfe\xff", encoding{name: "UTF-32 big-endian", wide: utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}},
	{"\xff\xfe", utf16LE},
	{"\xfe\xff", utf16BE},
}

var (
	utf16LE = encoding{name: "UTF-16 little-endian", wide: xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)}
	utf16BE = encoding{name: "UTF-16 big-endian", wide: xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)}
)

// sniff tells the encoding from the first bytes of the input.
func sniff(head []byte) encoding {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			m.mark = len(m.bytes)
			return m.encoding
		}
	}
	switch {
	case looksUTF16(head, 1):
		return utf16LE
	case looksUTF16(head, 0):
		return utf16BE
	}
	return encoding{name: "UTF-8"}
}

// guessed reports whether the encoding was inferred without a byte order mark.
func (e encoding) guessed() bool { return e.wide != nil && e.mark == 0 && e.declared == "" }

// remark says how the encoding was inferred, "" if it wasn't.
func (e encoding) remark() string {
	switch {
	case e.told != "":
		return "not UTF-8: read as " + e.told + ", in which its words are such"
	case e.guessed():
		return "no byte order mark: read as " + e.name
	}
	return ""
}

// decoder returns the transformer to UTF-8, which may let invalid UTF-8 through
// if the input claims to be UTF-8.
func (e encoding) decoder() transform.Transformer {
	if e.wide == nil {
		return transform.Nop
	}
	return e.wide.NewDecoder()
}

func (e encoding) decoded(r io.Reader) io.Reader {
	if e.wide == nil {
		return r
	}
	return transform.NewReader(r, e.wide.NewDecoder())
}

// looksUTF16 reports whether head is UTF-16 text whose high bytes are the even
// (0) or the odd (1) ones. Zero high bytes alone are no proof, since a text with
// one stray zero byte has them too: they must make up one unit in twenty, which
// the spaces and line ends of any alphabetic script do, and the text must decode
// to characters that texts are made of.
func looksUTF16(head []byte, high int) bool {
	var units []uint16
	zeros := 0
	for i := 0; i+1 < len(head); i += 2 {
		h, l := head[i+high], head[i+1-high]
		if h == 0 {
			zeros++
		}
		units = append(units, uint16(h)<<8|uint16(l))
	}
	if zeros == 0 || zeros*20 < len(units) {
		return false
	}
	// The head may end within a surrogate pair.
	if last := len(units) - 1; utf16.IsSurrogate(rune(units[last])) {
		units = units[:last]
	}
	for _, r := range utf16.Decode(units) {
		if r == utf8.RuneError || isBinary(r) || !unicode.IsGraphic(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
	}
	return true
}

// isBinary reports whether r is a control character that texts don't hold.
func isBinary(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', '\b', '\x1b':
		return false
	}
	return r < ' ' || r == 0x7f
}
