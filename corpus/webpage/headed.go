package webpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
)

// markBare marks up the authors of comments that begin with their names and mark up neither
// these nor a time: those that are named and numbered, and those of a list behind a heading for
// comments, which are named by it. Nearly every element of that begins with a name and goes on
// with a text, and a heading that counts comments counts those. It reports whether there are any.
func (t *tree) markBare() bool {
	tried := map[int]int{}
	var names []*html.Node
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.words.has(commentWord|numbered) && !n.words.any(formWord|asideWord) && t.within(i).authors == 0 && !t.isTimed(i) {
			names = append(names, t.opensWithName(i))
		}
		names = append(names, t.namesBehind(i, tried)...)
	}
	marked := false
	for _, name := range names {
		if name != nil && name.Parent.DataAtom != atom.Cite {
			enclose([]*html.Node{name}, atom.Cite)
			marked = true
		}
	}
	return marked
}

// namesBehind returns the names in the list behind the element at i, if that is a heading for
// comments, and makes the elements of it comments. Tried counts lists by what holds them: a page of
// nothing but headings mustn't be walked through for each of them.
func (t *tree) namesBehind(i int, tried map[int]int) []*html.Node {
	const least, tries = 2, 4
	count, next := t.behindHeading(i)
	if next < 0 || tried[t.nodes[next].parent] == tries {
		return nil
	}
	tried[t.nodes[next].parent]++
	items := t.listFrom(next)
	if len(items) == 0 || count > 0 && len(items) != count || count == 0 && len(items) < least {
		return nil
	}
	names := t.namesOf(items)
	for k := range names {
		one := t.nodes[items[k]].Node
		one.Attr = append(one.Attr, html.Attribute{Key: "class", Val: "comment"})
	}
	return names
}

// behindHeading returns how many comments the heading for comments at i counts and the element
// just behind it, -1 if there is none.
func (t *tree) behindHeading(i int) (count, next int) {
	const levels = 2 // that the heading may lie deeper
	n := &t.nodes[i]
	if !isHeading(n) && n.DataAtom != atom.P && n.DataAtom != atom.Div || !shortHere(n.Node) {
		return 0, -1
	}
	line := lineOf(n.Node)
	r := t.lines.read(line)
	if r.Kind != commentline.Count || announcesNone(r, line) {
		return 0, -1
	}
	for level := 0; i > 0 && level <= levels; i, level = t.nodes[i].parent, level+1 {
		if next := t.nextShown(i); next >= 0 {
			return r.Count, next
		}
	}
	return 0, -1
}

// namesOf returns the names that elements begin with, nil for those that begin with none; none
// at all unless nearly all of them do and are marked up as nothing else.
func (t *tree) namesOf(items []int) []*html.Node {
	var names []*html.Node
	named := 0
	for _, i := range items {
		if t.isTimed(i) || t.nodes[i].words.any(commentWord|postWord|formWord|asideWord) {
			return nil
		}
		name := t.opensWithName(i)
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

// announcesNone reports whether a line that counts comments says that there are none.
func announcesNone(r commentline.Reading, line string) bool {
	return r.Count == 0 && strings.Contains(line, "0")
}

// listFrom returns the elements of the list that begins there: of a list by its tag, or the
// elements of one tag that stand beside each other.
func (t *tree) listFrom(next int) []int {
	const most = 2000
	var items []int
	switch tag := t.nodes[next].DataAtom; tag {
	case atom.Ul, atom.Ol:
		for c := next + 1; c < t.nodes[next].end && len(items) < most; c = t.nodes[c].end {
			if t.nodes[c].DataAtom == atom.Li && t.within(c).text > 0 {
				items = append(items, c)
			}
		}
	case atom.Div, atom.Article, atom.Section:
		for c := next; c >= 0 && t.nodes[c].DataAtom == tag && len(items) < most; c = t.nextShown(c) {
			items = append(items, c)
		}
	}
	return items
}

// nextShown is the next element beside the one at i that shows any text, -1 if there is none or
// bare text stands between.
func (t *tree) nextShown(i int) int {
	p := t.nodes[i].parent
	for c := t.nodes[i].end; p >= 0 && c < t.nodes[p].end; c = t.nodes[c].end {
		switch {
		case t.nodes[c].Type == html.ElementNode && t.within(c).text > 0:
			return c
		case t.within(c).text > 0:
			return -1
		}
	}
	return -1
}

// isTimed reports whether there is a time in the element at i, or more nodes than in a comment of
// a bare list.
func (t *tree) isTimed(i int) bool {
	const most = 300
	return t.within(i).times > 0 || t.nodes[i].end-i > most
}

// opensWithName returns the first text in the element at i if it is a name by itself and a text
// of some length stands behind it, nil otherwise. A link behind it is the title of what
// somebody wrote elsewhere.
func (t *tree) opensWithName(i int) *html.Node {
	const least = 10
	var name *html.Node
	rest := 0
	for k, text := range t.texts(i, t.nodes[i].end) {
		switch {
		case name == nil:
			if name = t.nodes[k].Node; !commentline.LooksLikeName(strings.TrimRight(text, ": ")) || t.lines.read(text).Kind != commentline.Plain {
				return nil
			}
		case rest == 0 && t.nodes[t.nodes[k].parent].DataAtom == atom.A:
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
