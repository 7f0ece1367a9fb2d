package jsonl

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// document reads a file whose values stand in an array or on several lines each.
func (rd *reader) document(in *bufio.Reader, array bool) {
	src := &source{r: in, line: 1, budget: MaxLine}
	dec := json.NewDecoder(src)
	if err := rd.values(dec, src, array); err != nil {
		rd.broken(src, dec.InputOffset(), err)
		return
	}
	if !rd.stopped {
		rd.end()
	}
}

// values yields the values one after the other until the end or the first error.
func (rd *reader) values(dec *json.Decoder, src *source, array bool) error {
	if array {
		if _, err := dec.Token(); err != nil {
			return err
		}
	}
	for !array || dec.More() {
		src.budget = MaxLine
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			if err == io.EOF && !array {
				return nil
			}
			return err
		}
		if !rd.value(src.lineAt(dec.InputOffset()-int64(len(value))), value) {
			return nil
		}
	}
	_, err := dec.Token() // the closing bracket
	return err
}

// broken yields the error that ended the values.
func (rd *reader) broken(src *source, offset int64, err error) {
	at := src.lineAt(offset)
	switch {
	case src.err != nil:
		rd.yield(nil, fmt.Errorf("reading %s: %w", rd.name, src.err))
	case errors.Is(err, errLong):
		rd.fail(at, "the object after this is longer than %d MB: the rest is not read", MaxLine>>20)
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		rd.fail(at, "not valid JSON: the file ends within the value that begins after this")
	default:
		rd.fail(at, "not valid JSON after this: %v: the rest is not read", err)
	}
}

// source is the bytes of a document. It counts lines, and ends with errLong when
// the budget of bytes is used up.
type source struct {
	r      io.Reader
	err    error // of r, other than io.EOF
	budget int
	read   int64 // bytes so far
	// line is the number of the line up to the first of the ends, which are the
	// offsets of line ends that nobody has asked beyond.
	line int
	ends []int64
}

// Read reads from the source.
func (s *source) Read(p []byte) (int, error) {
	if s.budget <= 0 {
		return 0, errLong
	}
	n, err := s.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			s.ends = append(s.ends, s.read+int64(i))
		}
	}
	s.read += int64(n)
	s.budget -= n
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// lineAt returns the line of an offset, which must not be before the last asked.
func (s *source) lineAt(offset int64) int {
	n := 0
	for n < len(s.ends) && s.ends[n] < offset {
		n++
	}
	s.line += n
	s.ends = append(s.ends[:0], s.ends[n:]...)
	return s.line
}
