package webpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance/corpus/markup"
	"stance/corpus/plaintext"
)

// wrapFlat gives an element of its own to each comment that a page writes as a line
// about its author with the text beside it: the terms and descriptions of a list (dt,
// dd), or lines such as "Ada says:" among paragraphs.
func wrapFlat(root *html.Node) {
	var lists []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.FirstChild != nil && n.DataAtom != atom.Head && !markup.Silent(n.DataAtom) && flat(n) {
			lists = append(lists, n)
		}
	}
	for _, n := range lists {
		wrap(n)
	}
}

// flat reports whether the children of n are comments without an element of their own:
// lines about authors with something behind each.
func flat(n *html.Node) bool {
	const least = 2
	lines, texts := 0, 0
	behind := false // a line about an author
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case opensFlat(c):
			if behind {
				return false // two in a row
			}
			lines, behind = lines+1, true
		case c.Type == html.ElementNode && shows(c):
			if behind {
				texts++
			}
			behind = false
		}
	}
	return texts == lines && (lines >= least || lines == 1 && n.DataAtom == atom.Dl)
}

// opensFlat reports whether an element is the line about the author of a comment.
func opensFlat(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Dt:
		if wordsOf(n).has(commentWord) {
			return true
		}
	case atom.P, atom.Div, atom.H3, atom.H4, atom.H5, atom.H6:
	default:
		return false
	}
	if !shortHere(n) {
		return false
	}
	line := strings.Join(strings.Fields(markup.Node(n, nil)), " ")
	if !strings.ContainsAny(line, "0123456789") { // no time
		return false
	}
	r := plaintext.ReadLine(line)
	return r.Kind == plaintext.Signed && r.PostedAs != "" && r.Author != ""
}

// shows reports whether an element has any text.
func shows(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}

// wrap puts each line about an author and what stands behind it into an element, which
// takes over the line's attributes.
func wrap(n *html.Node) {
	var into *html.Node
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case opensFlat(c):
			into = &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div", Attr: c.Attr}
			c.Attr = nil
			n.InsertBefore(into, c)
			fallthrough
		case into != nil && !endsFlat(c):
			n.RemoveChild(c)
			into.AppendChild(c)
		default:
			into = nil
		}
		c = next
	}
}

// endsFlat reports whether an element is none of the comment before it.
func endsFlat(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.Form, atom.Hr, atom.Aside, atom.Footer, atom.Nav:
		return true
	}
	return n.Type == html.ElementNode && wordsOf(n).has(formWord)
}
