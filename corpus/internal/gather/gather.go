// Package gather makes threads of the rows, records or items of a file, in bounded memory.
//
// The items of a thread needn't stand together: all are gathered as long as they take less
// than a limit of memory. Above it, the threads that have waited longest for another item
// are given out, so a file of any size can be read. If such a thread does go on later, or
// is larger than that by itself, the rest comes as another thread of the same ID, with a
// warning.
//
// Threads are told apart by their IDs. Where the file has none they are told apart by the
// addresses of their articles, or else by their titles, unless these turn out to be those
// of the comments; then the file is one thread.
//
// A reader of a form that says itself to which thread a comment belongs, and what it answers, takes a thread by its ID
// (Page), puts comments into it and tells what the form says of others, which aren't there.
package gather

import (
	"fmt"
	"strings"
	"unsafe"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/internal/wellformed"
)

// MaxHeld is the memory, in bytes, that the threads of a file may take before some are given out,
// unless somebody allows more: a thread of 100,000 comments is held whole, and a program that
// lets go of each thread takes up to about three times as much.
const MaxHeld = 64 << 20

// Item is what one row, record or part of a page tells.
type Item struct {
	// Thread is the ID of its thread, Source the collection it is from.
	Thread, Source string
	// Article is what it tells of the article, "" for the rest.
	Article corpus.Article
	// Context is what the comment was written under, without saying whether that is
	// the article or another comment.
	Context string
	// Comment is the comment. The time is read from PostedAs, if it isn't set.
	Comment corpus.Comment
	// OddVotes and OddFeeling are values of those kinds that weren't understood.
	OddVotes, OddFeeling string
	// Opens says that the item may be the post that opened its thread, as exports of
	// forums have it in the first row. It is that if its ID is the thread's, or if Titled
	// says that it has the title which comments don't have there, and no text.
	Opens, Titled bool
	// ByName says that the parent may be given by the name of its author.
	ByName bool
}

// Split says by what threads are told apart where the items have no IDs of them.
type Split struct {
	// IDs says that the items have IDs of threads.
	IDs bool
	// URL and Title say that they have these; sure, that by their names these are the
	// article's and not the comments'.
	URL, Title         bool
	SureURL, SureTitle bool
}

// Options say how to gather.
type Options struct {
	// File is the name for messages.
	File string
	// Limit is the memory, in bytes, above which threads are given out.
	Limit int
	Split Split
	// Numbered says that the items name no comments, so that they are named by their
	// numbers: "c1", "c2", ….
	Numbered bool
	// Articles are threads without comments, by their IDs without Reddit's "t3_".
	Articles map[string]*corpus.Thread
	// Remarks are the first thread's first problems.
	Remarks []corpus.Problem
	// Described says that the form says what belongs together and what answers what: comments are put into threads
	// that Page returns.
	Described bool
}

// Gatherer collects the items of each thread. Make one with New.
type Gatherer struct {
	o       Options
	yield   func(*corpus.Thread, error) bool
	stopped bool

	split split
	sure  bool   // the split was found to be right
	title string // of the last item that has one
	url   string // of the last item that has one, or a title
	times scalar.Column
	items int
	held  *held
	last  corpus.Article // of the thread given out last
	posts posts

	orphans orphans // replies to comments that aren't in the file
	unnamed orphans // replies that don't name what they answer
}

// split is by what threads are told apart.
type split uint8

const (
	one split = iota
	byID
	byURL
	byTitle
)

// New returns a gatherer that gives out threads and problems to yield, by the contract of
// package formats.
func New(o Options, yield func(*corpus.Thread, error) bool) *Gatherer {
	g := &Gatherer{o: o, yield: yield, held: newHeld(o.Limit)}
	g.Split(o.Split)
	return g
}

// Split sets by what threads are told apart, before the first item.
func (g *Gatherer) Split(s Split) {
	g.o.Split, g.split = s, one
	switch {
	case s.IDs:
		g.split = byID
	case s.URL:
		g.split = byURL
	case s.Title:
		g.split = byTitle
	}
}

// File is the name for messages.
func (g *Gatherer) File() string { return g.o.File }

// Remark adds a problem to those that the next thread begins with.
func (g *Gatherer) Remark(p corpus.Problem) { g.o.Remarks = append(g.o.Remarks, p) }

// Items is the number of items so far.
func (g *Gatherer) Items() int { return g.items }

// The memory of what is held beside its texts, in bytes. A comment stands in a slice
// that has grown by a quarter each time.
const (
	perThread  = int(unsafe.Sizeof(corpus.Thread{})+unsafe.Sizeof(Thread{})) + 192 // its places in the map and the list
	perComment = int(unsafe.Sizeof(corpus.Comment{}))*5/4 + 16                     // the numbers of its votes and its item
)

// Add puts an item, whose texts take so many bytes, into its thread. It reports whether
// more is wanted.
func (g *Gatherer) Add(it *Item, size int) bool {
	if g.stopped {
		return false
	}
	g.items++
	id, key := g.name(it)
	p := g.held.get(key)
	if p == nil {
		p = g.begin(id, key, it.Comment.Line)
		g.held.hold(p, perThread)
		g.posts.begin(p, it, key)
	}
	g.held.hold(p, perComment+size)
	p.describe(it)
	if !p.opens(it) {
		g.comment(p, it)
	}
	return g.Relieve()
}

// Relieve gives out threads while too much is held, the only one too. It reports whether more is wanted.
func (g *Gatherer) Relieve() bool {
	for !g.stopped && g.held.full() {
		g.settle()
		g.turn(g.held.oldest(), false)
	}
	return !g.stopped
}

