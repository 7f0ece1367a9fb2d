package chart

import "strconv"

// Heat draws counts of rows against columns, each cell the darker the larger its
// count. On a page it is its own table. RowClasses are the classes of the rows' marks, nil for none.
func Heat(c Chart, rows, columns []string, counts [][]int, rowClasses []string) Chart {
	const left, head, height, space = 98, 24, 34, 3
	var d canvas
	most := 1
	for _, row := range counts {
		for _, n := range row {
			most = max(most, n)
		}
	}
	width := float64(wide-left) / float64(len(columns))
	for k, label := range columns {
		d.text("quiet", left+width*(float64(k)+0.5), 14, "middle", label, 13)
	}
	c.Shades = make([][]int, len(rows))
	for i, row := range counts {
		top := float64(head + height*i)
		if rowClasses != nil {
			d.rect(rowClasses[i], 0, top+8, 5, height-space-16, `rx="1"`)
		}
		d.text("", 12, top+height/2+3, "start", rows[i], 12)
		for k, n := range row {
			x := left + width*float64(k)
			d.rect("cell", x, top, width-space, height-space, `rx="3"`, `fill-opacity="`+shade(n, most)+`"`)
			d.text("", x+(width-space)/2, top+height/2+3, "middle", strconv.Itoa(n), 9)
			c.Shades[i] = append(c.Shades[i], (9*n+most-1)/most)
		}
	}
	c.width, c.height, c.body = wide, float64(head+height*len(rows)), d.String()
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
