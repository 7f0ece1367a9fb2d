package webpage

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// parse reads a page as browsers do. One that is nested deeper than the parser allows,
// 512 elements, is read more simply: each element ends where its own tag says so.
func parse(page []byte) *html.Node {
	page = page[start(page):]
	root, err := html.Parse(bytes.NewReader(page))
	if err == nil {
		return root
	}
	return parseDeep(page)
}

// deepest is how deep elements may lie in each other. Of those that lie deeper only the
// text is kept.
const deepest = 2048

// deepPage is a page on its way to a tree.
type deepPage struct {
	open    []*html.Node   // from the root to the innermost element
	count   map[string]int // open elements by their tags
	skipped map[string]int // open elements that lie too deep, by their tags
}

func parseDeep(page []byte) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	d := &deepPage{open: []*html.Node{root}, count: map[string]int{}, skipped: map[string]int{}}
	d.begin(&html.Node{Type: html.ElementNode, DataAtom: atom.Html, Data: "html"})
	d.begin(&html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"})
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return root
		case html.TextToken:
			d.add(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.CommentToken:
			d.add(&html.Node{Type: html.CommentNode, Data: string(z.Text())})
		case html.EndTagToken:
			d.end(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			n := &html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
			switch {
			case t.DataAtom == atom.Html, t.DataAtom == atom.Head, t.DataAtom == atom.Body: // are there
			case markup.Void(t.DataAtom):
				d.add(n)
			default:
				d.imply(t.DataAtom)
				d.begin(n)
			}
		}
	}
}

func (d *deepPage) add(n *html.Node) { d.open[len(d.open)-1].AppendChild(n) }

func (d *deepPage) begin(n *html.Node) {
	if len(d.open) > deepest {
		d.skipped[n.Data]++
		return
	}
	d.add(n)
	d.open = append(d.open, n)
	d.count[n.Data]++
}

// end closes the innermost element of a tag and what lies in it. An end that nothing
// began is ignored, and so is the page's.
func (d *deepPage) end(tag string) {
	switch {
	case d.skipped[tag] > 0:
		d.skipped[tag]--
		return
	case d.count[tag] == 0 || tag == "html" || tag == "body":
		return
	}
	for closed := ""; closed != tag; {
		last := len(d.open) - 1
		closed = d.open[last].Data
		d.open = d.open[:last]
		d.count[closed]--
	}
}

// imply closes the elements whose end may be left out before one of this tag.
func (d *deepPage) imply(tag atom.Atom) {
	const levels = 16
	ends := func(atom.Atom) bool { return false }
	switch tag {
	case atom.Li:
		ends = func(a atom.Atom) bool { return a == atom.Li }
	case atom.Dt, atom.Dd:
		ends = func(a atom.Atom) bool { return a == atom.Dt || a == atom.Dd }
	case atom.Tr:
		ends = func(a atom.Atom) bool { return a == atom.Tr }
	case atom.Td, atom.Th:
		ends = func(a atom.Atom) bool { return a == atom.Td || a == atom.Th }
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table, atom.Blockquote, atom.Section, atom.Article:
		if d.open[len(d.open)-1].DataAtom == atom.P {
			d.end("p")
		}
		return
	}
	for i := len(d.open) - 1; i > 0 && i > len(d.open)-levels; i-- {
		switch a := d.open[i].DataAtom; {
		case ends(a):
			d.end(d.open[i].Data)
			return
		case a == atom.Ul, a == atom.Ol, a == atom.Menu, a == atom.Dl, a == atom.Table:
			return
		}
	}
}

var (
	// document is the beginning of a whole page.
	document = commentline.Pattern(`(?i)<(?:!doctype\s+html|html[\s>])`)
	// notice is what PHP writes before a page when something went wrong.
	notice = commentline.Pattern(`(?i)^(?:\s|</?(?:br|b|p|pre|font)\b[^>]*>)*(?:php\s+)?(?:warning|notice|deprecated|fatal error|parse error|strict standards|recoverable fatal error)\b`)
)

// start returns where the page begins behind the notices of the program that made it, 0 if
// there are none.
func start(head []byte) int {
	const enough = 16 << 10
	head = head[:min(len(head), enough)]
	if !notice().Match(head) {
		return 0
	}
	if at := document().FindIndex(head); at != nil {
		return at[0]
	}
	return 0
}
