// Package webarchive takes the pages out of the files in which browsers and crawlers
// pack them: MHTML, a mail with a page and its pictures as parts, and WARC, the records
// of a crawl.
//
// Pictures, scripts and whatever else isn't a page are skipped, not kept. Frames within
// a page of MHTML are not read: the first page of it is the one that was saved.
package webarchive

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"time"

	"stance.example/stance/corpus"
)

// Page is one saved page.
type Page struct {
	URL   string    // "" if the file doesn't say
	Saved time.Time // when it was saved, zero if the file doesn't say
	// Charset is the encoding that the server or the browser named, "" for none.
	Charset string
	Body    []byte
}

// mhtml is how a mail with a page in it begins: header lines, one of them of the type.
var mhtml = regexp.MustCompile(`(?is)^\s*(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related`)

var warc = []byte("WARC/1.")

// Detect reports whether the bytes that begin with head are an archive of pages.
func Detect(head []byte) bool {
	const enough = 4 << 10
	return bytes.HasPrefix(head, warc) || mhtml.Match(head[:min(len(head), enough)])
}

// Pages returns the pages of an archive, by the contract of package formats: a page and
// nil, nil and a *corpus.Problem for what can't be read, or nil and any other error,
// which ends it. A page of more than most bytes is a problem.
func Pages(name string, r io.Reader, most int64) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		in := bufio.NewReader(r)
		if start, _ := in.Peek(len(warc)); bytes.Equal(start, warc) {
			readWARC(name, in, most, yield)
			return
		}
		p, err := readMHTML(name, in, most)
		yield(p, err)
	}
}

func failure(name, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: name, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

// body reads a page of at most so many bytes.
func body(name string, r io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(b)) > most {
		p := failure(name, "a page of more than %d MB: not read", most>>20)
		p.Oversize = true
		return nil, p
	}
	if err != nil && len(b) == 0 {
		return nil, failure(name, "a page that can't be decoded: %v", err)
	}
	return b, nil // of a page that is cut short, what is there
}

// isPage reports whether a media type is that of a page.
func isPage(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/html") || strings.HasPrefix(mediaType, "application/xhtml")
}
