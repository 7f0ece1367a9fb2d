package layout

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/reports/internal/clean"
)

// Mark says how a part of a line is set off.
type Mark uint8

// The marks. Outputs without colors show the first three alone, Markdown the first two.
const (
	Unmarked Mark = iota
	Strong
	Weak
	Bold
	Red
	Yellow
	Blue
)

// Line is a clean piece of text that fits on one line, with marked parts.
type Line struct {
	Text  string
	Marks []Mark // by byte of text; nil if nothing is marked
}

// Plain is a text on one line.
func Plain(s string) Line { return Line{Text: clean.Line(s)} }

// After returns the line behind a prefix that isn't marked.
func (l Line) After(prefix string) Line {
	out := Line{Text: prefix + l.Text}
	if l.Marks != nil {
		out.Marks = append(make([]Mark, len(prefix)), l.Marks...)
	}
	return out
}

// Followed returns the line with a marked part behind it.
func (l Line) Followed(part string, m Mark) Line {
	if l.Marks == nil {
		l.Marks = make([]Mark, len(l.Text))
	}
	l.Text += part
	for range len(part) {
		l.Marks = append(l.Marks, m)
	}
	return l
}

// Ellipsis is at the end of what was cut.
const Ellipsis = "…"

// Cut returns the line no wider than width columns. It cuts between graphemes and
// ends what it cut with an ellipsis.
func (l Line) Cut(width int) Line {
	if len(displaywidth.TruncateString(l.Text, width, "")) == len(l.Text) {
		return l
	}
	kept := displaywidth.TruncateString(l.Text, max(width-1, 0), "")
	kept = strings.TrimRight(kept, " ")
	out := Line{Text: kept + Ellipsis}
	if l.Marks != nil {
		out.Marks = append(append(make([]Mark, 0, len(out.Text)), l.Marks[:len(kept)]...), make([]Mark, len(Ellipsis))...)
	}
	return out
}

// Width is how many columns the line takes.
func (l Line) Width() int { return displaywidth.String(l.Text) }

// Render joins the parts of the line, each as the style shows it.
func (l Line) Render(as func(part string, m Mark) string) string {
	if l.Marks == nil {
		return as(l.Text, Unmarked)
	}
	var b strings.Builder
	for start := 0; start < len(l.Text); {
		end := start + 1
		for end < len(l.Text) && l.Marks[end] == l.Marks[start] {
			end++
		}
		b.WriteString(as(l.Text[start:end], l.Marks[start]))
		start = end
	}
	return b.String()
}

// Wrap breaks a clean text into lines of at most width columns, at spaces where it
// can; lines after the first are indented by that many columns.
func Wrap(s string, width, indent int) []string {
	p := paragraph{width: width, indent: indent}
	for _, word := range strings.Fields(s) {
		p.add(word)
	}
	if !p.empty() {
		p.flush()
	}
	return p.lines
}

// paragraph is a text that is being broken into lines.
type paragraph struct {
	width, indent int
	lines         []string
	current       strings.Builder // the line so far, without its indentation
	used          int             // columns of current
}

func (p *paragraph) empty() bool { return p.current.Len() == 0 }

// room is how many columns are left on the line.
func (p *paragraph) room() int {
	if len(p.lines) > 0 {
		return p.width - p.indent - p.used
	}
	return p.width - p.used
}

func (p *paragraph) put(s string, columns int) {
	p.current.WriteString(s)
	p.used += columns
}

func (p *paragraph) flush() {
	line := p.current.String()
	if len(p.lines) > 0 {
		line = strings.Repeat(" ", p.indent) + line
	}
	p.lines = append(p.lines, line)
	p.current.Reset()
	p.used = 0
}

// add puts a word on the line or the next one. A word that is wider than a line is
// broken between graphemes.
func (p *paragraph) add(word string) {
	columns := displaywidth.String(word)
	if !p.empty() && 1+columns > p.room() {
		p.flush()
	}
	if !p.empty() {
		p.put(" ", 1)
	}
	if columns <= p.room() {
		p.put(word, columns)
		return
	}
	graphemes := displaywidth.StringGraphemes(word)
	for graphemes.Next() {
		if graphemes.Width() > p.room() {
			p.flush()
		}
		p.put(graphemes.Value(), graphemes.Width())
	}
}
