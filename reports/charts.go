package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/chart"
	"stance.example/stance/reports/internal/layout"
)

// chartsOf returns the charts of a thread in the order of the page. Those that would
// be empty are left out.
func chartsOf(r *analysis.Result) []chart.Chart {
	if r.Summary.Judged() == 0 {
		return nil
	}
	list := []chart.Chart{shareChart(r.Summary.Stance), feelingChart(&r.Summary), courseChart(r)}
	if len(r.Actors) > 0 {
		list = append(list, actorChart(r))
	}
	if r.Examination != nil {
		list = append(list, examinedCharts(r.Examination)...)
	}
	return list
}

func shareChart(shares [corpus.NumStances]aggregate.Share) chart.Chart {
	caption := "Bars and dots are the shares, whiskers their 95 % intervals."
	if math.IsNaN(shares[0].Low) {
		caption = "Bars are the shares; how far the judgements err isn't known here."
	}
	return chart.Bars(chart.Chart{
		Name:    "shares",
		Title:   "Shares of the stances",
		Caption: caption,
		Alt:     "Shares of the stances with their 95 % intervals: " + sharesInWords(shares) + ".",
		Table:   shareRows(shares),
	}, bars(shares))
}

func bars(shares [corpus.NumStances]aggregate.Share) []chart.Bar {
	list := make([]chart.Bar, len(shares))
	for k, share := range shares {
		name := corpus.Stance(k).String()
		list[k] = chart.Bar{
			Label: name, Class: name, Share: share.Share, Low: share.Low, High: share.High,
			Value: percent(share.Share), Interval: bounds(share),
		}
	}
	return list
}

func sharesInWords(shares [corpus.NumStances]aggregate.Share) string {
	parts := make([]string, len(shares))
	for k, share := range shares {
		parts[k] = fmt.Sprintf("%s %s %s", corpus.Stance(k), percent(share.Share), bounds(share))
	}
	return strings.Join(parts, ", ")
}

func shareRows(shares [corpus.NumStances]aggregate.Share) chart.Table {
	t := chart.Table{Head: []string{"Stance", "Judged so", "Share", "95 % interval"}}
	for k, share := range shares {
		t.Rows = append(t.Rows, []string{corpus.Stance(k).String(), strconv.Itoa(share.Count), percent(share.Share), bounds(share)})
	}
	return t
}

func feelingChart(s *aggregate.Summary) chart.Chart {
	counts := make([][]int, len(s.Cross))
	for k := range s.Cross {
		counts[k] = s.Cross[k][:]
	}
	return heat(chart.Chart{
		Name:    "feeling",
		Title:   "Stance and sentiment",
		Caption: "How many comments of each stance express which feeling.",
	}, corpus.StanceNames(), corpus.PolarityNames(), counts)
}

// heat completes a heat map of stances against columns with its words and its table.
func heat(c chart.Chart, rows, columns []string, counts [][]int) chart.Chart {
	var parts []string
	c.Table.Head = append([]string{"Stance"}, columns...)
	for i, row := range counts {
		cells := []string{rows[i]}
		var said []string
		for k, n := range row {
			cells = append(cells, strconv.Itoa(n))
			said = append(said, fmt.Sprintf("%d %s", n, columns[k]))
		}
		parts = append(parts, rows[i]+" "+strings.Join(said, ", "))
		c.Table.Rows = append(c.Table.Rows, cells)
	}
	c.Alt = c.Title + ", comments: " + strings.Join(parts, "; ") + "."
	return chart.Heat(c, rows, columns, counts, corpus.StanceNames())
}

// courseChart shows the stances along the thread, by time where every judged comment
// has one and by order otherwise.
func courseChart(r *analysis.Result) chart.Chart {
	course := newCourse(r)
	c := chart.Chart{
		Name:    "course",
		Title:   "Through the thread",
		Caption: "A tick for each comment " + course.along + ": it stands for a positive feeling, hangs for a negative one and is short for neither.",
		Table:   quarters(r, &course),
	}
	var ticks []chart.Tick
	for i := range r.Judgements {
		if j := &r.Judgements[i]; j.Judged {
			ticks = append(ticks, chart.Tick{Row: int(j.Stance), At: course.at(i), Lean: int(j.Polarity) - int(corpus.Neutral)})
		}
	}
	c.Alt = fmt.Sprintf("The stances of %s %s, from %s to %s.", Counted(len(ticks), "comment"), course.along, course.begin, course.end)
	return chart.Strip(c, corpus.StanceNames(), corpus.StanceNames(), ticks, course.begin, course.end)
}

// quarters counts the comments in each quarter of the course.
func quarters(r *analysis.Result, c *course) chart.Table {
	var counts [4][corpus.NumStances]int
	for i := range r.Judgements {
		if j := &r.Judgements[i]; j.Judged {
			counts[min(3, int(4*c.at(i)))][j.Stance]++
		}
	}
	t := chart.Table{Head: append([]string{"Quarter"}, corpus.StanceNames()...)}
	for k, list := range counts {
		row := []string{[]string{"first", "second", "third", "last"}[k]}
		for _, n := range list {
			row = append(row, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// course places the comments of a thread along an axis.
type course struct {
	comments   []corpus.Comment
	timed      bool
	first      time.Time
	span       time.Duration
	along      string // how, as a phrase
	begin, end string // of the axis
}

func newCourse(r *analysis.Result) course {
	c := course{comments: r.Thread.Comments, along: "in the order of the page", begin: "first comment", end: "last comment"}
	var last time.Time
	for i := range c.comments {
		posted := c.comments[i].Posted
		switch {
		case !r.Judgements[i].Judged:
			continue
		case posted.IsZero():
			return c
		case c.first.IsZero() || posted.Before(c.first):
			c.first = posted
		}
		if posted.After(last) {
			last = posted
		}
	}
	if c.span = last.Sub(c.first); c.span <= 0 {
		return c
	}
	const form = "2 Jan 2006 15:04"
	c.timed, c.along, c.begin, c.end = true, "by its time", c.first.Format(form), last.Format(form)
	return c
}

// at is the place of a comment from 0 to 1.
func (c *course) at(i int) float64 {
	if c.timed {
		return float64(c.comments[i].Posted.Sub(c.first)) / float64(c.span)
	}
	return float64(i) / float64(max(1, len(c.comments)-1))
}

// actorChart shows the feeling toward what the article names.
func actorChart(r *analysis.Result) chart.Chart {
	c := chart.Chart{
		Name:    "actors",
		Title:   "Feeling toward what the article names",
		Caption: "The mean feeling of the words about each, from −1 to 1, with the number of comments that name it.",
		Table:   plainChartTable(actorTable(r)),
	}
	var list []chart.Weighed
	var said []string
	for _, a := range r.Actors {
		class := "good"
		if a.All.Valence < 0 {
			class = "bad"
		}
		w := chart.Weighed{Label: layout.Plain(a.Name).Text, Class: class, Value: feelingToward(a.All), Mean: a.All.Valence}
		list = append(list, w)
		said = append(said, w.Label+" "+w.Value)
	}
	c.Alt = "Mean feeling and number of comments: " + strings.Join(said, ", ") + "."
	return chart.Balance(c, list, "harsh", "kind")
}

// plainChartTable is a table without its marks.
func plainChartTable(t table) chart.Table {
	var out chart.Table
	for _, c := range t.Columns {
		out.Head = append(out.Head, c.Head)
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, layout.Plainly(row))
	}
	return out
}
