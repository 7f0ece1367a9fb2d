package table

import (
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// record is a comment that was found among the objects of a file.
type record struct {
	line  int
	cells map[string]string
	above *record // that it answers by its place, nil for none
	about *about
	id    string // once it is known
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
// something else that comments have. What stands within a comment under a name for
// replies is its replies. Objects around comments tell of the article.
type finder struct {
	set     map[Field]string
	kinds   map[string]*columns // by the names of their fields
	found   []*record
	paths   map[string]int // comments found that are no replies, by their place
	path    []string       // of these, beside found; "" for replies
	others  int            // objects that are no comments, beside them
	names   []string       // of the fields of the first object
	visited int
}

func newFinder(set map[Field]string) *finder {
	return &finder{set: set, kinds: map[string]*columns{}, paths: map[string]int{}}
}

// find looks for comments in a value.
func (f *finder) find(line int, n *node) {
	f.walk(line, n, "", nil, nil)
}

// replyNames are the names of fields under which comments hold their replies.
func replyName(name string) bool {
	for _, part := range nameParts(name) {
		switch part {
		case "replies", "reply", "children", "child", "comments", "comment", "responses", "answers", "thread", "threads", "items", "edges", "nodes", "node", "data", "list",
			"results", "nested", "sub", "subcomments", "descendants", "contents":
		default:
			return false
		}
	}
	return true
}

func (f *finder) walk(line int, n *node, path string, above *record, around *about) {
	switch n.kind {
	case '[':
		for i := range n.kids {
			f.walk(line, &n.kids[i], path+"[]", above, around)
		}
		return
	case '{':
	default:
		return
	}
	r := f.comment(line, n)
	if f.visited++; r == nil {
		if around = f.around(n, around); len(n.keys) > 0 && above == nil && path == "" {
			f.others++
		}
	} else {
		r.above, r.about = above, around
		f.found = append(f.found, r)
		at := path
		if above != nil {
			at = "" // it comes with what it answers
		} else {
			f.paths[path]++
		}
		f.path = append(f.path, at)
		above = r
	}
	for i, key := range n.keys {
		if r == nil && above == nil || replyName(key) {
			f.walk(line, &n.kids[i], path+"."+key, above, around)
		}
	}
}

// comment returns the object as a comment, nil if it isn't one.
func (f *finder) comment(line int, n *node) *record {
	r := &record{line: line, cells: map[string]string{}}
	var names []string
	n.fields("", func(name, value string) {
		if _, twice := r.cells[name]; !twice {
			names = append(names, name)
		}
		r.cells[name] = value
	})
	if f.names == nil && len(names) > 0 {
		f.names = names
	}
	c := f.kind(names)
	text := ""
	if c.has(Text) {
		text = names[c.at[Text]]
	}
	_, fixed := f.set[Text]
	switch {
	case text == "" || !fixed && !slices.ContainsFunc(besideText, c.has):
		return nil
	case strings.Contains(text, ".") && !f.holds(c, names, text):
		return nil
	case f.isArticle(n, c):
		return nil
	}
	return r
}

// besideText are the fields of which a comment has one beside its text.
var besideText = []Field{Author, Time, ID, Parent, ParentText, Votes, Against, Thread, URL, Stance, Sentiment, Sarcasm, Context, Removed}

// kind is the columns of objects with these fields.
func (f *finder) kind(names []string) *columns {
	const most = 4096
	key := strings.Join(names, "\x00")
	c := f.kinds[key]
	if c == nil {
		if c = guess(names, f.set); len(f.kinds) < most {
			f.kinds[key] = c
		}
	}
	return c
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
		kid := &n.kids[i]
		if kid.kind != '[' || !replyName(key) {
			continue
		}
		if len(kid.kids) == 0 && key == "comments" && !c.has(Author) {
			return true
		}
		for k := range kid.kids {
			if kid.kids[k].kind != '{' {
				continue
			}
			var names []string
			kid.kids[k].fields("", func(name, _ string) { names = append(names, name) })
			if inner := f.kind(names); inner.has(Text) && !inner.has(Title) {
				return true
			}
		}
	}
	return false
}

// around returns what an object that is no comment tells of the article, beside what is
// known.
func (f *finder) around(n *node, known *about) *about {
	found := &about{}
	if known != nil {
		*found = *known
	}
	id, text := "", ""
	told := false
	n.fields("", func(name, value string) {
		value = strings.TrimSpace(value)
		m, ok := composed("article " + strings.ReplaceAll(name, ".", " "))
		if !ok || scalar.Absent(value) {
			return
		}
		set := func(at *string) { *at, told = prose(value), true }
		switch a := &found.article; m.field {
		case Title:
			if worded(value) {
				set(&a.Title)
			}
		case URL:
			if strings.Contains(value, "/") {
				*(&a.URL), told = value, true
			}
		case Thread:
			if parts := nameParts(name); slices.Contains(parts, "id") || slices.Contains(parts, "key") || slices.Contains(parts, "uuid") {
				id = value
			}
		case ArticleText:
			text = value
		case Description:
			a.Description = prose(value)
		case Published:
			a.Published = scalar.Published(value)
		}
	})
	if told && id != "" {
		found.thread = id
	}
	if told && text != "" {
		found.article.Text = prose(text)
	}
	return found
}

// chosen returns the comments that are taken: those in the places named for comments, or
// else those in the place with the most; and the number of those elsewhere.
func (f *finder) chosen() (taken []*record, left int, place string) {
	best, most := "", 0
	named := map[string]bool{}
	for path, n := range f.paths {
		fields := strings.Split(strings.ReplaceAll(path, "[]", ""), ".")
		if last := fields[len(fields)-1]; path != "" && replyName(last) {
			named[path] = true
		}
		if n > most || n == most && path < best {
			best, most = path, n
		}
	}
	keep := false
	for i, r := range f.found {
		if r.above == nil {
			keep = f.path[i] == best || named[f.path[i]]
			if len(named) > 0 {
				keep = named[f.path[i]]
			}
		}
		if keep {
			taken = append(taken, r)
		} else if left++; place == "" && r.above == nil {
			place = strings.Trim(strings.ReplaceAll(f.path[i], "[]", ""), ".")
		}
	}
	return taken, left, place
}
