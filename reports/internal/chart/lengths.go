package chart

// Length is a bar of a count.
type Length struct {
	Label, Class, Value, Title string
	Count                      float64
}

// Lengths draws counts as bars from the left, the longest as long as there is room.
func Lengths(c Chart, lengths []Length) Chart {
	const row, thick, left, right = 25, 12, 132, 34
	most := 1.0
	for _, l := range lengths {
		most = max(most, l.Count)
	}
	var d canvas
	for i, l := range lengths {
		top := float64(row * i)
		d.text("", left-8, top+15, "end", l.Label, 16)
		width := l.Count / most * (wide - left - right)
		d.titled(l.Title, func() { d.rect(l.Class, left, top+5, width, thick, `rx="2"`) })
		d.text("quiet", left+width+6, top+15, "start", l.Value, 6)
	}
	c.width, c.height, c.body = wide, float64(row*len(lengths)), d.String()
	return c
}
