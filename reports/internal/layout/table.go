package layout

import (
	"fmt"
	"iter"
	"reflect"
	"slices"

	"github.com/clipperhouse/displaywidth"
)

// Table is a table of clean cells, of which nothing is laid out yet.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]Line
	// Made makes the rows of a table that is too long to be held, each time that they are gone
	// through; nil for Rows.
	Made  iter.Seq[[]Line]
	Total []Line // the last row, set apart; nil if there is none
}

// Empty reports whether the table has no rows.
func (t *Table) Empty() bool { return len(t.Rows) == 0 && t.Made == nil }

// all are the rows, but for the total.
func (t *Table) all() iter.Seq[[]Line] {
	if t.Made != nil {
		return t.Made
	}
	return slices.Values(t.Rows)
}

// Column is a column of a table.
type Column struct {
	Head, Short string // Short is the head where the page is narrow
	Right       bool   // aligned to the right, as numbers are
	// Abbreviated keeps three letters of a cell where the page is narrow.
	Abbreviated bool
	// Spare columns are left out where the page is narrow.
	Spare bool
	// Part cuts cells to one part in so many of the page; 0 never cuts.
	Part int
	// Rest cuts cells to what the other columns leave of the page.
	Rest bool
}

// NewTable is a table without rows.
func NewTable(title string, columns ...Column) Table { return Table{Title: title, Columns: columns} }

// Words is a column of texts.
func Words(head string) Column { return Column{Head: head} }

// Numbers is a column that is aligned to the right.
func Numbers(head string) Column { return Column{Head: head, Right: true} }

// Or gives a column a short head for narrow pages.
func (c Column) Or(short string) Column {
	c.Short = short
	return c
}

// Filling gives a column what the others leave of the page.
func (c Column) Filling() Column {
	c.Rest = true
	return c
}

// Within cuts the cells of a column to one part in so many of the page.
func (c Column) Within(part int) Column {
	c.Part = part
	return c
}

// Initials keeps three letters of each cell where the page is narrow.
func (c Column) Initials() Column {
	c.Abbreviated = true
	return c
}

// Optional leaves a column out where the page is narrow.
func (c Column) Optional() Column {
	c.Spare = true
	return c
}

// Add adds a row of what Row takes.
func (t *Table) Add(values ...any) { t.Rows = append(t.Rows, Row(values...)) }

// Row is a row of lines, texts, whole numbers, and lists of these.
func Row(values ...any) []Line {
	var row []Line
	for _, v := range values {
		switch v := v.(type) {
		case Line:
			row = append(row, v)
		case []Line:
			row = append(row, v...)
		default:
			if list := reflect.ValueOf(v); list.Kind() == reflect.Slice || list.Kind() == reflect.Array {
				for i := range list.Len() {
					row = append(row, Row(list.Index(i).Interface())...)
				}
				continue
			}
			row = append(row, Line{Text: fmt.Sprint(v)})
		}
	}
	return row
}

const (
	gap       = 2  // blank columns between columns
	leastPart = 6  // columns that a cut cell keeps
	leastRest = 16 // columns that a cell of the rest keeps, if short heads can help
	narrow    = 76 // pages below this get short heads
)

// fit returns the table as it is on a page of so many columns: short where the page
// is narrow or the table crowded, and with cells cut so that no row is wider than the page.
func (t Table) fit(width int) Table {
	widths := t.widths()
	if width < narrow || t.crowded(width, widths) {
		t = t.shortened()
		widths = t.widths()
	}
	limits := t.limits(width, widths)
	return t.mapCells(func(column int, l Line) Line { return l.Cut(limits[column]) })
}

// crowded reports whether the page leaves too little for what gets the rest of it.
func (t Table) crowded(width int, widths []int) bool {
	limits := t.limits(width, widths)
	for i, c := range t.Columns {
		if c.Rest && limits[i] < min(leastRest, widths[i]) {
			return true
		}
	}
	return false
}

// shortened has short heads and abbreviated cells, and no spare columns.
func (t Table) shortened() Table {
	t = t.withoutSpare()
	columns := slices.Clone(t.Columns)
	for i, c := range columns {
		if c.Short != "" {
			columns[i].Head = c.Short
		}
	}
	t.Columns = columns
	return t.mapCells(func(column int, l Line) Line {
		if columns[column].Abbreviated && len(l.Text) > 3 {
			return Line{Text: l.Text[:3] + "."}
		}
		return l
	})
}

// withoutSpare leaves out the spare columns.
func (t Table) withoutSpare() Table {
	columns := t.Columns
	t.Columns = slices.DeleteFunc(slices.Clone(columns), func(c Column) bool { return c.Spare })
	return t.mapRows(func(row []Line) (kept []Line) {
		for i, cell := range row {
			if !columns[i].Spare {
				kept = append(kept, cell)
			}
		}
		return kept
	})
}

// mapRows returns the table with every row and the total replaced.
func (t Table) mapRows(replace func([]Line) []Line) Table {
	rows := t.all()
	t.Rows, t.Made = nil, func(yield func([]Line) bool) {
		for row := range rows {
			if !yield(replace(row)) {
				return
			}
		}
	}
	if t.Total != nil {
		t.Total = replace(t.Total)
	}
	return t
}

// mapCells returns the table with every cell below the head replaced.
func (t Table) mapCells(replace func(column int, l Line) Line) Table {
	return t.mapRows(func(row []Line) []Line {
		out := make([]Line, len(row))
		for i := range row {
			out[i] = replace(i, row[i])
		}
		return out
	})
}

// limits returns the greatest width of each column's cells, which have those widths, on a page of
// that width.
func (t Table) limits(width int, widths []int) []int {
	limits := slices.Clone(widths)
	rest := width - gap*(len(limits)-1)
	for i, c := range t.Columns {
		if c.Part > 0 {
			limits[i] = min(limits[i], max(leastPart, width/c.Part))
		}
		if !c.Rest {
			rest -= limits[i]
		}
	}
	for i, c := range t.Columns {
		if c.Rest {
			limits[i] = max(0, rest)
		}
	}
	return limits
}

// widths returns the width of each column as it is.
func (t Table) widths() []int {
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = displaywidth.String(c.Head)
	}
	widen := func(row []Line) {
		for i := range row {
			widths[i] = max(widths[i], row[i].Width())
		}
	}
	for row := range t.all() {
		widen(row)
	}
	widen(t.Total)
	return widths
}

// style turns a part of a cell into what the output writes for it.
type style func(part string, m Mark) string

func rendered(row []Line, as style) []string {
	cells := make([]string, len(row))
	for i, l := range row {
		cells[i] = l.Render(as)
	}
	return cells
}
