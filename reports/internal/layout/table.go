package layout

import (
	"io"
	"reflect"
	"slices"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/tw"
)

// Table is a table of clean cells, of which nothing is laid out yet.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]Line
	Total   []Line // the last row, set apart; nil if there is none
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

const (
	gap       = 2  // blank columns between columns
	leastPart = 6  // columns that a cut cell keeps
	leastRest = 16 // columns that a cell of the rest keeps, if short heads can help
	narrow    = 76 // pages below this get short heads
)

// fit returns the table as it is on a page of so many columns: short where the page
// is narrow or the table crowded, and with cells cut so that no row is wider than the page.
func (t Table) fit(width int) Table {
	if width < narrow || t.crowded(width) {
		t = t.shortened()
	}
	limits := t.limits(width)
	return t.mapCells(func(column int, l Line) Line { return l.Cut(limits[column]) })
}

// crowded reports whether the page leaves too little for what gets the rest of it.
func (t Table) crowded(width int) bool {
	widths, limits := t.widths(), t.limits(width)
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
	kept := func(row []Line) []Line {
		var out []Line
		for i, cell := range row {
			if !t.Columns[i].Spare {
				out = append(out, cell)
			}
		}
		return out
	}
	rows := make([][]Line, len(t.Rows))
	for i := range t.Rows {
		rows[i] = kept(t.Rows[i])
	}
	t.Rows = rows
	if t.Total != nil {
		t.Total = kept(t.Total)
	}
	t.Columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return c.Spare })
	return t
}

// mapCells returns the table with every cell below the head replaced.
func (t Table) mapCells(replace func(column int, l Line) Line) Table {
	mapRow := func(row []Line) []Line {
		out := make([]Line, len(row))
		for i := range row {
			out[i] = replace(i, row[i])
		}
		return out
	}
	rows := make([][]Line, len(t.Rows))
	for i := range t.Rows {
		rows[i] = mapRow(t.Rows[i])
	}
	t.Rows = rows
	if t.Total != nil {
		t.Total = mapRow(t.Total)
	}
	return t
}

// limits returns the greatest width of each column's cells on a page of that width.
func (t Table) limits(width int) []int {
	limits := t.widths()
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
	t.mapCells(func(column int, l Line) Line {
		widths[column] = max(widths[column], l.Width())
		return l
	})
	return widths
}

// style turns a part of a cell into what the output writes for it.
type style func(part string, m Mark) string

// engine lays the tables of one output out through tablewriter, which must neither
// rewrite heads nor trim or wrap cells. It makes one tablewriter.Table for all, because
// each takes half a megabyte for a cache that tables of strings don't need. The zero
// value is ready.
type engine struct{ out *tablewriter.Table }

// render renders a table to w by a renderer.
func (l *engine) render(t Table, w io.Writer, r tw.Renderer, as style) error {
	if l.out == nil {
		l.out = tablewriter.NewTable(w,
			tablewriter.WithHeaderAutoFormat(tw.Off),
			tablewriter.WithFooterAutoFormat(tw.Off),
			tablewriter.WithHeaderAutoWrap(tw.WrapNone),
			tablewriter.WithRowAutoWrap(tw.WrapNone),
			tablewriter.WithFooterAutoWrap(tw.WrapNone),
			tablewriter.WithTrimSpace(tw.Off),
			tablewriter.WithStringerCacheCustom((*twcache.LRU[reflect.Type, reflect.Value])(nil)), // it never keeps anything
		)
	} else {
		l.out.Reset()
	}
	l.out.Options(
		tablewriter.WithRenderer(r),
		tablewriter.WithHeaderAlignmentConfig(t.alignment()),
		tablewriter.WithRowAlignmentConfig(t.alignment()),
		tablewriter.WithFooterAlignmentConfig(t.alignment()),
	)
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = as(c.Head, Unmarked)
	}
	l.out.Header(heads)
	for _, row := range t.Rows {
		if err := l.out.Append(rendered(row, as)); err != nil {
			return err
		}
	}
	if t.Total != nil {
		l.out.Footer(rendered(t.Total, as))
	}
	return l.out.Render()
}

func (t Table) alignment() tw.CellAlignment {
	a := tw.CellAlignment{Global: tw.AlignLeft}
	for _, c := range t.Columns {
		align := tw.AlignLeft
		if c.Right {
			align = tw.AlignRight
		}
		a.PerColumn = append(a.PerColumn, align)
	}
	return a
}

func rendered(row []Line, as style) []string {
	cells := make([]string, len(row))
	for i, l := range row {
		cells[i] = l.Render(as)
	}
	return cells
}
