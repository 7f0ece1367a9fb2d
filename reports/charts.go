package reports

import (
	"fmt"
	"math"
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
	caption := "" // the usual one
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
		list[k] = chart.Bar{Class: key(corpus.Stance(k)), Share: share.Share, Low: share.Low, High: share.High}
	}
	return list
}

// key is the class of a stance in drawings and pages, by the key that gives it in labelling.
func key(s corpus.Stance) string {
	return [corpus.NumStances]string{corpus.Skeptical: "k", corpus.Relativist: "r", corpus.Supportive: "p", corpus.None: "n"}[s]
}

func keys() []string {
	var list []string
	for s := range corpus.NumStances {
		list = append(list, key(corpus.Stance(s)))
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

func shareRows(shares [corpus.NumStances]aggregate.Share) table {
	t := numberTable("Stance", "Judged so", "Share", "95 % interval")
	for k, share := range shares {
		t.Add(corpus.Stance(k), share.Count, percent(share.Share), bounds(share))
	}
	return t
}

// numberTable has a column of names and, with those heads, of numbers.
func numberTable(names string, heads ...string) table {
	t := layout.NewTable("", layout.Words(names).Filling())
	for _, head := range heads {
		t.Columns = append(t.Columns, column{Head: head, Right: true})
	}
	return t
}

func feelingChart(s *aggregate.Summary) chart.Chart {
	counts := make([][]int, len(s.Cross))
	for k := range s.Cross {
		counts[k] = s.Cross[k][:]
	}
	return heat(chart.Chart{
		Name:  "feeling",
		Title: "Stance and sentiment",
	}, corpus.PolarityNames(), counts)
}

// heat completes a heat map of the stances against columns with its words and its table.
func heat(c chart.Chart, columns []string, counts [][]int) chart.Chart {
	var parts []string
	c.Table = numberTable("Stance", columns...)
	for i, row := range counts {
		name := corpus.Stance(i).String()
		var said []string
		for k, n := range row {
			said = append(said, fmt.Sprintf("%d %s", n, columns[k]))
		}
		parts = append(parts, name+" "+strings.Join(said, ", "))
		c.Table.Add(name, row)
	}
	c.Alt = c.Title + ", comments: " + strings.Join(parts, "; ") + "."
	return chart.Heat(c, counts, keys())
}

// courseChart shows the stances along the thread, by time where every judged comment
// has one and by order otherwise.
func courseChart(r *analysis.Result) chart.Chart {
	course := newCourse(r)
	c := chart.Chart{
		Name:  "course",
		Title: "Through the thread",
		Table: quarters(r, &course),
	}
	var ticks []chart.Tick
	for i := range r.Judgements {
		if j := &r.Judgements[i]; j.Judged {
			ticks = append(ticks, chart.Tick{Row: int(j.Stance), At: course.at(i), Lean: int(j.Polarity) - int(corpus.Neutral)})
		}
	}
	c.Alt = fmt.Sprintf("The stances of %s %s, from %s to %s.", Counted(len(ticks), "comment"), course.along, course.begin, course.end)
	return chart.Strip(c, keys(), ticks, course.begin, course.end)
}

// quarters counts the comments of each stance in each quarter of the course.
func quarters(r *analysis.Result, c *course) table {
	var counts [corpus.NumStances][4]int
	for i := range r.Judgements {
		if j := &r.Judgements[i]; j.Judged {
			counts[j.Stance][min(3, int(4*c.at(i)))]++
		}
	}
	t := numberTable("Stance", "1st quarter", "2nd", "3rd", "4th")
	for k := range counts {
		t.Add(corpus.Stance(k), counts[k])
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
		Name:  "actors",
		Title: "Feeling toward what the article names",
		Table: actorTable(r),
	}
	var list []chart.Part
	var said []string
	for i, a := range r.Actors {
		class := key(corpus.Supportive)
		if a.All.Valence < 0 {
			class = key(corpus.Skeptical)
		}
		list = append(list, chart.Part{Class: class, Value: a.All.Valence})
		said = append(said, c.Table.Rows[i][0].Text+" "+feelingToward(a.All))
	}
	c.Alt = "Mean feeling and number of comments: " + strings.Join(said, ", ") + "."
	return chart.Balance(c, list, "harsh", "kind")
}
