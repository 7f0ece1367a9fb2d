package reports

import (
	"math"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/layout"
)

// plot draws the shares with their intervals in the characters of a terminal, no line
// wider than width columns:
//
//	            0         25        50        75    100 %
//	skeptical   ━━━━━━━┣━━━━━━━━━━━●────────────┤           44 %  [17–74]
//
// The heavy line is the share, the light one goes on to the upper bound, and ┣ is the
// lower bound.
func plot(shares [corpus.NumStances]aggregate.Share, width int) []line {
	p := plotter{label: 12, width: width}
	lines := []line{p.head("")}
	for k, share := range shares {
		lines = append(lines, p.share(corpus.Stance(k).String(), share, corpus.Stance(k)))
	}
	return lines
}

// plotter draws shares one under the other, behind labels of so many columns.
type plotter struct{ label, width int }

// room is how many columns the drawing has.
func (p plotter) room() int {
	const numbers, widest = 16, 101
	return min(widest, p.width-p.label-numbers)
}

// named is the label with the blanks behind it.
func (p plotter) named(label string) string {
	l := line{Text: label}.Cut(p.label - 1)
	return l.Text + strings.Repeat(" ", p.label-l.Width())
}

// head is the axis, behind a label.
func (p plotter) head(label string) line { return line{Text: p.named(label) + axis(p.room())} }

// share draws one, in the colour of the stance.
func (p plotter) share(label string, share aggregate.Share, s corpus.Stance) line {
	l := line{Text: p.named(label)}.Followed(strings.Join(whisker(share, p.room()), ""), stanceMark(s))
	return l.Followed(padded(percent(share.Share), 7)+"  "+bounds(share), layout.Unmarked)
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
