package layout

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// Widths of a page in columns.
const (
	usualWidth  = 80
	leastWidth  = 60
	widestProse = 88 // from which lines of prose are no easier to read
)

// Text writes documents for a terminal. No line is wider than the page.
type Text struct {
	w      *bufio.Writer
	tables engine
	width  int
	as     style
	draws  bool
}

// NewText returns a writer for so many columns, 0 for 80, and at least 60. It sets marks off
// with terminal escapes if color is set, and draws pictures if draws is.
func NewText(w io.Writer, width int, color, draws bool) *Text {
	if width <= 0 {
		width = usualWidth
	}
	t := &Text{w: bufio.NewWriter(w), width: max(width, leastWidth), as: bare, draws: draws}
	if color {
		t.as = colored
	}
	return t
}

// Width is that of the page.
func (t *Text) Width() int { return t.width }

// Write implements Writer.
func (t *Text) Write(d Document) error {
	for _, block := range d {
		block.text(t)
	}
	if err := cmp.Or(t.tables.err, t.w.Flush()); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// paragraph writes a text over as many lines as it needs.
func (t *Text) paragraph(s string, indent int, prose bool, m Mark) {
	width := t.width
	if prose {
		width = min(width, widestProse)
	}
	for _, l := range Wrap(s, width, indent) {
		t.w.WriteString(t.as(l, m) + "\n")
	}
}

func (b Heading) text(t *Text) { t.paragraph(b.Text, b.Indent, b.Prose, Bold) }

func (b Lead) text(t *Text) { t.paragraph(b.Text, 0, false, Bold) }

func (b Paragraph) text(t *Text) {
	if b.Prose {
		t.w.WriteByte('\n')
	}
	var all strings.Builder
	for _, p := range b.Parts {
		if p.Code {
			p.Text = "`" + p.Text + "`"
		}
		all.WriteString(p.Text)
	}
	t.paragraph(all.String(), b.Indent, b.Prose, Unmarked)
}

func (b Facts) text(t *Text) {
	for _, f := range b {
		t.paragraph(f, 2, false, Unmarked)
	}
}

func (b Notes) text(t *Text) {
	if len(b) > 0 {
		t.w.WriteByte('\n')
	}
	for _, n := range b {
		t.paragraph("* "+n, 2, false, Unmarked)
	}
}

func (b Picture) text(t *Text) {
	if b.Lines == nil || !t.draws {
		return
	}
	lines := b.Lines(t.width)
	if lines != nil {
		t.w.WriteByte('\n')
	}
	for _, l := range lines {
		t.w.WriteString(l.Render(t.as) + "\n")
	}
}

func (b Passages) text(t *Text) {
	if b.List == nil {
		return
	}
	t.w.WriteByte('\n')
	t.paragraph(b.Title, 0, false, Bold)
	for i := range b.List {
		parts := b.List[i].parts()
		if i == 0 || len(parts) > 1 {
			t.w.WriteByte('\n')
		}
		for k, part := range parts {
			indent := strings.Repeat(" ", 2*min(k, 1))
			for _, l := range Wrap(part, t.width-len(indent), 0) {
				t.w.WriteString(indent + l + "\n")
			}
		}
	}
}

func (b Table) text(t *Text) {
	t.w.WriteByte('\n')
	if b.Title != "" {
		t.paragraph(b.Title, 0, false, Bold)
		t.w.WriteByte('\n')
	}
	b = b.fit(t.width)
	t.tables.render(b, t.w, newCalm(t.w, b), t.as, rowsAtOnce)
}

func (b Verbatim) text(t *Text) {
	for _, l := range b {
		t.w.WriteString(l + "\n")
	}
}

func (Blank) text(t *Text) { t.w.WriteByte('\n') }

func (Break) text(t *Text) { t.w.WriteString("\n\n") }

// Terminal escapes. Strong and weak parts differ from other words by weight and underline, so
// that they show without the color too.
const (
	bold              = "\x1b[1m"
	boldUnderlineCyan = "\x1b[1;4;36m"
	underline         = "\x1b[4m"
	red               = "\x1b[31m"
	yellow            = "\x1b[33m"
	blue              = "\x1b[34m"
	reset             = "\x1b[0m"
)

func bare(part string, _ Mark) string { return part }

func colored(part string, m Mark) string {
	if m == Unmarked {
		return part
	}
	return [...]string{Strong: boldUnderlineCyan, Weak: underline, Bold: bold, Red: red, Yellow: yellow, Blue: blue}[m] + part + reset
}
