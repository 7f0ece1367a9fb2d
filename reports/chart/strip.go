package chart

import "slices"

// Tick is one comment of a strip.
type Tick struct {
	Row int
	// At is where along the strip it stands, from 0 to 1.
	At float64
	// Lean is -1, 0 or 1: the tick hangs, crosses or stands.
	Lean  int
	Title string
}

// Strip draws a row for each label with a tick for each comment. Begin and end are
// the ends of the axis.
func Strip(c Chart, rows, classes []string, ticks []Tick, begin, end string) Chart {
	const left, height, axis = 98, 40, 20
	var d canvas
	// Few ticks are broad enough to see and to point at, many are as fine as they must be.
	width := min(5, max(1, (wide-left)/(1.6*float64(max(1, len(ticks))))))
	for i, label := range rows {
		middle := float64(height*i) + height/2
		d.line("grid", left, middle, wide, middle)
		d.text("label", 0, middle+4, "start", label, 12)
	}
	for _, t := range slices.Backward(ticks) {
		d.titled(t.Title, func() { tick(&d, t, classes[t.Row], left, height, width) })
	}
	bottom := float64(height * len(rows))
	d.text("quiet", left, bottom+14, "start", begin, 22)
	d.text("quiet", wide, bottom+14, "end", end, 22)
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
}

func tick(d *canvas, t Tick, class string, left, height, width float64) {
	const reach, stub = 15, 5
	middle := height*float64(t.Row) + height/2
	x := left + t.At*(wide-left-width)
	switch {
	case t.Lean > 0:
		d.rect(class, x, middle-reach, width, reach+1)
	case t.Lean < 0:
		d.rect(class, x, middle-1, width, reach+1)
	default:
		d.rect(class, x, middle-stub, width, 2*stub)
	}
}
