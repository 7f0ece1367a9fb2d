package exports

import (
	"errors"
	"fmt"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/table"
)

// MaxHeld is gather.MaxHeld, unless Options ask for more than DefaultMaxDocument.
const MaxHeld = gather.MaxHeld

// book gathers the comments of a file by thread.
type book struct {
	*gather.Gatherer
	file   string
	line   int  // of the value that is being read
	partly bool // of that, only the objects around its comments are parsed
	full   bool // a thread was given out
	said   bool // something was said of the file
	failed bool // something couldn't be read

	of map[string]string // the threads of the comments that others are chained to

	words   int   // comments with a text
	unnamed int   // whose author is given by an ID whose name is not there
	texts   taken // of the value that is being read
	untaken untaken

	ignored int // entries that are no comments, of no thread
	strange int // values in which nothing is known
}

func newBook(file string, most int, yield func(*corpus.Thread, error) bool) *book {
	b := &book{file: file, texts: taken{}}
	b.Gatherer = gather.New(gather.Options{File: file, Limit: most, Described: true}, func(t *corpus.Thread, err error) bool {
		var p *corpus.Problem
		b.full = b.full || t != nil
		b.said = b.said || err != nil
		b.failed = b.failed || err != nil && (!errors.As(err, &p) || p.Level == corpus.Failure)
		return yield(t, err)
	})
	return b
}

// page is a thread that is being gathered.
type page = gather.Thread

// page returns the thread of an ID, a new one if there is none.
func (b *book) page(id string) *page { return b.Page(id, b.line) }

// chain notes the thread of a comment that others may answer: of the last million.
func (b *book) chain(id, thread string) {
	const most = 1_000_000
	if len(b.of) == most || b.of == nil {
		b.of = map[string]string{}
	}
	b.of[id] = thread
}

// merge puts the comments of a thread that was begun by answers to a comment into that comment's.
func (b *book) merge(early, into *page) {
	for i := range early.Comments {
		b.of[early.Comments[i].ID] = into.ID
	}
	b.Merge(into, early)
}

// add appends a comment.
func (b *book) add(p *page, c corpus.Comment) {
	if b.line > 1 {
		c.Line = b.line
	}
	if c.Removed {
		c.Text = ""
	}
	if c.Text != "" {
		b.words++
	}
	b.Put(p, c)
}

// fail tells what is wrong with the file.
func (b *book) fail(format string, args ...any) bool {
	return b.Give(nil, jsonvalues.Options{File: b.file}.Problem(0, false, format, args...))
}

// flush gives out all threads in the order of the file, and says what was not read.
func (b *book) flush() {
	b.Flush()
	if b.ignored > 0 {
		b.Give(nil, &corpus.Problem{File: b.file, Level: corpus.Assumption, Message: gather.Unwritten(b.ignored)})
	}
	b.tellUntaken()
	b.tellMissing()
	switch {
	case b.strange > 0:
		b.fail("%s of another kind than the rest, in which no comment is known: not read", gather.Plural(b.strange, "value is", "values are"))
	case !b.full && !b.said:
		b.fail("it holds no thread")
	}
}

// tellUntaken says where texts stand that nobody read. Where no comment has one, that is a failure.
func (b *book) tellUntaken() {
	u := &b.untaken
	if b.words == 0 && !b.failed {
		if _, _, fields := u.missing(table.Text, true); len(fields) > 0 {
			b.fail("no comment has a text in a field that is known for it, but there is something in %s: --format records --map text=%s takes it",
				strings.Join(fields, ", "), u.longest(fields))
			return
		}
	}
	if u.objects == 0 {
		return
	}
	level := corpus.Warning
	if b.words == 0 && u.own != "" {
		level = corpus.Failure
	}
	b.Give(nil, &corpus.Problem{
		File: b.file, Line: u.line, Level: level,
		Message: fmt.Sprintf("not read, because no comment is known there: %s under %q (--format records looks for comments anywhere)",
			gather.Plural(u.objects, "object with a text", "objects with texts"), u.place),
	})
}

// tellMissing says which fields look like what comments lack.
func (b *book) tellMissing() {
	if b.words == 0 {
		return
	}
	warn := func(format string, args ...any) {
		b.Give(nil, &corpus.Problem{File: b.file, Level: corpus.Warning, Message: fmt.Sprintf(format, args...)})
	}
	if b.unnamed > 0 {
		warn("%s: they are given by their IDs, and no name is known of these", without(b.unnamed, b.Items(), "an", "author"))
	}
	for _, f := range asked {
		lack, entries, fields := b.untaken.missing(f, false)
		switch {
		case lack == 0 && f != table.Removed:
		case f == table.ID:
			if lack == entries && entries > 1 {
				warn("no comment has an ID in a field that is known for it, so what answers what may be lost")
			}
		case len(fields) == 0:
		case f == table.Removed:
			warn("%q looks like it says which comments were taken away, and isn't read: --format records --map removed=%s takes it", fields[0], fields[0])
		default:
			looks := fmt.Sprintf("%q looks", fields[0])
			if len(fields) > 1 {
				looks = `"` + strings.Join(fields, `", "`) + `" look`
			}
			warn("%s in a field that is known for it, but %s like it: --format records --map %s=%s takes it",
				without(lack, entries, "the", f.String()), looks, f, fields[0])
		}
	}
}

// without begins a sentence on n of all comments that lack something.
func without(n, all int, article, what string) string {
	if n >= all {
		return fmt.Sprintf("no comment has %s %s", article, what)
	}
	return fmt.Sprintf("%d of %d comments have no %s", n, all, what)
}
