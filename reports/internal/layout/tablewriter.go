package layout

import (
	"io"
	"reflect"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// engine lays the tables of one output out through tablewriter, which must neither
// rewrite heads nor trim or wrap cells. It makes one tablewriter.Table for all, because
// each takes half a megabyte for a cache that tables of strings don't need. The zero
// value is ready.
type engine struct {
	out *tablewriter.Table
	err error // the first
}

// rowsAtOnce is how many rows tablewriter is given at once by a renderer that needs to see no more.
const rowsAtOnce = 1000

// render renders a table to w by a renderer, unless a table before failed. tablewriter holds so many
// rows at most.
func (l *engine) render(t Table, w io.Writer, r tw.Renderer, as style, most int) {
	if l.err == nil {
		l.err = l.tryRender(t, w, r, as, most)
	}
}

func (l *engine) tryRender(t Table, w io.Writer, r tw.Renderer, as style, most int) error {
	l.begin(t, w, r)
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = as(c.Head, Unmarked)
	}
	l.out.Header(heads)
	held := 0
	for row := range t.all() {
		if held == most {
			if err := l.out.Render(); err != nil {
				return err
			}
			l.begin(t, w, r)
			held = 0
		}
		if err := l.out.Append(rendered(row, as)); err != nil {
			return err
		}
		held++
	}
	if t.Total != nil {
		l.out.Footer(rendered(t.Total, as))
	}
	return l.out.Render()
}

// begin begins a table, or what follows of one.
func (l *engine) begin(t Table, w io.Writer, r tw.Renderer) {
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
