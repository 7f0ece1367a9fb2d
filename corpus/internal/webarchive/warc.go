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
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// readWARC yields the pages among the records of a crawl.
func readWARC(name string, in *bufio.Reader, most int64, yield func(*Page, error) bool) {
	for passed := (others{}); ; {
		h, err := recordHeader(in)
		if errors.Is(err, io.EOF) {
			if message := passed.message(); message != "" {
				yield(nil, failure(name, "%s", message))
			}
			return
		}
		length := int64(-1)
		if err == nil {
			length, err = strconv.ParseInt(h.Get("Content-Length"), 10, 64)
		}
		if err != nil || length < 0 {
			yield(nil, failure(name, "a web archive (WARC) that is damaged or cut short"))
			return
		}
		record := &io.LimitedReader{R: in, N: length}
		if h.Get("Warc-Type") == "response" {
			page, err := response(name, record, most, passed.add)
			if page != nil || err != nil {
				passed.pages++
			}
			if page != nil {
				page.URL = strings.Trim(h.Get("Warc-Target-Uri"), "<>")
				page.Saved, _ = time.Parse(time.RFC3339, h.Get("Warc-Date"))
			}
			if (page != nil || err != nil) && !yield(page, err) {
				return
			}
		}
		if _, err := io.Copy(io.Discard, record); err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
			return
		}
	}
}

// others counts the answers of servers that are no pages.
type others struct {
	pages, count int
	first        string // what the first of them is
}

func (o *others) add(what string) {
	if o.count++; o.count == 1 {
		o.first = what
	}
}

// message says that there was no page, "" if there was one.
func (o *others) message() string {
	switch {
	case o.pages > 0:
		return ""
	case o.count == 0:
		return "a web archive (WARC) without a page"
	case o.count == 1:
		return fmt.Sprintf("a web archive (WARC) without a page: the only answer in it is %s; save that as a file of its own", o.first)
	}
	return fmt.Sprintf("a web archive (WARC) without a page: it holds %d other answers, the first %s", o.count, o.first)
}

// recordHeader reads the lines before a record, behind blank ones.
func recordHeader(in *bufio.Reader) (textproto.MIMEHeader, error) {
	for {
		start, err := in.Peek(1)
		if err != nil {
			return nil, io.EOF
		}
		if start[0] != '\r' && start[0] != '\n' {
			break
		}
		_, _ = in.Discard(1)
	}
	r := textproto.NewReader(in)
	version, err := r.ReadLine()
	if err != nil || !strings.HasPrefix(version, "WARC/") {
		return nil, fmt.Errorf("no record: %w", errors.ErrUnsupported)
	}
	return r.ReadMIMEHeader()
}

// response reads a server's answer. It returns nil if that isn't a page, and tells other
// what it is.
func response(name string, record io.Reader, most int64, other func(string)) (*Page, error) {
	in := bufio.NewReader(record)
	r := textproto.NewReader(in)
	status, err := r.ReadLine()
	if err != nil || !strings.HasPrefix(status, "HTTP/") {
		other("no answer of a web server")
		return nil, nil
	}
	if !strings.Contains(status, " 200") {
		other(fmt.Sprintf("%q", status))
		return nil, nil
	}
	h, err := r.ReadMIMEHeader()
	if err != nil {
		other("one with a damaged header")
		return nil, nil
	}
	mediaType, params, _ := mime.ParseMediaType(h.Get("Content-Type"))
	if !isPage(mediaType) {
		other(cmp.Or(mediaType, "of an unknown kind"))
		return nil, nil
	}
	var plain io.Reader = in
	if strings.EqualFold(h.Get("Transfer-Encoding"), "chunked") {
		plain = unchunked(in)
	}
	switch how := strings.ToLower(h.Get("Content-Encoding")); how {
	case "", "identity":
	case "gzip":
		start := bufio.NewReader(plain)
		if magic, _ := start.Peek(2); !bytes.Equal(magic, []byte("\x1f\x8b")) {
			plain = start // some crawlers unpack it and keep the header
			break
		}
		z, err := gzip.NewReader(start)
		if err != nil {
			return nil, failure(name, "a page that can't be unfolded: %v", err)
		}
		plain = z
	default:
		return nil, failure(name, "a page compressed in a way that isn't read, %q", how)
	}
	b, err := body(name, plain, most)
	if err != nil {
		return nil, err
	}
	return &Page{Charset: params["charset"], Body: b}, nil
}

// unchunked joins the chunks in which a server sent a page. A page that isn't in chunks
// in spite of its header is returned as it is.
func unchunked(in *bufio.Reader) io.Reader {
	start, _ := in.Peek(20)
	line, _, ok := bytes.Cut(start, []byte("\r\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	if _, err := strconv.ParseUint(strings.TrimSpace(string(size)), 16, 32); !ok || err != nil {
		return in
	}
	return &chunks{in: in}
}

// chunks reads what is in chunks.
type chunks struct {
	in   *bufio.Reader
	left int64
	done bool
}

// Read reads from the current chunk, or begins the next one.
func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 {
		if c.done {
			return 0, io.EOF
		}
		line, err := textproto.NewReader(c.in).ReadLine()
		if err != nil {
			return 0, io.EOF
		}
		size, _, _ := strings.Cut(line, ";")
		if size = strings.TrimSpace(size); size == "" {
			continue // the line end behind a chunk
		}
		n, err := strconv.ParseInt(size, 16, 64)
		if err != nil || n <= 0 {
			c.done = true
			continue
		}
		c.left = n
	}
	n, err := c.in.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
