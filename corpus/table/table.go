// Package table reads threads from a table of comments: comma-separated values
// (CSV), also with semicolons or bars, and tab-separated values (TSV), with a
// header and one comment a row.
//
// The steps are:
//
//  1. The delimiter is the one under which most names of the header line are
//     known.
//  2. Each [Field] is looked for among the header's names, in the order of a
//     visible list. Case, spaces and punctuation don't count, so "Comment Text",
//     "commentText" and "comment_text" are one name. Options.Columns sets what
//     the list can't know. A table without a header, told by rows of one width
//     with sentences in one column and single words in the others, has its columns
//     named by their numbers.
//  3. Rows are read one by one. Quoted cells may span lines. A row that breaks the
//     rules of quoting is left out and reading goes on with the next line of the
//     file, so a stray quotation mark never swallows the rest of it.
//  4. The rows are gathered by thread, if there is a column for it.
//
// Rows of a thread needn't stand together: all are gathered as long as they take less
// than 24 MB of memory. Above it, the threads that have waited longest for another
// row are given out, so a file of any size is read in bounded memory. If such a
// thread does go on later, or is larger than that by itself, the rest comes as another
// thread of the same ID, with a warning. A table without a thread column has a thread for
// each title, unless most titles are of one comment; without titles it is one thread.
// Where no column names the comments, they are named by the numbers of their rows:
// "c1", "c2", ….
//
// A text that holds the tags of its site, such as a line break, is read as HTML. The row
// of the post that opened a thread, whose ID is that of the thread, is its article.
//
// The package refuses to guess where guessing would invent: a column of texts that
// has no usual name, and a date such as 03/04/2024, which is kept as written.
package table

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"stance/corpus"
)

// MaxRow is the longest row read, in bytes, unless Options say otherwise. A longer one
// is left out.
const MaxRow = 4 << 20

// MaxHeld is the memory, in bytes, that gathered threads may take before some are given
// out, unless Options say otherwise. A program that lets go of each takes up to about
// three times as much.
const MaxHeld = 24 << 20

// Options say how to read a table.
type Options struct {
	// Columns names the column of a field as the header writes it. It overrides
	// the usual names; "" means that the table has no such column.
	Columns map[Field]string
	// Max raises both MaxRow and MaxHeld to that number of bytes; 0 leaves them.
	Max int
	// Markup turns the markup of the comments' texts into text; nil leaves them.
	Markup func(string) string
	// Articles are threads without comments, by their IDs without Reddit's "t3_", as
	// archives keep them in a file beside that of the comments. What they tell of a
	// thread is taken from them.
	Articles map[string]*corpus.Thread
}

// maxRow is the longest row that the options let in.
func (o Options) maxRow() int { return max(o.Max, MaxRow) }

// maxHeld is the memory that the options allow for gathered threads.
func (o Options) maxHeld() int { return max(o.Max, MaxHeld) }

// Read returns the threads of the table r in the order of their first rows. The
// text must be UTF-8; the name is for messages. The sequence can be ranged over
// once.
//
// It yields a thread and nil, or nil and a *corpus.Problem for a row that couldn't
// be read, after which it goes on. A header without a column of texts, or without
// one that o names, is a problem too, and nothing follows it. Any other error is
// of r and ends the sequence.
//
// The first thread's problems begin with the assumption of how the columns were
// read.
func Read(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return read(name, r, o, o.maxHeld())
}

// read is Read with a limit on the memory of gathered threads, for tests.
func read(name string, r io.Reader, o Options, limit int) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		rows := newRows(r, o)
		header, err := rows.header()
		if err != nil {
			yield(nil, located(name, rows.line, err))
			return
		}
		cols, err := match(header, rows.form.headless.columns(o.Columns))
		if err != nil {
			yield(nil, located(name, rows.line, err))
			return
		}
		g := newGatherer(name, cols, o, limit)
		g.remarks = []corpus.Problem{{File: name, Line: rows.line, Level: corpus.Assumption, Message: cols.String()}}
		if g.run(rows, yield) {
			g.flush(rows.line, yield)
		}
	}
}

// run gathers all rows. It reports whether the end was reached and more is wanted.
func (g *gatherer) run(rows *rows, yield func(*corpus.Thread, error) bool) bool {
	var out leftOut
	for rows.next() {
		if rows.bad != "" {
			out.add(rows.line, rows.bad, rows.long)
			continue
		}
		if p := out.take(g.file); p != nil && !yield(nil, p) {
			return false
		}
		g.add(rows.line, rows.cells)
		for g.overfull() {
			if !yield(g.giveOldest(), nil) {
				return false
			}
		}
	}
	if p := out.take(g.file); p != nil && !yield(nil, p) {
		return false
	}
	if err := rows.Err(); err != nil {
		yield(nil, fmt.Errorf("reading %s: %w", g.file, err))
		return false
	}
	return true
}

// leftOut is a run of rows, one after the other, that can't be read. Behind a
// stray quotation mark in a comment of many lines, each of them is one.
type leftOut struct {
	line, rows int // line of the first
	why        string
	oversize   bool // the first is longer than the options allow
}

func (l *leftOut) add(line int, why string, oversize bool) {
	if l.rows++; l.rows == 1 {
		l.line, l.why, l.oversize = line, why, oversize
	}
}

// take returns the problem of the run, nil if there is none, and begins a new one.
func (l *leftOut) take(file string) *corpus.Problem {
	run := *l
	*l = leftOut{}
	var p *corpus.Problem
	switch run.rows {
	case 0:
		return nil
	case 1:
		p = failure(file, run.line, "row left out: %s", run.why)
	default:
		p = failure(file, run.line, "%d rows left out: %s", run.rows, run.why)
	}
	p.Oversize = run.oversize
	return p
}

// flush gives out what is held at the end of the input.
func (g *gatherer) flush(last int, yield func(*corpus.Thread, error) bool) {
	if g.rows == 0 {
		yield(nil, failure(g.file, last, "a header, but no row that could be read"))
		return
	}
	g.settleTitles()
	for _, p := range slices.SortedFunc(g.held(), earlier) {
		if !yield(g.finish(p), nil) {
			return
		}
	}
}

func failure(file string, line int, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: file, Line: line, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

// headerError is a header that can't be read as one of comments.
type headerError struct{ message string }

func (e *headerError) Error() string { return e.message }

// located gives a header error its place and wraps any other.
func located(file string, line int, err error) error {
	if h, ok := err.(*headerError); ok {
		return failure(file, line, "%s", h.message)
	}
	return fmt.Errorf("reading %s: %w", file, err)
}

// quoted lists names for a message.
func quoted(names []string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(q, ", ")
}
