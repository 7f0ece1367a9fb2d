package exports

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"sort"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/wellformed"
	"stance.example/stance/corpus/table"
)

// MaxHeld is gather.MaxHeld, unless Options ask for more than DefaultMaxDocument.
const MaxHeld = gather.MaxHeld

// book gathers the comments of a file by thread.
type book struct {
	file   string
	line   int  // of the value that is being read
	partly bool // of that, only the objects around its comments are parsed
	yield  func(*corpus.Thread, error) bool
	done   bool // nobody wants more
	full   bool // a thread was given out
	said   bool // something was said of the file
	failed bool // something couldn't be read

	held     *gather.Held[*page]
	last     corpus.Article    // of the thread given out last
	comments int               // so far
	of       map[string]string // the threads of the comments that others are chained to

	words   int   // comments with a text
	unnamed int   // whose author is given by an ID whose name is not there
	texts   taken // of the value that is being read
	untaken untaken

	ignored int // entries that are no comments, of no thread
	strange int // values in which nothing is known
}

func newBook(file string, most int, yield func(*corpus.Thread, error) bool) *book {
	return &book{file: file, yield: yield, held: gather.NewHeld[*page](most), texts: taken{}}
}

// page is a thread that is being gathered.
type page struct {
	corpus.Thread
	book *book

	numbers []int  // of the comments in the file
	absent  int    // comments that the file says there are but doesn't hold
	why     string // which they are, "" for those that have to be loaded
	more    string // what it says of others without their number
	ignored int    // entries that are no comments of readers
	tops    map[string]bool
	replies map[string]int    // how many replies the file says that a comment has
	passed  map[string]string // the parents of the entries without a text, by their IDs
	empty   int               // how many they are
	idle    bool              // nobody wants it without comments
}

// page returns the thread of an ID, a new one if there is none.
func (b *book) page(id string) *page {
	p, known := b.held.Get(id)
	if known {
		return p
	}
	p = &page{Thread: corpus.Thread{ID: id}, book: b, tops: map[string]bool{}, replies: map[string]int{}, passed: map[string]string{}}
	if p.Problems = b.held.Begin(id, p, id, b.file, b.line); len(p.Problems) > 0 && p.Problems[0].Oversize {
		p.Article = b.last
	}
	return p
}

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
	b.held.Join(into.ID, early.ID)
	for i := range early.Comments {
		b.of[early.Comments[i].ID] = into.ID
	}
	into.Comments = append(into.Comments, early.Comments...)
	into.numbers = append(into.numbers, early.numbers...)
	sort.Sort((*byNumber)(into))
	into.absent += early.absent
	into.empty += early.empty
	maps.Copy(into.replies, early.replies)
	maps.Copy(into.passed, early.passed)
}

// byNumber sorts the comments of a thread into the order of the file.
type byNumber page

func (p *byNumber) Len() int           { return len(p.numbers) }
func (p *byNumber) Less(i, j int) bool { return p.numbers[i] < p.numbers[j] }
func (p *byNumber) Swap(i, j int) {
	p.numbers[i], p.numbers[j] = p.numbers[j], p.numbers[i]
	p.Comments[i], p.Comments[j] = p.Comments[j], p.Comments[i]
}

// add appends a comment.
func (b *book) add(p *page, c corpus.Comment) {
	if b.line > 1 {
		c.Line = b.line
	}
	if c.Removed {
		c.Text = ""
	}
	p.Comments = append(p.Comments, c)
	b.comments++
	p.numbers = append(p.numbers, b.comments)
	if c.Text != "" {
		b.words++
	}
	n := len(c.Text) + len(c.Author) + 200
	b.held.Hold(p.ID, n)
}

// isTop makes comments whose parent has this ID top-level ones: it is the article's.
func (p *page) isTop(id string) { p.tops[id] = true }

// leaveOut counts an entry without a text, such as a picture. Replies to it answer what it
// answers.
func (p *page) leaveOut(c *corpus.Comment) {
	p.empty++
	if c.ID != "" {
		p.passed[c.ID] = c.Parent
	}
}

// link gives the comments the parents that are there: not the article, and not an entry that
// was left out.
func (p *page) link() {
	there := make(map[string]bool, len(p.Comments))
	for i := range p.Comments {
		there[p.Comments[i].ID] = true
	}
	found := func(parent string) {
		if n := p.replies[parent]; n > 0 {
			p.replies[parent] = n - 1
		}
	}
	for _, parent := range p.passed {
		found(parent)
	}
	for i := range p.Comments {
		c := &p.Comments[i]
		found(c.Parent)
		for range len(p.passed) {
			above, out := p.passed[c.Parent]
			if !out {
				break
			}
			c.Parent = above
		}
		if p.tops[c.Parent] && !there[c.Parent] {
			c.Parent = ""
		}
	}
	for _, n := range p.replies {
		p.absent += n
	}
}

func (p *page) warn(format string, args ...any) {
	p.Problems = append(p.Problems, corpus.Problem{File: p.book.file, Line: p.book.line, Level: corpus.Warning, Message: fmt.Sprintf(format, args...)})
}

func (p *page) note(format string, args ...any) {
	p.Problems = append(p.Problems, corpus.Problem{File: p.book.file, Level: corpus.Assumption, Message: fmt.Sprintf(format, args...)})
}

