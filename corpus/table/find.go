package table

import (
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// record is a comment that was found among the objects of a file.
type record struct {
	line   int
	kind   *kindOfRecord
	values []string // of the fields of its kind
	above  *record  // that it answers by its place, nil for none
	about  *about
	id     string // once it is known
}

// kindOfRecord is what records with the same fields share.
type kindOfRecord struct {
	names        []string
	columns      *columns
	text, quoted string // the names of the text's field and the parent's
}

// adds reports whether a kind has a field that another lacks, or tells authors by their names where that
// has their IDs.
func (k *kindOfRecord) adds(f Field, to *kindOfRecord) bool {
	return k.columns.has(f) && (!to.columns.has(f) || f == Author && to.numbers() && !k.numbers())
}

// numbers reports whether the authors are told by their IDs.
func (k *kindOfRecord) numbers() bool {
	m, ok := composed(k.names[k.columns.at[Author]])
	return ok && m.rank >= personID
}

// about is what the objects around a comment tell of its article.
type about struct {
	thread  string
	article corpus.Article
}

func (a *about) empty() bool {
	return a == nil || a.thread == "" && a.article.Title == "" && a.article.URL == ""
}

// finder finds the comments in values, wherever they stand: objects with a text and
// something else that comments have, and what stands with them in a list. What stands within
// a comment under a name for replies is its replies. Objects around comments tell of the
// article.
type finder struct {
	set    map[Field]string
	kinds  map[string]*kindOfRecord // by the names of their fields
	seen   map[string]int           // scratch
	found  []*record
	paths  map[string]int // comments found that are no replies, by their place
	path   []string       // of these, beside found; "" for replies
	inPage bool           // only what is called a comment is one: a page's data holds much else
	others int            // values in which no comment is
	left   int            // objects with texts that are no comments, nor in their places
	place  string         // of the first of these

	names, values []string // of the fields of the object with the longest text, or the first
	longest       int
}

func newFinder(set map[Field]string) *finder {
	return &finder{set: set, kinds: map[string]*kindOfRecord{}, seen: map[string]int{}, paths: map[string]int{}}
}

// find looks for comments in a value.
func (f *finder) find(line int, n *node) {
	before := len(f.found)
	f.walk(line, n, spot{need: nothingElse})
	if len(f.found) == before && n.kind == '{' && len(n.keys) > 0 {
		f.others++
	}
}

// ReplyName reports whether a field of this name is one under which comments hold their replies.
func ReplyName(name string) bool {
	return !slices.ContainsFunc(nameParts(name), func(part string) bool { return !lists("replies", part) })
}

// CallsComments reports whether a name on a path, or in an address, is one that only comments have, and not those of
// several articles.
func CallsComments(path string) bool {
	calls := false
	for _, part := range nameParts(path) {
		if lists("of-several", part) {
			return false
		}
		calls = calls || lists("comments-only", part)
	}
	return calls
}

// spot is where a value stands.
type spot struct {
	path   string
	above  *record // the comment that it is in
	around *about
	need   need
	inner  bool // within a comment, not in a place for replies
}

// need is what an object needs beside a text to be a comment.
type need uint8

const (
	something   need = iota // that only comments have
	nothingElse             // it has no other words
	nothing                 // it stands among comments
)

// walk looks for comments in a value at a spot.
func (f *finder) walk(line int, n *node, at spot) {
	n.list()
	switch n.kind {
	case '[':
		f.list(line, n, at)
		return
	case '{':
	default:
		return
	}
	r, wraps := f.recordAt(line, n, at)
	switch {
	case r != nil && at.inner:
		f.leave(at.path)
		return
	case r == nil && !at.inner && !wraps:
		at.around = f.about(n, at.around)
		if at.need != something && at.path != "" {
			f.textless(n, at.path)
		}
	case r != nil:
		r.above, r.about = at.above, at.around
		f.found = append(f.found, r)
		path := at.path
		if at.above != nil {
			path = "" // it comes with what it answers
		} else {
			f.paths[path]++
		}
		f.path = append(f.path, path)
		at.above = r
	}
	f.inside(line, n, at, r, "")
}

// recordAt is the comment that an object at a spot is, nil if it is none or holds it.
func (f *finder) recordAt(line int, n *node, at spot) (r *record, wraps bool) {
	r = f.record(line, n, at.need)
	if wraps = r != nil && f.inner(line, n, r); wraps || f.inPage && at.above == nil && !CallsComments(at.path) {
		return nil, wraps
	}
	return r, false
}

// inside walks through the fields of an object, which is the comment r where that isn't nil, or
// one in it that holds its own fields.
func (f *finder) inside(line int, n *node, at spot, r *record, prefix string) {
	if query := n.field("queryHash"); query != nil && CallsComments(query.text) { // what TanStack Query has asked for
		at.path += ".comments"
	}
	for i, key := range n.keys {
		kid := &n.kids[i]
		below := spot{path: at.path + "." + key, above: at.above, around: at.around, inner: at.inner}
		if r != nil && kid.kind == '{' && (lists("wrapper", key) || r.uses(prefix+key+".")) {
			if !lists("wrapper", key) {
				key = prefix + key + "."
			} else {
				key = prefix
			}
			at := at
			at.path = below.path
			f.inside(line, kid, at, r, key)
			continue
		}
		below.inner = below.inner || at.above != nil && !ReplyName(key)
		f.walk(line, kid, below)
	}
}

// list walks through an array. In one of comments, or one named for them, an object needs
// nothing but a text, and a text by itself is a comment.
func (f *finder) list(line int, n *node, at spot) {
	named := ReplyName(at.path[strings.LastIndexByte(at.path, '.')+1:])
	at.path += "[]"
	at.need = something
	switch {
	case at.inner:
	case slices.ContainsFunc(n.kids, func(kid node) bool { return kid.kind == '{' && f.comment(line, &kid, something) != nil }):
		at.need = nothing
	case named:
		at.need = nothingElse
	}
	for i := range n.kids {
		kid := &n.kids[i]
		if kid.kind == '"' && !at.inner && named && strings.Contains(at.path, ".") && !strings.HasSuffix(at.path, "[][]") {
			kid = &node{kind: '{', keys: []string{"text"}, kids: []node{*kid}}
		}
		f.walk(line, kid, at)
	}
}

// textless counts an object among comments of which nothing is known to be the text, if a field of
// another name may be it.
func (f *finder) textless(n *node, path string) {
	if slices.ContainsFunc(n.keys, func(key string) bool { return n.field(key).kind == '[' && ReplyName(key) }) {
		return
	}
	names, values := f.fields(n)
	for i, name := range names {
		if Sentence(values[i]) && !KnownName(name) {
			f.leave(path + "." + name)
			return
		}
	}
}

// leave counts an object with a text that isn't taken.
func (f *finder) leave(path string) {
	if f.left++; f.left == 1 {
		f.place = strings.Trim(strings.ReplaceAll(path, "[]", ""), ".")
	}
}

// comment returns the object as a comment, nil if it isn't one.
func (f *finder) comment(line int, n *node, need need) *record {
	r := f.record(line, n, need)
	if r == nil || f.inner(line, n, r) {
		return nil
	}
	return r
}

// record is comment for an object that may hold the comment.
func (f *finder) record(line int, n *node, need need) *record {
	names, values := f.fields(n)
	f.remember(names, values)
	k := f.kind(names)
	c := k.columns
	r := &record{line: line, kind: k, values: values}
	_, fixed := f.set[Text]
	switch {
	case k.text == "" || !fixed && !slices.ContainsFunc(besideText, c.has) && !r.alone(need):
		return nil
	case strings.Contains(k.text, ".") && !f.holds(c, k.names, k.text):
		return nil
	case f.isArticle(n, c):
		return nil
	}
	return r
}

// inner reports whether the comment is an object in n, to which what is around it adds nothing but an ID.
func (f *finder) inner(line int, n *node, r *record) bool {
	path := strings.Split(r.kind.text, ".")
	for _, key := range path[:len(path)-1] {
		if n.tells() {
			return false
		}
		if n = n.field(key); n == nil || n.kind != '{' {
			return false
		}
		if within := f.record(line, n, something); within != nil {
			return !slices.ContainsFunc([]Field{Author, Time, ID, Parent, Votes}, func(field Field) bool { return r.kind.adds(field, within.kind) })
		}
	}
	return false
}

// tells reports whether a scalar of the object itself is known, but for an ID.
func (n *node) tells() bool {
	for i, key := range n.keys {
		if m, ok := composed(key); ok && m.field != ID && n.kids[i].kind != '{' && n.kids[i].kind != '[' {
			return true
		}
	}
	return false
}

// fields are the names and the values of an object's scalars, each name once.
func (f *finder) fields(n *node) (names, values []string) {
	names = make([]string, 0, len(n.keys))
	values = make([]string, 0, len(n.keys))
	clear(f.seen)
	n.fields("", func(name, value string) {
		if at, twice := f.seen[name]; twice {
			values[at] = value
			return
		}
		f.seen[name] = len(names)
		names, values = append(names, name), append(values, value)
	})
	return names, values
}

// alone reports whether a text is enough.
func (r *record) alone(need need) bool {
	words := 0
	for _, value := range r.values {
		if worded(value) {
			words++
		}
	}
	return worded(r.values[r.kind.columns.at[Text]]) && (need == nothing || need == nothingElse && words == 1)
}

// uses reports whether the comment's text, or that of its parent, is among the fields with this
// beginning.
func (r *record) uses(start string) bool {
	return strings.HasPrefix(r.kind.text, start) || strings.HasPrefix(r.kind.quoted, start)
}

// remember keeps the fields of an object, to name them where nothing is found.
func (f *finder) remember(names, values []string) {
	if len(f.found) > 0 || len(names) == 0 {
		return
	}
	longest := 0
	for _, value := range values {
		if strings.Count(value, " ") > 1 {
			longest = max(longest, len(value))
		}
	}
	if f.names == nil || longest > f.longest {
		f.names, f.values, f.longest = names, values, longest
	}
}

// besideText are the fields of which a comment has one beside its text.
var besideText = []Field{Author, Time, ID, Parent, ParentText, Votes, Against, Thread, URL, Stance, Sentiment, Sarcasm, Context, Removed}

// kind is that of objects with these fields.
func (f *finder) kind(names []string) *kindOfRecord {
	const most = 4096
	key := strings.Join(names, "\x00")
	k := f.kinds[key]
	if k == nil {
		k = &kindOfRecord{names: names, columns: guess(names, f.set)}
		if at := k.columns.at[Text]; at >= 0 {
			k.text = names[at]
		}
		if at := k.columns.at[ParentText]; at >= 0 {
			k.quoted = names[at]
		}
		if len(f.kinds) < most {
			f.kinds[key] = k
		}
	}
	return k
}

// holds reports whether the object with the text in one of its objects is the comment,
// and not that object: it has the ID, the author or the time.
func (f *finder) holds(c *columns, names []string, text string) bool {
	inner := text[:strings.LastIndexByte(text, '.')+1]
	for _, field := range []Field{Author, Time, ID} {
		if c.has(field) && !strings.HasPrefix(names[c.at[field]], inner) {
			return true
		}
	}
	return false
}

// isArticle reports whether an object with a text is a post with comments under it: it has
// a title, and they have none, or there are none and it has no author.
func (f *finder) isArticle(n *node, c *columns) bool {
	if !c.has(Title) && !c.has(ArticleText) {
		return false
	}
	for i, key := range n.keys {
		none := n.kids[i].kind == '[' && len(n.kids[i].kids) == 0 && key == "comments" && !c.has(Author)
		if none || ReplyName(key) && f.untitled(&n.kids[i]) {
			return true
		}
	}
	return false
}

// untitled reports whether a list, or one in a place for replies, has comments without titles.
func (f *finder) untitled(n *node) bool {
	return slices.ContainsFunc(n.kids, func(kid node) bool {
		names, _ := f.fields(&kid)
		inner := f.kind(names).columns
		return n.kind == '[' && kid.kind == '{' && inner.has(Text) && !inner.has(Title)
	}) || slices.ContainsFunc(n.keys, func(key string) bool { return ReplyName(key) && f.untitled(n.field(key)) })
}

// about returns what an object that is no comment tells of the article, beside what is
// known. What is in a comment tells of that.
func (f *finder) about(n *node, known *about) *about {
	found := &telling{about: &about{}}
	if known != nil {
		*found.about = *known
	}
	own := &node{kind: '{'}
	for i, key := range n.keys {
		if kid := &n.kids[i]; kid.kind != '{' || f.comment(0, kid, something) == nil {
			own.keys, own.kids = append(own.keys, key), append(own.kids, *kid)
		}
	}
	own.fields("", found.take)
	if found.told && found.id != "" {
		found.thread = found.id
	}
	if found.told && found.text != "" {
		found.article.Text = prose(found.text)
	}
	return found.about
}

// telling is an object that tells of an article: where it has a title, an address or the ID of a thread, its
// ID is that of the thread, and its text the article's.
type telling struct {
	*about
	id, text string
	told     bool
}

// take takes a field of the object.
func (t *telling) take(name, value string) {
	value = strings.TrimSpace(value)
	m, ok := composed("article " + strings.ReplaceAll(name, ".", " "))
	if !ok || scalar.Absent(value) {
		return
	}
	switch a := &t.article; m.field {
	case Title:
		if worded(value) {
			a.Title, t.told = prose(value), true
		}
	case URL:
		if strings.Contains(value, "/") {
			a.URL, t.told = value, true
		}
	case Thread:
		parts := nameParts(name)
		t.told = t.told || slices.Equal(parts, []string{"thread", "id"})
		if slices.ContainsFunc(parts, func(part string) bool { return slices.Contains([]string{"id", "key", "uuid"}, part) }) {
			t.id = value
		}
	case ArticleText:
		t.text = value
	case Description:
		a.Description = prose(value)
	case Published:
		a.Published = scalar.Published(value)
	}
}

// named are the places named for comments.
func (f *finder) named() map[string]bool {
	named := map[string]bool{}
	for path := range f.paths {
		fields := strings.Split(strings.ReplaceAll(path, "[]", ""), ".")
		if last := fields[len(fields)-1]; path != "" && ReplyName(last) {
			named[path] = true
		}
	}
	return named
}

// chosen returns the comments that are taken: those in the places named for comments, or
// else those in the place with the most, or in a page's data all. The others are left.
func (f *finder) chosen() []*record {
	best, most := "", 0
	named := f.named()
	for path, n := range f.paths {
		if n > most || n == most && path < best {
			best, most = path, n
		}
	}
	var taken []*record
	keep := false
	for i, r := range f.found {
		if r.above == nil {
			keep = named[f.path[i]] || len(named) == 0 && (f.inPage || f.path[i] == best && most > 0)
		}
		if keep {
			taken = append(taken, r)
		} else if !f.inPage {
			f.leave(f.path[i])
		}
	}
	f.found, f.path = f.found[:0], f.path[:0]
	clear(f.paths)
	return taken
}
