// Package archive reads the files of zip and tar archives, the latter gzipped or
// not, one after the other and without unpacking them to disk.
//
// Archives are hostile: a few kilobytes can unfold to petabytes. [Limits] bound how
// many files are read, how large they get together, and how many times larger than
// the archive. What goes beyond ends the archive with a *corpus.Problem.
package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"

	"stance.example/stance/corpus"
)

// Limits bound what an archive may unfold to.
type Limits struct {
	Files int   // regular files
	Bytes int64 // of all files together
	Ratio int64 // times the size of the archive; less than Slack bytes are always allowed
	Slack int64
}

// DefaultLimits are far above what saved threads come to: text shrinks to a fifth or,
// with much repetition, a fiftieth; a bomb of one layer to a thousandth.
func DefaultLimits() Limits {
	return Limits{Files: 1_000_000, Bytes: 256 << 30, Ratio: 200, Slack: 64 << 20}
}

// File is a regular file of an archive.
type File struct {
	Name   string // as the archive has it; hostile
	Reader io.Reader
}

// The kinds of archive, by their first bytes.
var (
	zipStart  = []byte("PK\x03\x04")
	zipEmpty  = []byte("PK\x05\x06")
	gzipStart = []byte("\x1f\x8b")
	tarMagic  = []byte("ustar")
)

const tarMagicAt = 257

// Read returns the files of an archive of that size in the order of the archive. It
// reports false if r is none; a gzipped file that is no tar is none. The File must
// be used before the next one is asked for; what is left of it is skipped. The
// sequence yields
//
//   - a file and nil, or
//   - a zero File and a *corpus.Problem: the archive is damaged, or asks for more
//     than the limits allow, and ends here.
//
// Reading a File fails with such a problem too. The name is for messages.
func Read(name string, r io.ReaderAt, size int64, limits Limits) (iter.Seq2[File, error], bool) {
	head := make([]byte, tarMagicAt+len(tarMagic))
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	a := &reader{name: name, limits: limits, allowed: min(limits.Bytes, max(limits.Slack, limits.Ratio*size))}
	whole := io.NewSectionReader(r, 0, size)
	switch {
	case bytes.HasPrefix(head, zipStart), bytes.HasPrefix(head, zipEmpty):
		return a.zip(r, size), true
	case isTar(head):
		return a.tar(whole), true
	case bytes.HasPrefix(head, gzipStart) && gzipsTar(r, size):
		return a.gzippedTar(whole), true
	}
	return nil, false
}

func isTar(head []byte) bool {
	return len(head) >= tarMagicAt+len(tarMagic) && bytes.Equal(head[tarMagicAt:tarMagicAt+len(tarMagic)], tarMagic)
}

// gzipsTar looks at the beginning of what is gzipped.
func gzipsTar(r io.ReaderAt, size int64) bool {
	z, err := gzip.NewReader(io.NewSectionReader(r, 0, size))
	if err != nil {
		return false
	}
	head := make([]byte, tarMagicAt+len(tarMagic))
	n, _ := io.ReadFull(z, head)
	return isTar(head[:n])
}

// reader keeps count of what an archive has unfolded to.
type reader struct {
	name    string
	limits  Limits
	allowed int64 // bytes still
	files   int
}

func (a *reader) problem(format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: a.name, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

func (a *reader) damaged(err error) *corpus.Problem {
	return a.problem("is a damaged archive: %v", err)
}

// admit counts a file and returns what is wrong if it's one too many.
func (a *reader) admit() *corpus.Problem {
	if a.files++; a.files > a.limits.Files {
		return a.problem("is an archive of more than %d files: the rest is not read", a.limits.Files)
	}
	return nil
}

func (a *reader) zip(r io.ReaderAt, size int64) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		z, err := zip.NewReader(r, size)
		if err != nil {
			yield(File{}, a.damaged(err))
			return
		}
		if p := a.document(z); p != nil {
			yield(File{}, p)
			return
		}
		for _, f := range z.File {
			if !f.Mode().IsRegular() {
				continue
			}
			if p := a.admit(); p != nil {
				yield(File{}, p)
				return
			}
			content, err := f.Open()
			if err != nil { // such as an unknown compression; the next may do
				if !yield(File{}, a.problem("%s in the archive can't be read: %v", f.Name, err)) {
					return
				}
				continue
			}
			more := yield(File{f.Name, a.bounded(content)}, nil)
			content.Close()
			if !more {
				return
			}
		}
	}
}

// documents are the files by which a document of an office program is told from other
// archives.
var documents = map[string]string{
	"word/document.xml":      "a Word document (.docx)",
	"ppt/presentation.xml":   "a presentation (.pptx)",
	"xl/workbook.xml":        "a workbook (.xlsx)",
	"META-INF/manifest.xml":  "an OpenDocument file (.odt, .ods) or a program",
	"META-INF/container.xml": "an e-book (.epub)",
	"Index/Document.iwa":     "a document of Pages, Numbers or Keynote",
}

// document returns what is wrong with an archive that is a document.
func (a *reader) document(z *zip.Reader) *corpus.Problem {
	for _, f := range z.File {
		if what, ok := documents[f.Name]; ok {
			p := a.problem("is %s: save its text as plain text (.txt), or a table as CSV, and read that", what)
			p.Kind = corpus.Unsupported
			return p
		}
	}
	return nil
}

func (a *reader) gzippedTar(r io.Reader) iter.Seq2[File, error] {
	z, err := gzip.NewReader(r)
	if err != nil {
		return func(yield func(File, error) bool) { yield(File{}, a.damaged(err)) }
	}
	// The bound is on what is skipped too, which a tar reader has to unfold.
	return a.tar(a.bounded(z))
}

// rest reads what stands behind the last file of a tar, where the checksum of a gzipped one
// is.
func rest(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func (a *reader) tar(r io.Reader) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for t := tar.NewReader(r); ; {
			header, err := t.Next()
			if err == io.EOF {
				if err = rest(r); err == nil {
					return
				}
			}
			var p *corpus.Problem
			switch {
			case errors.As(err, &p):
				yield(File{}, p)
				return
			case err != nil:
				yield(File{}, a.damaged(err))
				return
			case header.Typeflag != tar.TypeReg:
				continue
			}
			if p := a.admit(); p != nil {
				yield(File{}, p)
				return
			}
			if !yield(File{header.Name, t}, nil) {
				return
			}
		}
	}
}

// bounded counts what is read from r against what the archive is allowed.
func (a *reader) bounded(r io.Reader) io.Reader { return &boundedReader{a, r} }

type boundedReader struct {
	a *reader
	r io.Reader
}

// Read implements io.Reader.
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.a.allowed <= 0 {
		return 0, b.a.problem("unfolds to more than is sensible for an archive of its size: the rest is not read")
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.a.allowed)])
	b.a.allowed -= int64(n)
	if err != nil && err != io.EOF {
		err = b.a.damaged(err)
	}
	return n, err
}
