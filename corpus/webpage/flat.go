package webpage

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// wrapFlat gives an element of its own to each comment that a page writes as a line
// about its author with the text beside it: the terms and descriptions of a list (dt,
// dd), lines such as "Ada says:" among paragraphs or rows, before the text or behind it,
// or texts between rules.
func (ls lines) wrapFlat(root *html.Node) {
	var lists []*html.Node
	for n := range below(root) {
		if n.Type == html.ElementNode && n.DataAtom != atom.Head && !markup.Silent(n.DataAtom) && firstChild(n, isElement) != nil {
			lists = append(lists, n)
		}
	}
	for _, n := range lists {
		switch ls.placeOfLines(n) {
		case before:
			ls.wrap(n)
		case behind:
			ls.wrapBehind(n)
		default:
			ls.wrapRuled(n)
		}
	}
}

// firstChild returns the first child of n that is such, nil if none is.
func firstChild(n *html.Node, is func(*html.Node) bool) *html.Node {
	for c := range n.ChildNodes() {
		if is(c) {
			return c
		}
	}
	return nil
}

func isElement(n *html.Node) bool { return n.Type == html.ElementNode }

func isRule(n *html.Node) bool { return n.DataAtom == atom.Hr }

// wrapSpanned puts rows of a table that belong together, as a cell of the first spans all of
// them, into a body of their own, if there are several such groups.
func wrapSpanned(root *html.Node) {
	const least, most = 2, 8 // groups, and rows of one
	var bodies []*html.Node
	for n := range below(root) {
		if n.DataAtom == atom.Tbody {
			bodies = append(bodies, n)
		}
	}
	for _, body := range bodies {
		var groups [][]*html.Node
		left := 0
		for c := range body.ChildNodes() {
			switch {
			case c.DataAtom != atom.Tr:
			case left > 0:
				groups[len(groups)-1] = append(groups[len(groups)-1], c)
				left--
			default:
				if span := firstSpan(c); span >= 2 && span <= most {
					groups = append(groups, []*html.Node{c})
					left = span - 1
				}
			}
		}
		if len(groups) < least {
			continue
		}
		for _, rows := range groups {
			enclose(rows, atom.Tbody)
		}
	}
}

// firstSpan is the number of rows that the first cell of a row spans.
func firstSpan(row *html.Node) int {
	cell := firstChild(row, func(c *html.Node) bool { return c.DataAtom == atom.Td })
	if cell == nil {
		return 0
	}
	n, _ := strconv.Atoi(attr(cell, "rowspan"))
	return n
}

// place is where the lines about authors stand among the children of an element.
type place uint8

const (
	nowhere place = iota
	before        // each before its text
	behind        // each behind its text
)

// placeOfLines tells whether the children of n are comments without an element of
// their own: lines about authors with something before or behind each.
func (ls lines) placeOfLines(n *html.Node) place {
	const least = 2
	f := ls.countFlat(n)
	enough := f.lines >= least
	if w := wordsOf(n); f.lines == 1 && (!w.has(commentWord) || w.has(manyWord)) { // not one that is a comment itself
		enough = ls.announcesOne(n) || ls.numbersFirst(n)
	}
	switch {
	case f.texts == f.lines && (enough || f.lines == 1 && n.DataAtom == atom.Dl):
		return before
	case f.signed == f.lines && enough && !f.text && (f.heads < f.lines || f.lines == 1): // not articles with bylines
		return behind
	}
	return nowhere
}

// flat counts what is among the children of an element.
type flat struct {
	lines  int  // about authors
	texts  int  // those with a line just before the first element of them
	signed int  // lines with a text before them, behind the last line or heading
	heads  int  // headings that are none of the lines
	text   bool // a text is the last
}

func (ls lines) countFlat(n *html.Node) flat {
	var f flat
	open := false // a line was the last
	for c := range n.ChildNodes() {
		switch {
		case ls.opensFlat(c):
			if f.text {
				f.signed++
			}
			f.lines++
			open, f.text = true, false
		case isElement(c) && shows(c):
			heading := isHeading(&node{Node: c})
			if heading {
				f.heads++
			}
			if f.text = !heading && !endsFlat(c); open && f.text {
				f.texts++
			}
			open = false
		case endsFlat(c):
			open, f.text = false, false
		}
	}
	return f
}

// announcesOne reports whether a line that counts one comment, or a bare heading for
// comments, stands just before n or begins it.
func (ls lines) announcesOne(n *html.Node) bool {
	isCount := func(c *html.Node) bool {
		r := ls.read(lineOf(c))
		return r.Kind == commentline.Count && r.Count == 0 || r.Count == 1
	}
	for c := n.FirstChild; c != nil && !ls.opensFlat(c); c = c.NextSibling {
		if isElement(c) && isCount(c) {
			return true
		}
	}
	for at := n; at != nil && at.DataAtom != atom.Body; at = at.Parent {
		for c := at.PrevSibling; c != nil; c = c.PrevSibling {
			if isElement(c) && shows(c) {
				return shortHere(c) && isCount(c)
			}
		}
	}
	return false
}

