package webpage

import (
	"bytes"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/markup"
)

// parse reads a page of at most so many tags, with the frames that are saved in it, which count
// as much. It is nil if there are more.
func parse(page []byte, most int) *html.Node {
	left := most - bytes.Count(page, []byte{'<'})
	if left < 0 {
		return nil
	}
	root := parseOne(page)
	if openFrames(root, left, 0) < 0 {
		return nil
	}
	return root
}

// openFrames puts elements that are shown in the place of frames whose documents are saved in
// the page, and of the trees that a browser shows in the place of an element's own: SingleFile
// keeps those of comment services so. A heading in a frame isn't the page's. It returns how many
// tags are left of those that a page may have, less than 0 if there are more.
func openFrames(root *html.Node, left, level int) int {
	const deepest = 4
	var frames []*html.Node
	for n := range below(root) {
		isTree := n.DataAtom == atom.Template && attr(n, "shadowrootmode", "shadowmode", "shadowroot") != ""
		if isTree || n.DataAtom == atom.Iframe && level < deepest && attr(n, "srcdoc") != "" {
			frames = append(frames, n)
		}
	}
	for _, n := range frames {
		if document := attr(n, "srcdoc"); n.DataAtom == atom.Iframe {
			if left -= strings.Count(document, "<"); left < 0 {
				return left
			}
			inner := parseOne([]byte(document))
			left = openFrames(inner, left, level+1)
			for c := range below(inner) {
				if c.DataAtom == atom.H1 {
					c.DataAtom, c.Data = atom.H2, "h2"
				}
			}
			n.FirstChild, n.LastChild = nil, nil // what is shown by browsers without frames
			move(cascadia.Query(inner, selectors("body")), n)
		}
		n.DataAtom, n.Data = atom.Div, frame
	}
	return left
}

// frame is the tag of an element that was opened in the place of a frame.
const frame = "frame"

// move moves what lies in an element into another.
func move(from, to *html.Node) {
	for from != nil && from.FirstChild != nil {
		c := from.FirstChild
		from.RemoveChild(c)
		to.AppendChild(c)
	}
}

// openButtons makes the buttons that show the author or the time of a comment, as
// comment services have them to open a profile or a link, or its votes into plain elements. All
// other buttons are no text of the page.
func openButtons(root *html.Node) {
	for n := range below(root) {
		if n.DataAtom == atom.Button && showsMark(n) {
			n.DataAtom, n.Data = atom.Span, "span"
		}
	}
}

// showsMark reports whether a button is named for an author or a time, or for votes with
// a number in it, or is all around an element that is.
func showsMark(button *html.Node) bool {
	for n := button; n != nil; n = n.FirstChild {
		if n.Type != html.ElementNode {
			continue
		}
		w := wordsOf(n)
		if w.any(replyWord | formWord | quoteWord) {
			return false
		}
		if w.any(voteWord | upWord | downWord) {
			return shortHere(button) && slices.ContainsFunc(slices.Collect(below(button)), hasFigure)
		}
		if n.DataAtom == atom.Time || w.any(authorWord|dateWord) {
			return shortHere(button)
		}
	}
	return false
}

// hasFigure reports whether a node is a text with a figure.
func hasFigure(n *html.Node) bool {
	return n.Type == html.TextNode && strings.ContainsAny(n.Data, "0123456789")
}

// parseOne reads a page as browsers do. One that is nested deeper than the parser allows,
// 512 elements, is read more simply: each element ends where its own tag says so.
func parseOne(page []byte) *html.Node {
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

// siblings are the elements whose end may be left out before those of a tag, which are of
// the same list or table.
var siblings = map[atom.Atom][]atom.Atom{
	atom.Li: {atom.Li}, atom.Dt: {atom.Dt, atom.Dd}, atom.Dd: {atom.Dt, atom.Dd}, atom.Tr: {atom.Tr}, atom.Td: {atom.Td, atom.Th}, atom.Th: {atom.Td, atom.Th},
}

// imply closes the elements whose end may be left out before one of this tag.
func (d *deepPage) imply(tag atom.Atom) {
	const levels = 16
	last := len(d.open) - 1
	switch tag {
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Table, atom.Blockquote, atom.Section, atom.Article:
		if d.open[last].DataAtom == atom.P {
			d.end("p")
		}
		return
	}
	for i := last; i > 0 && i > last+1-levels && siblings[tag] != nil; i-- {
		switch n := d.open[i]; {
		case slices.Contains(siblings[tag], n.DataAtom):
			d.end(n.Data)
			return
		case around(n.DataAtom):
			return
		}
	}
}

// around reports whether an element is that of a whole list or table.
func around(a atom.Atom) bool {
	return a == atom.Ul || a == atom.Ol || a == atom.Menu || a == atom.Dl || a == atom.Table
}

var (
	// document is the beginning of a whole page.
	document = commentline.Pattern(`(?i)<(?:!doctype\s+html|html[\s>])`)
	// notice is what PHP writes before a page when something went wrong.
	notice = commentline.Pattern(`(?i)^(?:\s|</?(?:br|b|p|pre|font)\b[^>]*>)*(?:php\s+)?` +
		`(?:warning|notice|deprecated|(?:recoverable )?fatal error|parse error|strict standards)\b`)
	// beginnings are the ways in which a page begins, behind white space: with a document
	// type, or the first element of a whole page or of a piece of one.
	beginnings = commentline.Pattern(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*` +
		`<(?:!doctype\s+html|(?:html|head|body|main|article|section|div|ul|ol|table)(?:\s[^>]*)?>)`)
)

// Detect reports whether the text that begins with head is a web page.
func Detect(head []byte) bool {
	const enough = 4 << 10
	return beginnings().Match(head[:min(len(head), enough)]) || start(head) > 0
}

// start returns where the page begins behind the notices of the program that made it, 0 if
// there are none.
func start(head []byte) int {
	const enough = 64 << 10
	head = head[:min(len(head), enough)]
	if !notice().Match(head) {
		return 0
	}
	if at := document().FindIndex(head); at != nil {
		return at[0]
	}
	return 0
}
