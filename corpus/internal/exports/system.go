package exports

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
	"stance.example/stance/corpus/internal/xmlvalues"
)

// system describes what the JSON of a site or a program means: where the threads, their
// articles and their comments stand, as paths. A path that isn't given has nothing.
//
// What is found at threads, or the whole value if that is nothing, is a thread if there are
// comments in it, and otherwise a comment.
type system struct {
	Name, Title, Carries string
	Shapes               []shape
	Root                 string   // in place of shapes: the pattern of the root of XML
	Elements             []string // of XML, which are the values; nil for JSON
	Reader               reader   // in place of all that follows
	Threads              at
	IsThread             test      // nil: there are comments in it
	Comments             at        // in a thread
	Article              article   // in a thread
	About                article   // the same, in a comment
	Articles             at        // in the value, where they stand apart
	Listed               article   // in one of these
	IsListed             test      // nil: all are; otherwise without comments nobody wants them
	People               []people  // in the value
	Heads                condition // the value tells of the file and holds nothing
	More                 condition // of a thread: there is more than the file holds
	Comment              comment
	Kinds                []string // what IDs may have before them
	Markdown             writing  // nil: package markup's
	MonthFirst           bool     // in dates of figures alone
	Scattered            bool     // comments stand at any depth of a value
	End                  pageEdit // adds what a value says of the thread of its last comment
}

// What a description names of particulars.go.
type (
	commentEdit func(c *corpus.Comment, v *jsonlite.Value)
	pageEdit    func(p *page, v *jsonlite.Value)
	test        func(v, root *jsonlite.Value) bool
	writing     func(text string) string
)

// article is where an article's fields stand.
type article struct {
	ID, Title, Lead, Text, HTML, Markdown, URL, Site, Published, Count at
	Edit                                                               pageEdit
}

// people is where the readers stand that comments name by their IDs, with what an ID has
// before it in the comments.
type people struct {
	At, ID, Name at
	Prefix       string
}

// comment is where a comment's fields stand.
type comment struct {
	ID, Author, By       at // by is the ID of one of the people
	Text, HTML, Markdown at
	Posted, PostedAs     at
	Votes, Against       at // several are added up
	Parent               at
	Top                  at        // what a parent is equal to if there is none
	Thread               at        // the ID of its thread, where several stand together
	Replies, Above       at        // what answers it, and what it answers
	Depth                at        // how deep it stands below others before it
	Count                at        // of its replies
	Unloaded             at        // how many others the site gives only when asked: its replies, or in its place
	Removed              condition // its text was taken away
	Skip                 condition // it isn't a reader's
	Opens                condition // it is the article
	Article              test      // as Opens
	Opening              *article  // where the fields of that stand in it, if not where a comment's do
	Chained              bool      // its thread is that of the comment it answers, if it isn't named
	Unordered            bool      // and that may come later
	Together             bool      // and if that isn't there, the last before it, or what its parent names
	Edit                 commentEdit
}

// form is the saved form that the system describes.
func (s *system) form() Form {
	f := Form{Name: s.Name, Title: s.Title, Carries: s.Carries, shapes: s.Shapes, reader: s.Reader}
	if f.read != nil {
		return f
	}
	if s.Root != "" {
		f.detect = xmlvalues.RootNamed(s.Root)
	}
	f.read = func(in *input) error {
		in.book.untaken.own = words(s.Comment.Text, s.Comment.HTML, s.Comment.Markdown).bare()
		in.book.untaken.sample.Described = true
		in.book.untaken.sample.Removals = s.Comment.Removed.words()
		asks := s.Comment.asks(s.Kinds)
		in.book.untaken.identity = words(s.Comment.ID, s.Comment.Author, s.Comment.Posted).bare()
		b := in.book
		in.depth = s.depth()
		read := in.values
		if s.Elements != nil {
			read = func(use func(*jsonlite.Value)) error { return in.elements(s.Elements, use) }
		}
		return read(func(root *jsonlite.Value) {
			if s.Heads.holds(root) {
				return
			}
			r := &systemReader{system: s, book: b, root: root, names: s.names(root), asks: asks}
			r.value(root)
			s.Articles.each(root, func(v *jsonlite.Value) {
				if s.IsListed == nil || s.IsListed(v, root) {
					p := b.page(s.Listed.ID.word(v))
					p.Idle = s.IsListed != nil
					r.describe(p, &s.Listed, v)
				}
			})
			if r.last == nil {
				b.ignored += r.passed
				return
			}
			r.last.Ignored += r.passed
			if s.Comment.Chained && s.More.holds(root) {
				r.last.More = hasMore
			}
			if s.End != nil {
				s.End(r.last, root)
			}
		})
	}
	return f
}

