package webpage

import (
	"cmp"
	_ "embed" // for the platforms
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// platform is a program that makes pages, known by its markup. What it has no selector for, and
// what one doesn't find, is left to the general reader.
type platform struct {
	name string // "" for an unknown one
	// depth is how deep an item says that it stands, -1 if it doesn't; nil if none does.
	depth func(*html.Node) int
	gone  bool // an item without a body was removed
	opens bool // the first item is the article
	at    map[string]cascadia.SelectorGroup
}

// platformRows are the platforms that are known.
//
//go:embed platforms.txt
var platformRows string

// platforms is the list of them.
var platforms = sync.OnceValue(func() []*platform {
	depths := map[string]func(*html.Node) int{"indentation": indentation, "words": statedLevel, "attribute": depthOf, "answers": underAnswer}
	var all []*platform
	var p *platform
	for row := range strings.Lines(platformRows) {
		key, value, ok := strings.Cut(strings.TrimSpace(row), ": ")
		if !ok || row[0] == '#' {
			continue
		}
		if key == "name" || p == nil {
			p = &platform{at: map[string]cascadia.SelectorGroup{}}
			all = append(all, p)
		}
		switch key {
		case "name":
			p.name = value
		case "depth":
			p.depth = depths[value]
		case "gone":
			p.gone = true
		case "opens":
			p.opens = true
		default:
			p.at[key] = selectors(value)
		}
	}
	return all
})

// joinLeads puts what stands before a comment and is a part of it into the comment.
func joinLeads(root *html.Node) {
	for _, p := range platforms() {
		for _, lead := range cascadia.QueryAll(root, p.at["lead"]) {
			next := lead.NextSibling
			for next != nil && next.Type != html.ElementNode {
				next = next.NextSibling
			}
			if next != nil && p.at["item"].Match(next) {
				lead.Parent.RemoveChild(lead)
				next.InsertBefore(lead, next.FirstChild)
			}
		}
	}
}

// platform returns the platform that made the page, one without a name if it's unknown.
func (t *tree) platform(general bool) *platform {
	for _, p := range platforms() {
		if !general && t.first(p.at["sign"]) != nil {
			return p
		}
	}
	return &platform{}
}

// isForumProgram reports whether the program that made the page is one for forums.
func (t *tree) isForumProgram() bool {
	return slices.ContainsFunc(platforms(), func(p *platform) bool { return t.first(p.at["forum"]) != nil })
}

// format is what the pages of a platform are called.
func (p *platform) format() string {
	if p.name == "" {
		return Format
	}
	return p.name + "-" + Format
}

// first returns the first element of the page that a selector takes, nil for none.
func (t *tree) first(s cascadia.SelectorGroup) *html.Node { return cascadia.Query(t.root, s) }

// selectors compiles selectors of the program's own.
func selectors(s string) cascadia.SelectorGroup {
	g, err := cascadia.ParseGroup(s)
	if err != nil {
		panic("webpage: selector " + s + ": " + err.Error())
	}
	return g
}

// find returns the comments of a platform's page. Where it has no place for them, or none is
// there, the general reader finds them.
func (p *platform) find(t *tree) []*item {
	var members []int
	for _, n := range cascadia.QueryAll(t.root, p.at["item"]) {
		if i, ok := t.index[n]; ok {
			members = append(members, i)
		}
	}
	if len(members) == 0 {
		members = t.general()
	}
	items := t.items(members)
	if p.at["body"] == nil {
		return items
	}
	for _, it := range items {
		p.read(t, it)
	}
	return items
}

// read takes the parts of an item from where the platform has them.
func (p *platform) read(t *tree, it *item) {
	n := t.nodes[it.at].Node
	own := func(part string) int {
		for i := it.at + 1; i < t.nodes[it.at].end; i++ {
			if n := t.nodes[i].Node; it.nested[n] {
				i = t.nodes[i].end - 1
			} else if p.at[part].Match(n) {
				return i
			}
		}
		return -1
	}
	if i := own("author"); i >= 0 {
		name, _ := t.nameIn(i)
		it.Author = cmp.Or(name, oneLine(t.text(i)))
	}
	it.Author = cmp.Or(attr(n, "author", "data-author"), it.Author)
	if i := own("posted"); i >= 0 {
		t.setTime(it, i)
	}
	votes := attr(n, "score")
	if i := own("votes"); i >= 0 {
		votes = cmp.Or(votes, t.short(i), attr(t.nodes[i].Node, "title"))
	}
	if v, ok := figure(votes); ok {
		it.Votes = &v
	}
	it.title = ""
	if i := own("heading"); i >= 0 && !subject().MatchString(t.short(i)) {
		it.title = t.short(i)
	}
	if p.depth != nil {
		it.depth = p.depth(n)
	}
	if i := own("body"); i >= 0 {
		it.Text = ownText(markup.Node(t.nodes[i].Node, func(n *html.Node) bool { return p.at["leave"].Match(n) || it.nested[n] }))
		it.Removed = false
	} else if p.gone {
		it.Text, it.Removed = "", true
	}
	it.settle(t.lines)
}

// indentation is the depth of a comment of Hacker News: an attribute, or the width of
// a picture.
func indentation(n *html.Node) int {
	cell := cascadia.Query(n, selectors("td.ind"))
	switch {
	case cell != nil:
	case n.DataAtom == atom.Td:
		cell = n.Parent
	default:
		cell = n
	}
	if d, err := strconv.Atoi(attr(cell, "indent")); err == nil {
		return d
	}
	const step = 40
	if img := cascadia.Query(cell, selectors("img")); img != nil {
		if w, err := strconv.Atoi(attr(img, "width")); err == nil {
			return w / step
		}
	}
	return -1
}

// statedLevel is the depth of a comment that tells it in words: "level 2" is a reply.
func statedLevel(n *html.Node) int {
	const near = 40 // nodes
	seen := 0
	for d := range below(n) {
		if m := level().FindStringSubmatch(d.Data); m != nil && d.Type == html.TextNode {
			depth, _ := strconv.Atoi(m[1])
			return depth
		}
		if seen++; seen == near {
			break
		}
	}
	return -1
}

var level = commentline.Pattern(`^\s*\p{L}+ (\d{1,3})\s*$`)

// laterPage is the address of a page of a forum's thread that isn't the first.
var laterPage = commentline.Pattern(`(?i)(?:page|seite|pagina|pageno)[-/=]?(?:[2-9]|[1-9]\d)|[?&](?:start|st)=[1-9]`)

// underAnswer is the depth on a page of questions: a comment under an answer replies
// to it.
func underAnswer(n *html.Node) int {
	answer := selectors(".answer")
	for p := n.Parent; p != nil && !answer.Match(n); p = p.Parent {
		if answer.Match(p) {
			return 1
		}
	}
	return 0
}

// header completes the article from where the platform has it.
func (p *platform) header(t *tree, a *corpus.Article) {
	if p.name == "" {
		return
	}
	if n := t.first(p.at["title"]); n != nil {
		a.Title = cmp.Or(lineOf(n), a.Title)
	}
	if n := t.first(p.at["link"]); n != nil && strings.Contains(attr(n, "href"), "://") {
		a.URL = attr(n, "href")
		a.Site = host(a.URL)
	}
	if n := t.first(p.at["post"]); n != nil {
		a.Text = markup.Node(n, nil)
	}
	if n := t.first(selectors("shreddit-post")); n != nil {
		a.Title = cmp.Or(attr(n, "post-title"), a.Title)
		a.Published = cmp.Or(attr(n, "created-timestamp"), a.Published)
		a.URL = cmp.Or(attr(n, "content-href"), a.URL)
	}
}

// unloaded counts the comments behind the page's "load more" links: those whose
// number it says, and 1 for each other link.
func (p *platform) unloaded(t *tree) int {
	count := 0
	for _, n := range cascadia.QueryAll(t.root, p.at["more"]) {
		v := 1
		for _, figures := range strings.FieldsFunc(markup.Node(n, nil), func(r rune) bool { return r < '0' || r > '9' }) {
			if f, err := strconv.Atoi(figures); err == nil && f < 1e6 {
				v = f
			}
		}
		count += v
	}
	return count
}
