package reports

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"stance.example/stance/analysis"
)

// overviewHTML writes an overview as a page: small charts and a table of the threads,
// then the tables of all comments, sites, months and authors.
func overviewHTML(w io.Writer, o *analysis.Overview, limit int, _ Options) error {
	index := indexView{Comments: o.Total.Judged, Judged: true, Threads: len(o.Threads)}
	listed := o.Threads
	if limit > 0 {
		listed = listed[:min(limit, len(listed))]
	}
	for i := range listed {
		index.addOutline(&listed[i])
	}
	p := newPages()
	var b strings.Builder
	if tables := overviewTables(o, limit); len(tables) > 1 {
		for _, t := range tables[1:] {
			if err := p.templates.ExecuteTemplate(&b, "group.html", viewTable(t)); err != nil {
				return fmt.Errorf("rendering a table: %w", err)
			}
		}
	}
	for _, note := range overviewNotes(o, limit) {
		fmt.Fprintf(&b, "<p class=\"quiet\">%s</p>\n", template.HTMLEscapeString(note))
	}
	return p.write(w, page{Title: "Stance report: " + overviewCounts(o), Index: &index, Body: template.HTML(b.String())})
}

// addOutline appends a thread whose comments are not on a page.
func (v *indexView) addOutline(o *analysis.Outline) {
	row := indexRow{Title: outlineName(o).text, Source: cleanLine(o.Source), Comments: o.Judged, Leads: undefined}
	row.measure(o.Stance)
	v.Rows = append(v.Rows, row)
}
