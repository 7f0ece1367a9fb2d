package layout

import (
	_ "embed" // for the template
	"fmt"
	"html/template"
	"slices"
	"strings"
)

//go:embed table.html
var tableTemplate string

// Templates holds "table", which shows a TableView.
func Templates() *template.Template {
	return template.Must(template.New("layout").Parse(tableTemplate))
}

type (
	// TableView is a table as the template shows it.
	TableView struct {
		Caption string
		Head    []Cell
		Rows    [][]Cell
		Total   []Cell // nil if there is none
	}
	// Cell is a cell of it.
	Cell struct {
		Text    string
		Number  bool          // set right and sorted by its value
		Drawing template.HTML // below the text
		Shade   int           // from 0 to 9, of a table that is shaded
	}
)

// Shown is the text between tags.
func (c Cell) Shown() template.HTML { return Escaped(c.Text) }

// Escaped makes words stand for themselves between tags.
func Escaped(s string) template.HTML { return template.HTML(escaped.Replace(s)) }

var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Class says from which column on there are numbers, where all behind it has them: f0, f1 and so
// on. It is "" for a table of which cells tell it one by one.
func (v TableView) Class() string {
	words := slices.IndexFunc(v.Head, func(c Cell) bool { return c.Number })
	if words < 0 || slices.ContainsFunc(v.Head[words:], func(c Cell) bool { return !c.Number }) {
		return ""
	}
	return fmt.Sprintf("f%d", words)
}

// View is the view of a table.
func View(t Table) *TableView {
	v := &TableView{Caption: t.Title}
	for _, c := range t.Columns {
		v.Head = append(v.Head, Cell{Text: c.Head, Number: c.Right})
	}
	view := func(row []Line) []Cell {
		cells := make([]Cell, len(row))
		for i, l := range row {
			cells[i] = Cell{Text: strings.TrimRight(l.Text, " "), Number: t.Columns[i].Right}
		}
		return cells
	}
	for _, row := range t.Rows {
		v.Rows = append(v.Rows, view(row))
	}
	if t.Total != nil {
		v.Total = view(t.Total)
	}
	return v
}

// Plainly are the cells of a row without their marks.
func Plainly(row []Line) []string { return rendered(row, bare) }

// HTML writes documents as parts of a page.
type HTML struct {
	w     strings.Builder
	table *template.Template
	level int
}

// Part is a document as a part of a page, under a heading of that level.
func Part(d Document, level int) (template.HTML, error) {
	h := &HTML{table: Templates(), level: level}
	for _, block := range d {
		if err := block.html(h); err != nil {
			return "", fmt.Errorf("laying out HTML: %w", err)
		}
	}
	return template.HTML(h.w.String()), nil
}

func (h *HTML) heading(below int, text string) {
	fmt.Fprintf(&h.w, "<h%[1]d>%[2]s</h%[1]d>\n", h.level+below, template.HTMLEscapeString(text))
}

func (h *HTML) paragraph(class, text string) error {
	fmt.Fprintf(&h.w, "<p%s>%s</p>\n", class, template.HTMLEscapeString(text))
	return nil
}

func (b Heading) html(h *HTML) error {
	h.heading(0, b.Text)
	return nil
}

func (b Lead) html(h *HTML) error {
	h.heading(0, b.Head)
	return h.paragraph("", b.Text)
}

func (b Paragraph) html(h *HTML) error { return h.paragraph("", b.Text) }

func (b Facts) html(h *HTML) error { return Notes(b).html(h) }

func (b Notes) html(h *HTML) error {
	for _, n := range b {
		h.paragraph(" class=\"quiet\"", n)
	}
	return nil
}

func (b Picture) html(h *HTML) error {
	if b.HTML == nil {
		return nil
	}
	part, err := b.HTML(h.level + 1)
	h.w.WriteString(string(part))
	return err
}

func (b Passages) html(h *HTML) error {
	if b.List == nil {
		return nil
	}
	h.heading(1, b.Title)
	for i := range b.List {
		parts := b.List[i].parts()
		h.heading(2, parts[0])
		for _, part := range parts[1:] {
			h.paragraph("", part)
		}
	}
	return nil
}

func (b Table) html(h *HTML) error {
	h.w.WriteString("<section class=\"group\">\n")
	if err := h.table.ExecuteTemplate(&h.w, "table", View(b)); err != nil {
		return err
	}
	h.w.WriteString("\n</section>\n")
	return nil
}

func (b Verbatim) html(h *HTML) error {
	fmt.Fprintf(&h.w, "<pre>%s</pre>\n", template.HTMLEscapeString(strings.Join(b, "\n")))
	return nil
}

func (Blank) html(*HTML) error { return nil }

func (Break) html(*HTML) error { return nil }
