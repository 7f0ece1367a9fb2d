package charset

import (
	"bufio"
	"bytes"
	"regexp"
	"unicode/utf8"

	xencoding "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
)

// sampleSize is the number of bytes by which a declared encoding is held against the
// text. The head of a page often has nothing but ASCII.
const sampleSize = 1 << 20

// metaCharset is a page's own word for its encoding.
var metaCharset = regexp.MustCompile(`(?i)<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// declared returns the encoding that a page states for itself, or that label names,
// and the input to read on from. It is nil for UTF-8, for none, and where the text is
// UTF-8 all the same, as in pages that a browser saved anew.
func declared(in *bufio.Reader, head []byte, label string) (xencoding.Encoding, string, *bufio.Reader) {
	if m := metaCharset.FindSubmatch(head); m != nil && looksMarkup(head) {
		label = string(m[1])
	}
	if label == "" {
		return nil, "", in
	}
	enc, err := htmlindex.Get(label)
	if err != nil || enc == xunicode.UTF8 || enc == xencoding.Replacement {
		return nil, "", in
	}
	name, err := htmlindex.Name(enc)
	if err != nil || enc == charmap.Windows1252 {
		return nil, "", in // what isn't UTF-8 is read so anyway
	}
	wide := bufio.NewReaderSize(in, sampleSize)
	sample, _ := wide.Peek(sampleSize)
	if isUTF8(sample) || bytes.HasPrefix([]byte(name), []byte("utf-16")) {
		return nil, "", wide
	}
	return enc, name, wide
}

// looksMarkup reports whether text begins with a tag.
func looksMarkup(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte("<"))
}

// isUTF8 reports whether a sample has characters beyond ASCII, and all of them in
// valid UTF-8. The end of the sample may cut one.
func isUTF8(sample []byte) bool {
	beyond := false
	for len(sample) > 0 {
		r, n := utf8.DecodeRune(sample)
		if r == utf8.RuneError && n == 1 {
			return beyond && len(sample) < utf8.UTFMax && !utf8.FullRune(sample)
		}
		beyond = beyond || n > 1
		sample = sample[n:]
	}
	return beyond
}
