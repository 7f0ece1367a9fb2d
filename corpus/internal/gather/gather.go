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
package gather

import (
	"cmp"
	"container/list"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"unsafe"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats/wellformed"
	"stance.example/stance/corpus/internal/scalar"
)

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
	// forums have it in the first row. It is that if its ID is the thread's.
	Opens bool
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
}

// Gatherer collects the items of each thread. Make one with New.
type Gatherer struct {
	o       Options
	yield   func(*corpus.Thread, error) bool
	stopped bool

	split  split
	sure   bool   // the split was found to be right
	title  string // of the last item that has one
	times  scalar.Column
	items  int
	bytes  int                // held
	open   map[string]*thread // by key
	wait   list.List          // of *thread, the longest without a new item first
	closed closed
	cut    *string // the key of the thread given out last, if it was the only one

	orphans int // replies to comments that aren't in the file
	orphan  corpus.Comment
	parent  string // of the first of them
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
	g := &Gatherer{o: o, yield: yield, open: make(map[string]*thread), closed: newClosed()}
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
	perThread  = int(unsafe.Sizeof(corpus.Thread{})+unsafe.Sizeof(thread{})) + 200 // its places in the map and the list
	perComment = int(unsafe.Sizeof(corpus.Comment{}))*5/4 + 16                     // the numbers of its votes and its item
)

// closed remembers the keys of threads given out, by their hashes: the last half
// million at least, so that a file of many small threads takes no more memory than others.
type closed struct {
	seed       maphash.Seed
	last, past map[uint64]struct{}
}

func newClosed() closed {
	return closed{seed: maphash.MakeSeed(), last: map[uint64]struct{}{}}
}

func (c *closed) add(key string) {
	const most = 500_000
	if len(c.last) == most {
		c.last, c.past = map[uint64]struct{}{}, c.last
	}
	c.last[maphash.String(c.seed, key)] = struct{}{}
}

func (c *closed) has(key string) bool {
	h := maphash.String(c.seed, key)
	_, last := c.last[h]
	_, past := c.past[h]
	return last || past
}

// Add puts an item, whose texts take so many bytes, into its thread. It reports whether
// more is wanted.
func (g *Gatherer) Add(it *Item, size int) bool {
	if g.stopped {
		return false
	}
	g.items++
	id, key := g.name(it)
	p := g.open[key]
	if p == nil {
		p = g.begin(id, key, it)
	}
	g.wait.MoveToBack(p.place)
	g.hold(p, perComment+size)
	p.describe(it)
	if !p.opens(it) {
		g.comment(p, it)
	}
	for g.bytes > g.o.Limit {
		g.settle()
		if !g.give(g.oldest(), nil) {
			return false
		}
	}
	return true
}

// give gives out a thread or an error.
func (g *Gatherer) give(t *corpus.Thread, err error) bool {
	g.stopped = g.stopped || !g.yield(t, err)
	return !g.stopped
}

// Fail gives out a problem. It reports whether more is wanted.
func (g *Gatherer) Fail(p *corpus.Problem) bool { return !g.stopped && g.give(nil, p) }

// Flush gives out what is held at the end of the input.
func (g *Gatherer) Flush() {
	if g.stopped {
		return
	}
	g.settle()
	rest := slices.SortedFunc(maps.Values(g.open), earlier)
	for i, p := range rest {
		t := g.finish(p)
		if i == len(rest)-1 && g.orphans > 0 {
			t.Problems = append(t.Problems, g.orphaned())
		}
		if !g.give(t, nil) {
			return
		}
	}
	if len(rest) == 0 && g.orphans > 0 {
		p := g.orphaned()
		g.give(nil, &p)
	}
}

// orphaned says how many replies have no parent in the file, and what would mend it.
func (g *Gatherer) orphaned() corpus.Problem {
	message := fmt.Sprintf("1 reply's parent is not in the thread, so it stays unknown: %q, names %q", g.orphan.ID, g.parent)
	if g.orphans > 1 {
		message = fmt.Sprintf("%d replies' parents are not in the thread, so they stay unknown: the first, %q, names %q", g.orphans, g.orphan.ID, g.parent)
	}
	if g.o.Numbered {
		message += "; no column has the IDs of the comments: --map id=COLUMN names it"
	}
	return corpus.Problem{File: g.o.File, Line: g.orphan.Line, Level: corpus.Warning, Message: message}
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
		key, _, _ = strings.Cut(it.Article.URL, "#")
		return key, key
	case byTitle:
		if it.Article.Title != "" {
			g.title = it.Article.Title
		}
		return g.title, g.title
	}
	return "", ""
}

// hold counts memory that a thread takes.
func (g *Gatherer) hold(p *thread, bytes int) {
	p.bytes += bytes
	g.bytes += bytes
}

func (g *Gatherer) begin(id, key string, it *Item) *thread {
	p := &thread{Thread: &corpus.Thread{ID: id}, key: key, first: g.items}
	if known := g.o.Articles[strings.TrimPrefix(id, "t3_")]; known != nil {
		p.Article, p.DeclaredComments = known.Article, known.DeclaredComments
	}
	p.place = g.wait.PushBack(p)
	g.open[key] = p
	g.hold(p, perThread)
	line := it.Comment.Line
	switch {
	case g.cut != nil && *g.cut == key:
		p.Problems = append(p.Problems, corpus.Problem{
			File: g.o.File, Line: line, Level: corpus.Warning, Oversize: true,
			Message: fmt.Sprintf("thread %q takes more than %d MB of memory: the comments from here on are taken as another thread", id, g.o.Limit>>20),
		})
	case g.closed.has(key):
		p.Problems = append(p.Problems, corpus.Problem{
			File: g.o.File, Line: line, Level: corpus.Warning,
			Message: fmt.Sprintf("thread %q goes on here, far from its other rows, and is taken as another: sort the table by thread", id),
		})
	}
	return p
}

// oldest takes out the thread that has waited longest for another item.
func (g *Gatherer) oldest() *corpus.Thread {
	p := g.wait.Remove(g.wait.Front()).(*thread)
	delete(g.open, p.key)
	g.closed.add(p.key)
	g.cut = nil
	if len(g.open) == 0 {
		key := p.key
		g.cut = &key
	}
	g.bytes -= p.bytes
	return g.finish(p)
}

// earlier orders threads by their first items.
func earlier(a, b *thread) int { return cmp.Compare(a.first, b.first) }

// finish makes the thread ready to be given out.
func (g *Gatherer) finish(p *thread) *corpus.Thread {
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
	p.placeContexts()
	g.settleTimes(t)
	g.resolveParents(p)
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
