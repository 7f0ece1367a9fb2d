package exports

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/markup"
	"stance.example/stance/corpus/internal/scalar"
)

// system describes what the JSON of a site or a program means: where the threads, their
// articles and their comments stand, as paths. A path that isn't given has nothing.
//
// What is found at threads, or the whole value if that is nothing, is a thread if there are
// comments in it, and otherwise a comment.
type system struct {
	shapes   []shape
	detect   func(head []byte) bool // in place of shapes
	elements []string               // of XML, which are the values; nil for JSON
	threads  at
	isThread func(v *jsonlite.Value) bool // nil: there are comments in it
	comments at                           // in a thread
	article  article                      // in a thread
	about    article                      // the same, in a comment
	articles at                           // in the value, where they stand apart
	listed   article                      // in one of these
	isListed func(v *jsonlite.Value) bool // nil: all are; otherwise without comments nobody wants them
	people   []people                     // in the value
	heads    condition                    // the value tells of the file and holds nothing
	more     condition                    // of a thread: there is more than the file holds
	comment  comment
	kinds    []string            // what IDs may have before them
	markdown func(string) string // nil: package markup's
	order    scalar.Order        // of day and month
	// scattered says that comments stand at any depth of a value.
	scattered bool
	// end adds what a value says of the thread of its last comment.
	end func(p *page, root *jsonlite.Value)
}

// article is where an article's fields stand.
type article struct {
	id, title, lead, text, html, markdown, url, site, published, count at
	edit                                                               func(p *page, v *jsonlite.Value)
}

// people is where the readers stand that comments name by their IDs, with what an ID has
// before it in the comments.
type people struct {
	at, id, name at
	prefix       string
}

// comment is where a comment's fields stand.
type comment struct {
	id, author, by       at // by is the ID of one of the people
	text, html, markdown at
	posted, postedAs     at
	votes, against       at // several are added up
	parent               at
	top                  at        // what a parent is equal to if there is none
	thread               at        // the ID of its thread, where several stand together
	replies, above       at        // what answers it, and what it answers
	depth                at        // how deep it stands below others before it
	count                at        // of its replies
	unloaded             at        // how many others the site gives only when asked: its replies, or in its place
	removed              condition // its text was taken away
	skip                 condition // it isn't a reader's
	opens                condition // it is the article
	opening              *article  // where the fields of that stand in it, if not where a comment's do
	article              func(v, root *jsonlite.Value) bool
	chained              bool // its thread is that of the comment it answers, if it isn't named
	unordered            bool // and that may come later
	together             bool // and if that isn't there, the last before it, or what its parent names
	edit                 func(c *corpus.Comment, v *jsonlite.Value)
}

// form is the saved form that the system describes.
func (s system) form() Form {
	return Form{shapes: s.shapes, detect: s.detect, read: func(in *input) error {
		in.book.untaken.own = at(strings.TrimSpace(string(s.comment.text + " " + s.comment.html + " " + s.comment.markdown)))
		in.book.untaken.sample.Described = true
		in.book.untaken.sample.Removals = s.comment.removed.words()
		asks := s.comment.asks(s.kinds)
		in.book.untaken.identity = words(s.comment.id, s.comment.author, s.comment.posted)
		b := in.book
		in.depth = s.depth()
		read := in.values
		if s.elements != nil {
			read = func(use func(*jsonlite.Value)) error { return in.elements(s.elements, use) }
		}
		return read(func(root *jsonlite.Value) {
			if s.heads.holds(root) {
				return
			}
			r := &systemReader{system: &s, book: b, root: root, names: s.names(root), asks: asks}
			r.value(root)
			s.articles.each(root, func(v *jsonlite.Value) {
				if s.isListed == nil || s.isListed(v) {
					p := b.page(s.listed.id.word(v))
					p.idle = s.isListed != nil
					r.describe(p, &s.listed, v)
				}
			})
			if r.last == nil {
				b.ignored += r.passed
				return
			}
			r.last.ignored += r.passed
			if s.comment.chained && s.more.holds(root) {
				r.last.more = hasMore
			}
			if s.end != nil {
				s.end(r.last, root)
			}
		})
	}}
}

// depth is how many objects stand around the comments in a value, at most; 0 where comments are told by what
// stands around them.
func (s *system) depth() int {
	if s.comment.chained || s.comments == "" {
		return 0
	}
	most := func(a at) int {
		n := 0
		for path := range strings.FieldsSeq(string(a)) {
			n = max(n, 1+strings.Count(path, "."))
		}
		return n
	}
	return most(s.threads) + most(s.comments)
}

