package chart

import "math"

// Weighed is a mean between -1 and 1 with its interval and the number it is of.
type Weighed struct {
	Label, Class, Value string
	Mean, Low, High     float64
}

// Balance draws means around a line at 0, bad to its left and good to its right, with
// their intervals as whiskers.
func Balance(c Chart, list []Weighed, bad, good string) Chart {
	const row, left, axis, radius = 30, 132, 22, 5
	at := func(x float64) float64 { return left + (x+1)/2*(Wide-left-2*radius) + radius }
	var d canvas
	bottom := float64(row * len(list))
	d.line("grid", at(0), 0, at(0), bottom+4)
	for i, w := range list {
		middle := float64(row*i) + row/2
		d.text("label", left-10, middle+5, "end", w.Label, 16)
		d.titled(w.Label+": "+w.Value, func() {
			d.line("grid", left, middle, Wide, middle)
			if !math.IsNaN(w.Low) && !math.IsNaN(w.High) {
				d.whisker("whisker", at(w.Low), at(w.High), middle, 4)
			}
			if !math.IsNaN(w.Mean) {
				d.circle(w.Class, at(w.Mean), middle, radius)
			}
		})
	}
	d.text("quiet", left, bottom+axis-4, "start", bad, 20)
	d.text("quiet", Wide, bottom+axis-4, "end", good, 20)
	c.width, c.height, c.body = Wide, bottom+axis, d.String()
	return c
}
