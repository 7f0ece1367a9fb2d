package reports

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// sheet is a document of a paragraph, tables and notes. Its strings are clean.
type sheet struct {
	title, head string // of the page
	words       string
	tables      []table
	notes       []string
}

func (s *sheet) text(w io.Writer, options Options) error {
	t := newText(w, options).(*textWriter)
	t.paragraph(s.words, 0, emphasised)
	for _, table := range s.tables {
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	t.w.WriteByte('\n')
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
	m.list(s.notes)
	if err := m.w.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

func (s *sheet) html(w io.Writer) error {
	p := newPages()
	body, err := s.part(p)
	if err != nil {
		return err
	}
	return p.write(w, page{Title: s.title, Body: body})
}

// part is the sheet as a part of a page.
func (s *sheet) part(p *pages) (template.HTML, error) {
	var body strings.Builder
	fmt.Fprintf(&body, "<h1>%s</h1>\n<p>%s</p>\n", template.HTMLEscapeString(s.head), template.HTMLEscapeString(s.words))
	for _, t := range s.tables {
		if err := p.templates.ExecuteTemplate(&body, "group.html", viewTable(t)); err != nil {
			return "", fmt.Errorf("rendering a table: %w", err)
		}
	}
	for _, note := range s.notes {
		fmt.Fprintf(&body, "<p class=\"quiet\">%s</p>\n", template.HTMLEscapeString(note))
	}
	return template.HTML(body.String()), nil
}
