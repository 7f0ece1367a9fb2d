package chart

import "math"

// Weighed is a mean between -1 and 1, NaN where undefined.
type Weighed struct {
	Class string
	Mean  float64
}

// Balance draws means from a line at 0, bad to its left and good to its right.
func Balance(c Chart, list []Weighed, bad, good string) Chart {
	const tall = 12
	rows := make([]string, len(list))
	for i, w := range list {
		var d canvas
		if !math.IsNaN(w.Mean) {
			d.path(w.Class, across(wide/2, (1+w.Mean)*wide/2, tall/2))
		}
		rows[i] = d.String()
	}
	return belowRows(c, "balance", tall, rows, bad, "0", good)
}
