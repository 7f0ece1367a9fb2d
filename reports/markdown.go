package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/renderer"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
)

// markdownExcerpt is how many columns of a comment a Markdown table shows; a
// Markdown page has no width.
const markdownExcerpt = 160

// markdownWriter writes the tables in GitHub's Markdown.
type markdownWriter struct {
	w      *bufio.Writer
	layout layout
	all    analysis.Overview
}

func newMarkdown(w io.Writer, _ Options) Writer {
	return &markdownWriter{w: bufio.NewWriter(w)}
}

// Write implements Writer.
func (m *markdownWriter) Write(r *analysis.Result) error {
	if len(m.all.Threads) > 0 {
		m.w.WriteByte('\n')
	}
	m.all.Add(r)
	fmt.Fprintf(m.w, "## %s\n\n%s\n", escapeMarkdown(Title(r.Thread)), escapeMarkdown(counts(r)))
	m.list(facts(r))
	for _, t := range tables(r) {
		if err := m.table(t); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	m.list(slices.Concat(account.Doubts(r), closerNotes(r), inputNotes(r.Thread)))
	if err := m.w.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

// Close implements Writer. Several threads end with what they come to together.
func (m *markdownWriter) Close() error {
	if len(m.all.Threads) < 2 {
		return nil
	}
	m.all.Complete()
	m.w.WriteByte('\n')
	return m.overview(&m.all, overviewTables(&m.all, mostTogether)[:1], mostTogether)
}

// list writes the items after a blank line, if there are any.
func (m *markdownWriter) list(items []string) {
	if len(items) == 0 {
		return
	}
	m.w.WriteByte('\n')
	for _, item := range items {
		fmt.Fprintf(m.w, "- %s\n", escapeMarkdown(clean.Line(item)))
	}
}

func (m *markdownWriter) table(t table) error {
	m.w.WriteByte('\n')
	if t.title != "" {
		fmt.Fprintf(m.w, "### %s\n\n", escapeMarkdown(t.title))
	}
	// The renderer has no row set apart, so the total is the last row.
	if t.total != nil {
		t.rows, t.total = append(t.rows, t.total), nil
	}
	return m.layout.render(t.fit(markdownExcerpt), m.w, renderer.NewMarkdown(), markdownStyle)
}

// markdownStyle escapes a part of a cell; evidence is strong, evidence against the
// decision emphasised. Blanks at the ends stay outside, where Markdown wants them.
func markdownStyle(part string, m mark) string {
	around := ""
	switch m {
	case speaksFor:
		around = "**"
	case speaksAgainst:
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