// depth is how many objects stand around the comments in a value, at most; 0 where comments are told by what
// stands around them.
func (s *system) depth() int {
	if s.Comment.Chained || s.Comments == "" {
		return 0
	}
	most := func(a at) int {
		n := 0
		for path := range strings.FieldsSeq(string(a)) {
			n = max(n, 1+strings.Count(path, "."))
		}
		return n
	}
	return most(s.Threads) + most(s.Comments)
}

// names returns the names of the people by their IDs.
func (s *system) names(root *jsonlite.Value) map[string]string {
	names := map[string]string{}
	for _, p := range s.People {
		p.At.each(root, func(v *jsonlite.Value) {
			names[p.Prefix+p.ID.word(v)] = p.Name.word(v)
		})
	}
	return names
}

// systemReader reads one value.
type systemReader struct {
	*system
	book   *book
	root   *jsonlite.Value
	names  map[string]string
	asks   *asks    // of an entry
	branch []string // the comments above the next, by their depths
	start  int      // the least depth
	last   *page    // that something was added to
	passed int      // entries that are no comments
}

// hasMore says that a file isn't all.
const hasMore = "the site says that it has more"

// value adds what a value holds.
func (r *systemReader) value(v *jsonlite.Value) {
	switch v.Kind() {
	case jsonlite.Null: // interfaces give it for what isn't there
		return
	case jsonlite.Array:
		v.Array(func(e *jsonlite.Value) bool {
			r.value(e)
			return true
		})
		return
	}
	if !r.Threads.each(v, r.threadOrComment) {
		r.threadOrComment(v)
	}
}

func (r *systemReader) threadOrComment(v *jsonlite.Value) {
	there := r.Comments.there(v)
	if r.IsThread != nil {
		there = r.IsThread(v, r.root)
	}
	if there {
		r.thread(v)
		return
	}
	if r.Articles.there(v) {
		return
	}
	if r.words(v, nil) == "" && !r.Comment.Removed.holds(v) && r.Comment.ID.word(v) == "" {
		if !r.Scattered {
			r.book.strange++
		} else if v.Kind() == jsonlite.Object {
			v.Object(func(_ string, v *jsonlite.Value) bool {
				r.value(v)
				return true
			})
		}
		return
	}
	r.add(v, r.bare(r.Comment.Thread.word(v)), "")
}

// thread adds a thread with its comments.
func (r *systemReader) thread(v *jsonlite.Value) {
	id := r.Article.ID.word(v)
	r.Comments.each(v, func(c *jsonlite.Value) {
		if id == "" && !r.Comment.Chained {
			id = r.bare(ident(r.Comment.Thread.word(c)))
		}
	})
	if !r.Comment.Chained || id != "" {
		p := r.book.page(id)
		r.describe(p, &r.Article, v)
		switch {
		case r.More.holds(v) || r.More.holds(r.root):
			p.More = hasMore
		case p.More == hasMore: // of several pages the last one says it
			p.More = ""
		}
	}
	r.Comments.each(v, func(c *jsonlite.Value) {
		r.add(r.book.whole(c), id, "")
	})
}

// describe fills what is unknown of the article.
func (r *systemReader) describe(p *page, a *article, v *jsonlite.Value) {
	read := r.book.texts
	gather.Fill(&p.Article.Title, html.UnescapeString(read.note(a.Title.word(v))))
	gather.Fill(&p.Article.Description, markup.HTML(read.note(a.Lead.word(v))))
	gather.Fill(&p.Article.Text, r.textAt(v, a.Text, a.HTML, a.Markdown, read))
	gather.Fill(&p.Article.URL, a.URL.word(v))
	gather.Fill(&p.Article.Site, a.Site.word(v))
	gather.Fill(&p.Article.Published, scalar.Published(a.Published.word(v)))
	if n, ok := scalar.Count(a.Count.word(v)); ok {
		p.DeclaredComments = max(p.DeclaredComments, n)
	}
	if a.Edit != nil {
		a.Edit(p, v)
	}
}

