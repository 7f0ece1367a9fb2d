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
//  4. The rows are gathered by thread. Workbooks and Parquet files give rows too, which are
//     read in the same way from step 2 on.
//
// Package gather says how rows become threads: by the column for them, or else by the
// addresses or the titles of articles.
// Where no column names the comments, they are named by the numbers of their rows:
// "c1", "c2", …. Where a column of numbers tells which rows are replies, by "3-1" or by none,
// these answer the comment above them.
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
		t := &tabled{name: name, o: o, limit: limit, yield: yield, line: rows.line, names: header, about: rows.about, tabs: rows.form.delimiter == '\t'}
		t.o.Columns = rows.form.headless.columns(o.Columns)
		if rows.form.skipped > 0 {
			t.remark(1, corpus.Assumption, "the header stands in line %d; what is before it was passed over", rows.line)
		}
		err = t.gather(rows.each)
		switch {
		case err != nil:
			yield(nil, located(name, t.line, err))
		case t.stopped:
		case rows.err != nil:
			yield(nil, fmt.Errorf("reading %s: %w", name, rows.err))
		case t.g.Items() == 0:
			yield(nil, failure(name, t.line, "a header, but no row that could be read"))
		default:
			t.g.Flush()
		}
	}
}

// tabled is a table, of whatever form, whose rows become the comments of threads.
type tabled struct {
	name    string
	o       Options
	limit   int // of the memory of gathered threads
	yield   func(*corpus.Thread, error) bool
	line    int              // of the header
	names   []string         // in it
	about   []string         // the addresses before it
	tabs    bool             // stand between its cells
	remarks []corpus.Problem // until there is a gatherer

	first      []*row // the rows until there are enough to tell the columns
	bytes      int    // of these
	columns    *columns
	g          *gather.Gatherer // nil until the columns are told
	numbered   string           // the ID of the last comment with a number, where replies have none
	out, empty leftOut
	stopped    bool // no more is wanted
}

// Enough rows or records to tell the columns by.
const (
	enoughRows  = 200
	enoughBytes = 1 << 20
)

// remark adds what is to be said of the table.
func (t *tabled) remark(line int, level corpus.Level, format string, args ...any) {
	p := corpus.Problem{File: t.name, Line: line, Level: level, Message: fmt.Sprintf(format, args...)}
	if t.g == nil {
		t.remarks = append(t.remarks, p)
	} else {
		t.g.Remark(p)
	}
}

// gather gathers all rows. Its error is a header that isn't one of comments, of which nothing was
// given out.
func (t *tabled) gather(rows iter.Seq[*row]) error {
	for r := range rows {
		if t.g != nil {
			t.add(r)
		} else if t.wait(r) {
			if err := t.begin(); err != nil {
				return err
			}
		}
		if t.stopped {
			return nil
		}
	}
	if t.g == nil {
		if err := t.begin(); err != nil {
			return err
		}
	}
	t.tellEmpty()
	t.tell()
	return nil
}

// wait keeps one of the first rows. It reports whether they are enough.
func (t *tabled) wait(r *row) bool {
	kept := *r
	kept.cells = slices.Clone(r.cells)
	t.first = append(t.first, &kept)
	for _, cell := range kept.cells {
		t.bytes += len(cell)
	}
	return len(t.first) == enoughRows || t.bytes > enoughBytes
}

// begin tells the columns by the first rows, and gathers these.
func (t *tabled) begin() error {
	var sample [][]string
	for _, r := range t.first {
		if r.bad == "" {
			sample = append(sample, r.cells)
		}
	}
	if err := t.match(sample); err != nil {
		return err
	}
	for _, r := range t.first {
		if t.add(r); t.stopped {
			break
		}
	}
	t.first = nil
	return nil
}

