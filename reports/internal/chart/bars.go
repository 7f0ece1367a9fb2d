package chart

import "math"

// Bar is a share with its interval, all in [0, 1]; NaN where undefined.
type Bar struct {
	Class            string
	Share, Low, High float64
}

// Bars draws each share as a bar from 0 to 1 with its interval as a whisker.
func Bars(c Chart, bars []Bar) Chart {
	const tall, cap = 16, 4.7
	rows := make([]string, len(bars))
	for i, b := range bars {
		var d canvas
		if !math.IsNaN(b.Share) {
			d.path(b.Class, across(0, b.Share*wide, tall/2))
			if !math.IsNaN(b.Low) && !math.IsNaN(b.High) {
				// Ends at the very edge would be cut in half.
				d.path("whisker", whisker(1+b.Low*(wide-2), 1+b.High*(wide-2), tall/2, cap))
			}
		}
		rows[i] = d.String()
	}
	return belowRows(c, "bars", tall, rows, "0 %", "25 %", "50 %", "75 %", "100 %")
}