// give gives out a thread or an error.
func (b *book) give(t *corpus.Thread, err error) bool {
	if !b.done {
		var p *corpus.Problem
		b.said = b.said || err != nil
		b.failed = b.failed || err != nil && (!errors.As(err, &p) || p.Level == corpus.Failure)
		b.done = !b.yield(t, err)
	}
	return !b.done
}

func (b *book) problem(line int, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: b.file, Line: line, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

// oversize is a problem that the options can do away with.
func (b *book) oversize(line int, format string, args ...any) *corpus.Problem {
	p := b.problem(line, format, args...)
	p.Oversize = true
	return p
}

func (b *book) fail(line int, format string, args ...any) bool {
	return b.give(nil, b.problem(line, format, args...))
}

// relieve gives out threads while too much is held, the only one too. It reports whether more is
// wanted.
func (b *book) relieve() bool {
	for !b.done && b.held.Full() {
		b.turn(b.held.Oldest())
	}
	return !b.done
}

// flush gives out all threads in the order of the file.
func (b *book) flush() {
	for _, p := range b.held.All() {
		if !b.turn(p) {
			return
		}
	}
	if b.ignored > 0 {
		b.give(nil, &corpus.Problem{File: b.file, Level: corpus.Assumption, Message: (&page{ignored: b.ignored}).leftOut()[0]})
	}
	b.tellUntaken()
	b.tellMissing()
	switch {
	case b.strange > 0:
		b.fail(0, "%s of another kind than the rest, in which no comment is known: not read", plural(b.strange, "value is", "values are"))
	case !b.full && !b.said:
		b.fail(0, "it holds no thread")
	}
}

// tellUntaken says where texts stand that nobody read. Where no comment has one, that is a failure.
func (b *book) tellUntaken() {
	u := &b.untaken
	if b.words == 0 && !b.failed {
		if _, _, fields := u.missing(table.Text, true); len(fields) > 0 {
			b.fail(0, "no comment has a text in a field that is known for it, but there is something in %s: --format records --map text=%s takes it",
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
	b.give(nil, &corpus.Problem{
		File: b.file, Line: u.line, Level: level,
		Message: fmt.Sprintf("not read, because no comment is known there: %s under %q (--format records looks for comments anywhere)",
			plural(u.objects, "object with a text", "objects with texts"), u.place),
	})
}

// tellMissing says which fields look like what comments lack.
func (b *book) tellMissing() {
	if b.words == 0 {
		return
	}
	warn := func(format string, args ...any) {
		b.give(nil, &corpus.Problem{File: b.file, Level: corpus.Warning, Message: fmt.Sprintf(format, args...)})
	}
	if b.unnamed > 0 {
		warn("%s: they are given by their IDs, and no name is known of these", without(b.unnamed, b.comments, "an", "author"))
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

// turn gives out one thread.
func (b *book) turn(p *page) bool {
	b.last = p.Article
	b.line = 0
	if len(p.Comments) == 0 && (p.idle || p.bare()) {
		return b.passOver(p)
	}
	p.link()
	p.tellAbsent()
	for _, message := range p.leftOut() {
		p.note("%s", message)
	}
	wellformed.Ensure(b.file, &p.Thread)
	b.full = true
	return b.give(&p.Thread, nil)
}

// leftOut says what of the file is no comment.
func (p *page) leftOut() []string {
	var messages []string
	if p.ignored > 0 {
		messages = append(messages, plural(p.ignored, "entry is", "entries are")+" left out that no reader wrote, such as pingbacks and notes of the site")
	}
	if p.empty > 0 {
		messages = append(messages, plural(p.empty, "entry without a text, such as a picture, is", "entries without a text, such as pictures, are")+" left out")
	}
	return messages
}

// bare reports whether nothing is known of the article, but that there is something else than
// comments under it.
func (p *page) bare() bool {
	return p.ignored+p.empty > 0 && p.Article.Title+p.Article.Text+p.Article.URL == "" && p.DeclaredComments == 0
}

// passOver leaves a page without comments out, and says what it had.
func (b *book) passOver(p *page) bool {
	for _, message := range p.leftOut() {
		b.give(nil, &corpus.Problem{File: b.file, Level: corpus.Assumption, Message: message})
	}
	return !b.done
}

// tellAbsent says how many comments are not in the file.
func (p *page) tellAbsent() {
	var why []string
	n := p.absent
	if n > 0 {
		why = append(why, cmp.Or(p.why, "the site gives more only when asked"))
	}
	if d := p.DeclaredComments - len(p.Comments) - p.ignored - p.empty; d > n {
		n = d
		why = []string{fmt.Sprintf("the site counts %d", p.DeclaredComments)}
	}
	switch {
	case n > 0:
		if p.more != "" {
			why = append(why, p.more)
		}
		p.warn("%s not in the file: %s", plural(n, "comment is", "comments are"), strings.Join(why, ", and "))
	case p.more != "":
		p.warn("an unknown number of comments is not in the file: %s", p.more)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// set puts a value in place of an empty one.
func set(at *string, value string) {
	if *at == "" {
		*at = value
	}
}
