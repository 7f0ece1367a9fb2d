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
	grid, tracks, whiskers := "", "", ""
	for i := 0; i <= 4; i++ {
		x := 1 + float64(i)*(wide-2)/4
		grid += down(x, 18, bottom+2)
		d.text("quiet", x, bottom+axis-4, anchorOf(i, 4), fmt.Sprintf("%d %%", 25*i), 5)
	}
	var shares, dots canvas
	for i, b := range bars {
		top := float64(row * i)
		middle := top + 20 + thick/2
		d.text("", 0, top+13, "start", b.Label, 24)
		d.text("", wide, top+13, "end", b.Value+"  "+b.Interval, 30)
		tracks += across(0, wide, middle)
		if math.IsNaN(b.Share) {
			continue
		}
		shares.rect(b.Class, 0, top+20, b.Share*wide, thick, `rx="2"`)
		if !math.IsNaN(b.Low) && !math.IsNaN(b.High) {
			// Ends at the very edge would be cut in half.
			whiskers += whisker(1+b.Low*(wide-2), 1+b.High*(wide-2), middle, thick/3.)
			dots.circle("dot", 1+b.Share*(wide-2), middle, thick/4.)
		}
	}
	d.path("grid", grid)
	d.path("track", tracks)
	d.WriteString(shares.String())
	d.path("halo", whiskers)
	d.path("whisker", whiskers)
	d.WriteString(dots.String())
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
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
