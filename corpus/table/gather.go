package table

import (
	"cmp"
	"container/list"
	"fmt"
	"hash/maphash"
	"html"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unsafe"

	"stance/corpus"
	"stance/corpus/formats/wellformed"
	"stance/corpus/internal/scalar"
	"stance/corpus/markup"
)

// gatherer collects the rows of each thread.
type gatherer struct {
	file    string
	columns *columns
	o       Options
	limit   int // bytes held above which threads are given out

	byTitle bool   // threads are told apart by their titles
	titled  bool   // … which was found to be right or wrong
	title   string // of the last row that has one

	times  scalar.Column
	rows   int
	bytes  int                  // held
	open   map[string]*gathered // by key
	wait   list.List            // of *gathered, the longest without a new row first
	closed closed
	cut    *string // the key of the thread given out last, if it was the only one

	remarks []corpus.Problem // for the first thread
}

func newGatherer(file string, c *columns, o Options, limit int) *gatherer {
	return &gatherer{
		file: file, columns: c, o: o, limit: limit, open: make(map[string]*gathered), closed: newClosed(),
		byTitle: !c.has(Thread) && c.has(Title),
	}
}

// The memory of what is held beside its texts, in bytes. A comment stands in a slice
// that has grown by a quarter each time.
const (
	perThread  = int(unsafe.Sizeof(corpus.Thread{})+unsafe.Sizeof(gathered{})) + 200 // its places in the map and the list
	perComment = int(unsafe.Sizeof(corpus.Comment{}))*5/4 + 8                        // the number of its votes
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

// gathered is a thread whose rows are being collected.
type gathered struct {
	thread *corpus.Thread
	key    string
	row    int // the number of its first row
	bytes  int
	place  *list.Element
	url    urlState
	votes  unread
	// feelings are sentiments of which none of the usual three is written.
	feelings unread
	// contexts are those of the comments, nil if there is no such column.
	contexts []string
}

// urlState tells what is known of the address in the rows of a thread.
type urlState uint8

const (
	noURL urlState = iota
	oneURL
	manyURLs
)

// unread counts cells that couldn't be understood.
type unread struct {
	count, line int
	first       string
}

func (u *unread) add(line int, cell string) {
	if u.count++; u.count == 1 {
		u.line, u.first = line, cell
	}
}

// join adds those of a later thread.
func (u *unread) join(v unread) {
	if u.count == 0 {
		*u = v
		return
	}
	u.count += v.count
}

// message says what of the cells wasn't understood.
func (u *unread) message(what string) string {
	message := fmt.Sprintf("%s: %q", what, u.first)
	if u.count > 1 {
		message += fmt.Sprintf(" (and %d more in the thread)", u.count-1)
	}
	return message
}

// add puts a row into its thread.
func (g *gatherer) add(line int, row []string) {
	g.rows++
	id, key := g.name(row)
	p := g.open[key]
	if p == nil {
		p = g.begin(id, key, line)
	}
	g.wait.MoveToBack(p.place)
	size := perComment
	for _, c := range row {
		size += len(c)
	}
	g.hold(p, size)
	p.describe(g.columns, row)
	if !p.opens(g.columns, row) {
		g.comment(p, line, row)
	}
}

// opens takes the post that opened a thread for its article, as exports of forums have it
// in the first row: its ID is that of the thread, and it has a title. It reports whether
// the row is that.
func (p *gathered) opens(c *columns, row []string) bool {
	const shortest = 4 // of an ID that isn't only a number in its thread
	id := strings.TrimSpace(c.cell(row, ID))
	if len(id) < shortest || id != p.thread.ID || c.cell(row, Title) == "" || len(p.thread.Comments) > 0 || p.thread.Article.Text != "" {
		return false
	}
	p.thread.Article.Text = c.cell(row, Text)
	p.thread.Article.Published = strings.TrimSpace(c.cell(row, Time))
	return true
}

// name returns the ID of a row's thread and its key.
func (g *gatherer) name(row []string) (id, key string) {
	id = strings.TrimSpace(g.columns.cell(row, Thread))
	switch {
	case id != "":
		return id, id
	case g.columns.has(Thread): // threads without an ID, from several sources
		return "", "\x00" + strings.TrimSpace(g.columns.cell(row, Source))
	case g.byTitle:
		if title := html.UnescapeString(strings.TrimSpace(g.columns.cell(row, Title))); title != "" {
			g.title = title
		}
		return g.title, g.title
	}
	return "", ""
}

// settleTitles makes one thread of all if the titles turn out to be those of the comments:
// most have a title of their own.
func (g *gatherer) settleTitles() {
	if !g.byTitle || g.titled {
		return
	}
	g.titled = true
	const few = 2 // comments of a title, on average
	all := slices.SortedFunc(g.held(), earlier)
	one := all[0]
	if len(all) == 1 {
		one.thread.ID = ""
		return
	}
	if g.rows >= few*len(all) {
		return
	}
	g.byTitle, g.columns.at[Title] = false, -1
	one.placeContexts()
	for _, p := range all[1:] {
		g.wait.Remove(p.place)
		p.placeContexts()
		one.bytes += p.bytes
		one.thread.Comments = append(one.thread.Comments, p.thread.Comments...)
		one.votes.join(p.votes)
		one.feelings.join(p.feelings)
	}
	one.thread.Article.Title, one.thread.ID, one.key, one.contexts = "", "", "", nil
	g.open = map[string]*gathered{"": one}
	slices.SortStableFunc(one.thread.Comments, func(a, b corpus.Comment) int { return cmp.Compare(a.Line, b.Line) })
}

// hold counts memory that a thread takes.
func (g *gatherer) hold(p *gathered, bytes int) {
	p.bytes += bytes
	g.bytes += bytes
}

func (g *gatherer) begin(id, key string, line int) *gathered {
	p := &gathered{thread: &corpus.Thread{ID: id}, key: key, row: g.rows}
	if known := g.o.Articles[strings.TrimPrefix(id, "t3_")]; known != nil {
		p.thread.Article, p.thread.DeclaredComments = known.Article, known.DeclaredComments
	}
	p.place = g.wait.PushBack(p)
	g.open[key] = p
	g.hold(p, perThread)
	switch {
	case g.cut != nil && *g.cut == key:
		p.thread.Problems = append(p.thread.Problems, corpus.Problem{
			File: g.file, Line: line, Level: corpus.Warning, Oversize: true,
			Message: fmt.Sprintf("thread %q takes more than %d MB of memory: the comments from here on are taken as another thread", id, g.limit>>20),
		})
	case g.closed.has(key):
		p.thread.Problems = append(p.thread.Problems, corpus.Problem{
			File: g.file, Line: line, Level: corpus.Warning,
			Message: fmt.Sprintf("thread %q goes on here, far from its other rows, and is taken as another: sort the table by thread", id),
		})
	}
	return p
}

// overfull reports whether a thread must be given out.
func (g *gatherer) overfull() bool {
	if g.bytes <= g.limit {
		return false
	}
	g.settleTitles()
	return true
}

// giveOldest takes out the thread that has waited longest for another row.
func (g *gatherer) giveOldest() *corpus.Thread {
	p := g.wait.Remove(g.wait.Front()).(*gathered)
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

func (g *gatherer) held() iter.Seq[*gathered] { return maps.Values(g.open) }

// earlier orders threads by their first rows.
func earlier(a, b *gathered) int { return cmp.Compare(a.row, b.row) }

// finish makes the thread ready to be given out.
func (g *gatherer) finish(p *gathered) *corpus.Thread {
	t := p.thread
	for _, u := range []struct {
		unread
		what string
	}{
		{p.votes, "the votes are not a number and were not read"},
		{p.feelings, "the sentiment is not negative, neutral or positive and will not be measured"},
	} {
		if u.count > 0 {
			t.Problems = append(t.Problems, corpus.Problem{File: g.file, Line: u.line, Level: corpus.Warning, Message: u.message(u.what)})
		}
	}
	t.Problems = append(g.remarks, t.Problems...)
	g.remarks = nil
	p.placeContexts()
	g.settleTimes(t)
	resolveParents(t)
	wellformed.Ensure(g.file, t)
	return t
}

// settleTimes reads the dates with two meanings by the order of day and month that the
// column has told.
func (g *gatherer) settleTimes(t *corpus.Thread) {
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

// describe takes the article from the first row that tells of it.
func (p *gathered) describe(c *columns, row []string) {
	a := &p.thread.Article
	fill := func(at *string, f Field) {
		if *at == "" {
			// Exports of web sites leave the entities in headlines.
			*at = html.UnescapeString(strings.TrimSpace(c.cell(row, f)))
			if IsHTML(*at) {
				*at = markup.HTML(*at)
			}
		}
	}
	fill(&p.thread.Source, Source)
	fill(&a.Title, Title)
	fill(&a.Description, Description)
	fill(&a.Text, ArticleText)
	fill(&a.Case, Case)
	p.address(strings.TrimSpace(c.cell(row, URL)))
}

// address takes the article's address, unless it differs from row to row: then it
// is that of the comments.
func (p *gathered) address(url string) {
	at := &p.thread.Article.URL
	switch {
	case url == "" || url == *at:
	case p.url == noURL:
		*at, p.url = url, oneURL
	default:
		*at, p.url = "", manyURLs
	}
}

// comment appends the comment of a row to its thread.
func (g *gatherer) comment(p *gathered, line int, row []string) {
	cell := func(f Field) string { return strings.TrimSpace(g.columns.cell(row, f)) }
	c := corpus.Comment{
		ID: cell(ID), Parent: cell(Parent), ParentText: g.columns.cell(row, ParentText), Author: cell(Author),
		PostedAs: cell(Time), Text: g.columns.cell(row, Text), Line: line,
		Removed: truth(cell(Removed)),
	}
	if commentPath.MatchString(c.ID) {
		c.Parent = pathParent(c.ID)
	}
	c.Posted, _ = g.times.Time(c.PostedAs)
	if written := cell(Votes); !scalar.Absent(written) {
		if n, ok := scalar.Count(written); ok {
			if against, ok := g.against(row); ok {
				n -= against
			}
			c.Votes = &n
		} else {
			p.votes.add(line, written)
		}
	}
	switch {
	case g.o.Markup != nil:
		c.Text = g.o.Markup(c.Text)
	case IsHTML(c.Text):
		c.Text = markup.HTML(c.Text)
	}
	if !g.columns.has(ID) {
		c.ID = fmt.Sprintf("c%d", g.rows)
	}
	a := corpus.Annotation{Label: cell(Stance), Sentiment: cell(Sentiment), Sarcasm: truth(cell(Sarcasm))}
	if lower := strings.ToLower(a.Label); isStance(lower) {
		a.Label = lower
	}
	if lower := strings.ToLower(a.Sentiment); isPolarity(lower) {
		a.Sentiment = lower
	} else if a.Sentiment != "" {
		p.feelings.add(line, a.Sentiment)
	}
	if a != (corpus.Annotation{}) {
		c.Annotation = &a
	}
	if g.columns.has(Context) {
		p.contexts = append(p.contexts, html.UnescapeString(cell(Context)))
	}
	p.thread.Comments = append(p.thread.Comments, c)
}

func truth(cell string) bool {
	value, _ := scalar.Truth(cell)
	return value
}

func isStance(name string) bool {
	_, err := corpus.ParseStance(name)
	return err == nil
}

func isPolarity(name string) bool {
	_, err := corpus.ParsePolarity(name)
	return err == nil
}

// placeContexts takes what the comments were written under for the title if it is the
// same for all and there is none, and for the texts of their parents otherwise.
func (p *gathered) placeContexts() {
	if len(p.contexts) == 0 {
		return
	}
	title := &p.thread.Article.Title
	differs := func(context string) bool { return context != p.contexts[0] }
	if *title == "" && !slices.ContainsFunc(p.contexts, differs) {
		*title = p.contexts[0]
		return
	}
	for i := range p.thread.Comments {
		if c := &p.thread.Comments[i]; c.ParentText == "" && p.contexts[i] != *title {
			c.ParentText = p.contexts[i]
		}
	}
}

// against is the number of votes against a row's comment, where its votes are only those
// for it.
func (g *gatherer) against(row []string) (int, bool) {
	cell := strings.TrimSpace(g.columns.cell(row, Against))
	if scalar.Absent(cell) {
		return 0, false
	}
	switch normal(g.columns.names[g.columns.at[Votes]]) {
	case "upvotes", "posvotes", "ups", "thumbsup", "likes", "likecount", "likescount", "commentlikes", "commentlikecount":
		return scalar.Count(cell)
	}
	return 0, false
}

// htmlTag is a tag that sites leave in the texts they export, and that nobody types.
var htmlTag = regexp.MustCompile(`(?i)<(?:br ?/?|/(?:p|a|b|i|em|strong|blockquote|span|div|li))>`)

// IsHTML reports whether a cell holds the markup of its site: a line break, or the end of
// an element.
func IsHTML(text string) bool { return strings.Contains(text, "<") && htmlTag.MatchString(text) }

// resolveParents brings the parents as exports write them to the IDs of the
// comments: a number that went through a column of fractions ("284.0"), the kind
// of the parent before its ID (Reddit's "t1_" for a comment, "t3_" for the post),
// and the several ways to say that a comment is top-level.
func resolveParents(t *corpus.Thread) {
	ids := make(map[string]bool, len(t.Comments))
	for i := range t.Comments {
		ids[t.Comments[i].ID] = true
	}
	for i := range t.Comments {
		parent := &t.Comments[i].Parent
		switch bare := strings.TrimSuffix(strings.TrimPrefix(*parent, "t1_"), ".0"); {
		case ids[*parent]:
		case ids[bare]:
			*parent = bare
		case isTop(*parent) || strings.TrimPrefix(*parent, "t3_") == strings.TrimPrefix(t.ID, "t3_"):
			*parent = ""
		}
	}
}

// commentPath is the ID of a comment in the SFU Opinion and Comments Corpus: its source,
// its article, and its place among the comments, the replies, their replies.
var commentPath = regexp.MustCompile(`^source\d+_\d+(?:_\d+)+$`)

// pathParent is the ID of the parent of a comment whose own ID is such a path, "" for a
// top-level one.
func pathParent(id string) string {
	const top = 2 // marks in the ID of a top-level comment
	if strings.Count(id, "_") <= top {
		return ""
	}
	return id[:strings.LastIndexByte(id, '_')]
}

// isTop reports whether an export says by this parent that there is none.
func isTop(parent string) bool {
	switch parent {
	case "0", "-1", "0.0", "-1.0", "root", "false":
		return true
	}
	return scalar.Absent(parent) || strings.HasPrefix(parent, "t3_")
}
