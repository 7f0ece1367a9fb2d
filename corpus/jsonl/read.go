package jsonl

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"stance/corpus"
)

// Read returns the threads of r in the order of the input, holding one at a time.
// The text must be UTF-8; the name is for messages. The sequence can be ranged
// over once.
//
// It yields a thread and nil, or nil and a *corpus.Problem for a line that
// couldn't be read, after which it goes on with the next line; any other error
// is of r and ends it. The Line of every comment is the line of its thread. Of
// the lines that are JSON but not threads, only the first is a problem of its
// own; the others are counted in one at the end.
//
// A file that is one object over several lines, or an array, can't be taken up
// again after invalid JSON: reading ends there.
func Read(name string, r io.Reader) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		in := bufio.NewReaderSize(r, headSize)
		rd := &reader{name: name, yield: yield}
		head, _ := in.Peek(headSize) // an error comes again on reading
		switch spread(head) {
		case perLine:
			rd.lines(in)
		case severalLines:
			rd.document(in, false)
		case inArray:
			rd.document(in, true)
		}
	}
}

const headSize = 64 << 10

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

// reader yields what it reads.
type reader struct {
	name  string
	yield func(*corpus.Thread, error) bool
	// foreign counts the values that are JSON but not threads; lastForeign is the
	// line of the last.
	foreign, lastForeign int
	stopped              bool // nobody wants more
}

func (rd *reader) give(t *corpus.Thread, err error) bool {
	rd.stopped = !rd.yield(t, err)
	return !rd.stopped
}

// fail yields a failure at a line.
func (rd *reader) fail(at int, format string, args ...any) bool {
	return rd.give(nil, &corpus.Problem{File: rd.name, Line: at, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)})
}

// value yields the thread of one JSON value that begins at a line.
func (rd *reader) value(at int, value []byte) bool {
	t, err := decode(rd.name, at, value)
	if err == nil {
		return rd.give(t, nil)
	}
	var foreign *foreignError
	if errors.As(err, &foreign) {
		rd.lastForeign = at
		if rd.foreign++; rd.foreign > 1 {
			return true
		}
	}
	return rd.fail(at, "%v", err)
}

// end reports the values that were only counted.
func (rd *reader) end() {
	if n := rd.foreign - 1; n > 0 {
		rd.fail(rd.lastForeign, "JSON, but not a thread: %d more, the last here", n)
	}
}

// lines reads a value from every line.
func (rd *reader) lines(in *bufio.Reader) {
	var buf []byte
	for at := 1; ; at++ {
		var err error
		buf, err = readLine(in, buf[:0])
		line := bytes.TrimSpace(buf)
		switch {
		case errors.Is(err, errLong):
			if !rd.fail(at, "longer than %d MB", MaxLine>>20) {
				return
			}
			err = nil
		case err != nil && err != io.EOF:
			rd.yield(nil, fmt.Errorf("reading %s: %w", rd.name, err))
			return
		case len(line) > 0:
			if !rd.value(at, line) {
				return
			}
		}
		if err == io.EOF {
			rd.end()
			return
		}
	}
}

var errLong = errors.New("line too long")

// readLine appends the next line to buf, with its end. Of a line longer than
// MaxLine it reads all and keeps nothing.
func readLine(in *bufio.Reader, buf []byte) ([]byte, error) {
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(buf)+len(part) > MaxLine; !long {
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
