package reports

import (
	"math"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// plot draws the shares with their intervals in the characters of a terminal, no line
// wider than width columns:
//
//	              0 %       25 %       50 %       75 %     100 %
//	skeptical    ┣━━━━━━━━━━━━━━━━●────────┤                44 %  [0–74]
//
// The heavy line is the share, the light one goes on to the upper bound, and ┣ is the
// lower bound.
func plot(s *aggregate.Summary, width int) []line {
	const label, numbers, widest = 12, 16, 101
	room := min(widest, width-label-numbers)
	lines := []line{{text: strings.Repeat(" ", label) + axis(room)}}
	for k, share := range s.Stance {
		name := corpus.Stance(k).String()
		l := line{text: name + strings.Repeat(" ", label-len(name))}
		l = l.followed(strings.Join(whisker(share, room), ""), stanceMark(corpus.Stance(k)))
		lines = append(lines, l.followed(padded(percent(share.Share), 7)+"  "+bounds(share), unmarked))
	}
	return lines
}

// axis is the head of a plot of so many columns.
func axis(room int) string {
	cells := []rune(strings.Repeat(" ", room))
	for i, tick := range []string{"0", "25", "50", "75", "100 %"} {
		at := i * (room - 1) / 4
		switch {
		case i == 4:
			at = room - len(tick)
		case i > 0:
			at -= len(tick) / 2
		}
		copy(cells[at:], []rune(tick))
	}
	return string(cells)
}

// whisker draws one share in so many cells; all are blank if it's undefined. Without an
// interval the share stands alone.
func whisker(s aggregate.Share, room int) []string {
	cells := make([]string, room)
	for i := range cells {
		cells[i] = " "
	}
	if math.IsNaN(s.Share) {
		return cells
	}
	if math.IsNaN(s.Low) || math.IsNaN(s.High) {
		s.Low, s.High = s.Share, s.Share
	}
	at := func(x float64) int { return int(math.Round(x * float64(room-1))) }
	share, low, high := at(s.Share), at(s.Low), at(s.High)
	for i := range cells {
		switch {
		case i < share:
			cells[i] = "━"
		case i > share && i > low && i < high:
			cells[i] = "─"
		}
	}
	cells[low], cells[high] = capOf(low < share, "┣", "├"), capOf(high < share, "┫", "┤")
	cells[share] = "●"
	return cells
}

// capOf is an end of an interval: heavy on the line of the share, light beside it.
func capOf(onBar bool, heavy, light string) string {
	if onBar {
		return heavy
	}
	return light
}

func padded(s string, width int) string {
	return strings.Repeat(" ", max(0, width-displaywidth.String(s))) + s
}
