package layout

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/renderer"
)

// markdownWidth is how many columns the rows of a table have; a Markdown page has no width.
const markdownWidth = 160

// Markdown writes documents in GitHub's Markdown.
type Markdown struct {
	w      *bufio.Writer
	tables engine
}

// NewMarkdown returns a writer.
func NewMarkdown(w io.Writer) *Markdown { return &Markdown{w: bufio.NewWriter(w)} }

// Write implements Writer.
func (m *Markdown) Write(d Document) error {
	for _, block := range d {
		block.markdown(m)
	}
	if err := cmp.Or(m.tables.err, m.w.Flush()); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

// write writes a text that is escaped between others that aren't.
func (m *Markdown) write(before, text, after string) {
	m.w.WriteString(before + escapeMarkdown(text) + after)
}

// list writes the items after a blank line, if there are any.
func (m *Markdown) list(items []string) {
	if len(items) > 0 {
		m.w.WriteByte('\n')
	}
	for _, item := range items {
		m.write("- ", item, "\n")
	}
}

func (b Heading) markdown(m *Markdown) { m.write("## ", b.Text, "\n") }

func (b Lead) markdown(m *Markdown) { m.write("", b.Text, "\n") }

func (b Paragraph) markdown(m *Markdown) {
	m.w.WriteByte('\n')
	for _, p := range b.Parts {
		if !p.Code {
			m.write("", p.Text, "")
			continue
		}
		fence := "`"
		for strings.Contains(p.Text, fence) {
			fence += "`"
		}
		m.w.WriteString(fence + p.Text + fence)
	}
	m.w.WriteByte('\n')
}

func (b Facts) markdown(m *Markdown) { m.list(b) }

func (b Notes) markdown(m *Markdown) { m.list(b) }

func (Picture) markdown(*Markdown) {}

func (b Passages) markdown(m *Markdown) {
	if b.List == nil {
		return
	}
	m.write("\n### ", b.Title, "\n")
	for i := range b.List {
		for k, part := range b.List[i].parts() {
			m.write("\n"+strings.Repeat("> ", min(k, 1)), part, "\n")
		}
	}
}

func (b Table) markdown(m *Markdown) {
	m.w.WriteByte('\n')
	if b.Title != "" {
		m.write("### ", b.Title, "\n\n")
	}
	// The renderer has no row set apart, so the total is the last row.
	if b.Total != nil {
		b.Rows, b.Made, b.Total = append(slices.Collect(b.all()), b.Total), nil, nil
	}
	m.tables.render(b.fit(markdownWidth), m.w, renderer.NewMarkdown(), markdownStyle, math.MaxInt)
}

func (b Verbatim) markdown(m *Markdown) {
	m.w.WriteByte('\n')
	for _, l := range b {
		m.w.WriteString("    " + l + "\n")
	}
}

func (Blank) markdown(m *Markdown) { m.w.WriteByte('\n') }

func (Break) markdown(m *Markdown) { m.w.WriteByte('\n') }

// markdownStyle escapes a part of a cell; strong parts are strong, weak ones emphasised. Blanks at the ends stay outside, where Markdown wants them.
func markdownStyle(part string, m Mark) string {
	around := ""
	switch m {
	case Strong:
		around = "**"
	case Weak:
		around = "*"
	}
	inner := strings.TrimLeft(part, " ")
	before := part[:len(part)-len(inner)]
	inner = strings.TrimRight(inner, " ")
	after := part[len(before)+len(inner):]
	if inner == "" {
		return part
	}
	return before + around + escapeMarkdown(inner) + around + after
}

// escapeMarkdown makes a clean line mean itself: no markup, HTML, entity, table
// border, mathematics or link, and no address that GitHub would turn into one.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>|~$&#!@", r),
			r == ':' && strings.HasPrefix(s[i:], "://"),
			r == '.' && endsInWWW(s[:i]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func endsInWWW(s string) bool {
	return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www")
}
