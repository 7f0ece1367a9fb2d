// Package layout lays documents out as text, Markdown and HTML. It knows nothing of what they
// say: a document is a list of blocks, such as a paragraph or a table, whose strings are clean.
package layout

import (
	"html/template"
	"slices"
)

// Document is a list of blocks in their order.
type Document []Block

// Block is a part of a document.
type Block interface {
	text(*Text)
	markdown(*Markdown)
	html(*HTML)
}

// Writer writes documents one behind the other.
type Writer interface{ Write(Document) error }

type (
	// Heading is a title.
	Heading struct {
		Text   string
		Indent int  // columns before all lines but the first
		Prose  bool // no wider than prose is in text
	}
	// Lead says what the rest comes to. Its head is over it in HTML alone, where the rest
	// of a page needs one.
	Lead struct{ Head, Text string }
	// Paragraph is a text in parts.
	Paragraph struct {
		Parts  []Part
		Indent int  // columns before all lines but the first
		Prose  bool // no wider than prose is and behind a blank line in text
		Quiet  bool // set back in HTML
	}
	// Part is a part of a paragraph.
	Part struct {
		Text string
		Code bool          // stands between backticks, and in Markdown as it is
		HTML template.HTML // in a page, "" for the text
	}
	// Facts are short lines, one each.
	Facts []string
	// Notes are remarks at the end.
	Notes []string
	// Picture is drawn in lines for a terminal whose reader wants that, and is a part of a
	// page; Markdown has none.
	Picture struct {
		Lines func(width int) []Line // nil for none
		// HTML is the part of a page, under a heading of that level; nil for none.
		HTML func(level int) template.HTML
	}
	// Passages are texts that are shown whole, under a title.
	Passages struct {
		Title string
		List  []Passage
	}
	// Passage is such a text, under a line that says what it is.
	Passage struct{ Head, About, Text string }
	// Verbatim is lines as they are.
	Verbatim []string
	// Blank is a blank line.
	Blank struct{}
	// Break sets what is behind it apart, as one of several.
	Break struct{}
)

// Says is a paragraph of one part.
func Says(text string) Paragraph { return Paragraph{Parts: []Part{{Text: text}}} }

// parts are those that are not empty.
func (p *Passage) parts() []string {
	return slices.DeleteFunc([]string{p.Head, p.About, p.Text}, func(s string) bool { return s == "" })
}

// Tables are those that have rows.
func Tables(tables ...Table) Document {
	var d Document
	for _, t := range tables {
		if !t.Empty() {
			d = append(d, t)
		}
	}
	return d
}
