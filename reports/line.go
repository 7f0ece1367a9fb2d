package reports

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

// mark says what a part of a line is to the judgement.
type mark uint8

const (
	unmarked      mark = iota
	speaksFor          // evidence for the decision
	speaksAgainst      // evidence against it
	emphasised         // no evidence: a title
	stanceMarks        // the first of four, the names of stances in their order
)

// stanceMark marks the name of a stance.
func stanceMark(s corpus.Stance) mark { return stanceMarks + mark(s) }

// line is a clean piece of text that fits on one line, with marked parts.
type line struct {
	text  string
	marks []mark // by byte of text; nil if nothing is marked
}

func plain(s string) line { return line{text: clean.Line(s)} }

// excerpt returns the comment as one line with its evidence marked. Where pieces
// of evidence overlap, evidence for the decision hides evidence against it.
func excerpt(comment string, evidence []text.Evidence) line {
	if len(evidence) == 0 {
		return plain(comment)
	}
	clean, at := clean.LineOffsets(comment)
	l := line{text: clean, marks: make([]mark, len(clean))}
	for _, e := range evidence {
		start, end := at[e.Start], at[e.End]
		for end > start && clean[end-1] == ' ' {
			end--
		}
		for i := start; i < end; i++ {
			if e.Weight >= 0 {
				l.marks[i] = speaksFor
			} else if l.marks[i] == unmarked {
				l.marks[i] = speaksAgainst
			}
		}
	}
	return l
}

// after returns the line behind a prefix that isn't marked.
func (l line) after(prefix string) line {
	out := line{text: prefix + l.text}
	if l.marks != nil {
		out.marks = append(make([]mark, len(prefix)), l.marks...)
	}
	return out
}

// followed returns the line with a marked part behind it.
func (l line) followed(part string, m mark) line {
	if l.marks == nil {
		l.marks = make([]mark, len(l.text))
	}
	l.text += part
	for range len(part) {
		l.marks = append(l.marks, m)
	}
	return l
}

// named is the name of a stance, marked as such.
func named(s corpus.Stance) line { return line{}.followed(s.String(), stanceMark(s)) }

const ellipsis = "…"

// cut returns the line no wider than width columns. It cuts between graphemes and
// ends what it cut with an ellipsis.
func (l line) cut(width int) line {
	if len(displaywidth.TruncateString(l.text, width, "")) == len(l.text) {
		return l
	}
	kept := displaywidth.TruncateString(l.text, max(width-1, 0), "")
	kept = strings.TrimRight(kept, " ")
	out := line{text: kept + ellipsis}
	if l.marks != nil {
		out.marks = append(append(make([]mark, 0, len(out.text)), l.marks[:len(kept)]...), make([]mark, len(ellipsis))...)
	}
	return out
}

func (l line) width() int { return displaywidth.String(l.text) }

// render joins the parts of the line, each as style shows it.
func (l line) render(style func(part string, m mark) string) string {
	if l.marks == nil {
		return style(l.text, unmarked)
	}
	var b strings.Builder
	for start := 0; start < len(l.text); {
		end := start + 1
		for end < len(l.text) && l.marks[end] == l.marks[start] {
			end++
		}
		b.WriteString(style(l.text[start:end], l.marks[start]))
		start = end
	}
	return b.String()
}

// wrap breaks a clean text into lines of at most width columns, at spaces where it
// can; lines after the first are indented by that many columns.
func wrap(s string, width, indent int) []string {
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
