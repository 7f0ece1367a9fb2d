package chart

import (
	"fmt"
	"math"
)

// Tick is one comment of a strip.
type Tick struct {
	Row int
	// At is where along the strip it stands, from 0 to 1.
	At float64
	// Lean is -1, 0 or 1: the tick hangs, crosses or stands.
	Lean int
}

// Strip draws for each row, which has that class, a tick for each comment. Begin and end are the
// ends of the axis.
func Strip(c Chart, classes []string, ticks []Tick, begin, end string) Chart {
	const tall = 30
	// Few ticks are broad enough to see, many are as fine as they must be.
	width := min(5, max(1, wide/(1.6*float64(max(1, len(ticks))))))
	rows := make([]string, len(classes))
	for i, class := range classes {
		path := ""
		for _, t := range ticks {
			if t.Row == i {
				above, below := reach(t.Lean)
				path += down(math.Round(width/2+t.At*(wide-width)), tall/2-above, tall/2+below)
			}
		}
		if path != "" {
			rows[i] = fmt.Sprintf(`<path class="%s" stroke-width="%s" d="%s"/>`, class, number(width), path)
		}
	}
	return belowRows(c, "strip", tall, rows, begin, end)
}

// reach is how far a tick reaches above and below its line.
func reach(lean int) (above, below float64) {
	const far, stub = 14, 5
	switch {
	case lean > 0:
		return far, 1
	case lean < 0:
		return 1, far
	}
	return stub, stub
}
