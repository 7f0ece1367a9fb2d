package webpage

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/internal/wellformed"
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
	return func(yield func(*corpus.Thread, error) bool) { yield(read(name, r, o)) }
}

func read(name string, r io.Reader, o Options) (*corpus.Thread, error) {
	limit := o.Most()
	page, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(page)) > limit {
		return nil, oversize(name, "a page of more than %d MB: not read", limit>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	most := o.mostTags(len(page))
	root := parse(page, most)
	if root == nil {
		return nil, oversize(name, "%d bytes with more than %d tags, which no page of comments has: not read", len(page), most)
	}
	openButtons(root)
	joinLeads(root)
	ls := lines{}
	wrapSpanned(root)
	ls.wrapFlat(root)
	t := newTree(root, ls)
	if t.markBare() {
		t = newTree(root, ls)
	}
	return t.thread(name, o), nil
}

func oversize(name, format string, args ...any) *corpus.Problem {
	return &corpus.Problem{File: name, Level: corpus.Failure, Oversize: true, Message: fmt.Sprintf(format, args...)}
}

// thread reads the page as the platform that made it, or as an unknown one.
func (t *tree) thread(name string, o Options) *corpus.Thread {
	p := t.platform(o.General)
	th := &corpus.Thread{Format: p.format(), Article: t.header()}
	items := t.written(p.find(t))
	t.addTitles(items)
	p.header(t, &th.Article)
	th.DeclaredComments = t.declared(items)
	from, pings, unloaded := t.elsewhere(), t.pings(), p.unloaded(t)
	o.saved(t)
	th.Article.URL = cmp.Or(th.Article.URL, o.URL)
	th.Article.Site = cmp.Or(th.Article.Site, host(th.Article.URL))
	opens, forum := p.opens, t.isForumProgram()
	if p.at["post"] == nil {
		th.Article.Text = t.articleText(items) // from here on the page is used up
		opens = opens || !t.chat && t.isForum(items, &th.Article, forum)
	}
	var opener *item
	if opens && len(items) > 0 {
		opener, items = items[0], items[1:]
		opener.ID = t.id(opener)
		th.Article.Text = opener.Text
	}
	var remarks []string
	th.Comments, remarks = t.link(opener, items)
	if len(items) == 0 {
		t.takeScripts(name, th)
	}
	resolve(th.Comments, o.Saved)
	wellformed.Ensure(name, th)
	if unloaded > 0 && th.DeclaredComments <= len(th.Comments) {
		th.DeclaredComments = len(th.Comments) + unloaded
	}
	if r := missing(th, pings, from); r != "" {
		remarks = append(remarks, r)
	}
	for _, r := range remarks {
		p := corpus.Problem{File: name, Level: corpus.Warning, Message: r}
		if len(th.Comments) == 0 {
			p.Kind = corpus.NoComments
		}
		th.Problems = append(th.Problems, p)
	}
	return th
}

// takeScripts takes the comments of a page that shows none from the data of its scripts.
func (t *tree) takeScripts(name string, th *corpus.Thread) {
	if data := exports.InScripts(name, t.scripts); data != nil {
		th.Comments, th.Problems = data.Comments, data.Problems
	}
}

// isForum reports whether the first item is the post that opens a forum's thread: the
// program that made the page is one for forums, or the page says so in its data, or nothing
// on it is called a comment and beside the items there is hardly any text. On a later page
// of a thread the first item is a post like the others.
func (t *tree) isForum(items []*item, beside *corpus.Article, forum bool) bool {
	const little = 700
	if len(items) == 0 || laterPage().MatchString(beside.URL) {
		return false
	}
	isTyped := func(o map[string]any) bool { return o["@type"] == "DiscussionForumPosting" || o["@type"] == "QAPage" }
	if forum || describes(items[0].Text, beside.Description, quotedTitle().FindString(t.title)) || slices.ContainsFunc(t.objects, isTyped) {
		return true
	}
	for _, it := range items {
		if w := t.nodes[it.at].words; !w.has(postWord) || w.has(commentWord) || t.surroundings(it.at) > 0.5 {
			return false
		}
	}
	return len(beside.Text) < little && len(items) > 1 && t.announced(items[0].at, 0) == 0 && !t.headsArticle(items[0].at)
}

// quotedTitle is what the title of a page quotes, as those of short posts do.
var quotedTitle = commentline.Pattern(`["“«„].+["”»“]`)

// describes reports whether a text begins with any of these descriptions.
func describes(text string, descriptions ...string) bool {
	const least, most = 50, 120
	return slices.ContainsFunc(descriptions, func(description string) bool {
		d := []rune(oneLine(strings.Trim(description, "\"“«„”».… ")))
		return len(d) >= least && strings.HasPrefix(oneLine(text), string(d[:min(len(d), most)]))
	})
}

// headsArticle reports whether an article with a headline of its own ends before the
// element at i.
func (t *tree) headsArticle(i int) bool {
	const least = 200
	return slices.ContainsFunc(t.nodes[:i], func(n node) bool {
		c := t.nodes[n.end].before.minus(n.before)
		return n.DataAtom == atom.Article && n.end <= i && c.heads > 0 && c.text >= least
	})
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