// Give gives out a thread or an error, unless nobody wants more. It reports whether more is wanted.
func (g *Gatherer) Give(t *corpus.Thread, err error) bool {
	g.stopped = g.stopped || !g.yield(t, err)
	return !g.stopped
}

// turn gives out a thread, unless nobody wants it without comments. It is the last one or not.
func (g *Gatherer) turn(p *Thread, last bool) {
	g.last = p.Article
	if len(p.Comments) == 0 && (p.Idle || p.bare()) {
		for _, message := range p.leftOut() {
			g.Give(nil, &corpus.Problem{File: g.o.File, Level: corpus.Assumption, Message: message})
		}
		return
	}
	t := g.finish(p)
	if last {
		t.Problems = append(t.Problems, g.orphaned()...)
	}
	g.Give(t, nil)
}

// Flush gives out what is held at the end of the input.
func (g *Gatherer) Flush() {
	if g.stopped {
		return
	}
	g.settle()
	rest := g.held.all()
	for i, p := range rest {
		if g.turn(p, i == len(rest)-1); g.stopped {
			return
		}
	}
	if len(rest) == 0 {
		for _, p := range g.orphaned() {
			g.Give(nil, &p)
		}
	}
}

// orphans are replies whose parents stay unknown.
type orphans struct {
	count  int
	first  corpus.Comment
	parent string // that it names
}

func (o *orphans) add(c *corpus.Comment) {
	if o.count++; o.count == 1 {
		o.first, o.parent = *c, c.Parent
	}
}

// orphaned says how many replies have no parent in the file, and what would mend it.
func (g *Gatherer) orphaned() (problems []corpus.Problem) {
	say := func(o *orphans, one, many, hint string, args ...any) {
		if o.count == 0 {
			return
		}
		message := fmt.Sprintf(one, args...)
		if o.count > 1 {
			message = fmt.Sprintf(many, append([]any{o.count}, args...)...)
		}
		if g.o.Numbered {
			message += hint
		}
		problems = append(problems, corpus.Problem{File: g.o.File, Line: o.first.Line, Level: corpus.Warning, Message: message})
	}
	say(&g.orphans, "1 reply's parent is not in the thread, so it stays unknown: %q, names %q",
		"%d replies' parents are not in the thread, so they stay unknown: the first, %q, names %q",
		"; no column has the IDs of the comments: --map id=COLUMN names it", g.orphans.first.ID, g.orphans.parent)
	say(&g.unnamed, "1 reply doesn't say what it answers, so its parent stays unknown: %q",
		"%d replies don't say what they answer, so their parents stay unknown: the first is %q", "", g.unnamed.first.ID)
	return problems
}

// name returns the ID of an item's thread and its key.
func (g *Gatherer) name(it *Item) (id, key string) {
	switch g.split {
	case byID:
		if it.Thread == "" { // threads without an ID, from several sources
			return "", "\x00" + it.Source
		}
		return it.Thread, it.Thread
	case byURL:
		if it.Article.URL != "" || it.Article.Title != "" {
			g.url, _, _ = strings.Cut(it.Article.URL, "#")
		} else if key, ok := g.posts.answered(it); ok {
			g.url = key
		}
		return g.url, g.url
	case byTitle:
		if it.Article.Title != "" {
			g.title = it.Article.Title
		} else if key, ok := g.posts.answered(it); ok {
			g.title = key
		}
		return g.title, g.title
	}
	return "", ""
}

func (g *Gatherer) begin(id, key string, line int) *Thread {
	p := &Thread{Thread: &corpus.Thread{ID: id}, file: g.o.File}
	if known := g.o.Articles[strings.TrimPrefix(id, "t3_")]; known != nil {
		p.Article, p.DeclaredComments = known.Article, known.DeclaredComments
	}
	if g.o.Described {
		p.tops, p.replies, p.passed = map[string]bool{}, map[string]int{}, map[string]string{}
	}
	if g.held.begin(key, p, line); len(p.Problems) > 0 && p.Problems[0].Oversize {
		p.Article = g.last
	}
	return p
}

// finish makes the thread ready to be given out.
func (g *Gatherer) finish(p *Thread) *corpus.Thread {
	t := p.Thread
	for _, u := range []struct {
		unread
		what string
	}{
		{p.votes, "the votes are not a number and were not read"},
		{p.feelings, "the sentiment is not negative, neutral or positive and will not be measured"},
	} {
		if u.count > 0 {
			t.Problems = append(t.Problems, corpus.Problem{File: g.o.File, Line: u.line, Level: corpus.Warning, Message: u.message(u.what)})
		}
	}
	t.Problems = append(g.o.Remarks, t.Problems...)
	g.o.Remarks = nil
	if g.o.Described {
		p.once()
	}
	delete(g.posts.keys, p.post)
	if g.posts.tell() {
		p.takePost()
	}
	p.placeContexts()
	g.settleTimes(t)
	g.resolveParents(p)
	if g.o.Described {
		p.tellAbsent()
		for _, message := range p.leftOut() {
			p.Say(corpus.Assumption, "%s", message)
		}
	}
	wellformed.Ensure(g.o.File, t)
	return t
}

// settleTimes reads the dates with two meanings by the order of day and month that the
// column has told.
func (g *Gatherer) settleTimes(t *corpus.Thread) {
	order := g.times.Order()
	if order == scalar.UnknownOrder {
		return
	}
	for i := range t.Comments {
		if c := &t.Comments[i]; c.Posted.IsZero() {
			c.Posted, _ = order.Time(c.PostedAs)
		}
	}
}
