package chart

import (
	"fmt"
	"math"
)

// Bar is a share with its interval, all in [0, 1]; NaN where undefined.
type Bar struct {
	Label, Class     string
	Share, Low, High float64
	Value            string // how the share is written
	Interval         string // how the interval is written
}

// Bars draws each share as a bar from 0 to 1 with its interval as a whisker.
func Bars(c Chart, bars []Bar) Chart {
	const row, thick, axis = 44, 14, 22
	var d canvas
	bottom := float64(row * len(bars))
	for i := 0; i <= 4; i++ {
		x := 1 + float64(i)*(wide-2)/4
		d.line("grid", x, 18, x, bottom+2)
		d.text("quiet", x, bottom+axis-4, anchorOf(i, 4), fmt.Sprintf("%d %%", 25*i), 5)
	}
	for i, b := range bars {
		top := float64(row * i)
		d.text("label", 0, top+13, "start", b.Label, 24)
		d.text("value", wide, top+13, "end", b.Value+"  "+b.Interval, 30)
		d.titled(b.Label+": "+b.Value+" "+b.Interval, func() {
			bar(&d, b, 0, top+20, wide, thick)
		})
	}
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
}

// Small draws the bars alone, half as wide, for many threads side by side.
func Small(c Chart, bars []Bar) Chart {
	const row, thick, label = 20, 9, 70
	var d canvas
	for i, b := range bars {
		top := float64(row * i)
		d.text("quiet", 0, top+11, "start", b.Label, 10)
		d.titled(b.Label+": "+b.Value+" "+b.Interval, func() {
			bar(&d, b, label, top+3, wide/2-label, thick)
		})
	}
	c.small = true
	c.width, c.height, c.body = wide/2, float64(row*len(bars)), d.String()
	return c
}

// bar draws one share between x and x+width. A share that is undefined has its track
// only.
func bar(d *canvas, b Bar, x, y, width, thick float64) {
	d.rect("track", x, y, width, thick, `rx="2"`)
	if math.IsNaN(b.Share) {
		return
	}
	d.rect(b.Class, x, y, b.Share*width, thick, `rx="2"`)
	if math.IsNaN(b.Low) || math.IsNaN(b.High) {
		return
	}
	// Ends at the very edge would be cut in half.
	low, high := x+1+b.Low*(width-2), x+1+b.High*(width-2)
	d.whisker("halo", low, high, y+thick/2, thick/3)
	d.whisker("whisker", low, high, y+thick/2, thick/3)
	d.circle("dot", x+1+b.Share*(width-2), y+thick/2, thick/4)
}

// anchorOf keeps the first and the last of the labels on an axis inside the drawing.
func anchorOf(i, last int) string {
	switch i {
	case 0:
		return "start"
	case last:
		return "end"
	}
	return "middle"
}