// names returns the names of the people by their IDs.
func (s *system) names(root *jsonlite.Value) map[string]string {
	names := map[string]string{}
	for _, p := range s.people {
		p.at.each(root, func(v *jsonlite.Value) {
			names[p.prefix+p.id.word(v)] = p.name.word(v)
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
	if !r.threads.each(v, r.threadOrComment) {
		r.threadOrComment(v)
	}
}

func (r *systemReader) threadOrComment(v *jsonlite.Value) {
	there := r.comments.there(v)
	if r.isThread != nil {
		there = r.isThread(v)
	}
	if there {
		r.thread(v)
		return
	}
	if r.articles.there(v) {
		return
	}
	if r.words(v, nil) == "" && !r.comment.removed.holds(v) && r.comment.id.word(v) == "" {
		if !r.scattered {
			r.book.strange++
		} else if v.Kind() == jsonlite.Object {
			v.Object(func(_ string, v *jsonlite.Value) bool {
				r.value(v)
				return true
			})
		}
		return
	}
	r.add(v, r.bare(r.comment.thread.word(v)), "")
}

// thread adds a thread with its comments.
func (r *systemReader) thread(v *jsonlite.Value) {
	id := r.article.id.word(v)
	r.comments.each(v, func(c *jsonlite.Value) {
		if id == "" && !r.comment.chained {
			id = r.bare(ident(r.comment.thread.word(c)))
		}
	})
	if !r.comment.chained || id != "" {
		p := r.book.page(id)
		r.describe(p, &r.article, v)
		if r.more.holds(v) || r.more.holds(r.root) {
			p.more = hasMore
		}
	}
	r.comments.each(v, func(c *jsonlite.Value) {
		r.add(r.book.whole(c), id, "")
	})
}

// describe fills what is unknown of the article.
func (r *systemReader) describe(p *page, a *article, v *jsonlite.Value) {
	read := r.book.texts
	set(&p.Article.Title, html.UnescapeString(read.note(a.title.word(v))))
	set(&p.Article.Description, markup.HTML(read.note(a.lead.word(v))))
	set(&p.Article.Text, r.textAt(v, a.text, a.html, a.markdown, read))
	set(&p.Article.URL, a.url.word(v))
	set(&p.Article.Site, a.site.word(v))
	set(&p.Article.Published, scalar.Published(a.published.word(v)))
	if n, ok := scalar.Count(a.count.word(v)); ok {
		p.DeclaredComments = max(p.DeclaredComments, n)
	}
	if a.edit != nil {
		a.edit(p, v)
	}
}

// add adds a comment of a thread that answers the one with the ID above, and its replies. It
// returns its ID, if it isn't the article.
func (r *systemReader) add(v *jsonlite.Value, thread, above string) string {
	at := &r.comment
	at.above.each(v, func(up *jsonlite.Value) { above = r.add(up, thread, above) })
	c := r.read(v)
	if n, ok := scalar.Count(at.depth.word(v)); ok {
		above = cmp.Or(r.over(n), above)
		defer func() { r.branch = append(r.branch, c.ID) }()
	}
	set(&c.Parent, above)
	if at.skip.holds(v) {
		r.passed++
		return ""
	}
	p := r.page(v, &c, thread)
	r.last = p
	opens := r.opens(v)
	r.book.untaken.entry(v, &c, r.asks, p.ID, r.book.texts, opens || at.standsIn(&c, v))
	if c.Author == "" && strings.ContainsAny(at.by.word(v), "0123456789") { // others stand for nobody
		r.book.unnamed++
	}
	r.put(p, &c, v, opens)
	if n, ok := scalar.Count(at.unloaded.word(v)); ok {
		p.absent += n
		if n == 0 && c.ID == "" {
			p.more = "some are behind links that go on with a branch"
		}
	}
	at.replies.each(v, func(reply *jsonlite.Value) { r.add(reply, p.ID, c.ID) })
	return c.ID
}

// standsIn reports whether an entry stands for others that the site gives only when asked.
func (at *comment) standsIn(c *corpus.Comment, v *jsonlite.Value) bool {
	return c.Text == "" && !c.Removed && at.unloaded.there(v)
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
	at := &r.comment
	opening := at.opening
	if opens && opening == nil && p.Article.Text == "" && c.Text != "" {
		opening = &article{text: at.text, html: at.html, markdown: at.markdown, published: at.posted, count: at.count}
	}
	switch {
	case opens && opening != nil:
		r.describe(p, opening, v)
		if opening == at.opening {
			r.count(p, c.ID, v)
		}
		p.isTop(c.ID)
		c.ID = ""
	case at.standsIn(c, v):
		c.ID = ""
	case c.Text == "" && !c.Removed:
		p.leaveOut(c)
		r.count(p, c.ID, v)
	default:
		r.book.add(p, *c)
		if c.ID == "" && at.replies.there(v) {
			c.ID = fmt.Sprintf("c%d", len(p.Comments))
			p.Comments[len(p.Comments)-1].ID = c.ID
		}
		r.count(p, c.ID, v)
	}
}

// count notes how many replies an entry has.
func (r *systemReader) count(p *page, id string, v *jsonlite.Value) {
	if n, ok := scalar.Count(r.comment.count.word(v)); ok && n > 0 && id != "" {
		p.replies[id] = n
	}
}

// threadOf returns the ID of a comment's thread, which stands in one with another.
func (r *systemReader) threadOf(v *jsonlite.Value, c *corpus.Comment, thread string) string {
	at := &r.comment
	own := r.bare(ident(at.thread.word(v)))
	switch {
	case own != "":
		return own
	case (at.chained || thread == "") && r.opens(v):
		return c.ID
	case !at.chained || thread != "":
		return thread
	case r.book.of[c.Parent] != "":
		return r.book.of[c.Parent]
	case at.together && r.last != nil:
		return r.last.ID
	case at.together || at.unordered:
		return c.Parent
	}
	return ""
}

// page returns the thread of a comment.
func (r *systemReader) page(v *jsonlite.Value, c *corpus.Comment, thread string) *page {
	at := &r.comment
	thread = r.threadOf(v, c, thread)
	p := r.book.page(thread)
	if at.chained && c.ID != "" {
		r.book.chain(c.ID, thread)
		if early, _ := r.book.held.Get(c.ID); at.unordered && early != nil && early != p {
			r.book.merge(early, p)
		}
	}
	p.isTop(thread)
	r.describe(p, &r.about, v)
	p.Article.URL, _, _ = strings.Cut(p.Article.URL, "#") // where the comment stands on it
	return p
}

// opens reports whether an entry is the article.
func (r *systemReader) opens(v *jsonlite.Value) bool {
	at := &r.comment
	return at.opens.holds(v) || at.article != nil && at.article(v, r.root)
}

// read returns the comment itself.
func (r *systemReader) read(v *jsonlite.Value) corpus.Comment {
	at := &r.comment
	c := corpus.Comment{
		ID: r.bare(at.id.word(v)), Parent: r.bare(ident(at.parent.word(v))), Author: html.UnescapeString(cmp.Or(at.author.word(v), r.names[at.by.word(v)])),
		Text: r.words(v, r.book.texts), Removed: at.removed.holds(v), Votes: at.votes.sum(v),
	}
	if c.Parent == at.top.word(v) {
		c.Parent = ""
	}
	c.Votes = less(c.Votes, at.against.sum(v))
	when(&c, at.posted.word(v), r.order)
	c.PostedAs = cmp.Or(at.postedAs.word(v), c.PostedAs)
	if at.edit != nil {
		at.edit(&c, v)
	}
	return c
}

// bare is an ID without its kind.
func (s *system) bare(id string) string { return bare(id, s.kinds) }

func bare(id string, kinds []string) string {
	for _, kind := range kinds {
		if bare, ok := strings.CutPrefix(id, kind); ok {
			return bare
		}
	}
	return id
}

func (s *system) words(v *jsonlite.Value, read taken) string {
	return s.textAt(v, s.comment.text, s.comment.html, s.comment.markdown, read)
}

// textAt is the text of a value, by the first of the ways to write it that has any.
func (s *system) textAt(v *jsonlite.Value, plain, hypertext, markdown at, read taken) string {
	if text := strings.TrimSpace(plain.prose(v, read)); text != "" {
		return text
	}
	if text := hypertext.prose(v, read); text != "" {
		return markup.HTML(text)
	}
	if s.markdown != nil {
		return s.markdown(markdown.prose(v, read))
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
