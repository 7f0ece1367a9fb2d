// Package chart draws the charts of a report as SVG, without a library and without
// a script.
//
//	values → Chart: a drawing, what it shows in words, and the table behind it
//
// [Bars] are shares with whiskers, [Strip] has a tick for each comment along the thread,
// [Stacked] cuts wholes into parts, [Lengths] are bars of counts, and [Balance] sets bad against
// good: these draw below each row of their table, which a page shows as a table with [Chart.Row].
// [Heat] is a table whose cells are shaded by their counts, and [Trend] is shares over time.
// Each takes values and computes nothing of its own but places.
//
// A chart is drawn 400 units wide, which a page shows at 320 to 480 pixels, so that
// its letters are as large as those around it on a telephone and on a desk. Colours
// are the classes of [Style], which a page holds once and [Chart.Standalone] holds
// itself: those of the stances are k, r, p and n. Labels must be clean lines; they are escaped
// here and cut where they have no room.
package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"stance.example/stance/reports/internal/layout"
)

// Chart is a drawing with what it shows in words and in numbers.
type Chart struct {
	Name    string // letters and hyphens, for a file or an anchor
	Title   string
	Caption string // how to read the drawing; "" where it goes without saying, or as the style says of its kind or name
	Alt     string // what the drawing shows, for those who don't see it
	Table   layout.Table
	Shades  [][]int  // of the cells of the table but its first column, 0 to 9, of a table that is the drawing; nil of others
	Kind    string   // the class of what is drawn below the rows of the table, "" where nothing is
	Axis    []string // labels at even distances below them, the first and the last at the ends

	rows          []string // what is drawn below each row
	tall          float64  // how high that is
	width, height float64  // of the drawing as a whole
	body          string
}

// wide is the width of a chart in its own units.
const wide = 400

// Row is what is drawn below a row of the table, for a page that holds [Style] and the table and hides drawings of
// cells from those who hear it.
func (c *Chart) Row(i int) string {
	return fmt.Sprintf(`<svg viewBox="0 0 %d %s">%s</svg>`, wide, number(c.tall), c.rows[i])
}

// belowRows completes a chart that draws below each row of its table, so high.
func belowRows(c Chart, kind string, tall float64, rows []string, axis ...string) Chart {
	const line, below, letter = 20, 8, 8.2
	c.Kind, c.Axis, c.rows, c.tall = kind, axis, rows, tall
	edges := c.edges(letter)
	left := float64(wide)
	if len(edges) > 0 {
		left = edges[0] - c.breadth(1, letter)
	}
	var d canvas
	write := func(row []string, y float64) {
		d.text("", 0, y, "start", row[0], int(left/letter))
		for k, x := range edges {
			d.text("", x, y, "end", row[k+1], wide)
		}
	}
	heads := make([]string, len(c.Table.Columns))
	for k := range heads {
		heads[k] = c.Table.Columns[k].Head
	}
	write(heads, 13)
	at := func(k int) float64 { return float64(k) * wide / max(1, float64(len(axis)-1)) }
	grid := across(0, wide, tall/2)
	for k := range axis {
		grid += down(min(max(at(k), 0.5), wide-0.5), 0, tall)
	}
	y := float64(line)
	for i, row := range c.Table.Rows {
		write(layout.Plainly(row), y+15)
		fmt.Fprintf(&d, `<g class="%s" transform="translate(0 %s)"><path class="grid" d="%s"/>%s</g>`, kind, number(y+line), grid, rows[i])
		y += line + tall + below
	}
	if axis != nil {
		for k, label := range axis {
			d.text("quiet", at(k), y+8, anchorOf(k, len(axis)-1), label, 24)
		}
		y += line - below
	}
	c.width, c.height, c.body = wide, y, d.String()
	return c
}

// edges are the right edges of as many columns behind the first as have room beside it.
func (c *Chart) edges(letter float64) []float64 {
	room := wide - min(c.breadth(0, letter), wide/3)
	var edges []float64
	sum := 0.0
	for k := 1; k < len(c.Table.Columns) && sum+c.breadth(k, letter) <= room; k++ {
		sum += c.breadth(k, letter)
		edges = append(edges, sum)
	}
	for k := range edges {
		edges[k] += wide - sum
	}
	return edges
}

