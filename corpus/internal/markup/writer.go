package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNesting bounds the quote marks and the lists that are written.
const maxNesting = 32

// gap is the white space that is due before the next word.
type gap uint8

const (
	none gap = iota
	space
	lineEnd
	blankLine
)

// writer turns the opening and closing of elements, and the text between them,
// into lines.
type writer struct {
	out    strings.Builder
	due    gap
	quotes int    // blockquotes that are open
	lists  []int  // the number of the last item of each open list, -1 if it counts none
	bullet string // what the next line begins with: the mark of its list item
	pre    int    // preformatted elements that are open
	lines  bool   // line ends of the text count, as the fragment has no other
	edges  bool   // figures on both sides of an element's border are kept apart
	edge   bool   // an element began or ended since the last word
	last   rune   // what was written last
}

// demand asks for at least this much white space before the next word.
func (w *writer) demand(g gap) { w.due = max(w.due, g) }

// open begins an element.
func (w *writer) open(name atom.Atom, attr []html.Attribute) {
	w.demand(around(name))
	switch name {
	case atom.Br:
		w.lineBreak()
	case atom.Img:
		if alt := emoji(attr); alt != "" {
			w.text(alt)
		}
	case atom.Q:
		w.word("“")
	case atom.Blockquote:
		w.quotes++
	case atom.Pre:
		w.pre++
	case atom.Ul, atom.Ol, atom.Menu:
		w.list(name, attr)
	case atom.Li:
		w.bullet = w.mark()
	}
}

// close ends an element. An end that nothing began is ignored.
func (w *writer) close(name atom.Atom) {
	behind := around(name)
	switch name {
	case atom.Q:
		w.glue("”")
	case atom.Blockquote:
		w.quotes = max(0, w.quotes-1)
	case atom.Pre:
		w.pre = max(0, w.pre-1)
	case atom.Ul, atom.Ol, atom.Menu:
		if w.lists = w.lists[:max(0, len(w.lists)-1)]; len(w.lists) > 0 {
			behind = lineEnd // a list in a list
		}
	case atom.Li:
		w.bullet = ""
	}
	w.demand(behind)
}

// lineBreak asks for a line end, and for a blank line behind another.
func (w *writer) lineBreak() { w.due = min(max(w.due, space)+1, blankLine) }

// list begins a list, numbered from its start attribute or not at all.
func (w *writer) list(name atom.Atom, attr []html.Attribute) {
	last := -1
	if name == atom.Ol {
		last = 0
		for _, a := range attr {
			if n, err := strconv.Atoi(a.Val); a.Key == "start" && err == nil && n > 0 {
				last = n - 1
			}
		}
	}
	w.lists = append(w.lists, last)
	if len(w.lists) > 1 {
		w.due = min(w.due, lineEnd)
	}
}

// mark is what the next item of the innermost list begins with.
func (w *writer) mark() string {
	if len(w.lists) == 0 {
		return "- "
	}
	indent := strings.Repeat("  ", min(len(w.lists)-1, maxNesting))
	last := &w.lists[len(w.lists)-1]
	if *last < 0 {
		return indent + "- "
	}
	*last++
	return indent + strconv.Itoa(*last) + ". "
}

// text writes the text of an element with its white space collapsed.
func (w *writer) text(s string) {
	if w.pre > 0 || w.lines {
		w.preformatted(s)
		return
	}
	for s != "" {
		words := strings.TrimLeftFunc(s, isSpace)
		if words != s {
			w.demand(space)
		}
		end := strings.IndexFunc(words, isSpace)
		if end < 0 {
			end = len(words)
		}
		if end > 0 {
			w.word(words[:end])
		}
		s = words[end:]
	}
}

// preformatted writes text whose line ends count.
func (w *writer) preformatted(s string) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.lineBreak()
		}
		line = strings.TrimRight(line, " \t\r")
		if words := strings.TrimLeft(line, " \t"); w.lines && words != line {
			w.demand(space)
			line = words
		}
		if line == "" {
			w.demand(space)
			continue
		}
		w.word(line)
	}
	if strings.HasSuffix(s, " ") {
		w.demand(space)
	}
}

// word writes text behind the white space that is due.
func (w *writer) word(s string) {
	if w.out.Len() == 0 {
		w.due = none
		w.begin()
	}
	if first, _ := utf8.DecodeRuneInString(s); w.edges && w.edge && w.due == none && clash(w.last, first) {
		w.due = space
	}
	w.edge = false
	w.last, _ = utf8.DecodeLastRuneInString(s)
	switch w.due {
	case space:
		w.out.WriteByte(' ')
	case lineEnd:
		w.out.WriteByte('\n')
		w.begin()
	case blankLine:
		w.out.WriteString("\n\n")
		w.begin()
	}
	w.due = none
	w.out.WriteString(s)
}

// clash reports whether two characters that meet at an element's border belong to
// different words: figures, or a figure and a letter that doesn't go on with it as in "20th".
func clash(last, first rune) bool {
	switch {
	case unicode.IsDigit(first):
		return unicode.IsDigit(last) || unicode.IsLetter(last)
	case unicode.IsDigit(last):
		return unicode.IsUpper(first)
	}
	return false
}

// glue writes a mark that belongs to the word before it.
func (w *writer) glue(s string) {
	due := w.due
	w.due = none
	w.word(s)
	w.due = due
}

// begin starts a line: with the marks of its quotes and of its list item.
func (w *writer) begin() {
	for range min(w.quotes, maxNesting) {
		w.out.WriteString("> ")
	}
	w.out.WriteString(w.bullet)
	w.bullet = ""
}

func (w *writer) String() string { return strings.TrimFunc(w.out.String(), isBlank) }

// isSpace is the white space of HTML, which collapses.
func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == '\u200b' || r == '\ufeff'
}

// isBlank is white space of any kind, and what has no width.
func isBlank(r rune) bool { return unicode.IsSpace(r) || isSpace(r) }
