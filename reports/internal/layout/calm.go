package layout

import (
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// calm renders a table without borders: a rule under the head and one over the
// total, and blanks between the columns.
//
// It pads the cells itself, because tablewriter's own renderers measure rune by
// rune: a family emoji counts as eight columns there, as two in displaywidth and in
// the terminals that join it, and every other row would be padded to match.
type calm struct {
	*renderer.Blueprint // for what concerns neither rows nor rules
	w                   io.Writer
	columns             []Column
	widths              []int
}

var _ tw.Renderer = (*calm)(nil)

// newCalm returns the renderer for a table that fits its page.
func newCalm(w io.Writer, t Table) *calm {
	return &calm{Blueprint: renderer.NewBlueprint(), w: w, columns: t.Columns, widths: t.widths()}
}

// Header implements tw.Renderer.
func (c *calm) Header(heads [][]string, _ tw.Formatting) {
	for _, row := range heads {
		c.row(row)
	}
	c.rule()
}

// Row implements tw.Renderer.
func (c *calm) Row(row []string, _ tw.Formatting) { c.row(row) }

// Footer implements tw.Renderer.
func (c *calm) Footer(rows [][]string, _ tw.Formatting) {
	c.rule()
	for _, row := range rows {
		c.row(row)
	}
}

// Line implements tw.Renderer. The rules are drawn with the head and the total.
func (c *calm) Line(tw.Formatting) {}

// row writes padded cells without blanks at the end. An error shows when the writer
// is flushed; tw.Renderer has no place for it.
func (c *calm) row(cells []string) {
	var b strings.Builder
	for i, cell := range cells {
		width := displaywidth.Options{ControlSequences: true}.String(cell)
		padding := strings.Repeat(" ", max(0, c.widths[i]-width))
		if c.columns[i].Right {
			b.WriteString(padding + cell)
		} else {
			b.WriteString(cell + padding)
		}
		b.WriteString(strings.Repeat(" ", gap))
	}
	io.WriteString(c.w, strings.TrimRight(b.String(), " ")+"\n")
}

func (c *calm) rule() {
	width := gap * (len(c.widths) - 1)
	for _, w := range c.widths {
		width += w
	}
	io.WriteString(c.w, strings.Repeat("─", width)+"\n")
}