// breadth is how wide a column is, with the space before it.
func (c *Chart) breadth(column int, letter float64) float64 {
	const space = 10
	most := utf8.RuneCountInString(c.Table.Columns[column].Head)
	for _, row := range c.Table.Rows {
		most = max(most, utf8.RuneCountInString(row[column].Text))
	}
	return letter*float64(most) + space
}

// anchorOf keeps the first and the last of the labels on an axis inside the drawing.
func anchorOf(i, last int) string {
	switch i {
	case 0:
		return "start"
	case last:
		return "end"
	}
	return "middle"
}

// Inline returns the drawing for a page that holds [Style], with what it is in words: Alt, or
// less where the table stands beside it.
func (c *Chart) Inline(words string) string {
	return fmt.Sprintf(`<svg class="chart" viewBox="0 0 %s %s" role="img" aria-label="%s">%s</svg>`,
		number(c.width), number(c.height), html.EscapeString(words), c.body)
}

// Standalone returns the drawing as an SVG file: light colours on white, with its
// style inside and a margin around it.
func (c *Chart) Standalone() string {
	const margin, head = 16, 32
	width, height := c.width+2*margin, c.height+2*margin+head
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" role="img">
<title>%[3]s</title>
<desc>%[4]s</desc>
<style>%[5]s</style>
<rect class="page" width="%[1]s" height="%[2]s"/>
<text class="heading" x="%[6]d" y="%[7]d">%[3]s</text>
<g transform="translate(%[6]d %[8]d)">%[9]s</g>
</svg>
`, number(width), number(height), html.EscapeString(c.Title), html.EscapeString(c.Alt), standaloneStyle(),
		margin, margin+14, margin+head, c.body)
}

// canvas collects the elements of a drawing.
type canvas struct{ strings.Builder }

// rect draws a rectangle; attributes are further ones as written.
func (c *canvas) rect(class string, x, y, width, height float64, attributes string) {
	fmt.Fprintf(c, `<rect class="%s"%s y="%s" width="%s" height="%s" %s/>`, class, unlessZero("x", x), number(y), number(width), number(height), attributes)
}

// path draws what lines make up together, if there is one.
func (c *canvas) path(class, lines string) {
	if lines != "" {
		fmt.Fprintf(c, `<path class="%s" d="%s"/>`, class, lines)
	}
}

// across is a line from the left to the right.
func across(x1, x2, y float64) string {
	return fmt.Sprintf("M%s,%sH%s", number(x1), number(y), number(x2))
}

// down is a line downward.
func down(x, y1, y2 float64) string {
	return fmt.Sprintf("M%s,%sV%s", number(x), number(y1), number(y2))
}

// whisker is an interval from x1 to x2 with a cap at each end.
func whisker(x1, x2, y, cap float64) string {
	return fmt.Sprintf("M%[1]s,%[2]sv%[5]sm0-%[4]sH%[3]sm0-%[4]sv%[5]s", number(x1), number(y-cap), number(x2), number(cap), number(2*cap))
}

// text writes a label of at most so many letters; anchor is start, middle or end, and class
// "" for one in the colour of other text.
func (c *canvas) text(class string, x, y float64, anchor, label string, most int) {
	if anchor != "start" {
		class = strings.TrimSpace(class + " " + anchor)
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(c, `<text%s%s y="%s">%s</text>`, class, unlessZero("x", x), number(y), html.EscapeString(cut(label, most)))
}

// unlessZero is an attribute, which is 0 where it is absent.
func unlessZero(name string, value float64) string {
	if number(value) == "0" {
		return ""
	}
	return fmt.Sprintf(` %s="%s"`, name, number(value))
}

// number writes a coordinate with a tenth of a unit.
func number(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// cut shortens a label to so many letters.
func cut(label string, most int) string {
	if utf8.RuneCountInString(label) <= most {
		return label
	}
	runes := []rune(label)
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}
