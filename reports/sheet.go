package reports

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"stance.example/stance/reports/chart"
)

// sheet is a document of a paragraph, charts, tables, passages and notes. Its strings are
// clean.
type sheet struct {
	title, head   string // of the page
	words         string
	charts        []chart.Chart
	plot          func(width int) []line // draws the charts for a terminal; nil for none
	tables        []table
	passagesTitle string
	passages      []passage
	notes         []string
}

// passage is a text that is shown whole, under a line that says what it is.
type passage struct{ head, about, text string }

// parts are those that are not empty.
func (p *passage) parts() []string {
	return slices.DeleteFunc([]string{p.head, p.about, p.text}, func(s string) bool { return s == "" })
}

func (s *sheet) text(w io.Writer, options Options) error {
	t := newText(w, options).(*textWriter)
	t.paragraph(s.words, 0, emphasised)
	if s.plot != nil && t.plot {
		t.drawn(s.plot(t.width))
	}
	for _, table := range s.tables {
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	if s.passages != nil {
		t.w.WriteByte('\n')
		t.paragraph(s.passagesTitle, 0, emphasised)
	}
	for i := range s.passages {
		if i == 0 || len(s.passages[i].parts()) > 1 {
			t.w.WriteByte('\n')
		}
		for k, part := range s.passages[i].parts() {
			indent := strings.Repeat(" ", 2*min(k, 1))
			for _, l := range wrap(part, t.width-len(indent), 0) {
				t.w.WriteString(indent + l + "\n")
			}
		}
	}
	if s.notes != nil {
		t.w.WriteByte('\n')
	}
	for _, note := range s.notes {
		t.paragraph("* "+note, 2, unmarked)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

func (s *sheet) markdown(w io.Writer) error {
	m := &markdownWriter{w: bufio.NewWriter(w)}
	fmt.Fprintf(m.w, "%s\n", escapeMarkdown(s.words))
	for _, table := range s.tables {
		if err := m.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	if s.passages != nil {
		fmt.Fprintf(m.w, "\n### %s\n", escapeMarkdown(s.passagesTitle))
	}
	for i := range s.passages {
		for k, part := range s.passages[i].parts() {
			fmt.Fprintf(m.w, "\n%s%s\n", strings.Repeat("> ", min(k, 1)), escapeMarkdown(part))
		}
	}
	m.list(s.notes)
	if err := m.w.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

func (s *sheet) html(w io.Writer) error {
	p := newPages()
	body, err := s.part(p, 1)
	if err != nil {
		return err
	}
	return p.write(w, page{Title: s.title, Body: body})
}

// part is the sheet as a part of a page, under a heading of that level.
func (s *sheet) part(p *pages, level int) (template.HTML, error) {
	var body strings.Builder
	title := func(below int, text string) {
		fmt.Fprintf(&body, "<h%[1]d>%[2]s</h%[1]d>\n", level+below, template.HTMLEscapeString(text))
	}
	title(0, s.head)
	fmt.Fprintf(&body, "<p>%s</p>\n", template.HTMLEscapeString(s.words))
	if s.charts != nil {
		title(1, "In numbers")
		body.WriteString("<div class=\"grid\">\n")
		for _, c := range s.charts {
			if err := p.templates.ExecuteTemplate(&body, "chart", newChartView(c, "")); err != nil {
				return "", fmt.Errorf("rendering a chart: %w", err)
			}
		}
		body.WriteString("\n</div>\n")
	}
	for _, t := range s.tables {
		if err := p.templates.ExecuteTemplate(&body, "group.html", viewTable(t)); err != nil {
			return "", fmt.Errorf("rendering a table: %w", err)
		}
	}
	if s.passages != nil {
		title(1, s.passagesTitle)
	}
	for i := range s.passages {
		p := &s.passages[i]
		title(2, p.head)
		for _, part := range p.parts()[1:] {
			fmt.Fprintf(&body, "<p>%s</p>\n", template.HTMLEscapeString(part))
		}
	}
	for _, note := range s.notes {
		fmt.Fprintf(&body, "<p class=\"quiet\">%s</p>\n", template.HTMLEscapeString(note))
	}
	return template.HTML(body.String()), nil
}
