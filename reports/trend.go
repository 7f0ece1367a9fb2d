package reports

import (
	"fmt"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/chart"
)

// mostPeriods is how many periods a chart over time has at most, the last ones.
const mostPeriods = 36

// trending are the periods of a chart over time: those with judged comments whose time is
// known, and no more than the chart has room for. All is how many there are.
func trending(b *analysis.Breakdown) (list []*analysis.Group, all int) {
	if !b.Periods() {
		return nil, 0
	}
	for i := range b.Groups {
		if g := &b.Groups[i]; g.Judged > 0 && !b.Start(g.Name).IsZero() {
			list = append(list, g)
		}
	}
	all = len(list)
	return list[max(0, all-mostPeriods):], all
}

// togetherCharts are those of many threads: the shares of all and, where there are two periods
// or more, the shares over time. There are none without a judged comment.
func togetherCharts(b *analysis.Breakdown) []chart.Chart {
	if b.Total.Judged == 0 {
		return nil
	}
	all := shareChart(b.Total.Stance)
	all.Title = "Shares of the stances, all together"
	list := []chart.Chart{all}
	if periods, n := trending(b); len(periods) > 1 {
		list = append(list, trendChart(b, periods, n))
	}
	return list
}

// trendChart is the chart of the shares in the last periods of so many.
func trendChart(b *analysis.Breakdown, periods []*analysis.Group, all int) chart.Chart {
	first, last := periods[0], periods[len(periods)-1]
	c := chart.Chart{
		Name:    "by-" + b.By,
		Title:   "Shares by " + b.By,
		Caption: trendCaption(b, len(periods), all),
		Table:   numberTable(capital(b.By), stanceHeads[:len(sided)]...),
	}
	begun := b.Start(first.Name)
	span := b.Start(last.Name).Sub(begun)
	list := make([]chart.Series, len(sided))
	var said []string
	for i, s := range sided {
		list[i] = chart.Series{Label: stanceHeads[s], Class: key(s)}
		for _, g := range periods {
			list[i].Points = append(list[i].Points, chart.Point{
				At: float64(b.Start(g.Name).Sub(begun)) / float64(span), Words: g.Name + ": " + percent(g.Stance[s].Share) + " " + bounds(g.Stance[s]),
				Bar: bars(g.Stance)[s],
			})
		}
		said = append(said, fmt.Sprintf("%s %s %s, then %s %s", s, percent(first.Stance[s].Share), bounds(first.Stance[s]), percent(last.Stance[s].Share),
			bounds(last.Stance[s])))
	}
	for _, g := range periods {
		var shares []string
		for _, s := range sided {
			shares = append(shares, strings.TrimSpace(percent(g.Stance[s].Share)+" "+bounds(g.Stance[s])))
		}
		c.Table.Add(g.Name, shares)
	}
	c.Alt = fmt.Sprintf("Shares in each of %s, at first (%s) and at last (%s): %s.", Counted(len(periods), b.By), first.Name, last.Name, strings.Join(said, "; "))
	return chart.Trend(c, list, first.Name, last.Name)
}

func trendCaption(b *analysis.Breakdown, shown, all int) string {
	caption := fmt.Sprintf("Dots are the shares of each %s, whiskers their 95 %% intervals.", b.By)
	if shown < all {
		caption += fmt.Sprintf(" The last %d of %d are shown.", shown, all)
	}
	return caption
}

// togetherPlot draws the same in the characters of a terminal.
func togetherPlot(b *analysis.Breakdown, width int) []line {
	if b.Total.Judged == 0 {
		return nil
	}
	lines := plot(b.Total.Stance, width)
	periods, all := trending(b)
	if len(periods) < 2 {
		return lines
	}
	p := plotter{label: 12, width: width}
	for _, s := range sided {
		lines = append(lines, line{}, p.head(stanceHeads[s]))
		for _, g := range periods {
			lines = append(lines, p.share(g.Name, g.Stance[s], s))
		}
	}
	if shown := len(periods); shown < all {
		lines = append(lines, line{}, line{Text: fmt.Sprintf("The last %d of %s are drawn.", shown, Counted(all, b.By))})
	}
	return lines
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// BreakdownCharts writes the charts of many threads as SVG files: the shares of all, and of
// periods those over time.
func BreakdownCharts(create Create, b *analysis.Breakdown) error {
	for _, c := range togetherCharts(b) {
		if err := create.write("all-"+c.Name+".svg", c.Standalone()); err != nil {
			return err
		}
	}
	return nil
}