// add adds a comment of a thread that answers the one with the ID above, and its replies. It
// returns its ID, if it isn't the article.
func (r *systemReader) add(v *jsonlite.Value, thread, above string) string {
	at := &r.Comment
	at.Above.each(v, func(up *jsonlite.Value) { above = r.add(up, thread, above) })
	c := r.read(v)
	if n, ok := scalar.Count(at.Depth.word(v)); ok {
		above = cmp.Or(r.over(n), above)
		defer func() { r.branch = append(r.branch, c.ID) }()
	}
	gather.Fill(&c.Parent, above)
	if at.Skip.holds(v) {
		r.passed++
		return ""
	}
	p := r.page(v, &c, thread)
	r.last = p
	opens := r.opens(v)
	r.book.untaken.entry(v, &c, r.asks, p.ID, r.book.texts, opens || at.standsIn(&c, v))
	if c.Author == "" && strings.ContainsAny(at.By.word(v), "0123456789") { // others stand for nobody
		r.book.unnamed++
	}
	r.put(p, &c, v, opens)
	if n, ok := scalar.Count(at.Unloaded.word(v)); ok {
		p.Absent += n
		if n == 0 && c.ID == "" {
			p.More = "some are behind links that go on with a branch"
		}
	}
	at.Replies.each(v, func(reply *jsonlite.Value) { r.add(reply, p.ID, c.ID) })
	return c.ID
}

// standsIn reports whether an entry stands for others that the site gives only when asked.
func (at *comment) standsIn(c *corpus.Comment, v *jsonlite.Value) bool {
	return c.Text == "" && !c.Removed && at.Unloaded.there(v)
}

// over returns the ID of the comment above one that stands at a depth.
func (r *systemReader) over(depth int) string {
	if r.branch == nil {
		r.start = depth
	}
	r.branch = r.branch[:max(0, min(depth-r.start, len(r.branch)))]
	if n := len(r.branch); n > 0 {
		return r.branch[n-1]
	}
	return ""
}

// put puts an entry into its thread as what it is: the article, which then has no ID, a comment, or
// nothing that was written.
func (r *systemReader) put(p *page, c *corpus.Comment, v *jsonlite.Value, opens bool) {
	at := &r.Comment
	opening := at.Opening
	if opens && opening == nil && p.Article.Text == "" && c.Text != "" {
		opening = &article{Text: at.Text, HTML: at.HTML, Markdown: at.Markdown, Published: at.Posted, Count: at.Count}
	}
	switch {
	case opens && opening != nil:
		r.describe(p, opening, v)
		if opening == at.Opening {
			r.count(p, c.ID, v)
		}
		p.Top(c.ID)
		c.ID = ""
	case at.standsIn(c, v):
		c.ID = ""
	case c.Text == "" && !c.Removed:
		p.LeaveOut(c)
		r.count(p, c.ID, v)
	default:
		r.book.add(p, *c)
		if c.ID == "" && at.Replies.there(v) {
			c.ID = fmt.Sprintf("c%d", len(p.Comments))
			p.Comments[len(p.Comments)-1].ID = c.ID
		}
		r.count(p, c.ID, v)
	}
}

// count notes how many replies an entry has.
func (r *systemReader) count(p *page, id string, v *jsonlite.Value) {
	if n, ok := scalar.Count(r.Comment.Count.word(v)); ok && n > 0 && id != "" {
		p.Promise(id, n)
	}
}

// threadOf returns the ID of a comment's thread, which stands in one with another.
func (r *systemReader) threadOf(v *jsonlite.Value, c *corpus.Comment, thread string) string {
	at := &r.Comment
	own := r.bare(ident(at.Thread.word(v)))
	switch {
	case own != "":
		return own
	case (at.Chained || thread == "") && r.opens(v):
		return c.ID
	case !at.Chained || thread != "":
		return thread
	case r.book.of[c.Parent] != "":
		return r.book.of[c.Parent]
	case at.Together && r.last != nil:
		return r.last.ID
	case at.Together || at.Unordered:
		return c.Parent
	}
	return ""
}

// page returns the thread of a comment.
func (r *systemReader) page(v *jsonlite.Value, c *corpus.Comment, thread string) *page {
	at := &r.Comment
	thread = r.threadOf(v, c, thread)
	p := r.book.page(thread)
	if at.Chained && c.ID != "" {
		r.book.chain(c.ID, thread)
		if early := r.book.Begun(c.ID); at.Unordered && early != nil && early != p {
			r.book.merge(early, p)
		}
	}
	p.Top(thread)
	r.describe(p, &r.About, v)
	p.Article.URL, _, _ = strings.Cut(p.Article.URL, "#") // where the comment stands on it
	return p
}

// opens reports whether an entry is the article.
func (r *systemReader) opens(v *jsonlite.Value) bool {
	at := &r.Comment
	return at.Opens.holds(v) || at.Article != nil && at.Article(v, r.root)
}

