package chart

import "math"

// Weighed is a mean between -1 and 1, NaN where undefined.
type Weighed struct {
	Label, Class, Value string
	Mean                float64
}

// Balance draws means around a line at 0, bad to its left and good to its right.
func Balance(c Chart, list []Weighed, bad, good string) Chart {
	const row, left, right, axis, radius = 30, 132, 74, 22, 5
	at := func(x float64) float64 { return left + (x+1)/2*(wide-left-right-2*radius) + radius }
	var d canvas
	bottom := float64(row * len(list))
	d.path("grid", down(at(0), 0, bottom+4))
	for i, w := range list {
		middle := float64(row*i) + row/2
		d.text("", left-10, middle+5, "end", w.Label, 16)
		d.text("quiet", wide, middle+5, "end", w.Value, 12)
		d.titled(w.Label+": "+w.Value, func() {
			d.path("grid", across(left, wide-right, middle))
			if !math.IsNaN(w.Mean) {
				d.path(w.Class+" stem", across(at(0), at(w.Mean), middle))
				d.circle(w.Class, at(w.Mean), middle, radius)
			}
		})
	}
	d.text("quiet", left, bottom+axis-4, "start", bad, 20)
	d.text("quiet", wide-right, bottom+axis-4, "end", good, 20)
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
}
