package formats

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"stance.example/stance/corpus"
)

// Limits on what a compressed input may unfold to. Text shrinks to a fifth or, with
// much repetition, a fiftieth; a bomb to a thousandth.
const (
	maxRatio = 200      // times the size of the compressed input
	slack    = 64 << 20 // bytes that are always allowed
)

// maxWindow is the memory, in bytes, that the decoder of Zstandard may ask for unless
// the options let it have more: enough for all but the longest of the command's settings.
// Archives of forums are made with --long=31, which takes 2 GB.
const maxWindow = 128 << 20

// errBomb ends a compressed input that unfolds to too much.
var errBomb = fmt.Errorf("more than %d times the size of the file", maxRatio)

// expand returns what a gzip or Zstandard input unfolds to, and any other input as it
// is.
func expand(name string, r io.Reader, o Options) (io.Reader, error) {
	in := &counted{r: bufio.NewReader(r)}
	start, _ := in.r.Peek(zstd.HeaderMaxSize) // an error comes again on reading
	var plain io.Reader
	var err error
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		plain, err = gzip.NewReader(in)
	case bytes.HasPrefix(start, []byte("\x28\xb5\x2f\xfd")):
		window := uint64(max(o.MaxDocument, maxWindow))
		var h zstd.Header
		if h.Decode(start) == nil && h.WindowSize > window {
			return nil, &corpus.Problem{
				File: name, Level: corpus.Failure, Oversize: true,
				Message: fmt.Sprintf("compressed with a window of %d MB, which takes that much memory; %d MB are allowed", h.WindowSize>>20, window>>20),
			}
		}
		plain, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(window), zstd.WithDecoderLowmem(true))
	default:
		return in.r, nil
	}
	if err != nil {
		return nil, &corpus.Problem{File: name, Level: corpus.Failure, Message: fmt.Sprintf("compressed, but can't be unfolded: %v", err)}
	}
	return &expanded{r: plain, from: in}, nil
}

// counted counts the bytes of the compressed input.
type counted struct {
	r *bufio.Reader
	n int64
}

// Read reads from r.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// expanded is the plain text of a compressed input. An error of the compression is a
// failure with what was unfolded before it kept.
type expanded struct {
	r    io.Reader
	from *counted
	n    int64
}

// Read reads plain bytes.
func (e *expanded) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	e.n += int64(n)
	if e.n > slack && e.n/maxRatio > e.from.n {
		err = errBomb
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("unfolding: %w", err)
	}
	return n, err
}
