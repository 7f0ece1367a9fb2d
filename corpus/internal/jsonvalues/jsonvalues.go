// Package jsonvalues reads the JSON values of a file one after the other, however
// they are laid out: one a line, one over several lines, several of those, or in an
// array. A line that can't be read is a failure of its own and reading goes on; a
// value over several lines that can't be read ends it.
package jsonvalues

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unsafe"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
)

// Options say how to read values.
type Options struct {
	// File is the name for messages.
	File string
	// Max is the length of the longest value read, in bytes.
	Max int
}

// Problem is what can't be read at a line of the file; oversize if it is longer than the options allow.
func (o Options) Problem(line int, oversize bool, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: o.File, Line: line, Level: corpus.Failure, Oversize: oversize, Message: fmt.Sprintf(format, args...)}
}

// Sink takes what is read. Its functions return whether more is wanted.
type Sink struct {
	// Value is given a value that may not be valid JSON if it stands in a line of its
	// own, and the line of the file at which it begins. The bytes are the sink's.
	Value func(line int, value []byte) bool
	// Fail is given what can't be read.
	Fail func(*corpus.Problem) bool
}

const headSize = 64 << 10

// Each gives the values of r to the sink. It returns true if the end was reached, and
// the error of r, if there is one, with the name of the file.
func Each(r io.Reader, o Options, sink Sink) (ended bool, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("reading %s: %w", o.File, err)
		}
	}()
	in := bufio.NewReaderSize(r, headSize)
	head, _ := in.Peek(headSize) // an error comes again on reading
	rd := &reader{o: o, sink: sink}
	switch spread(head) {
	case severalLines:
		return rd.document(in, false)
	case inArray:
		return rd.document(in, true)
	}
	return rd.lines(in)
}

// layout is how the values of a file are laid out.
type layout uint8

const (
	perLine layout = iota
	severalLines
	inArray
)

// spread tells the layout of the file that begins with head.
func spread(head []byte) layout {
	head = bytes.TrimSpace(head)
	first, _, more := bytes.Cut(head, []byte{'\n'})
	first = bytes.TrimSpace(first)
	switch {
	case len(first) == 0:
		return perLine
	case first[0] == '[':
		return inArray
	case first[0] == '{' && more && bytes.IndexByte([]byte("{[,:"), first[len(first)-1]) >= 0:
		return severalLines
	}
	return perLine
}

type reader struct {
	o       Options
	sink    Sink
	stopped bool // nobody wants more
}

func (rd *reader) value(line int, value []byte) bool {
	rd.stopped = !rd.sink.Value(line, value)
	return !rd.stopped
}

// fail tells the sink what can't be read.
func (rd *reader) fail(line int, oversize bool, format string, args ...any) bool {
	return rd.sink.Fail(rd.o.Problem(line, oversize, format, args...))
}

// lines reads a value from every line.
func (rd *reader) lines(in *bufio.Reader) (bool, error) {
	for at := 1; ; at++ {
		line, err := readLine(in, rd.o.Max)
		line = bytes.TrimSpace(line)
		switch {
		case errors.Is(err, errLong):
			if !rd.fail(at, true, "longer than %d MB", rd.o.Max>>20) {
				return false, nil
			}
			err = nil
		case err != nil && err != io.EOF:
			return false, err
		case len(line) > 0:
			if !rd.onLine(at, line) {
				return false, nil
			}
		}
		if err == io.EOF {
			return true, nil
		}
	}
}

// onLine gives the values of a line: one, or several one behind the other.
func (rd *reader) onLine(at int, line []byte) bool {
	for len(line) > 0 {
		n := valueEnd(line)
		rest := bytes.TrimSpace(line[n:])
		if len(rest) > 0 && rest[0] != '{' && rest[0] != '[' {
			n, rest = len(line), nil // what stands behind it is its reader's to refuse
		}
		if !rd.value(at, line[:n]) {
			return false
		}
		line = rest
	}
	return true
}

// valueEnd returns the length of the object or array that begins a line, the whole line's
// if it doesn't end in it.
func valueEnd(line []byte) int {
	for i, depth := range brackets(line) {
		if closes := line[i] == '}' || line[i] == ']'; closes && depth == 0 {
			return i + 1
		}
	}
	return len(line)
}

