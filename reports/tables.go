package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/layout"
)

// tables returns the tables of a thread. Those without rows are left out.
func tables(r *analysis.Result) []table {
	var list []table
	for _, t := range []table{
		commentTable(r), stanceTable(r), auditTable(r), sensitivityTable(r), weightingTable(r), replyTable(r), threadTopics(r), actorTable(r), authorTable(r),
	} {
		if len(t.Rows) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// commentTable has a row for each comment, in the order of the input.
func commentTable(r *analysis.Result) table {
	t := table{Columns: []column{
		{Head: "#", Right: true},
		{Head: "Author", Part: 6},
		{Head: "Stance"},
		{Head: "Sure", Right: true},
		{Head: "Sentiment", Short: "Sent.", Abbreviated: true},
		{Head: "Comment", Rest: true},
	}}
	if r.Model != nil {
		t.Columns = slices.Insert(t.Columns, byEngine, column{Head: "By"})
	}
	places := newPlaces(r.Thread.Comments)
	for i := range r.Thread.Comments {
		c, j := &r.Thread.Comments[i], &r.Judgements[i]
		row := []line{{Text: strconv.Itoa(i + 1)}, author(c.Author)}
		switch {
		case j.Judged:
			row = append(row,
				named(j.Stance),
				line{Text: sureness(j)},
				line{Text: j.Polarity.String()},
				excerpt(c.Text, j.Evidence).After(places.arrow(i)),
			)
		case c.Aside != "" && !c.Removed:
			row = append(append(row, cells(string(c.Aside), "", "")...), layout.Plain(c.Text).After(places.arrow(i)))
		case j.Withheld:
			feeling := j.Polarity.String()
			if j.Language != "" {
				feeling = ""
			}
			row = append(append(row, cells(undefined, "", feeling)...), layout.Plain(c.Text).After(places.arrow(i)))
		default:
			row = append(row, cells("", "", "", places.arrow(i)+"(removed)")...)
		}
		if r.Model != nil {
			row = slices.Insert(row, byEngine, line{Text: engineOf(j)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// byEngine is the place of the column that says which engine judged, where a language
// model was asked.
const byEngine = 3

// engineOf is the engine that judged a comment, if it was judged and not by hand.
func engineOf(j *analysis.Judgement) string {
	if !j.Judged || j.Annotated {
		return ""
	}
	return j.Engine()
}

// author names a comment's author.
func author(name string) line {
	if l := layout.Plain(name); l.Text != "" {
		return l
	}
	return line{Text: undefined}
}

// sureness is the probability of the stance decided on, with a question mark in
// place of a space where the judgement is unsure. A label by hand has none, and a
// language model may have none.
func sureness(j *analysis.Judgement) string {
	if j.Annotated {
		return "hand "
	}
	flag := " "
	if j.Unsure {
		flag = "?"
	}
	p, known := j.Probability()
	if !known {
		return undefined + " "
	}
	return fmt.Sprintf("%.2f%s", p, flag)
}

// places knows where each comment stands in the tree.
type places struct {
	parent []int // index of the parent, -1 if there is none in the thread
}

func newPlaces(comments []corpus.Comment) places {
	return places{parent: corpus.Parents(comments)}
}

// deepest is the depth from which replies are no longer indented further.
const deepest = 4

// arrow is what stands before the words of a reply: its depth as indentation and
// the number of the comment it answers, which need not be the one above. A
// top-level comment has none.
func (p places) arrow(i int) string {
	depth := p.depth(i, deepest)
	if depth == 0 {
		return ""
	}
	return strings.Repeat(" ", depth-1) + "↳" + strconv.Itoa(p.parent[i]+1) + " "
}

// depth is how far below the top level a comment stands, at most so far.
func (p places) depth(i, most int) int {
	depth := 0
	for j := p.parent[i]; j >= 0 && depth < most; j = p.parent[j] {
		depth++
	}
	return depth
}

// stanceTable has a row for each stance: the comments judged so, by polarity, then the
// share.
func stanceTable(r *analysis.Result) table {
	t := table{Columns: slices.Concat([]column{{Head: "Stance"}}, polarityColumns(), []column{
		{Head: "Judged so", Right: true}, {Head: "Share", Right: true}, {Head: "95 % interval", Short: "Interval", Right: true},
	})}
	s := &r.Summary
	if s.Judged() == 0 {
		return t
	}
	for k, share := range s.Stance {
		t.Rows = append(t.Rows, slices.Concat([]line{named(corpus.Stance(k))}, numbers(s.Cross[k][:]...), numbers(share.Count),
			cells(percent(share.Share), bounds(share))))
	}
	t.Total = slices.Concat(cells("all"), numbers(s.Polarity[:]...), numbers(s.Judged()), cells(percent(1), ""))
	return t
}

// authorTable has a row for each author of more than one comment.
func authorTable(r *analysis.Result) table {
	t := table{
		Title:   "Readers with more than one comment",
		Columns: slices.Concat([]column{{Head: "Author", Rest: true}, commentsColumn()}, stanceColumns(), []column{{Head: "Stance varies", Short: "Varies"}}),
	}
	for _, a := range r.Summary.Recurring {
		varies := "no"
		if a.Varies {
			varies = "yes"
		}
		t.Rows = append(t.Rows, slices.Concat([]line{author(a.Name)}, numbers(a.Comments), numbers(a.Stance[:]...), cells(varies)))
	}
	return t
}

// stanceColumns are a column of numbers for each stance.
func stanceColumns() []column {
	return []column{
		{Head: "Skeptical", Short: "Skept.", Right: true},
		{Head: "Relativist", Short: "Relat.", Right: true},
		{Head: "Supportive", Short: "Supp.", Right: true},
		{Head: "None", Right: true},
	}
}

// polarityColumns are a column of numbers for each polarity.
func polarityColumns() []column {
	return []column{
		{Head: "Negative", Short: "Neg.", Right: true},
		{Head: "Neutral", Short: "Neu.", Right: true},
		{Head: "Positive", Short: "Pos.", Right: true},
	}
}

func threadsColumn() column { return column{Head: "Threads", Short: "Thr.", Right: true} }

func commentsColumn() column { return column{Head: "Comments", Short: "Com.", Right: true} }

func numbers(list ...int) []line {
	cells := make([]line, len(list))
	for i, n := range list {
		cells[i] = line{Text: strconv.Itoa(n)}
	}
	return cells
}