// read returns the comment itself.
func (r *systemReader) read(v *jsonlite.Value) corpus.Comment {
	at := &r.Comment
	c := corpus.Comment{
		ID: r.bare(at.ID.word(v)), Parent: r.bare(ident(at.Parent.word(v))), Author: html.UnescapeString(cmp.Or(at.Author.word(v), r.names[at.By.word(v)])),
		Text: r.words(v, r.book.texts), Removed: at.Removed.holds(v), Votes: at.Votes.sum(v),
	}
	if c.Parent == at.Top.word(v) {
		c.Parent = ""
	}
	c.Votes = less(c.Votes, at.Against.sum(v))
	when(&c, at.Posted.word(v), r.order())
	c.PostedAs = cmp.Or(at.PostedAs.word(v), c.PostedAs)
	if at.Edit != nil {
		at.Edit(&c, v)
	}
	return c
}

// order is that of day and month.
func (s *system) order() scalar.Order {
	if s.MonthFirst {
		return scalar.MonthFirst
	}
	return scalar.UnknownOrder
}

// bare is an ID without its kind.
func (s *system) bare(id string) string { return bare(id, s.Kinds) }

func bare(id string, kinds []string) string {
	for _, kind := range kinds {
		if bare, ok := strings.CutPrefix(id, kind); ok {
			return bare
		}
	}
	return id
}

func (s *system) words(v *jsonlite.Value, read taken) string {
	return s.textAt(v, s.Comment.Text, s.Comment.HTML, s.Comment.Markdown, read)
}

// textAt is the text of a value, by the first of the ways to write it that has any.
func (s *system) textAt(v *jsonlite.Value, plain, hypertext, markdown at, read taken) string {
	if text := strings.TrimSpace(plain.prose(v, read)); text != "" {
		return text
	}
	if text := hypertext.prose(v, read); text != "" {
		return markup.HTML(text)
	}
	if s.Markdown != nil {
		return s.Markdown(markdown.prose(v, read))
	}
	return markup.Markdown(markdown.prose(v, read))
}

// ident is a word as an identifier: JavaScript's null and zero are none.
func ident(w string) string {
	if w == "0" || w == "false" || w == "null" {
		return ""
	}
	return w
}

// when sets the time of a comment. One that isn't absolute is kept as written.
func when(c *corpus.Comment, written string, order scalar.Order) {
	c.PostedAs = ""
	if t, ok := order.Time(written); ok {
		c.Posted = t
		return
	}
	c.PostedAs = written
}

// less takes votes against off those for a comment, where there are any.
func less(votes, against *int) *int {
	if against == nil {
		return votes
	}
	n := -*against
	if votes != nil {
		n += *votes
	}
	return &n
}

// says reports whether anything stands there that isn't a way to say no: null, false, zero,
// nothing.
func (a at) says(v *jsonlite.Value) bool {
	yes := false
	a.each(v, func(v *jsonlite.Value) {
		switch v.Kind() {
		case jsonlite.Object: // a word that stands deeper isn't this
		case jsonlite.Array:
			yes = yes || v.Len() > 0
		default:
			s := spelled(v)
			value, known := scalar.Truth(s)
			yes = yes || value || !known && s != "" && s != "null"
		}
	})
	return yes
}

// condition is one or more alternatives, each a path and what must stand there: "path" for
// anything but null, false, zero, nothing; "!path" for nothing or null; "path=a,b" for one of the
// words; "path!=a,b" for another word than these; "path>list" for a number above the length of a
// list.
type condition string

// holds reports whether any alternative is true of the value.
func (c condition) holds(v *jsonlite.Value) bool {
	for alternative := range strings.FieldsSeq(string(c)) {
		if absent, ok := strings.CutPrefix(alternative, "!"); ok {
			if !at(absent).there(v) {
				return true
			}
			continue
		}
		if number, list, ok := strings.Cut(alternative, ">"); ok {
			length := 0
			at(list).each(v, func(*jsonlite.Value) { length++ })
			if n, ok := scalar.Count(at(number).word(v)); ok && n > length {
				return true
			}
			continue
		}
		path, words, compared := strings.Cut(alternative, "=")
		path, not := strings.CutSuffix(path, "!")
		found := at(path).word(v)
		switch {
		case !compared && at(path).says(v):
			return true
		case compared && found != "" && slices.Contains(strings.Split(words, ","), found) != not:
			return true
		}
	}
	return false
}

// paths are those of the alternatives.
func (c condition) paths() at {
	var paths []string
	for alternative := range strings.FieldsSeq(string(c)) {
		path, _, _ := strings.Cut(strings.TrimPrefix(alternative, "!"), "=")
		path, _, _ = strings.Cut(strings.TrimSuffix(path, "!"), ">")
		paths = append(paths, path)
	}
	return at(strings.Join(paths, " "))
}

// words are what the alternatives compare with.
func (c condition) words() []string {
	var words []string
	for alternative := range strings.FieldsSeq(string(c)) {
		if _, compared, ok := strings.Cut(alternative, "="); ok {
			words = append(words, strings.Split(compared, ",")...)
		}
	}
	return words
}
