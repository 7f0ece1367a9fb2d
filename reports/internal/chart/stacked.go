package chart

import "math"

// Stack is a whole of 1 cut into parts.
type Stack struct {
	Label string
	Parts []Part
}

// Part is a part of a stack. Value is how it is written, where there is room.
type Part struct {
	Class, Title, Value string
	Share               float64
}

// Stacked draws each whole as one bar.
func Stacked(c Chart, stacks []Stack) Chart {
	const row, thick, room = 46, 20, 44
	var d canvas
	for i, s := range stacks {
		top := float64(row * i)
		d.text("", 0, top+13, "start", s.Label, 40)
		x := 0.0
		for _, p := range s.Parts {
			width := p.Share * wide
			if math.IsNaN(width) || width <= 0 {
				continue
			}
			d.titled(p.Title, func() {
				d.rect(p.Class, x, top+20, max(width-1.5, 0.5), thick, `rx="2"`)
				if width >= room {
					d.text("on-"+p.Class, x+(width-1.5)/2, top+20+thick-5, "middle", p.Value, 6)
				}
			})
			x += width
		}
	}
	c.width, c.height, c.body = wide, float64(row*len(stacks)), d.String()
	return c
}
