package reports

import (
	"bufio"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"
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
	narrow    = 76 // pages below this get short heads
)

// fit returns the table as it is on a page of so many columns: short where the page
// is narrow, and with cells cut so that no row is wider than the page.
func (t table) fit(width int) table {
	if width < narrow {
		t = t.shortened()
	}
	limits := t.limits(width)
	return t.mapCells(func(column int, l line) line { return l.cut(limits[column]) })
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

// gridded is a table as an output writes its cells, each row with blanks that fill the
// columns: widths are those of the cells on a terminal that joins what belongs together, so
// that a family of emoji takes two columns.
type gridded struct {
	columns []column
	widths  []int
	heads   []string
	rows    [][]string
	total   []string // nil if there is none
}

// grid styles and pads the cells. A style may write what takes no room.
func (t table) grid(as style) gridded {
	g := gridded{columns: t.columns, widths: make([]int, len(t.columns))}
	rendered := func(row []line) []string {
		cells := rendered(row, as)
		for i, cell := range cells {
			g.widths[i] = max(g.widths[i], shownWidth(cell))
		}
		return cells
	}
	heads := make([]line, len(t.columns))
	for i, c := range t.columns {
		heads[i] = line{text: c.head}
	}
	g.heads = rendered(heads)
	for _, row := range t.rows {
		g.rows = append(g.rows, rendered(row))
	}
	if t.total != nil {
		g.total = rendered(t.total)
	}
	return g
}

func rendered(row []line, as style) []string {
	cells := make([]string, len(row))
	for i, l := range row {
		cells[i] = l.render(as)
	}
	return cells
}

// shownWidth is the number of columns that styled text takes on a terminal.
func shownWidth(s string) int { return displaywidth.Options{ControlSequences: true}.String(s) }

// join fills the cells up to their columns' widths.
func (g *gridded) join(cells []string, between string) string {
	filled := make([]string, len(cells))
	for i, cell := range cells {
		blanks := strings.Repeat(" ", g.widths[i]-shownWidth(cell))
		if g.columns[i].right {
			filled[i] = blanks + cell
		} else {
			filled[i] = cell + blanks
		}
	}
	return strings.Join(filled, between)
}

// writeCalm writes a table without borders: a rule under the head and one over the total,
// and blanks between the columns.
func (g *gridded) writeCalm(w *bufio.Writer) {
	row := func(cells []string) {
		w.WriteString(strings.TrimRight(g.join(cells, strings.Repeat(" ", gap)), " ") + "\n")
	}
	width := gap * (len(g.widths) - 1)
	for _, w := range g.widths {
		width += w
	}
	rule := strings.Repeat("─", width) + "\n"
	row(g.heads)
	w.WriteString(rule)
	for _, cells := range g.rows {
		row(cells)
	}
	if g.total != nil {
		w.WriteString(rule)
		row(g.total)
	}
}

// writeMarkdown writes a table of GitHub's Markdown, whose total is a row like the others.
func (g *gridded) writeMarkdown(w *bufio.Writer) {
	row := func(cells []string) { w.WriteString("| " + g.join(cells, " | ") + " |\n") }
	row(g.heads)
	for i, c := range g.columns {
		left, right := ":", "-"
		if c.right {
			left, right = right, left
		}
		w.WriteString("|" + left + strings.Repeat("-", g.widths[i]) + right)
	}
	w.WriteString("|\n")
	for _, cells := range g.rows {
		row(cells)
	}
	if g.total != nil {
		row(g.total)
	}
}
