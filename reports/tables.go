package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// tables returns the tables of a thread. Those without rows are left out.
func tables(r *analysis.Result) []table {
	var list []table
	for _, t := range []table{commentTable(r), stanceTable(r), auditTable(r), sensitivityTable(r), weightingTable(r), replyTable(r), threadTopics(r), actorTable(r), authorTable(r)} {
		if len(t.rows) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// commentTable has a row for each comment, in the order of the input.
func commentTable(r *analysis.Result) table {
	t := table{columns: []column{
		{head: "#", right: true},
		{head: "Author", part: 6},
		{head: "Stance"},
		{head: "Sure", right: true},
		{head: "Sentiment", short: "Sent.", abbreviated: true},
		{head: "Comment", rest: true},
	}}
	if r.Model != nil {
		t.columns = slices.Insert(t.columns, byEngine, column{head: "By"})
	}
	places := newPlaces(r.Thread.Comments)
	for i := range r.Thread.Comments {
		c, j := &r.Thread.Comments[i], &r.Judgements[i]
		row := []line{{text: strconv.Itoa(i + 1)}, author(c.Author)}
		switch {
		case j.Judged:
			row = append(row,
				named(j.Stance),
				line{text: sureness(j)},
				line{text: j.Polarity.String()},
				excerpt(c.Text, j.Evidence).after(places.arrow(i)),
			)
		case c.Aside != "" && !c.Removed:
			row = append(row, line{text: string(c.Aside)}, line{}, line{}, excerpt(c.Text, nil).after(places.arrow(i)))
		case j.Withheld && j.Language != "":
			row = append(row, line{text: undefined}, line{}, line{}, excerpt(c.Text, nil).after(places.arrow(i)))
		case j.Withheld:
			row = append(row, line{text: undefined}, line{}, line{text: j.Polarity.String()}, excerpt(c.Text, nil).after(places.arrow(i)))
		default:
			row = append(row, line{}, line{}, line{}, line{text: places.arrow(i) + "(removed)"})
		}
		if r.Model != nil {
			row = slices.Insert(row, byEngine, line{text: engineOf(j)})
		}
		t.rows = append(t.rows, row)
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
	if l := plain(name); l.text != "" {
		return l
	}
	return line{text: undefined}
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
	t := table{columns: []column{
		{head: "Stance"},
		{head: "Negative", short: "Neg.", right: true},
		{head: "Neutral", short: "Neu.", right: true},
		{head: "Positive", short: "Pos.", right: true},
		{head: "Judged so", right: true},
		{head: "Share", right: true},
		{head: "95 % interval", short: "Interval", right: true},
	}}
	s := &r.Summary
	if s.Judged() == 0 {
		return t
	}
	for k, share := range s.Stance {
		row := []line{named(corpus.Stance(k))}
		row = append(row, numbers(s.Cross[k][:])...)
		row = append(row, numbers([]int{share.Count})...)
		t.rows = append(t.rows, append(row, line{text: percent(share.Share)}, line{text: bounds(share)}))
	}
	t.total = []line{{text: "all"}}
	t.total = append(t.total, numbers(s.Polarity[:])...)
	t.total = append(t.total, numbers([]int{s.Judged()})...)
	t.total = append(t.total, line{text: percent(1)}, line{})
	return t
}

// authorTable has a row for each author of more than one comment.
func authorTable(r *analysis.Result) table {
	t := table{
		title: "Readers with more than one comment",
		columns: []column{
			{head: "Author", rest: true},
			{head: "Comments", short: "Com.", right: true},
			{head: "Skeptical", short: "Skept.", right: true},
			{head: "Relativist", short: "Relat.", right: true},
			{head: "Supportive", short: "Supp.", right: true},
			{head: "None", right: true},
			{head: "Stance varies", short: "Varies"},
		},
	}
	for _, a := range r.Summary.Recurring {
		varies := "no"
		if a.Varies {
			varies = "yes"
		}
		row := append([]line{author(a.Name)}, numbers([]int{a.Comments})...)
		row = append(row, numbers(a.Stance[:])...)
		t.rows = append(t.rows, append(row, line{text: varies}))
	}
	return t
}

func numbers(list []int) []line {
	cells := make([]line, len(list))
	for i, n := range list {
		cells[i] = line{text: strconv.Itoa(n)}
	}
	return cells
}
