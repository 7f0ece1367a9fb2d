package chart

import "strconv"

// Heat draws counts of rows against columns, each cell the darker the larger its
// count, under the heads of the table. On a page it is its own table. Classes are those of the rows' marks.
func Heat(c Chart, counts [][]int, classes []string) Chart {
	const left, head, height, space = 98, 24, 34, 3
	var d canvas
	most := 1
	for _, row := range counts {
		for _, n := range row {
			most = max(most, n)
		}
	}
	columns := c.Table.Columns[1:]
	width := float64(wide-left) / float64(len(columns))
	for k := range columns {
		d.text("quiet", left+width*(float64(k)+0.5), 14, "middle", columns[k].Head, 13)
	}
	c.Shades = make([][]int, len(counts))
	for i, row := range counts {
		top := float64(head + height*i)
		d.rect(classes[i], 0, top+8, 5, height-space-16, `rx="1"`)
		d.text("", 12, top+height/2+3, "start", c.Table.Rows[i][0].Text, 12)
		for k, n := range row {
			x := left + width*float64(k)
			d.rect("cell", x, top, width-space, height-space, `rx="3" fill-opacity="`+shade(n, most)+`"`)
			d.text("", x+(width-space)/2, top+height/2+3, "middle", strconv.Itoa(n), 9)
			c.Shades[i] = append(c.Shades[i], (9*n+most-1)/most)
		}
	}
	c.width, c.height, c.body = wide, float64(head+height*len(counts)), d.String()
	return c
}

// shade is the opacity of a cell. The darkest still lets a number be read on it.
func shade(n, most int) string {
	const lightest, darkest = 0.07, 0.5
	if n == 0 {
		return strconv.FormatFloat(lightest/2, 'f', 3, 64)
	}
	return strconv.FormatFloat(lightest+(darkest-lightest)*float64(n)/float64(most), 'f', 3, 64)
}