// numbersFirst reports whether the line about an author in n gives the comment a number,
// as lists of comments do: "#1 by Ada, May 3, 2020".
func (ls lines) numbersFirst(n *html.Node) bool {
	first := firstChild(n, ls.opensFlat)
	return first != nil && firstOfAll().MatchString(lineOf(first))
}

var firstOfAll = commentline.Pattern(`^(?:#\s?1|\[1\]|1[.)])(?:\D|$)`)

// opensFlat reports whether an element is the line about the author of a comment.
func (ls lines) opensFlat(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Dt:
		if wordsOf(n).has(commentWord) {
			return true
		}
	case atom.P, atom.Div, atom.H3, atom.H4, atom.H5, atom.H6, atom.Tr, atom.Small, atom.Cite:
	default:
		return false
	}
	if !shortHere(n) {
		return false
	}
	line := lineOf(n)
	timed := strings.ContainsAny(line, "0123456789")
	stamped := ls.isStamped([]*html.Node{n.NextSibling}) // the time stands behind it
	if !timed && !stamped {
		return false
	}
	r := ls.stamp(line)
	return r.Kind == commentline.Opener && r.Author != "" && (r.PostedAs != "" || stamped)
}

// lineOf is the text of an element as one line.
func lineOf(n *html.Node) string { return markup.Line(n, nil) }

// shows reports whether an element has any text.
func shows(n *html.Node) bool {
	for d := range below(n) {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}

// wrap puts each line about an author and what stands behind it into an element, which
// takes over the line's attributes.
func (ls lines) wrap(n *html.Node) {
	var blocks [][]*html.Node
	open := false
	for c := range n.ChildNodes() {
		if ls.opensFlat(c) {
			blocks = append(blocks, nil)
			open = true
		} else if endsFlat(c) {
			open = false
		}
		if last := len(blocks) - 1; open {
			blocks[last] = append(blocks[last], c)
		}
	}
	for _, block := range blocks {
		into := enclose(block, atom.Div)
		into.Attr, block[0].Attr = block[0].Attr, nil
	}
}

// wrapBehind puts each line about an author and what stands before it into an element: all
// up to the line, heading or rule before, but only one element if nothing but the page's
// own text is there.
func (ls lines) wrapBehind(n *html.Node) {
	var block []*html.Node
	bounded := false
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case ls.opensFlat(c):
			if !bounded {
				block = block[lastShown(block):]
			}
			enclose(append(block, c), atom.Div)
			block, bounded = nil, true
		case endsFlat(c), isHeading(&node{Node: c}):
			block, bounded = nil, true
		default:
			block = append(block, c)
		}
		c = next
	}
}

// lastShown is the place of the last of the nodes that shows any text.
func lastShown(nodes []*html.Node) int {
	for i := len(nodes) - 1; i >= 0; i-- {
		if isElement(nodes[i]) && shows(nodes[i]) {
			return i
		}
	}
	return 0
}

// wrapRuled puts what stands between the rules of n into elements, if it is bare text
// with a time in each of several.
func (ls lines) wrapRuled(n *html.Node) {
	const least = 2
	if firstChild(n, isRule) == nil {
		return
	}
	blocks := [][]*html.Node{nil}
	for c := range n.ChildNodes() {
		last := len(blocks) - 1
		if isRule(c) {
			blocks = append(blocks, nil)
		} else {
			blocks[last] = append(blocks[last], c)
		}
	}
	blocks = slices.DeleteFunc(blocks, func(block []*html.Node) bool { return !ls.isStamped(block) })
	for _, block := range blocks {
		if len(blocks) >= least {
			enclose(block, atom.Div)
		}
	}
}

// enclose puts nodes that stand beside each other into an element of their own.
func enclose(nodes []*html.Node, tag atom.Atom) *html.Node {
	into := &html.Node{Type: html.ElementNode, DataAtom: tag, Data: tag.String()}
	parent := nodes[0].Parent
	parent.InsertBefore(into, nodes[0])
	for _, n := range nodes {
		parent.RemoveChild(n)
		into.AppendChild(n)
	}
	return into
}

// isStamped reports whether some of the nodes are bare text, and one of those is a time.
func (ls lines) isStamped(nodes []*html.Node) bool {
	for _, n := range nodes {
		const longest = 90
		if n == nil || n.Type != html.TextNode || !strings.ContainsAny(n.Data, "0123456789") {
			continue
		}
		if s := strings.TrimSpace(n.Data); len(s) <= longest && ls.stamp(s).PostedAs != "" {
			return true
		}
	}
	return false
}

// endsFlat reports whether an element is none of the comment before it.
func endsFlat(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.Form, atom.Hr, atom.Aside, atom.Footer, atom.Nav:
		return true
	}
	return isElement(n) && wordsOf(n).has(formWord)
}
