package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/structure"
	"stance.example/stance/analysis/weighting"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/chart"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

// examinedCharts are the charts of the closer look at a thread. Those that would show
// nothing are left out.
func examinedCharts(x *analysis.Examination) []chart.Chart {
	var list []chart.Chart
	if x.Structure.Replies.Pairs > 0 {
		list = append(list, replyChart(&x.Structure.Replies))
	}
	if len(x.Weightings.Rows) > 1 {
		list = append(list, weightingChart(&x.Weightings))
	}
	if c := wordChart(x); len(c.Table.Rows) > 0 {
		list = append(list, c)
	}
	return list
}

// replyChart shows which stance answers which.
func replyChart(r *structure.Replies) chart.Chart {
	counts := make([][]int, len(r.Table))
	for k := range r.Table {
		counts[k] = r.Table[k][:]
	}
	return heat(chart.Chart{
		Name:  "replies",
		Title: "Who answers whom",
	}, corpus.StanceNames(), counts)
}

// weightingChart shows the shares by other ways of counting.
func weightingChart(t *weighting.Table) chart.Chart {
	c := chart.Chart{
		Name:  "weightings",
		Title: "Counted in other ways",
		Table: numberTable("Counted", corpus.StanceNames()...),
	}
	var stacks [][]chart.Part
	var said []string
	for _, row := range t.Rows {
		var parts []chart.Part
		for k, share := range row.Shares {
			parts = append(parts, chart.Part{Class: key(corpus.Stance(k)), Value: share})
		}
		stacks = append(stacks, parts)
		counted := layout.Row(row.Way, percents(row.Shares))
		c.Table.Rows = append(c.Table.Rows, counted)
		said = append(said, strings.Join(layout.Plainly(counted), " "))
	}
	c.Alt = "Shares of skeptical, relativist, supportive and none: " + strings.Join(said, "; ") + "."
	return chart.Stacked(c, stacks)
}

// wordChart shows the words that set a stance apart.
func wordChart(x *analysis.Examination) chart.Chart {
	c := chart.Chart{
		Name:  "words",
		Title: "Words that set a stance apart",
		Table: layout.NewTable("", layout.Words("Word"), layout.Words("Stance"), layout.Numbers("Readers"), layout.Numbers("Elsewhere"),
			layout.Numbers("Log-odds"), layout.Numbers("z")),
	}
	var lengths []chart.Part
	var said []string
	for k, list := range x.Distinctive {
		name := corpus.Stance(k).String()
		for _, w := range list {
			word := clean.Line(w.Text)
			c.Table.Add(word, name, w.With, w.Without, weight(w.LogOdds), weight(w.Z))
			lengths = append(lengths, chart.Part{Class: key(corpus.Stance(k)), Value: float64(w.With)})
			said = append(said, fmt.Sprintf("%s, %s: %s, %d elsewhere", word, name, Counted(w.With, "reader"), w.Without))
		}
	}
	c.Alt = "Distinctive words: " + strings.Join(said, "; ") + "."
	return chart.Lengths(c, lengths)
}

// measureTable has the measures of a thread's structure.
func measureTable(s *structure.Structure) table {
	t := layout.NewTable("Measures of the thread", layout.Words("Measure").Filling(), layout.Numbers("Value"))
	add := func(name string, value float64) {
		if !math.IsNaN(value) {
			t.Add(name, plainNumber(value))
		}
	}
	r := &s.Replies
	if r.Pairs > 0 {
		add("Replies under a judged comment", float64(r.Pairs))
		add("Replies that set support against doubt", float64(r.Opposing))
		add("as many by chance", r.Expected)
		add("p-value of that number", r.OpposingP)
		add("Assortativity: replies of their parent's stance (1) or apart from it (below 0)", r.Assortativity)
		add("p-value of the table of replies", r.P)
	}
	add("Agreement of the sides, from −1 (two camps) to 1 (one side)", s.Spread.Agreement)
	add("Stances in use, as if equally frequent", s.Spread.Effective)
	for k, trend := range s.Drift.Trends {
		if math.IsNaN(trend.Later) {
			continue
		}
		add("Probability that "+corpus.Stance(k).String()+" comes later than the rest", trend.Later)
		add("and its q-value", trend.Q)
	}
	return t
}

// plainNumber writes a number without a sign of its own, whole ones without decimals.
func plainNumber(x float64) string {
	if x == math.Trunc(x) {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strings.Replace(strconv.FormatFloat(x, 'f', 3, 64), "-", "−", 1)
}

// weightingTable sets the shares by other ways of counting beside those by comment. It
// has rows only if a way changes the answer.
func weightingTable(r *analysis.Result) table {
	t := layout.NewTable("Shares counted in other ways", append([]column{layout.Words("Counted").Filling()}, stanceColumns...)...)
	if r.Examination == nil || len(r.Examination.Weightings.Notes) == 0 {
		return t
	}
	for _, w := range r.Examination.Weightings.Rows {
		t.Add(w.Way, percents(w.Shares))
	}
	return t
}

// leastSensitive is the number of judged comments from which the shares under other
// assumptions mean anything.
const leastSensitive = 20

// sensitivityTable has the shares under assumptions that nothing in the thread can
// confirm. Corrected shares need no assumption.
func sensitivityTable(r *analysis.Result) table {
	t := layout.NewTable("Shares under assumptions that can't be checked here",
		append([]column{layout.Words("Method: assumption").Filling()}, stanceColumns...)...)
	if r.Examination == nil || r.Summary.Audit != nil || r.Summary.Judged() < leastSensitive {
		return t
	}
	s := &r.Examination.Sensitivity
	if s.Adjusted == [corpus.NumStances]float64{} || math.IsNaN(s.Adjusted[0]) {
		return t
	}
	t.Add("adjusted count: usual errors", percents(s.Adjusted))
	t.Add("SLD: only the shares differ", percents(s.Shifted))
	return t
}

func percents(shares [corpus.NumStances]float64) (list [corpus.NumStances]string) {
	for k, share := range shares {
		list[k] = percent(share)
	}
	return list
}

// leastPairs is the number of replies from which the table of them is printed.
const leastPairs = 10

// replyTable has a row for each stance of a parent that was answered: the replies by
// their stance.
func replyTable(r *analysis.Result) table {
	t := layout.NewTable("Replies by the stance of what they answer", append([]column{layout.Words("Answered").Filling()}, stanceColumns...)...)
	if r.Examination == nil || r.Examination.Structure.Replies.Pairs < leastPairs {
		return t
	}
	for parent, replies := range r.Examination.Structure.Replies.Table {
		t.Add(corpus.Stance(parent), replies)
	}
	return t
}

// closerNotes say what the closer look found.
func closerNotes(r *analysis.Result) []string {
	x := r.Examination
	if x == nil {
		return nil
	}
	notes := append([]string{}, x.Weightings.Notes...)
	switch n := x.Weightings.Copies; {
	case n == 1:
		notes = append(notes, "1 comment is a copy of an earlier one, or nearly.")
	case n > 1:
		notes = append(notes, fmt.Sprintf("%d comments are copies of earlier ones, or nearly.", n))
	}
	if replies := &x.Structure.Replies; replies.Pairs >= leastPairs {
		notes = append(notes, fmt.Sprintf("%d of %d replies set doubt against support or support against doubt; at random there would be %s (p = %s).",
			replies.Opposing, replies.Pairs, strconv.FormatFloat(replies.Expected, 'f', 1, 64), strconv.FormatFloat(replies.OpposingP, 'f', 3, 64)))
	}
	return notes
}
