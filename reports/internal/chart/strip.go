package chart

import "fmt"

// Tick is one comment of a strip.
type Tick struct {
	Row int
	// At is where along the strip it stands, from 0 to 1.
	At float64
	// Lean is -1, 0 or 1: the tick hangs, crosses or stands.
	Lean int
}

// Strip draws a row for each label with a tick for each comment. Begin and end are
// the ends of the axis.
func Strip(c Chart, rows, classes []string, ticks []Tick, begin, end string) Chart {
	const left, height, axis = 98, 40, 20
	var d canvas
	// Few ticks are broad enough to see, many are as fine as they must be.
	width := min(5, max(1, (wide-left)/(1.6*float64(max(1, len(ticks))))))
	grid := ""
	for i := range rows {
		grid += across(left, wide, float64(height*i)+height/2)
	}
	d.path("grid", grid)
	for i, label := range rows {
		middle := float64(height*i) + height/2
		d.text("", 0, middle+4, "start", label, 12)
		path := ""
		for _, t := range ticks {
			if t.Row == i {
				upper, lower := reach(t.Lean)
				path += down(left+width/2+t.At*(wide-left-width), middle-upper, middle+lower)
			}
		}
		if path != "" {
			fmt.Fprintf(&d, `<path class="%s tick" stroke-width="%s" d="%s"/>`, classes[i], number(width), path)
		}
	}
	bottom := float64(height * len(rows))
	d.text("quiet", left, bottom+14, "start", begin, 22)
	d.text("quiet", wide, bottom+14, "end", end, 22)
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
}

// reach is how far a tick reaches above and below its line.
func reach(lean int) (above, below float64) {
	const far, stub = 15, 5
	switch {
	case lean > 0:
		return far, 1
	case lean < 0:
		return 1, far
	}
	return stub, stub
}
