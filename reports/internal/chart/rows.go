package chart

import (
	"fmt"
	"math"
	"strings"
)

type (
	// Bar is a share with its interval, all in [0, 1]; NaN where undefined.
	Bar struct {
		Class            string
		Share, Low, High float64
	}
	// Part is a part of a whole of 1, a count, or a mean between -1 and 1; NaN where undefined.
	Part struct {
		Class string
		Value float64
	}
	// Tick is one comment of a strip.
	Tick struct {
		Row int
		// At is where along the strip it stands, from 0 to 1.
		At float64
		// Lean is -1, 0 or 1: the tick hangs, crosses or stands.
		Lean int
	}
)

// drawn draws below each of so many rows.
func drawn(n int, draw func(row int, d *canvas)) []string {
	rows := make([]string, n)
	for i := range rows {
		var d canvas
		draw(i, &d)
		rows[i] = d.String()
	}
	return rows
}

// Bars draws each share as a bar from 0 to 1 with its interval as a whisker.
func Bars(c Chart, bars []Bar) Chart {
	const tall, cap = 16, 4.7
	rows := drawn(len(bars), func(i int, d *canvas) {
		b := bars[i]
		if math.IsNaN(b.Share) {
			return
		}
		d.path(b.Class, across(0, b.Share*wide, tall/2))
		if !math.IsNaN(b.Low) && !math.IsNaN(b.High) {
			// Ends at the very edge would be cut in half.
			d.path("whisker", whisker(1+b.Low*(wide-2), 1+b.High*(wide-2), tall/2, cap))
		}
	})
	return belowRows(c, "bars", tall, rows, "0 %", "25 %", "50 %", "75 %", "100 %")
}

// Balance draws means from a line at 0, bad to its left and good to its right.
func Balance(c Chart, means []Part, bad, good string) Chart {
	const tall = 12
	return belowRows(c, "balance", tall, drawn(len(means), func(i int, d *canvas) {
		if m := means[i]; !math.IsNaN(m.Value) {
			d.path(m.Class, across(wide/2, (1+m.Value)*wide/2, tall/2))
		}
	}), bad, "0", good)
}

// Lengths draws counts as bars from the left, the longest as long as there is room.
func Lengths(c Chart, counts []Part) Chart {
	const tall = 10
	most := 1.0
	for _, l := range counts {
		most = max(most, l.Value)
	}
	return belowRows(c, "lengths", tall, drawn(len(counts), func(i int, d *canvas) {
		d.path(counts[i].Class, across(0, counts[i].Value/most*wide, tall/2))
	}))
}

// Stacked draws each whole as one bar that is cut into its parts.
func Stacked(c Chart, stacks [][]Part) Chart {
	const tall, apart = 16, 1.5
	return belowRows(c, "stacked", tall, drawn(len(stacks), func(i int, d *canvas) {
		x := 0.0
		for _, p := range stacks[i] {
			if width := p.Value * wide; width > 0 { // never of NaN
				d.path(p.Class, across(x, x+max(width-apart, 0.5), tall/2))
				x += width
			}
		}
	}))
}

// Strip draws for each row, which has that class, a tick for each comment. Begin and end are the
// ends of the axis.
func Strip(c Chart, classes []string, ticks []Tick, begin, end string) Chart {
	const tall, far, stub = 30, 14, 5
	// How far a tick reaches above its line and below it, by its lean.
	reach := map[int][2]float64{1: {far, 1}, 0: {stub, stub}, -1: {1, far}}
	// Few ticks are broad enough to see, many are as fine as they must be.
	width := min(5, max(1, wide/(1.6*float64(max(1, len(ticks))))))
	return belowRows(c, "strip", tall, drawn(len(classes), func(i int, d *canvas) {
		var path strings.Builder
		known := map[string]bool{} // many ticks are at the same place
		for _, t := range ticks {
			if t.Row != i {
				continue
			}
			if tick := down(math.Round(width/2+t.At*(wide-width)), tall/2-reach[t.Lean][0], tall/2+reach[t.Lean][1]); !known[tick] {
				known[tick] = true
				path.WriteString(tick)
			}
		}
		if path.Len() > 0 {
			fmt.Fprintf(d, `<path class="%s" stroke-width="%s" d="%s"/>`, classes[i], number(width), path.String())
		}
	}), begin, end)
}
