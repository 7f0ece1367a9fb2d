package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTML returns the text of an HTML fragment, as the package comment describes it.
//
// A fragment without any element that breaks lines is text with a link or an
// emphasis in it, as databases of comments hold it: its own line ends are kept.
func HTML(fragment string) string {
	w := &writer{lines: !breaks(fragment)}
	if !strings.ContainsAny(fragment, "<&\r\x00") {
		w.text(fragment) // of the many that are so, each would cost a buffer
		return w.String()
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		token := z.Token()
		name := token.DataAtom
		switch {
		case kind == html.ErrorToken:
			return w.String() // the end: a string can't fail
		case kind == html.TextToken:
			w.text(token.Data)
		case kind == html.StartTagToken && Silent(name):
			if !Void(name) {
				skip(z, name)
			}
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken && Void(name):
			w.open(name, token.Attr)
		case kind == html.EndTagToken && !Silent(name):
			w.close(name)
		}
	}
}

// skip passes what is in an element up to its end, which others of its name may have too.
func skip(z *html.Tokenizer, name atom.Atom) {
	for depth := 1; depth > 0; {
		kind := z.Next()
		switch is := z.Token().DataAtom == name; {
		case kind == html.ErrorToken:
			return
		case is && kind == html.StartTagToken:
			depth++
		case is && kind == html.EndTagToken:
			depth--
		}
	}
}

// Void reports whether an element has no content and no end.
func Void(name atom.Atom) bool {
	switch name {
	case atom.Br, atom.Img, atom.Hr, atom.Input, atom.Embed, atom.Wbr, atom.Meta, atom.Link, atom.Base, atom.Col, atom.Area,
		atom.Source, atom.Track, atom.Param:
		return true
	}
	return false
}

// Node returns the text in n, as the package comment describes it: that n is an
// item or a quote is not marked. What leave reports true for is left out with all
// that is in it; leave may be nil.
func Node(n *html.Node, leave func(*html.Node) bool) string {
	return new(writer).node(n, leave)
}

// Line returns the text in n, without what leave reports true for, on one line. Where
// one element ends or begins between a figure and a letter or another figure a blank
// stands between them, as pages set such elements apart by their style: the date and the
// time of "<b>28.09.19</b><i>12:40</i>" are two words.
func Line(n *html.Node, leave func(*html.Node) bool) string {
	w := &writer{edges: true}
	return strings.Join(strings.Fields(w.node(n, leave)), " ")
}

func (w *writer) node(n *html.Node, leave func(*html.Node) bool) string {
	Walk(n, func(at *html.Node) bool {
		switch {
		case at.Type == html.TextNode:
			w.text(at.Data)
		case at.Type != html.ElementNode:
		case Silent(at.DataAtom) || at != n && leave != nil && leave(at):
			return false
		case at != n:
			w.edge = true
			w.open(at.DataAtom, at.Attr)
		}
		return true
	}, func(at *html.Node) {
		if at.Type == html.ElementNode && at != n {
			w.edge = true
			w.close(at.DataAtom)
		}
	})
	return w.String()
}

// Walk visits n and what lies in it, in the order of the document. It goes into those that
// enter reports true for, and calls exit behind what lies in them.
func Walk(n *html.Node, enter func(*html.Node) bool, exit func(*html.Node)) {
	for at := n; ; at = at.NextSibling {
		for enter(at) {
			if at.FirstChild == nil {
				exit(at)
				break
			}
			at = at.FirstChild
		}
		for at != n && at.NextSibling == nil {
			at = at.Parent
			exit(at)
		}
		if at == n {
			return
		}
	}
}
