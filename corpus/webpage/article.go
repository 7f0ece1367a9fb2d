package webpage

import (
	"bytes"
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
	var a corpus.Article
	title, heading := "", ""
	for i := range t.nodes {
		n := t.nodes[i].Node
		if n.Type == html.ElementNode && n.DataAtom == atom.H1 && heading == "" {
			heading = t.short(i)
		}
	}
	for n := range below(t.root) {
		switch n.DataAtom {
		case atom.Meta:
			key := strings.ToLower(firstAttr(n, "property", "name", "itemprop"))
			if v := attr(n, "content"); v != "" && meta[key] == "" {
				meta[key] = v
			}
		case atom.Link:
			if attr(n, "rel") == "canonical" && a.URL == "" {
				a.URL = attr(n, "href")
			}
		case atom.Title:
			if title == "" {
				title = strings.Join(strings.Fields(textOf(n)), " ")
			}
		}
	}
	ld := t.linkedArticle()
	first := func(values ...string) string {
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
		return ""
	}
	a.Title = markup.HTML(first(meta["og:title"], ld.Headline, meta["twitter:title"], heading, title))
	a.Description = markup.HTML(first(meta["og:description"], meta["description"], meta["twitter:description"], ld.Description))
	a.URL = first(a.URL, meta["og:url"], ld.URL)
	a.Published = first(meta["article:published_time"], ld.Published, meta["datepublished"], meta["date"], meta["dc.date"], meta["dcterms.created"], meta["parsely-pub-date"], meta["sailthru.date"], meta["pubdate"])
	a.Site = first(meta["og:site_name"], meta["application-name"], host(a.URL))
	return a
}

func host(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

func textOf(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

// linked is what a page's JSON-LD says of its article.
type linked struct {
	Headline    string `json:"headline"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Published   string `json:"datePublished"`
	Body        string `json:"articleBody"`
}

// linkedArticle returns the first object of the page's JSON-LD that has a headline.
func (t *tree) linkedArticle() linked {
	for _, object := range t.data {
		for _, one := range members(object, 0) {
			if text, _ := one["headline"].(string); text == "" {
				continue
			}
			var l linked
			for key, field := range map[string]*string{"headline": &l.Headline, "description": &l.Description, "url": &l.URL, "datePublished": &l.Published, "articleBody": &l.Body} {
				*field, _ = one[key].(string)
			}
			return l
		}
	}
	return linked{}
}

// linkedData returns the JSON values of a page's scripts of schema.org data. What
// isn't valid is left out.
func linkedData(root *html.Node) []any {
	var all []any
	for n := range below(root) {
		if n.DataAtom != atom.Script || !strings.HasPrefix(attr(n, "type"), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		var v any
		if json.Unmarshal([]byte(strings.TrimSpace(n.FirstChild.Data)), &v) == nil {
			all = append(all, v)
		}
	}
	return all
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

// articleText extracts the text of the article. The comments, and whatever else is
// named for comments, are taken out of the page first. The page is used up by it: only
// what was counted and named when the tree was made is there afterwards.
func (t *tree) articleText(items []*item, ld linked) string {
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.Type == html.ElementNode && t.isCommentary(i, items) {
			remove(n.Node)
		}
	}
	for _, it := range items {
		remove(t.nodes[it.at].Node)
	}
	short := t.markedArticle()
	text := extract(t.root)
	const least = 200
	if len(text) < least && len(ld.Body) > len(text) {
		return markup.HTML(ld.Body)
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
	for n := root; ; {
		if depth == deepest {
			for n.FirstChild != nil {
				n.RemoveChild(n.FirstChild)
			}
		}
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			continue
		}
		for n != root && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// isCommentary reports whether an element is the section of the comments: named for
// many comments, or a form, without the headline.
func (t *tree) isCommentary(i int, items []*item) bool {
	n := &t.nodes[i]
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Head || t.within(i).heads > 0 {
		return false
	}
	if n.words.has(commentWord|manyWord) || n.words.has(formWord|commentWord) {
		// A section without a comment may be anything, if it's most of the page.
		whole := t.within(0).text
		return t.within(i).text*2 < whole || len(items) > 0 && t.holds(i, items[0].at)
	}
	return false
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}
