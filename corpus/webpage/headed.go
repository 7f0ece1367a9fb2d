package webpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// markHeaded names the comments and the authors of a list behind a heading for comments
// that marks up neither and has no times: nearly every element begins with a name and
// goes on with a text. A heading that counts comments must count those.
func (ls lines) markHeaded(root *html.Node) {
	// A page of nothing but headings mustn't be walked through for each of them.
	const least, most, tries = 2, 2000, 4
	tried := map[*html.Node]int{} // lists, by what holds them
	headings, counts := ls.headings(root)
	for i, h := range headings {
		next := behindHeading(h)
		if next == nil || tried[next.Parent] == tries {
			continue
		}
		tried[next.Parent]++
		items := listFrom(next, most)
		if n := len(items); n == 0 || counts[i] > 0 && n != counts[i] || counts[i] == 0 && n < least {
			continue
		}
		for i, name := range ls.namesOf(items) {
			items[i].Attr = append(items[i].Attr, html.Attribute{Key: "class", Val: "comment"})
			if name != nil {
				enclose([]*html.Node{name}, atom.Cite)
			}
		}
	}
}

// headings returns the headings for comments of a page, and how many each counts.
func (ls lines) headings(root *html.Node) (found []*html.Node, counts []int) {
	for n := range below(root) {
		if (isHeading(&node{Node: n}) || n.DataAtom == atom.P || n.DataAtom == atom.Div) && shortHere(n) {
			line := lineOf(n)
			if r := ls.read(line); r.Kind == commentline.Count && !announcesNone(r, line) {
				found, counts = append(found, n), append(counts, r.Count)
			}
		}
	}
	return found, counts
}

// namesOf returns the names that elements begin with, nil for those that begin with none; none
// at all unless nearly all of them do and are marked up as nothing else.
func (ls lines) namesOf(items []*html.Node) []*html.Node {
	var names []*html.Node
	named := 0
	for _, item := range items {
		if ls.isTimed(item) || wordsOf(item).any(commentWord|postWord|formWord|asideWord) {
			return nil
		}
		name := ls.opensWithName(item)
		if name != nil {
			named++
		}
		names = append(names, name)
	}
	if named == 0 || named*10 < len(items)*8 {
		return nil
	}
	return names
}

// markNumbered gives the comments that are named and numbered, but mark up neither their
// author nor a time, the author that they begin with.
func (ls lines) markNumbered(root *html.Node) {
	var all []*html.Node
	for n := range below(root) {
		if n.FirstChild == nil {
			continue
		}
		if w := wordsOf(n); w.has(commentWord|numbered) && !w.any(formWord|asideWord) {
			all = append(all, n)
		}
	}
	for _, n := range all {
		if ls.isTimed(n) || holdsAuthor(n) {
			continue
		}
		if name := ls.opensWithName(n); name != nil {
			enclose([]*html.Node{name}, atom.Cite)
		}
	}
}

// holdsAuthor reports whether a part of an element is marked up as an author.
func holdsAuthor(n *html.Node) bool {
	for d := range below(n) {
		if isAuthorMark(&node{Node: d, words: wordsOf(d)}) {
			return true
		}
	}
	return false
}

// announcesNone reports whether a line that counts comments says that there are none.
func announcesNone(r commentline.Reading, line string) bool {
	return r.Count == 0 && strings.Contains(line, "0")
}

// behindHeading returns the element just behind a heading, nil if there is none.
func behindHeading(heading *html.Node) *html.Node {
	const levels = 2 // that the heading may lie deeper
	for at, level := heading, 0; at != nil && level <= levels; at, level = at.Parent, level+1 {
		if next := nextShown(at); next != nil {
			return next
		}
	}
	return nil
}

// listFrom returns the elements of the list that begins there, at most that many: of a list
// by its tag, or the elements of one tag that stand beside each other.
func listFrom(next *html.Node, most int) []*html.Node {
	var items []*html.Node
	switch next.DataAtom {
	case atom.Ul, atom.Ol:
		for c := range next.ChildNodes() {
			if c.DataAtom == atom.Li && shows(c) && len(items) < most {
				items = append(items, c)
			}
		}
	case atom.Div, atom.Article, atom.Section:
		for c := next; c != nil && c.DataAtom == next.DataAtom && len(items) < most; c = nextShown(c) {
			items = append(items, c)
		}
	}
	return items
}

// nextShown is the next element beside n that shows any text, nil if there is none or
// bare text stands between.
func nextShown(n *html.Node) *html.Node {
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		case isElement(c) && !markup.Silent(c.DataAtom) && shows(c):
			return c
		}
	}
	return nil
}

// isTimed reports whether a text in an element is a time, or it has an element for one,
// or more nodes than a comment in a bare list.
func (ls lines) isTimed(n *html.Node) bool {
	const most = 300
	nodes := 0
	for d := range below(n) {
		if nodes++; nodes > most {
			return true
		}
		if d.Type == html.TextNode && ls.states(strings.TrimSpace(d.Data)) || isElement(d) && isTimeMark(&node{Node: d, words: wordsOf(d)}) {
			return true
		}
	}
	return false
}

// opensWithName returns the first text in an element if it is a name by itself and a text
// of some length stands behind it, nil otherwise. A link behind it is the title of what
// somebody wrote elsewhere.
func (ls lines) opensWithName(n *html.Node) *html.Node {
	const least = 10
	var name *html.Node
	rest := 0
	for d := range below(n) {
		text := strings.TrimSpace(d.Data)
		switch {
		case d.Type != html.TextNode || text == "" || markup.Silent(d.Parent.DataAtom):
		case name == nil:
			if name = d; !commentline.LooksLikeName(strings.TrimRight(text, ": ")) || ls.read(text).Kind != commentline.Plain {
				return nil
			}
		case rest == 0 && d.Parent.DataAtom == atom.A:
			return nil
		default:
			rest += len(text)
		}
	}
	if rest < least {
		return nil
	}
	return name
}
