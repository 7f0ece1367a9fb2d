package webpage

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
)

// declared is the number of comments that the page announces: in its data for
// programs, or in the count line that stands nearest before the comments.
func (t *tree) declared(items []*item) int {
	for i := range t.nodes {
		n := t.nodes[i].Node
		if n.Type == html.ElementNode && attr(n, "itemprop") == "commentCount" {
			if v, ok := figure(cmp.Or(attr(n, "content"), t.short(i))); ok && v > 0 {
				return v
			}
		}
	}
	last, fallback := 0, 0
	for i := range t.nodes {
		if len(items) > 0 && i > items[0].at {
			break
		}
		n := &t.nodes[i]
		if n.Type != html.ElementNode || n.words.any(asideWord) {
			continue
		}
		c := t.within(i)
		const longest = 120
		if c.text == 0 || c.text > longest {
			continue
		}
		line := t.short(i)
		if !strings.ContainsAny(line, "0123456789") {
			continue
		}
		r := t.lines.read(line)
		switch {
		case r.Kind == commentline.Count && r.Count > 0:
			last = r.Count
		case n.words.has(commentWord):
			if v, ok := figure(line); ok && v > 0 && n.words.any(manyWord) {
				fallback = v
			}
		}
	}
	if last > 0 {
		return last
	}
	return fallback
}

// pings counts the links from other sites that stand among the comments.
func (t *tree) pings() int {
	count := 0
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.Type == html.ElementNode && n.words.has(pingWord) && (n.DataAtom == atom.Li || n.words.has(numbered)) && t.within(i).text > 0 {
			count++
		}
	}
	return count
}

// services are the services and ways by which a page loads its comments from
// another place: a piece of its markup, and what to call it.
var services = []struct{ mark, name string }{
	{"disqus_thread", "Disqus"},
	{"disqus.com/embed", "Disqus"},
	{"viafoura", "Viafoura"},
	{"vf-conversations", "Viafoura"},
	{"coral-talk", "Coral"},
	{"coralproject", "Coral"},
	{"coral_thread", "Coral"},
	{"spot.im", "OpenWeb"},
	{"spotim", "OpenWeb"},
	{"openweb.com", "OpenWeb"},
	{"fb-comments", "Facebook"},
	{"facebook.com/plugins/comments", "Facebook"},
	{"livefyre", "Livefyre"},
	{"hyvor-talk", "Hyvor Talk"},
	{"giscus", "Giscus"},
	{"utteranc.es", "Utterances"},
	{"remark42", "Remark42"},
	{"commento.io", "Commento"},
	{"commento.js", "Commento"},
	{"isso-thread", "Isso"},
	{"intensedebate", "IntenseDebate"},
	{"hypercomments", "HyperComments"},
	{"gigya-comments", "Gigya"},
	{"graphcomment", "GraphComment"},
	{"ureply", "a comment service"},
	{"jetpack_remote_comment", "Jetpack"},
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
	for _, e := range services {
		if strings.Contains(s, e.mark) {
			return e.name
		}
	}
	return ""
}

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