// match finds the columns by their names and some rows.
func (t *tabled) match(sample [][]string) (err error) {
	if t.columns, err = match(t.names, t.o.Columns, sample); err != nil {
		return err
	}
	t.g = newGatherer(t.name, t.line, t.columns, t.o, t.limit, t.yield)
	t.doubt(sample)
	for _, p := range t.remarks {
		t.g.Remark(p)
	}
	return nil
}

// doubt says what the columns and the first rows tell beside the comments.
func (t *tabled) doubt(sample [][]string) {
	c := t.columns
	ofPosts := slices.DeleteFunc(slices.Clone(t.names), func(name string) bool {
		name, _, _ = strings.Cut(name, " (")
		return !lists("posts", strings.Join(nameParts(name), " "))
	})
	if len(ofPosts) > 1 {
		t.remark(t.line, corpus.Warning, "the columns %s are those of an export of posts: each row is read as a comment, but is a post", quoted(ofPosts))
	}
	below := slices.DeleteFunc(slices.Clone(t.names), func(name string) bool {
		list, rest, _ := strings.Cut(strings.ReplaceAll(name, "/", "."), ".")
		return !ReplyName(list) || !IsText(rest[strings.LastIndexByte(rest, '.')+1:]) || len(valuesOf(sample, slices.Index(t.names, name))) == 0 ||
			slices.Contains(c.at[:], slices.Index(t.names, name))
	})
	if len(below) > 0 {
		t.remark(t.line, corpus.Warning, "replies in columns of what they answer are not read: %s", quoted(below))
	}
	if c.counted >= 0 {
		t.remark(t.line, corpus.Assumption, "rows without a number in the column %q are taken for replies to the one with a number above them", c.names[c.counted])
	}
	if c.escaped = t.tabs && escapes(valuesOf(sample, c.at[Text])); c.escaped {
		t.remark(t.line, corpus.Assumption, `line breaks are written as \n in the texts: read as such`)
	}
}

// tell gives out the rows left out so far as one problem.
func (t *tabled) tell() {
	if p := t.out.take(t.name); p != nil && !t.g.Give(nil, p) {
		t.stopped = true
	}
}

// add gathers a row.
func (t *tabled) add(r *row) {
	c := t.columns
	switch {
	case r.bad != "":
		t.out.add(r.line, r.bad, r.long)
		return
	case slices.Equal(r.cells, t.names): // files that were joined
		t.remark(r.line, corpus.Assumption, "the header stands here again: passed over")
		return
	}
	if t.tell(); t.stopped {
		return
	}
	if c.escaped {
		for i, cell := range r.cells {
			r.cells[i] = unescaper.Replace(cell)
		}
	}
	it, size := c.item(r.line, r.cells, t.o)
	if len(t.about) == 1 && !c.has(URL) {
		it.Article.URL = t.about[0]
	}
	if _, other := c.state(r.cells); other || c.blank(it) {
		t.empty.add(r.line, "", false)
		return
	}
	t.number(&it.Comment, r.cells)
	t.stopped = !t.g.Add(it, size)
}

// tellEmpty says how many rows were passed over because they are no comments.
func (t *tabled) tellEmpty() {
	if t.empty.rows > 0 {
		t.remark(t.empty.line, corpus.Assumption, "no text but that of a sum, no author and no time, or a link from another site or a note of the program, "+
			"so no comment: passed over (%d rows)", t.empty.rows)
	}
}

// number makes a row without a number a reply to the one above that has one, where the columns say that it is.
func (t *tabled) number(comment *corpus.Comment, cells []string) {
	if t.columns.counted < 0 {
		return
	}
	comment.ID = fmt.Sprintf("c%d", t.g.Items()+1)
	if strings.TrimSpace(cells[t.columns.counted]) == "" {
		comment.Parent = t.numbered
	} else {
		t.numbered = comment.ID
	}
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
	return (it.Comment.Text == "" && !it.Comment.Removed || sum) && it.Comment.Author == "" && it.Comment.PostedAs == "" && (c.has(Author) || c.has(Time))
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
