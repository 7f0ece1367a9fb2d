package webpage

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
)

// MaxPage is the largest page read, in bytes, unless Options say otherwise.
const MaxPage = 50 << 20

// Format is what pages are called in a thread's Format, behind the platform where it
// is known: "wordpress-html".
const Format = "html"

// Options say how to read a page.
type Options struct {
	// MaxPage is the largest page read, in bytes; 0 for MaxPage.
	MaxPage int64
	// General reads every page by the general reader, as if no platform were known.
	General bool
	// URL and Saved are where a page came from and when it was saved, where the file it
	// was packed in says so.
	URL   string
	Saved time.Time
}

// Most is the largest page that the options let in, in bytes.
func (o Options) Most() int64 {
	if o.MaxPage == 0 {
		return MaxPage
	}
	return o.MaxPage
}

// mostTags is how many tags a page of that many bytes may have. One takes up to 400 bytes of
// memory, with the text behind it, so that a page takes up to 300 MB unless more is allowed: that
// of some 15,000 comments. One that is hardly more than tags is no page of comments.
func (o Options) mostTags(size int) int {
	const usual, perTag = 800_000, 64
	const few, dense = 128_000, 8 // bytes a tag
	return max(few, min(size/dense, max(usual, int(o.Most()/perTag))))
}

// Read returns the thread of the page r, by the contract of package formats: one
// thread, or one *corpus.Problem for a page that can't be read. The text must be
// UTF-8; the name is for messages.
func Read(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		t, err := read(name, r, o)
		if err != nil {
			yield(nil, err)
			return
		}
		yield(t, nil)
	}
}

func read(name string, r io.Reader, o Options) (*corpus.Thread, error) {
	limit := o.Most()
	in := &limited{r: r, left: limit}
	page, err := io.ReadAll(in)
	switch {
	case in.over:
		p := failure(name, "a page of more than %d MB: not read", limit>>20)
		p.Oversize = true
		return nil, p
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if most := o.mostTags(len(page)); bytes.Count(page, []byte{'<'}) > most {
		p := failure(name, "%d bytes with more than %d tags, which no page of comments has: not read", len(page), most)
		p.Oversize = true
		return nil, p
	}
	root := parse(page)
	openButtons(root)
	ls := lines{}
	wrapSpanned(root)
	ls.wrapFlat(root)
	ls.markHeaded(root)
	ls.markNumbered(root)
	return newTree(root, ls).thread(name, o), nil
}

func failure(name, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: name, Level: corpus.Failure, Message: fmt.Sprintf(format, args...)}
}

// limited reads up to a number of bytes and remembers if there were more.
type limited struct {
	r    io.Reader
	left int64
	over bool
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		l.over = true
		return 0, io.EOF
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// thread reads the page as the platform that made it, or as an unknown one.
func (t *tree) thread(name string, o Options) *corpus.Thread {
	th := &corpus.Thread{Format: Format, Article: t.header()}
	var p *platform
	if !o.General {
		p = t.platform()
	}
	var items []*item
	if p != nil {
		th.Format = p.name + "-" + Format
		items = p.find(t)
	}
	if len(items) == 0 {
		items = t.items(t.general())
	}
	items = t.written(items)
	t.addTitles(items)
	if p != nil {
		p.header(t, &th.Article)
	}
	th.DeclaredComments = t.declared(items)
	from, pings := t.elsewhere(), t.pings()
	unloaded := 0
	if p != nil {
		unloaded = p.unloaded(t)
	}
	o.saved(t)
	th.Article.URL = cmp.Or(th.Article.URL, o.URL)
	th.Article.Site = cmp.Or(th.Article.Site, host(th.Article.URL))
	if th.Article.Text == "" && (p == nil || p.post == "") {
		th.Article.Text = t.articleText(items, t.linkedArticle()) // from here on the page is used up
	}
	if len(items) > 0 && (p != nil && p.opens || (p == nil || p.post == "") && t.isForum(items, &th.Article)) {
		th.Article.Text = items[0].text
		items = items[1:]
	}
	if len(items) == 0 {
		items = t.linkedComments()
	}
	var remarks []string
	th.Comments, remarks = t.link(items)
	resolve(th.Comments, o.Saved)
	if unloaded > 0 && th.DeclaredComments <= len(items) {
		th.DeclaredComments = len(items) + unloaded
	}
	for _, r := range append(remarks, missing(th, pings, from)) {
		if r != "" {
			p := corpus.Problem{File: name, Level: corpus.Warning, Message: r}
			if len(items) == 0 {
				p.Kind = corpus.NoComments
			}
			th.Problems = append(th.Problems, p)
		}
	}
	return th
}

// isForum reports whether the first item is the post that opens a forum's thread: the
// program that made the page is one for forums, or the page says so in its data, or nothing
// on it is called a comment and beside the items there is hardly any text. On a later page
// of a thread the first item is a post like the others.
func (t *tree) isForum(items []*item, beside *corpus.Article) bool {
	if laterPage().MatchString(beside.URL) {
		return false
	}
	if t.first(forums) != nil || describes(beside.Description, items[0].text) {
		return true
	}
	for _, v := range t.data {
		for _, one := range members(v, 0) {
			if one["@type"] == "DiscussionForumPosting" || one["@type"] == "QAPage" {
				return true
			}
		}
	}
	const little = 700
	for _, it := range items {
		if !t.nodes[it.at].words.has(postWord) || t.nodes[it.at].words.has(commentWord) || t.surroundings(it.at) > 0.5 {
			return false
		}
	}
	return len(beside.Text) < little && len(items) > 1 && t.announced(items[0].at, 0) == 0 && !t.headsArticle(items[0].at)
}

// describes reports whether a page's description is the beginning of a text.
func describes(description, text string) bool {
	const least, most = 50, 120
	d := []rune(strings.Join(strings.Fields(strings.TrimRight(description, ".… ")), " "))
	if len(d) < least {
		return false
	}
	return strings.HasPrefix(strings.Join(strings.Fields(text), " "), string(d[:min(len(d), most)]))
}

// headsArticle reports whether an article with a headline of its own ends before the
// element at i.
func (t *tree) headsArticle(i int) bool {
	const least = 200
	for k := range i {
		n := &t.nodes[k]
		if n.DataAtom == atom.Article && n.end <= i && t.within(k).heads > 0 && t.within(k).text >= least {
			return true
		}
	}
	return false
}

// missing says why there are fewer comments than the page announces, "" if there
// are not. Links from other sites are often counted as comments; pings is their
// number. From is where the page loads comments from, "" if it shows nothing.
func missing(th *corpus.Thread, pings int, from string) string {
	found, declared := len(th.Comments), th.DeclaredComments
	if found > 0 && found+pings >= declared {
		return ""
	}
	message := ""
	switch {
	case declared > found:
		message = fmt.Sprintf("%d of the %d comments that the page announces are not in the file", declared-found, declared)
	case from != "":
		message = "no comment is in the file"
	default:
		return "no comment was found on the page"
	}
	if from != "" {
		message += ": " + from
	}
	return message
}
