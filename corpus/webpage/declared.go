package webpage

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"stance.example/stance/corpus/internal/commentline"
)

// declared is the number of comments that the page announces: in its data for
// programs, or in the count line that stands nearest before the comments.
func (t *tree) declared(items []*item) int {
	for i := range t.nodes {
		if n := &t.nodes[i]; attr(n.Node, "itemprop") == "commentCount" {
			if v, ok := figure(cmp.Or(attr(n.Node, "content"), t.short(i))); ok && v > 0 {
				return v
			}
		}
	}
	end := len(t.nodes)
	if len(items) > 0 {
		end = items[0].at + 1
	}
	last, fallback := 0, 0
	for i := range end {
		line := t.countLine(i)
		if r := t.lines.read(line); r.Kind == commentline.Count && r.Count > 0 {
			last = r.Count
		} else if v, ok := figure(line); ok && v > 0 && t.nodes[i].words.has(commentWord|manyWord) {
			fallback = v
		}
	}
	return cmp.Or(last, fallback)
}

// countLine is the text of the element at i if that may be a line that counts the comments.
func (t *tree) countLine(i int) string {
	const longest = 120
	if n := &t.nodes[i]; n.Type != html.ElementNode || n.words.any(asideWord) || t.within(i).text > longest {
		return ""
	}
	if line := t.short(i); strings.ContainsAny(line, "0123456789") {
		return line
	}
	return ""
}

// pings counts the links from other sites that stand among the comments.
func (t *tree) pings() int {
	count := 0
	for i := range t.nodes {
		if isPingItem(&t.nodes[i]) && t.within(i).text > 0 {
			count++
		}
	}
	return count
}

// elsewhere says from where the page loads its comments, "" if it shows nothing.
func (t *tree) elsewhere() string {
	if service := t.loadedFrom(); service != "" {
		return "they are loaded from " + service
	}
	if link := t.forumLink(); link != "" {
		return "they are in a forum, at " + link
	}
	return ""
}

// loadedFrom names the service that the page's comments come from, "" if it shows
// none.
func (t *tree) loadedFrom() string {
	for n := range below(t.root) {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "id", "class", "src", "data-src":
				if name := serviceIn(a.Val); name != "" {
					return name
				}
			}
		}
		if name := serviceIn(strings.TrimSuffix(n.Data, "s")); strings.Contains(n.Data, "-") && name != "" {
			return name
		}
	}
	return ""
}

func serviceIn(s string) string {
	const longest = 300
	if len(s) > longest {
		return ""
	}
	s = strings.ToLower(s)
	for _, name := range services() {
		if slices.ContainsFunc(vocabulary()[name], func(mark string) bool { return strings.Contains(s, mark) }) {
			return strings.TrimPrefix(name, "from ")
		}
	}
	return ""
}

// services are the rows of the vocabulary that name the services and ways by which a page loads
// its comments from another place.
var services = sync.OnceValue(func() []string {
	return slices.Sorted(func(yield func(string) bool) {
		for name := range vocabulary() {
			if strings.HasPrefix(name, "from ") && !yield(name) {
				return
			}
		}
	})
})

// forumLink returns the link to the forum that a page's comments are in, "" if it
// shows none.
func (t *tree) forumLink() string {
	for i := range t.nodes {
		n := t.nodes[i].Node
		if href := attr(n, "href"); strings.Contains(href, "/forum/") && strings.Contains(strings.ToLower(href), "omment") {
			return href
		}
	}
	return ""
}
