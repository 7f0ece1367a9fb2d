package chart

import (
	"fmt"
	"html"
	"math"
)

// Series is a share over time.
type Series struct {
	Label, Class string
	Points       []Point
}

// Point is a share in a period, which lies from 0 to 1 along the axis, and what it is in words.
type Point struct {
	At    float64
	Words string
	Bar
}

// Trend draws a panel for each share: a dot for each period, at its time, with its interval as
// a whisker, and a line from one to the next. All panels reach from 0 to the same share, and
// begin and end name the ends of the axis.
func Trend(c Chart, list []Series, begin, end string) Chart {
	const left, right, head, panel, between, axis = 48, 8, 30, 84, 12, 22
	top := ceiling(list)
	var d canvas
	for i, s := range list {
		upper := float64(i*(head+panel+between)) + head
		x := func(p Point) float64 { return left + p.At*(wide-left-right) }
		y := func(share float64) float64 { return upper + (1-share/top)*panel }
		d.text("", 0, upper-14, "start", s.Label, 40)
		grid := ""
		for _, share := range []float64{0, top / 2, top} {
			grid += across(left, wide, y(share))
			d.text("quiet", left-6, y(share)+4.5, "end", fmt.Sprintf("%.3g %%", 100*share), 6)
		}
		d.path("grid", grid)
		cap := min(4, 90/float64(len(s.Points)))
		course, whiskers := "", ""
		for _, p := range s.Points {
			if math.IsNaN(p.Share) {
				continue
			}
			to := "L"
			if course == "" {
				to = "M"
			}
			course += to + number(x(p)) + "," + number(y(p.Share))
			if !math.IsNaN(p.Low) && !math.IsNaN(p.High) {
				whiskers += across(x(p)-cap, x(p)+cap, y(p.High)) + down(x(p), y(p.High), y(p.Low)) + across(x(p)-cap, x(p)+cap, y(p.Low))
			}
		}
		d.path(s.Class+" course", course)
		d.path("whisker", whiskers)
		fmt.Fprintf(&d, `<g class="%s">`, s.Class)
		for _, p := range s.Points {
			if !math.IsNaN(p.Share) {
				fmt.Fprintf(&d, `<circle cx="%s" cy="%s" r="3.5"><title>%s</title></circle>`, number(x(p)), number(y(p.Share)), html.EscapeString(p.Words))
			}
		}
		d.WriteString("</g>")
	}
	bottom := float64(len(list)*(head+panel+between)) - between
	d.text("quiet", left, bottom+axis-3, "start", begin, 20)
	d.text("quiet", wide, bottom+axis-3, "end", end, 20)
	c.width, c.height, c.body = wide, bottom+axis, d.String()
	return c
}

// ceiling is the least of 20 %, 40 %… 100 % that no share or interval is above.
func ceiling(list []Series) float64 {
	most := 0.0
	for _, s := range list {
		for _, p := range s.Points {
			for _, x := range []float64{p.Share, p.High} {
				if x > most { // never of NaN
					most = x
				}
			}
		}
	}
	return max(0.2, math.Ceil(most*5-1e-9)/5)
}
