package webarchive

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// readWARC yields the pages among the records of a crawl.
func readWARC(name string, in *bufio.Reader, most int64, yield func(*Page, error) bool) {
	pages, others, first := 0, 0, other("")
	for {
		h, record, err := nextRecord(in)
		switch {
		case errors.Is(err, io.EOF):
			if pages == 0 {
				yield(nil, failure(name, "a web archive (WARC) without a page%s", first.among(others)))
			}
			return
		case err != nil:
			yield(nil, failure(name, "a web archive (WARC) that is damaged or cut short"))
			return
		}
		if h.Get("Warc-Type") == "response" {
			page, err := response(name, record, most)
			if page != nil {
				page.URL = strings.Trim(h.Get("Warc-Target-Uri"), "<>")
				page.Saved, _ = time.Parse(time.RFC3339, h.Get("Warc-Date"))
			}
			if what := other(""); errors.As(err, &what) {
				others++
				first = cmp.Or(first, what)
			} else if pages++; !yield(page, err) {
				return
			}
		}
		if _, err := io.Copy(io.Discard, record); err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
			return
		}
	}
}

// other is what an answer of a server is that is no page.
type other string

func (o other) Error() string { return string(o) }

// among goes on with the message that there is no page among so many others, of which this
// is the first.
func (o other) among(count int) string {
	switch count {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(": the only answer in it is %s; save that as a file of its own", o)
	}
	return fmt.Sprintf(": it holds %d other answers, the first %s", count, o)
}

// nextRecord returns the lines before a record, behind blank ones, and the record; io.EOF if
// there is none.
func nextRecord(in *bufio.Reader) (textproto.MIMEHeader, io.Reader, error) {
	for start := byte('\n'); start == '\r' || start == '\n'; {
		var err error
		if start, err = in.ReadByte(); err != nil {
			return nil, nil, io.EOF
		}
	}
	_ = in.UnreadByte()
	r := textproto.NewReader(in)
	version, err := r.ReadLine()
	if err != nil || !strings.HasPrefix(version, "WARC/") {
		return nil, nil, errors.New("no record")
	}
	h, err := r.ReadMIMEHeader()
	if err != nil {
		return nil, nil, err
	}
	length, err := strconv.ParseUint(h.Get("Content-Length"), 10, 63)
	return h, io.LimitReader(in, int64(length)), err
}

// response reads a server's answer. The error is an other if that isn't a page.
func response(name string, record io.Reader, most int64) (*Page, error) {
	in := bufio.NewReader(record)
	r := textproto.NewReader(in)
	status, err := r.ReadLine()
	if err != nil || !strings.HasPrefix(status, "HTTP/") {
		return nil, other("no answer of a web server")
	}
	if !strings.Contains(status, " 200") {
		return nil, other(strconv.Quote(status))
	}
	h, err := r.ReadMIMEHeader()
	if err != nil {
		return nil, other("one with a damaged header")
	}
	mediaType, params, _ := mime.ParseMediaType(h.Get("Content-Type"))
	if !isPage(mediaType) {
		return nil, other(cmp.Or(mediaType, "of an unknown kind"))
	}
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") && inChunks(in) {
		in = bufio.NewReader(httputil.NewChunkedReader(in))
	}
	var plain io.Reader = in
	switch how := strings.ToLower(h.Get("Content-Encoding")); how {
	case "", "identity":
	case "gzip":
		if magic, _ := in.Peek(2); !bytes.Equal(magic, []byte("\x1f\x8b")) {
			break // some crawlers unpack it and keep the header
		}
		if plain, err = gzip.NewReader(in); err != nil {
			return nil, failure(name, "a page that can't be unfolded: %v", err)
		}
	default:
		return nil, failure(name, "a page compressed in a way that isn't read, %q", how)
	}
	b, err := body(name, plain, most)
	if err != nil {
		return nil, err
	}
	return &Page{Charset: params["charset"], Body: b}, nil
}

// inChunks reports whether a page begins as one that was sent in chunks: some crawlers join
// them and keep the header.
func inChunks(in *bufio.Reader) bool {
	start, _ := in.Peek(20)
	line, _, ok := bytes.Cut(start, []byte("\r\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(strings.TrimSpace(string(size)), 16, 32)
	return ok && err == nil
}
