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
	root    *html.Node
	nodes   []node
	index   map[*html.Node]int // of elements
	objects []map[string]any   // of the page's JSON-LD
	scripts []string           // of others
	title   string             // the page's title
	heading string             // its first heading
	lines   lines
	chat    bool // some comments go on with those before by the same writer
}

// node is an element or a text of the page.
type node struct {
	*html.Node
	parent int // -1 for the root
	end    int // one behind its last descendant
	words  words
	before counts // of what comes before it in the document
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
	return counts{
		c.text - d.text, c.marked - d.marked, c.linked - d.linked,
		c.times - d.times, c.authors - d.authors, c.replies - d.replies, c.heads - d.heads,
	}
}

// unmarked counts the text in them beside names and times.
func (c counts) unmarked() int { return c.text - c.marked }

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

// newTree lays the page out.
func newTree(root *html.Node, ls lines) *tree {
	size, elements := 2, 1
	for n := range below(root) {
		size++
		if n.Type == html.ElementNode {
			elements++
		}
	}
	t := &tree{root: root, nodes: make([]node, 0, size), index: make(map[*html.Node]int, elements), lines: ls}
	t.readHead()
	var sum counts
	open := -1
	markup.Walk(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Button && isReplyMark(&node{Node: n, words: wordsOf(n)}) {
			sum.replies++
		}
		if n.Type == html.ElementNode && markup.Silent(n.DataAtom) || n.Type == html.CommentNode {
			return false
		}
		at := len(t.nodes)
		t.nodes = append(t.nodes, node{Node: n, parent: open, before: sum})
		switch n.Type {
		case html.ElementNode:
			t.index[n] = at
			t.countElement(at, &sum)
		case html.TextNode:
			t.countText(at, &sum)
		}
		open = at
		return true
	}, func(*html.Node) {
		t.nodes[open].end = len(t.nodes)
		open = t.nodes[open].parent
	})
	t.nodes = append(t.nodes, node{Node: &html.Node{}, parent: -1, before: sum, end: len(t.nodes) + 1}) // closes the last range
	return t
}

// countElement adds what the element itself is to the sum.
func (t *tree) countElement(at int, sum *counts) {
	n := &t.nodes[at]
	n.words = wordsOf(n.Node)
	t.asQuoted(at)
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
}

// countText adds a text to the sum.
func (t *tree) countText(at int, sum *counts) {
	text := strings.TrimSpace(t.nodes[at].Data)
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

// asQuoted makes an element that is a quote by its name into a quote, and one
// that is the text of a comment, as some forums have it, into a plain one.
func (t *tree) asQuoted(at int) {
	n := &t.nodes[at]
	switch {
	case n.DataAtom == atom.Blockquote && n.words.has(textWord) && !n.words.has(quoteWord):
		n.DataAtom = atom.Div
	case (n.DataAtom == atom.Div || n.DataAtom == atom.Fieldset || n.DataAtom == atom.Td) && n.words.has(quoteWord) && !n.words.any(commentWord|formWord):
		if around := t.around(at, isQuote); (around < 0 || t.alike(around, at)) && !holdsQuote(n.Node) {
			n.DataAtom = atom.Blockquote // the other parts of a quote are named for it too
		}
	}
}

// holdsQuote reports whether there is a quote near the beginning of an element.
func holdsQuote(n *html.Node) bool {
	near := 12 // nodes
	for d := range below(n) {
		if near--; near < 0 || d.DataAtom == atom.Blockquote {
			return near >= 0
		}
	}
	return false
}

// under reports whether one of the four nearest ancestors is such.
func (t *tree) under(at int, is func(*node) bool) bool { return t.around(at, is) >= 0 }

// around is the nearest of the four nearest ancestors that is such, -1 if none is.
func (t *tree) around(at int, is func(*node) bool) int {
	for p, n := t.nodes[at].parent, 0; p >= 0 && n < 4; p, n = t.nodes[p].parent, n+1 {
		if is(&t.nodes[p]) {
			return p
		}
	}
	return -1
}

func isQuote(n *node) bool { return n.DataAtom == atom.Blockquote }

// within counts the marks in the element at i.
func (t *tree) within(i int) counts {
	return t.nodes[t.nodes[i].end].before.minus(t.nodes[i].before)
}

// holds reports whether the element at i holds the node at j, or is it.
func (t *tree) holds(i, j int) bool { return i <= j && j < t.nodes[i].end }

// text is the text of the element at i.
func (t *tree) text(i int) string { return markup.Node(t.nodes[i].Node, nil) }

// longestLine is the most bytes of a line that could be a mark.
const longestLine = 160

// short is the text of the element at i on one line, "" if it's longer than a
// line that could be a mark.
func (t *tree) short(i int) string {
	if t.within(i).text > longestLine {
		return ""
	}
	return lineOf(t.nodes[i].Node)
}

// texts yields the texts of the nodes in [from, to), or, if to is less, from the one before
// from down to to; blank ones are left out.
func (t *tree) texts(from, to int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		step := 1
		if to < from {
			from, to, step = from-1, to-1, -1
		}
		for k := from; k != to; k += step {
			if n := &t.nodes[k]; n.Type == html.TextNode {
				if s := strings.TrimSpace(n.Data); s != "" && !yield(k, s) {
					return
				}
			}
		}
	}
}

// attr returns the first of these attributes that isn't empty, "" if there is none.
func attr(n *html.Node, keys ...string) string {
	for _, key := range keys {
		for _, a := range n.Attr {
			if v := strings.TrimSpace(a.Val); a.Key == key && v != "" {
				return v
			}
		}
	}
	return ""
}