// brackets yields where the arrays and objects of JSON begin and end, brackets in strings
// left out, each with how many are open behind it.
func brackets(value []byte) iter.Seq2[int, int] {
	return func(yield func(at, open int) bool) {
		open, quoted := 0, false
		for i := 0; i < len(value); i++ {
			switch c := value[i]; {
			case quoted && c == '\\':
				i++
				continue
			case c == '"':
				quoted = !quoted
				continue
			case quoted:
				continue
			case c == '{' || c == '[':
				open++
			case c == '}' || c == ']':
				open--
			default:
				continue
			}
			if !yield(i, open) {
				return
			}
		}
	}
}

var errLong = errors.New("line too long")

// readLine returns the next line, with its end. Of a line longer than max it
// reads all and keeps nothing.
func readLine(in *bufio.Reader, max int) ([]byte, error) {
	var buf []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(buf)+len(part) > max; !long {
			buf = append(buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case long && (err == nil || err == io.EOF):
			return nil, errLong
		default:
			return buf, err
		}
	}
}

// document reads a file whose values stand in an array or on several lines each.
func (rd *reader) document(in *bufio.Reader, array bool) (bool, error) {
	src := &source{r: in, line: 1, budget: rd.o.Max}
	dec := json.NewDecoder(src)
	if err := rd.values(dec, src, array); err != nil {
		return false, rd.broken(src, dec.InputOffset(), err)
	}
	return !rd.stopped, nil
}

// values gives the values one after the other until the end or the first error.
func (rd *reader) values(dec *json.Decoder, src *source, array bool) error {
	if array {
		if _, err := dec.Token(); err != nil {
			return err
		}
	}
	for !array || dec.More() {
		src.budget = rd.o.Max
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
	if _, err := dec.Token(); err != nil { // the closing bracket
		return err
	}
	return rd.values(dec, src, false) // what stands behind the array
}

// broken tells the sink of the error that ended the values, and returns it if it is
// one of the input.
func (rd *reader) broken(src *source, offset int64, err error) error {
	at := src.lineAt(offset)
	switch {
	case src.err != nil:
		return src.err
	case errors.Is(err, errLong):
		rd.fail(at, true, "the object after this is longer than %d MB: the rest is not read", rd.o.Max>>20)
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		rd.fail(at, false, "not valid JSON: the file ends within the value that begins after this")
	default:
		rd.fail(at, false, "not valid JSON after this: %v: the rest is not read", err)
	}
	return nil
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

// MaxNesting is how deep arrays and objects may stand in each other. Replies to
// replies of a real thread stay far below.
const MaxNesting = 2000

// Parse returns a value as a tree in which objects in more than so many others are parsed when somebody looks
// into them. The tree holds the bytes.
func Parse(value []byte, depth int) (*jsonlite.Value, error) {
	if err := Nesting(value); err != nil {
		return nil, err
	}
	if !json.Valid(value) { // json's errors tell more
		return nil, fmt.Errorf("not valid JSON: %w", json.Unmarshal(value, new(json.RawMessage)))
	}
	return jsonlite.ParseMaxDepth(unsafe.String(unsafe.SliceData(value), len(value)), depth)
}

// Scalar is a string, number or truth value as it is written, "" for anything else.
func Scalar(v *jsonlite.Value) string {
	switch v.Kind() {
	case jsonlite.String:
		raw := v.JSON()
		if !strings.Contains(raw, `\`) {
			return raw[1 : len(raw)-1]
		}
		var s string
		_ = json.Unmarshal([]byte(raw), &s) // a part of a value that was valid
		return s
	case jsonlite.Number, jsonlite.True, jsonlite.False:
		return v.JSON()
	}
	return ""
}

// AppendString appends a text in UTF-8 as a string of JSON.
func AppendString(b []byte, text string) []byte {
	b = append(b, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// Nesting returns an error for a value that is nested deeper than that.
func Nesting(value []byte) error {
	for _, depth := range brackets(value) {
		if depth > MaxNesting {
			return fmt.Errorf("nested deeper than %d arrays and objects", MaxNesting)
		}
	}
	return nil
}
