package reports

import (
	"io"
	"reflect"
	"slices"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/tw"
)

// table is a table of clean cells, of which nothing is laid out yet.
type table struct {
	title   string
	columns []column
	rows    [][]line
	total   []line // the last row, set apart; nil if there is none
}

// column is a column of a table.
type column struct {
	head, short string // short is the head where the page is narrow
	right       bool   // aligned to the right, as numbers are
	// abbreviated keeps three letters of a cell where the page is narrow.
	abbreviated bool
	// spare columns are left out where the page is narrow.
	spare bool
	// part cuts cells to one part in so many of the page; 0 never cuts.
	part int
	// rest cuts cells to what the other columns leave of the page.
	rest bool
}

const (
	gap       = 2  // blank columns between columns
	leastPart = 6  // columns that a cut cell keeps
	leastRest = 16 // columns that a cell of the rest keeps, if short heads can help
	narrow    = 76 // pages below this get short heads
)

// fit returns the table as it is on a page of so many columns: short where the page
// is narrow or the table crowded, and with cells cut so that no row is wider than the page.
func (t table) fit(width int) table {
	if width < narrow || t.crowded(width) {
		t = t.shortened()
	}
	limits := t.limits(width)
	return t.mapCells(func(column int, l line) line { return l.cut(limits[column]) })
}

// crowded reports whether the page leaves too little for what gets the rest of it.
func (t table) crowded(width int) bool {
	widths, limits := t.widths(), t.limits(width)
	for i, c := range t.columns {
		if c.rest && limits[i] < min(leastRest, widths[i]) {
			return true
		}
	}
	return false
}

// shortened has short heads and abbreviated cells, and no spare columns.
func (t table) shortened() table {
	t = t.withoutSpare()
	columns := slices.Clone(t.columns)
	for i, c := range columns {
		if c.short != "" {
			columns[i].head = c.short
		}
	}
	t.columns = columns
	return t.mapCells(func(column int, l line) line {
		if columns[column].abbreviated && len(l.text) > 3 {
			return line{text: l.text[:3] + "."}
		}
		return l
	})
}

// withoutSpare leaves out the spare columns.
func (t table) withoutSpare() table {
	kept := func(row []line) []line {
		var out []line
		for i, cell := range row {
			if !t.columns[i].spare {
				out = append(out, cell)
			}
		}
		return out
	}
	rows := make([][]line, len(t.rows))
	for i := range t.rows {
		rows[i] = kept(t.rows[i])
	}
	t.rows = rows
	if t.total != nil {
		t.total = kept(t.total)
	}
	t.columns = slices.DeleteFunc(slices.Clone(t.columns), func(c column) bool { return c.spare })
	return t
}

// mapCells returns the table with every cell below the head replaced.
func (t table) mapCells(replace func(column int, l line) line) table {
	mapRow := func(row []line) []line {
		out := make([]line, len(row))
		for i := range row {
			out[i] = replace(i, row[i])
		}
		return out
	}
	rows := make([][]line, len(t.rows))
	for i := range t.rows {
		rows[i] = mapRow(t.rows[i])
	}
	t.rows = rows
	if t.total != nil {
		t.total = mapRow(t.total)
	}
	return t
}

// limits returns the greatest width of each column's cells on a page of that width.
func (t table) limits(width int) []int {
	limits := t.widths()
	rest := width - gap*(len(limits)-1)
	for i, c := range t.columns {
		if c.part > 0 {
			limits[i] = min(limits[i], max(leastPart, width/c.part))
		}
		if !c.rest {
			rest -= limits[i]
		}
	}
	for i, c := range t.columns {
		if c.rest {
			limits[i] = max(0, rest)
		}
	}
	return limits
}

// widths returns the width of each column as it is.
func (t table) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = displaywidth.String(c.head)
	}
	t.mapCells(func(column int, l line) line {
		widths[column] = max(widths[column], l.width())
		return l
	})
	return widths
}

// style turns a part of a cell into what the output writes for it.
type style func(part string, m mark) string

// layout lays the tables of one output out through tablewriter, which must neither
// rewrite heads nor trim or wrap cells. It makes one tablewriter.Table for all, because
// each takes half a megabyte for a cache that tables of strings don't need. The zero
// value is ready.
type layout struct{ out *tablewriter.Table }

// render renders a table to w by a renderer.
func (l *layout) render(t table, w io.Writer, r tw.Renderer, as style) error {
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
	heads := make([]string, len(t.columns))
	for i, c := range t.columns {
		heads[i] = as(c.head, unmarked)
	}
	l.out.Header(heads)
	for _, row := range t.rows {
		if err := l.out.Append(rendered(row, as)); err != nil {
			return err
		}
	}
	if t.total != nil {
		l.out.Footer(rendered(t.total, as))
	}
	return l.out.Render()
}

func (t table) alignment() tw.CellAlignment {
	a := tw.CellAlignment{Global: tw.AlignLeft}
	for _, c := range t.columns {
		align := tw.AlignLeft
		if c.right {
			align = tw.AlignRight
		}
		a.PerColumn = append(a.PerColumn, align)
	}
	return a
}

func rendered(row []line, as style) []string {
	cells := make([]string, len(row))
	for i, l := range row {
		cells[i] = l.render(as)
	}
	return cells
}
