package webpage

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// openButtons makes the buttons that show the author or the time of a comment, as
// comment services have them to open a profile or a link, into plain elements. All
// other buttons are no text of the page.
func openButtons(root *html.Node) {
	for n := range below(root) {
		if n.DataAtom == atom.Button && showsMark(n) {
			n.DataAtom, n.Data = atom.Span, "span"
		}
	}
}

// showsMark reports whether a button is named for an author or a time, or is all
// around an element that is.
func showsMark(button *html.Node) bool {
	for n := button; n != nil; n = n.FirstChild {
		if n.Type != html.ElementNode {
			continue
		}
		w := wordsOf(n)
		if w.any(replyWord | voteWord | formWord | quoteWord) {
			return false
		}
		if n.DataAtom == atom.Time || w.any(authorWord|dateWord) {
			return shortHere(button)
		}
	}
	return false
}
