package layout

import (
	_ "embed" // for the template
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:embed table.html
var tableTemplate string

// Templates holds "table", which shows a TableView.
func Templates() *template.Template {
	return template.Must(template.New("layout").Parse(tableTemplate))
}

var tables = sync.OnceValue(Templates)

// Render is what a template makes of a value.
func Render(templates *template.Template, name string, view any) template.HTML {
	var b strings.Builder
	RenderTo(&b, templates, name, view)
	return template.HTML(b.String())
}

// RenderTo writes what a template makes of a value to w, which never fails. Templates are parts of the
// program, and so is the fault if one fails.
func RenderTo(w io.Writer, templates *template.Template, name string, view any) {
	if err := templates.ExecuteTemplate(w, name, view); err != nil {
		panic(err)
	}
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
	for row := range t.all() {
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
	level int
}

// Section is a document as a part of a page, under a heading of that level.
func Section(d Document, level int) template.HTML {
	h := &HTML{level: level}
	for _, block := range d {
		block.html(h)
	}
	return template.HTML(h.w.String())
}

func (h *HTML) heading(below int, text string) {
	fmt.Fprintf(&h.w, "<h%[1]d>%[2]s</h%[1]d>\n", h.level+below, template.HTMLEscapeString(text))
}

// paragraph writes one of parts; one that is set back is of the class quiet.
func (h *HTML) paragraph(quiet bool, parts ...Part) {
	class := ""
	if quiet {
		class = " class=quiet"
	}
	h.w.WriteString("<p" + class + ">")
	for _, p := range parts {
		switch {
		case p.HTML != "":
			h.w.WriteString(string(p.HTML))
		case p.Code:
			h.w.WriteString("<code>" + string(Escaped(p.Text)) + "</code>")
		default:
			h.w.WriteString(string(Escaped(p.Text)))
		}
	}
	h.w.WriteByte('\n')
}

func (b Heading) html(h *HTML) { h.heading(0, b.Text) }

func (b Lead) html(h *HTML) {
	h.heading(0, b.Head)
	h.paragraph(false, Part{Text: b.Text})
}

func (b Paragraph) html(h *HTML) { h.paragraph(b.Quiet, b.Parts...) }

func (b Facts) html(h *HTML) { Notes(b).html(h) }

func (b Notes) html(h *HTML) {
	for _, n := range b {
		h.paragraph(true, Part{Text: n})
	}
}

func (b Picture) html(h *HTML) {
	if b.HTML != nil {
		h.w.WriteString(string(b.HTML(h.level + 1)))
	}
}

func (b Passages) html(h *HTML) {
	if b.List == nil {
		return
	}
	h.heading(1, b.Title)
	for i := range b.List {
		parts := b.List[i].parts()
		h.heading(2, parts[0])
		for _, part := range parts[1:] {
			h.paragraph(false, Part{Text: part})
		}
	}
}

func (b Table) html(h *HTML) {
	h.w.WriteString("<section class=\"group\">\n" + string(Render(tables(), "table", View(b))) + "\n</section>\n")
}

func (b Verbatim) html(h *HTML) {
	fmt.Fprintf(&h.w, "<pre>%s</pre>\n", template.HTMLEscapeString(strings.Join(b, "\n")))
}

func (Blank) html(*HTML) {}

func (Break) html(*HTML) {}
