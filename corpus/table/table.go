// Package table reads threads from a table of comments: comma-separated values
// (CSV), also with semicolons or bars, and tab-separated values (TSV), with a
// header and one comment a row.
//
// The steps are:
//
//  1. The delimiter is the one under which most names of the header line are
//     known.
//  2. Each [Field] is looked for among the header's names, which are read word by word:
//     "Comment Text", "commentText" and "comment_text" are the comment's text. The values
//     of some rows must fit. Options.Columns sets what names can't tell. Lines before the
//     header are passed over. A table without a header, told by rows of one width
//     with sentences in one column and single words in the others, has its columns
//     named by their numbers.
//  3. Rows are read one by one. Quoted cells may span lines. A row that breaks the
//     rules of quoting is left out and reading goes on with the next line of the
//     file, so a stray quotation mark never swallows the rest of it.
//  4. The rows are gathered by thread.
//
// Package gather says how rows become threads: by the column for them, or else by the
// addresses or the titles of articles.
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
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
)

// MaxRow is the longest row read, in bytes, unless Options say otherwise. A longer one
// is left out.
const MaxRow = 4 << 20

// MaxHeld is the memory, in bytes, that gathered threads may take before some are given
// out, unless Options say otherwise. A program that lets go of each takes up to about
// three times as much.
const MaxHeld = gather.MaxHeld

// Options say how to read a table.
type Options struct {
	// Columns names the column of a field as the header writes it. It overrides
	// the usual names; "" means that the table has no such column.
	Columns map[Field]string
	// Named says that the name of the file is that of a table.
	Named bool
	// Max raises both MaxRow and MaxHeld to that number of bytes; 0 leaves them.
	Max int
	// Markup turns the markup of the comments' texts into text; nil leaves them.
	Markup func(string) string
	// Articles are threads without comments, by their IDs without Reddit's "t3_", as
	// archives keep them in a file beside that of the comments. What they tell of a
	// thread is taken from them.
	Articles map[string]*corpus.Thread
	// InPage says that the input is what a page holds for its programs, in which only what is called a comment is one.
	InPage bool
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
		cols, err := match(header, rows.form.headless.columns(o.Columns), rows.sample)
		if err != nil {
			yield(nil, located(name, rows.line, err))
			return
		}
		g := newGatherer(name, rows.line, cols, o, limit, yield)
		if rows.form.skipped > 0 {
			message := fmt.Sprintf("the header stands in line %d; what is before it was passed over", rows.line)
			g.Remark(corpus.Problem{File: name, Line: 1, Level: corpus.Assumption, Message: message})
		}
		if !gatherRows(g, rows, cols, o) {
			return
		}
		if err := rows.Err(); err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
			return
		}
		if g.Items() == 0 {
			yield(nil, failure(name, rows.line, "a header, but no row that could be read"))
			return
		}
		g.Flush()
	}
}

// gatherRows gathers all rows. It reports whether more is wanted.
func gatherRows(g *gather.Gatherer, rows *rows, cols *columns, o Options) bool {
	var out, empty leftOut
	file := g.File()
	for rows.next() {
		if rows.bad == "" && slices.Equal(rows.cells, cols.names) { // files that were joined
			g.Remark(corpus.Problem{File: file, Line: rows.line, Level: corpus.Assumption, Message: "the header stands here again: passed over"})
			continue
		}
		if rows.bad != "" {
			out.add(rows.line, rows.bad, rows.long)
			continue
		}
		if p := out.take(file); p != nil && !g.Give(nil, p) {
			return false
		}
		it, size := cols.item(rows.line, rows.cells, o)
		if len(rows.about) == 1 && !cols.has(URL) {
			it.Article.URL = rows.about[0]
		}
		if cols.blank(it) {
			empty.add(rows.line, "", false)
		} else if !g.Add(it, size) {
			return false
		}
	}
	if empty.rows > 0 {
		message := fmt.Sprintf("no text but that of a sum, no author and no time, so no comment: passed over (%d rows)", empty.rows)
		g.Remark(corpus.Problem{File: file, Line: empty.line, Level: corpus.Assumption, Message: message})
	}
	p := out.take(file)
	return p == nil || g.Give(nil, p)
}

// isSum reports whether a text begins with the word for a sum.
func isSum(text string) bool {
	text = strings.ToLower(text)
	for word := range known().sections["total"] {
		rest, found := strings.CutPrefix(text, word)
		if next, _ := utf8.DecodeRuneInString(rest); found && !unicode.IsLetter(next) {
			return true
		}
	}
	return false
}

// blank reports whether a row tells nothing that makes a comment, as seeds of a collection and sums don't.
func (c *columns) blank(it *gather.Item) bool {
	sum := it.Comment.ID == "" && c.has(ID) && isSum(it.Comment.Text)
	return (it.Comment.Text == "" || sum) && it.Comment.Author == "" && it.Comment.PostedAs == "" && (c.has(Author) || c.has(Time))
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

func failure(file string, line int, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: file, Line: line, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

// headerError is a header that can't be read as one of comments.
type headerError struct {
	message string
	labels  bool // it is that of a file of labels, which may lie beside threads
}

func (e *headerError) Error() string { return e.message }

// located gives a header error its place and wraps any other.
func located(file string, line int, err error) error {
	if h, ok := err.(*headerError); ok {
		p := failure(file, line, "%s", h.message)
		p.Kind = corpus.OtherForm
		if h.labels {
			p.Level = corpus.Warning
		}
		return p
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
