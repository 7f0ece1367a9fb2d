package reports

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/clean"
)

// overviewHTML writes an overview as a page.
func overviewHTML(w io.Writer, o *analysis.Overview, limit int, _ Options) error {
	p := newPages()
	index, body, err := p.overview(o, limit, nil)
	if err != nil {
		return err
	}
	return p.write(w, page{Title: "Stance report: " + overviewCounts(o), Index: index, Body: body})
}

// overview is what a page shows of many threads: small charts and a table of the threads,
// then the tables of all comments, sites, months and authors. href is the address of the
// page of a thread, nil if they have none.
func (p *pages) overview(o *analysis.Overview, limit int, href func(int) string) (*indexView, template.HTML, error) {
	index := &indexView{Comments: o.Total.Judged, Judged: true, Threads: len(o.Threads)}
	listed := o.Threads
	if limit > 0 {
		listed = listed[:min(limit, len(listed))]
	}
	for i := range listed {
		index.addOutline(&listed[i])
		if href != nil {
			index.Rows[i].Href = href(i)
		}
	}
	var b strings.Builder
	if tables := overviewTables(o, limit); len(tables) > 1 {
		for _, t := range tables[1:] {
			if err := p.templates.ExecuteTemplate(&b, "group.html", viewTable(t)); err != nil {
				return nil, "", fmt.Errorf("rendering a table: %w", err)
			}
		}
	}
	for _, note := range overviewNotes(o, limit) {
		fmt.Fprintf(&b, "<p class=\"quiet\">%s</p>\n", template.HTMLEscapeString(note))
	}
	return index, template.HTML(b.String()), nil
}

// addOutline appends a thread whose comments are not on a page.
func (v *indexView) addOutline(o *analysis.Outline) {
	row := indexRow{Title: outlineName(o).text, Source: clean.Line(o.Source), Comments: o.Judged, Leads: undefined}
	row.measure(o.Stance)
	v.Rows = append(v.Rows, row)
}
