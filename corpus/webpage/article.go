package webpage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/markup"
)

// header reads what the page's head says of its article.
func (t *tree) header() corpus.Article {
	meta := map[string]string{}
	canonical := ""
	for n := range below(t.root) {
		switch n.DataAtom {
		case atom.Meta:
			key := strings.ToLower(attr(n, "property", "name", "itemprop"))
			meta[key] = cmp.Or(meta[key], attr(n, "content"))
		case atom.Link:
			if attr(n, "rel") == "canonical" {
				canonical = cmp.Or(canonical, attr(n, "href"))
			}
		}
	}
	heading := t.heading
	if len(heading) > longestLine {
		heading = ""
	}
	ld := t.linkedArticle()
	a := corpus.Article{
		Title:       markup.HTML(cmp.Or(meta["og:title"], ld["headline"], meta["twitter:title"], heading, t.title)),
		Description: markup.HTML(cmp.Or(meta["og:description"], meta["description"], meta["twitter:description"], ld["description"])),
		URL:         cmp.Or(canonical, meta["og:url"], ld["url"]),
		Published: cmp.Or(meta["article:published_time"], ld["datePublished"], meta["datepublished"], meta["date"], meta["dc.date"],
			meta["dcterms.created"], meta["parsely-pub-date"], meta["sailthru.date"], meta["pubdate"]),
	}
	a.Site = cmp.Or(meta["og:site_name"], meta["application-name"], host(a.URL))
	return a
}

// readHead reads the page's title, its first heading and its data for programs.
func (t *tree) readHead() {
	for n := range below(t.root) {
		switch {
		case n.DataAtom == atom.Title && t.title == "" && n.FirstChild != nil:
			t.title = strings.Join(strings.Fields(n.FirstChild.Data), " ")
		case n.DataAtom == atom.H1 && t.heading == "":
			t.heading = lineOf(n)
		case n.DataAtom == atom.Script && n.FirstChild != nil && strings.HasPrefix(attr(n, "type"), "application/ld+json"):
			var v any
			if json.Unmarshal([]byte(strings.TrimSpace(n.FirstChild.Data)), &v) == nil { // what isn't valid is left out
				t.objects = append(t.objects, members(v, 0)...)
			}
			t.scripts = append(t.scripts, n.FirstChild.Data)
		case n.DataAtom == atom.Script && n.FirstChild != nil:
			t.scripts = append(t.scripts, n.FirstChild.Data)
		}
	}
}

func host(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// linkedArticle returns the texts of the first object of the page's JSON-LD that has a headline.
func (t *tree) linkedArticle() map[string]string {
	for _, object := range t.objects {
		if headline, _ := object["headline"].(string); headline == "" {
			continue
		}
		texts := map[string]string{}
		for key, v := range object {
			if s, ok := v.(string); ok {
				texts[key] = strings.TrimSpace(s)
			}
		}
		return texts
	}
	return nil
}

// members returns the objects in a JSON value, outer ones first, as deep as data on
// a page can be.
func members(v any, depth int) []map[string]any {
	const deepest = 4
	if depth > deepest {
		return nil
	}
	var all []map[string]any
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			all = append(all, members(e, depth)...)
		}
	case map[string]any:
		all = append(all, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
			if inner, ok := v[key]; ok {
				all = append(all, members(inner, depth+1)...)
			}
		}
	}
	return all
}

// articleText extracts the text of the article. The comments, whatever else is named for
// comments, and frames are taken out of the page first. The page is used up by it: only
// what was counted and named when the tree was made is there afterwards.
func (t *tree) articleText(items []*item) string {
	for i := range t.nodes {
		if n := &t.nodes[i]; n.Type == html.ElementNode && (n.Data == frame || t.isCommentary(i, items)) {
			remove(n.Node)
		}
	}
	for _, it := range items {
		remove(t.nodes[it.at].Node)
	}
	short := t.markedArticle()
	text := extract(t.root)
	const least = 200
	if body := t.linkedArticle()["articleBody"]; len(text) < least && len(body) > len(text) {
		return markup.HTML(body)
	}
	if isLabels(text) {
		return short
	}
	return text
}

// markedArticle is the paragraphs of the one element that is marked as the article, with the
// page's heading in it: an extractor passes over one of a few lines.
func (t *tree) markedArticle() string {
	found := -1
	for i := range t.nodes {
		if t.nodes[i].DataAtom == atom.Article && t.within(i).heads == 1 {
			if found >= 0 {
				return ""
			}
			found = i
		}
	}
	if found < 0 {
		return ""
	}
	var paragraphs []string
	for i := found; i < t.nodes[found].end; i++ {
		if t.nodes[i].DataAtom == atom.P {
			if text := t.text(i); !isLabels(text) {
				paragraphs = append(paragraphs, text)
			}
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// isLabels reports whether a text is nothing but a few words a line, as in a menu: where
// a page has no article, the extractor takes what it has.
func isLabels(text string) bool {
	const longest = 40
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if end, _ := utf8.DecodeLastRuneInString(line); len(line) > longest || strings.ContainsRune(".!?…。！？", end) {
			return false
		}
	}
	return true
}

func extract(root *html.Node) string {
	prune(root)
	base, _ := url.Parse("https://page.invalid/")
	p := readability.NewParser()
	a, err := p.ParseAndMutate(root, base)
	if err != nil || a.Node == nil {
		return ""
	}
	var page bytes.Buffer
	if html.Render(&page, a.Node) != nil {
		return ""
	}
	return markup.HTML(page.String())
}

// prune takes out what lies deeper than an article does: the extractor takes time for each
// level.
func prune(root *html.Node) {
	const deepest = 512
	depth := 0
	markup.Walk(root, func(n *html.Node) bool {
		for depth == deepest && n.FirstChild != nil {
			n.RemoveChild(n.FirstChild)
		}
		depth++
		return true
	}, func(*html.Node) { depth-- })
}

// isCommentary reports whether an element is the section of the comments: named for
// many comments, or a form, without the headline.
func (t *tree) isCommentary(i int, items []*item) bool {
	n := &t.nodes[i]
	if t.isPage(i) || !n.words.has(commentWord|manyWord) && !n.words.has(formWord|commentWord) {
		return false
	}
	// A section without a comment may be anything, if it's most of the page.
	return t.within(i).text*2 < t.within(0).text || len(items) > 0 && t.holds(i, items[0].at)
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}
