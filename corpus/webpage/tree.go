package webpage

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/markup"
)

// tree is a parsed page laid out in the order of the document, so that all that is
// in an element is one range and can be counted by subtraction.
type tree struct {
	root  *html.Node
	nodes []node
	index map[*html.Node]int // of elements
	data  []any              // the page's JSON-LD
	title string             // the page's title and its first heading
	lines lines
}

// node is an element or a text of the page.
type node struct {
	*html.Node
	parent int // -1 for the root
	end    int // one behind its last descendant
	words  words
	// Counts of what comes before it in the document.
	before smallCounts
}

// counts of marks in a range of the page.
type counts struct {
	text    int // bytes of visible text
	marked  int // … of it in names of authors and in times
	linked  int // … of the rest in links
	times   int
	authors int
	replies int // buttons to reply
	heads   int // h1
}

func (c counts) minus(d counts) counts {
	return counts{c.text - d.text, c.marked - d.marked, c.linked - d.linked, c.times - d.times, c.authors - d.authors, c.replies - d.replies, c.heads - d.heads}
}

// below yields what lies in a node, in the order of the document. Unlike the iterator of
// package html it takes no memory for each.
func below(root *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := root; ; {
			if n.FirstChild != nil {
				n = n.FirstChild
			} else {
				for n != root && n.NextSibling == nil {
					n = n.Parent
				}
				if n == root {
					return
				}
				n = n.NextSibling
			}
			if !yield(n) {
				return
			}
		}
	}
}

// smallCounts are counts in half the memory.
type smallCounts struct{ text, marked, linked, times, authors, replies, heads int32 }

func (c counts) small() smallCounts {
	return smallCounts{int32(c.text), int32(c.marked), int32(c.linked), int32(c.times), int32(c.authors), int32(c.replies), int32(c.heads)}
}

// until returns the counts between c and d.
func (c smallCounts) until(d smallCounts) counts {
	return counts{int(d.text - c.text), int(d.marked - c.marked), int(d.linked - c.linked), int(d.times - c.times), int(d.authors - c.authors), int(d.replies - c.replies), int(d.heads - c.heads)}
}

// newTree lays the page out. It doesn't recurse.
func newTree(root *html.Node, ls lines) *tree {
	size, elements := 1, 1
	for n := range below(root) {
		size++
		if n.Type == html.ElementNode {
			elements++
		}
	}
	t := &tree{root: root, nodes: make([]node, 0, size+1), index: make(map[*html.Node]int, elements), data: linkedData(root), lines: ls}
	var sum counts
	parent := -1
	for n := root; n != nil; {
		at := len(t.nodes)
		skipped := n.Type == html.ElementNode && markup.Silent(n.DataAtom) || n.Type == html.CommentNode
		if n.DataAtom == atom.Button && isReplyMark(&node{Node: n, words: wordsOf(n)}) {
			sum.replies++
		}
		if !skipped {
			t.nodes = append(t.nodes, node{Node: n, parent: parent, before: sum.small()})
			if n.Type != html.TextNode {
				t.index[n] = at
			}
			t.count(at, &sum)
			if n.FirstChild != nil {
				parent, n = at, n.FirstChild
				continue
			}
			t.nodes[at].end = at + 1
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			if i, ok := t.index[n]; ok {
				t.nodes[i].end = len(t.nodes)
				parent = t.nodes[i].parent
			}
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	t.nodes = append(t.nodes, node{Node: &html.Node{}, parent: -1, before: sum.small()}) // closes the last range
	t.nodes[len(t.nodes)-1].end = len(t.nodes)
	t.title = titles(root)
	return t
}

// titles is the page's title and its first heading.
func titles(root *html.Node) string {
	title, heading := "", ""
	for n := range below(root) {
		switch {
		case n.DataAtom == atom.Title && title == "":
			title = textOf(n)
		case n.DataAtom == atom.H1 && heading == "":
			heading = lineOf(n)
		}
	}
	return title + "\n" + heading
}

// count adds what the node itself is to the sum.
func (t *tree) count(at int, sum *counts) {
	n := &t.nodes[at]
	if n.Type == html.ElementNode {
		n.words = wordsOf(n.Node)
		asQuoted(n)
		switch {
		case n.DataAtom == atom.H1:
			sum.heads++
		case isTimeMark(n) && !t.under(at, isTimeMark):
			sum.times++
		case isAuthorMark(n) && !t.under(at, isAuthorMark) && !t.under(at, isCommentForm):
			sum.authors++
		}
		if isReplyMark(n) && !t.under(at, isReplyMark) {
			sum.replies++
		}
		return
	}
	if n.Type != html.TextNode {
		return
	}
	text := strings.TrimSpace(n.Data)
	sum.text += len(text)
	switch {
	case t.under(at, isTimeMark):
		sum.marked += len(text)
	case t.lines.states(text):
		sum.times++
		sum.marked += len(text)
	case t.under(at, isAuthorMark):
		sum.marked += len(text)
	case text != "" && t.under(at, isLink):
		sum.linked += len(text)
	}
}

// isLink reports whether an element is a link, and not only the aim of one.
func isLink(n *node) bool { return n.DataAtom == atom.A && attr(n.Node, "href") != "" }

// isCommentForm reports whether an element is named for the form to write a comment.
func isCommentForm(n *node) bool {
	return n.words.has(formWord) && n.words.any(commentWord|replyWord)
}

// asQuoted makes the elements that are quotes by their name into quotes, and those
// that are the text of a comment, as some forums have it, into plain ones.
func asQuoted(n *node) {
	switch {
	case n.DataAtom == atom.Blockquote && n.words.has(textWord) && !n.words.has(quoteWord):
		n.DataAtom = atom.Div
	case (n.DataAtom == atom.Div || n.DataAtom == atom.Fieldset) && n.words.has(quoteWord) && !n.words.any(commentWord|formWord):
		n.DataAtom = atom.Blockquote
	}
}

// under reports whether one of the four nearest ancestors is such.
func (t *tree) under(at int, is func(*node) bool) bool {
	for p, n := t.nodes[at].parent, 0; p >= 0 && n < 4; p, n = t.nodes[p].parent, n+1 {
		if is(&t.nodes[p]) {
			return true
		}
	}
	return false
}

// within counts the marks in the element at i.
func (t *tree) within(i int) counts {
	return t.nodes[i].before.until(t.nodes[t.nodes[i].end].before)
}

// holds reports whether the element at i holds the node at j, or is it.
func (t *tree) holds(i, j int) bool { return i <= j && j < t.nodes[i].end }

// text is the text of the element at i.
func (t *tree) text(i int) string { return markup.Node(t.nodes[i].Node, nil) }

// short is the text of the element at i on one line, "" if it's longer than a
// line that could be a mark.
func (t *tree) short(i int) string {
	const longest = 160
	if t.within(i).text > longest {
		return ""
	}
	return lineOf(t.nodes[i].Node)
}

// attr returns an attribute, "" if there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// firstAttr returns the first of these attributes that isn't empty.
func firstAttr(n *html.Node, keys ...string) string {
	for _, key := range keys {
		if v := attr(n, key); v != "" {
			return v
		}
	}
	return ""
}
