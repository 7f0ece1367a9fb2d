package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
)

// Widths of a page in columns.
const (
	usualWidth = 80
	leastWidth = 60
)

// textWriter writes tables for a terminal.
type textWriter struct {
	w      *bufio.Writer
	layout layout
	width  int
	style  style
	color  bool
	plot   bool
	all    analysis.Overview
}

func newText(w io.Writer, o Options) Writer {
	t := &textWriter{w: bufio.NewWriter(w), width: o.Width, style: bare, color: o.Color, plot: o.Plot}
	if t.width <= 0 {
		t.width = usualWidth
	}
	t.width = max(t.width, leastWidth)
	if o.Color {
		t.style = colored
	}
	return t
}

// Write implements Writer.
func (t *textWriter) Write(r *analysis.Result) error {
	if len(t.all.Threads) > 0 {
		t.w.WriteString("\n\n")
	}
	t.all.Add(r)
	t.head(r)
	for _, table := range tables(r) {
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	if t.plot && r.Summary.Judged() > 0 {
		t.drawn(plot(r.Summary.Stance, t.width))
	}
	t.foot(r)
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// Close implements Writer. Several threads end with what they come to together.
func (t *textWriter) Close() error {
	if len(t.all.Threads) < 2 {
		return nil
	}
	t.all.Complete()
	t.w.WriteString("\n\n")
	return t.overview(&t.all, overviewTables(&t.all, mostTogether)[:1], mostTogether)
}

// drawn writes the lines of a drawing after a blank line.
func (t *textWriter) drawn(lines []line) {
	if lines != nil {
		t.w.WriteByte('\n')
	}
	for _, l := range lines {
		t.w.WriteString(l.render(t.style) + "\n")
	}
}

// mostTogether is how many threads are listed behind the tables of each.
const mostTogether = 50

// head writes the title, the counts and what is known of the article.
func (t *textWriter) head(r *analysis.Result) {
	t.paragraph(Title(r.Thread), 0, emphasised)
	t.paragraph(counts(r), 0, unmarked)
	for _, f := range facts(r) {
		t.paragraph(f, 2, unmarked)
	}
}

// foot writes the notes and what the reading of the input left open.
func (t *textWriter) foot(r *analysis.Result) {
	notes := slices.Concat(account.Doubts(r), closerNotes(r), inputNotes(r.Thread))
	if t.color && hasEvidence(r) {
		notes = append(notes, "Marked words are evidence for the stance; words only underlined speak against it.")
	}
	if len(notes) == 0 {
		return
	}
	t.w.WriteByte('\n')
	for _, n := range notes {
		t.paragraph("* "+clean.Line(n), 2, unmarked)
	}
}

func hasEvidence(r *analysis.Result) bool {
	for i := range r.Judgements {
		if len(r.Judgements[i].Evidence) > 0 {
			return true
		}
	}
	return false
}

// paragraph writes clean text over as many lines as it needs.
func (t *textWriter) paragraph(s string, indent int, m mark) {
	for _, l := range wrap(s, t.width, indent) {
		t.w.WriteString(t.style(l, m))
		t.w.WriteByte('\n')
	}
}

// table writes a table after a blank line.
func (t *textWriter) table(content table) error {
	t.w.WriteByte('\n')
	if content.title != "" {
		t.paragraph(content.title, 0, emphasised)
		t.w.WriteByte('\n')
	}
	fitted := content.fit(t.width)
	return t.layout.render(fitted, t.w, newCalm(t.w, fitted), t.style)
}

// Terminal escapes. Red, yellow and blue stay apart for the colour-blind, and the name
// of the stance says the same; none is left plain. Evidence differs from other words by weight and underline, so
// that it shows without the color too.
const (
	bold              = "\x1b[1m"
	boldUnderlineCyan = "\x1b[1;4;36m"
	underline         = "\x1b[4m"
	red               = "\x1b[31m"
	yellow            = "\x1b[33m"
	blue              = "\x1b[34m"
	reset             = "\x1b[0m"
)

func bare(part string, _ mark) string { return part }

func colored(part string, m mark) string {
	switch m {
	case speaksFor:
		return boldUnderlineCyan + part + reset
	case speaksAgainst:
		return underline + part + reset
	case emphasised:
		return bold + part + reset
	case stanceMark(corpus.Skeptical):
		return red + part + reset
	case stanceMark(corpus.Relativist):
		return yellow + part + reset
	case stanceMark(corpus.Supportive):
		return blue + part + reset
	}
	return part
}
