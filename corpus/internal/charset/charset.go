// Package charset turns the bytes of a saved thread into valid UTF-8 text, as a
// stream in bounded memory.
//
// The steps are:
//
//  1. The first bytes are looked at. An empty input and a binary one (an image,
//     an archive, a program) are refused with what they look like.
//  2. A byte order mark decides between UTF-8, UTF-16 and UTF-32 and is taken
//     off. Without one, UTF-16 is recognised by the zero bytes of its spaces and
//     line ends.
//  3. What the caller names is the encoding. A page that states another one than UTF-8 is read in that, unless its text
//     is valid UTF-8. A text whose words are wholly beyond ASCII and no UTF-8 is read in the one encoding of Cyrillic,
//     Greek or Hebrew that makes words of them, and refused if none does or several do.
//     Everything else is read as UTF-8. A byte that isn't part of valid UTF-8 is
//     read as Windows-1252, one byte at a time, which also rescues files in which
//     both occur. A pair of surrogates encoded as six bytes (CESU-8, written by
//     some database exports for emoji) becomes the character it stands for.
//     In JSON a character whose bytes are escaped each (Facebook's downloads) is joined.
//  4. What can't be decoded becomes U+FFFD, and so does a zero byte inside
//     otherwise plain text: it keeps its place and stays visible, as in HTML.
//
// Valid UTF-8 without a byte order mark or zero bytes passes unchanged, line ends
// included. Text that somebody else decoded wrongly before (mojibake, such as two
// odd signs in place of every apostrophe) is reported and left as it is: undoing
// it is a guess about what was written.
//
// What was assumed is told by [Reader.Problems].
package charset

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"stance.example/stance/corpus"
)

// headSize is the number of bytes looked at before decoding begins.
const headSize = 4 << 10

// Reader reads valid UTF-8. Make one with NewReader.
type Reader struct {
	name  string
	text  io.Reader
	fix   *repair
	how   encoding
	ended bool
	told  [numFindings]bool // by Problems; sound stands for the encoding itself
}

// NewReader returns a reader of the text in r. The name is for messages.
//
// An input that is empty or binary is an error of type *corpus.Problem; any
// other error comes from r.
func NewReader(name string, r io.Reader) (*Reader, error) { return newReader(name, r, "", false) }

// NewReaderLabel is NewReader for an input whose encoding is named beside it, as by a
// server. What the text itself states goes before it; "" names none.
func NewReaderLabel(name string, r io.Reader, label string) (*Reader, error) {
	return newReader(name, r, label, false)
}

// NewReaderIn is NewReader for an input of an encoding that somebody knows, whatever the text looks like; "" names none.
func NewReaderIn(name string, r io.Reader, label string) (*Reader, error) {
	return newReader(name, r, label, label != "")
}

func newReader(name string, r io.Reader, label string, sure bool) (*Reader, error) {
	in := bufio.NewReaderSize(r, headSize)
	head, err := in.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	how := sniff(head)
	if what := how.refusal(head); what != "" {
		return nil, refuse(name, what, corpus.Unsupported)
	}
	switch {
	case sure:
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("unknown encoding %q", label)
		}
		how.wide, how.declared = enc, label
	case how.wide == nil && how.mark == 0:
		how.wide, how.declared, in = declared(in, head, label)
	}
	if how.wide == nil && how.mark == 0 {
		sample, _ := in.Peek(in.Size())
		clear := true
		if how.wide, how.told, clear = alphabetOf(sample); !clear {
			return nil, refuse(name, "isn't UTF-8, and which encoding its words are of can't be told: --encoding names it, such as "+
				"windows-1251, koi8-r, iso-8859-8, gbk or shift_jis", corpus.Unsupported)
		}
	}
	// Peeked bytes can always be discarded.
	_, _ = in.Discard(how.mark)
	cr := &Reader{name: name, fix: &repair{json: isJSON(head[how.mark:])}, how: how}
	cr.text = transform.NewReader(how.decoded(in), cr.fix)
	if len(head) < headSize && blank(how, head) {
		return nil, refuse(name, empty, corpus.Empty)
	}
	return cr, nil
}

// Read reads text. The bytes read so far, taken together, are valid UTF-8 except
// that the last character may be cut by the end of p.
//
// An input that turns out to hold nothing but white space ends with an error of
// type *corpus.Problem in place of io.EOF.
func (r *Reader) Read(p []byte) (int, error) {
	n, err := r.text.Read(p)
	if err == io.EOF {
		r.ended = true
		if !r.fix.ink {
			return n, refuse(r.name, empty, corpus.Empty)
		}
	}
	return n, err
}

const empty = "is empty"

func refuse(name, message string, kind corpus.Kind) *corpus.Problem {
	return &corpus.Problem{File: name, Level: corpus.Failure, Kind: kind, Message: message}
}

// blank reports whether the whole input, head, holds no visible character.
func blank(how encoding, head []byte) bool {
	fix := new(repair)
	out, _, err := transform.Bytes(transform.Chain(how.decoder(), fix), head[how.mark:])
	return err == nil && (len(out) == 0 || !fix.ink)
}
