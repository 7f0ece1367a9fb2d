package chart

// Length is a bar of a count.
type Length struct {
	Class string
	Count float64
}

// Lengths draws counts as bars from the left, the longest as long as there is room.
func Lengths(c Chart, lengths []Length) Chart {
	const tall = 10
	most := 1.0
	for _, l := range lengths {
		most = max(most, l.Count)
	}
	rows := make([]string, len(lengths))
	for i, l := range lengths {
		var d canvas
		d.path(l.Class, across(0, l.Count/most*wide, tall/2))
		rows[i] = d.String()
	}
	return belowRows(c, "lengths", tall, rows)
}
