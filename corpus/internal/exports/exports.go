// Package exports reads the threads that sites and programs give out as JSON or XML:
// the replies of their interfaces, saved, and the files of their exports.
//
// The saved forms are described in forms.toml (system.go says how): at which paths (path.go) the
// threads, the articles and the comments stand. What one of them needs beyond its description is in
// particulars.go. Feeds and text are read by functions of their own. What is common to all lies beside
// them:
//
//   - shape.go recognises a form by the names of the fields in the first 64 kB,
//     wherever the file came from and whatever it is called;
//   - read.go takes the values out of the file: a document, an array, lines, or elements
//     of XML;
//   - untaken.go keeps what nobody read, to say what of it looks like what comments lack;
//   - book.go gives the comments to package gather, which makes threads of them, and says at the end what was
//     not read.
//
// The rules are the same for all forms. A comment in the file is a comment of the
// thread, once. One that was taken away keeps its place and is marked Removed; a
// text that the export still has of it is left out. Comments that the file says there
// are but doesn't hold are counted in a warning. Markup becomes text by package
// markup. Addresses of e-mail and of computers are never read.
package exports

import (
	"io"
	"iter"

	"stance.example/stance/corpus"
)

// Options say how to read an export.
type Options struct {
	// MaxDocument is the size of the longest piece, in bytes, that is held as a whole:
	// a file that is one value, an element of an array, a line. 0 is DefaultMaxDocument.
	// A thread that takes more memory than that and MaxHeld is given out in parts.
	MaxDocument int
}

// DefaultMaxDocument is the length of the longest JSON value that is read, in bytes,
// unless more is asked for. Reading one takes up to four times as much memory.
const DefaultMaxDocument = 64 << 20

// Form is one saved form.
type Form struct {
	Name, Title string
	// Carries is what its files can tell of a thread, with commas between.
	Carries string
	reader
	shapes []shape // the file has any of them, where the reader doesn't tell
}

// reader recognises a form by the beginning of a file, and reads it.
type reader struct {
	detect func(head []byte) bool
	read   func(in *input) error
}

// Detect reports whether the text that begins with head, cut anywhere, has this form.
func (f Form) Detect(head []byte) bool {
	if f.detect != nil {
		return f.detect(head)
	}
	return fits(head, f.shapes)
}

// Read returns the threads of r, which must be UTF-8, in the order of their first
// comments. The name is for messages. The sequence can be ranged over once.
//
// It yields a thread and nil, or nil and a *corpus.Problem for a value that couldn't
// be read; any other error is of r and ends it.
func (f Form) Read(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	if o.MaxDocument == 0 {
		o.MaxDocument = DefaultMaxDocument
	}
	return func(yield func(*corpus.Thread, error) bool) {
		most := MaxHeld
		if o.MaxDocument > DefaultMaxDocument {
			most = o.MaxDocument
		}
		in := &input{name: name, r: r, max: o.MaxDocument, book: newBook(name, most, yield)}
		if err := f.read(in); err != nil {
			in.book.Give(nil, err)
			return
		}
		in.book.flush()
	}
}

// input is a file that is being read.
type input struct {
	name  string
	r     io.Reader
	max   int
	book  *book
	depth int // of the objects around the comments of a value, 0 for unknown
}
