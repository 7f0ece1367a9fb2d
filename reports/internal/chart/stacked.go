package chart

// Part is a part of a whole of 1.
type Part struct {
	Class string
	Share float64
}

// Stacked draws each whole as one bar that is cut into its parts.
func Stacked(c Chart, stacks [][]Part) Chart {
	const tall, apart = 16, 1.5
	rows := make([]string, len(stacks))
	for i, parts := range stacks {
		var d canvas
		x := 0.0
		for _, p := range parts {
			if width := p.Share * wide; width > 0 { // never of NaN
				d.path(p.Class, across(x, x+max(width-apart, 0.5), tall/2))
				x += width
			}
		}
		rows[i] = d.String()
	}
	return belowRows(c, "stacked", tall, rows)
}
