package jsonl

import (
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/jsonvalues"
)

// Options say how to read threads.
type Options struct {
	// MaxLine raises both constants, MaxLine and MaxHeld, to that number of bytes; 0 leaves them.
	MaxLine int
}

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
func Read(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		rd := &reader{name: name, yield: yield, limit: max(MaxHeld, o.MaxLine)}
		ended, err := jsonvalues.Each(r, jsonvalues.Options{File: name, Max: max(o.MaxLine, MaxLine)}, jsonvalues.Sink{Value: rd.value, Fail: rd.fail})
		switch {
		case err != nil:
			yield(nil, err)
		case ended:
			rd.end()
		}
	}
}

// reader yields what it reads.
type reader struct {
	name  string
	yield func(*corpus.Thread, error) bool
	// foreign counts the values that are JSON but not threads; lastForeign is the
	// line of the last.
	foreign, lastForeign int
	values               int
	limit                int // of the memory of a thread
}

// fail yields what can't be read.
func (rd *reader) fail(p *corpus.Problem) bool { return rd.yield(nil, p) }

// failAt yields a failure at a line.
func (rd *reader) failAt(at int, format string, args ...any) bool {
	return rd.fail(jsonvalues.Options{File: rd.name}.Problem(at, false, format, args...))
}

// value yields the thread of one JSON value that begins at a line.
func (rd *reader) value(at int, value []byte) bool {
	more, err := decode(rd.name, at, value, rd.limit, func(t *corpus.Thread) bool {
		if rd.values++; rd.values == 1 {
			if unread, _ := Detect(value); len(unread) > 0 {
				slices.Sort(unread)
				t.Problems = append(t.Problems, corpus.Problem{
					File: rd.name, Line: at, Level: corpus.Assumption,
					Message: "not read, because comments of this form have no such fields: " + strings.Join(slices.Compact(unread), ", "),
				})
			}
		}
		return rd.yield(t, nil)
	})
	if err == nil {
		return more
	}
	var foreign *foreignError
	if errors.As(err, &foreign) {
		rd.lastForeign = at
		if rd.foreign++; rd.foreign > 1 {
			return true
		}
	}
	return rd.failAt(at, "%v", err)
}

// end reports the values that were only counted.
func (rd *reader) end() {
	if n := rd.foreign - 1; n > 0 {
		rd.failAt(rd.lastForeign, "JSON, but not a thread: %d more, the last here", n)
	}
}
