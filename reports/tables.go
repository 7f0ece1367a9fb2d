package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/layout"
)

// tables returns the tables of a thread. Those without rows are left out.
func tables(r *analysis.Result) []table {
	var list []table
	for _, t := range []table{
		commentTable(r), stanceTable(r), auditTable(r), sensitivityTable(r), weightingTable(r), replyTable(r), threadTopics(r), actorTable(r), authorTable(r),
	} {
		if !t.Empty() {
			list = append(list, t)
		}
	}
	return list
}

// commentTable has a row for each comment, in the order of the input.
func commentTable(r *analysis.Result) table {
	columns := []column{layout.Numbers("#"), layout.Words("Author").Within(6), layout.Words("Stance"), layout.Numbers("Sure"),
		layout.Words("Sentiment").Or("Sent.").Initials(), layout.Words("Comment").Filling()}
	if r.Model != nil {
		columns = slices.Insert(columns, byEngine, layout.Words("By"))
	}
	t := layout.NewTable("", columns...)
	if len(r.Thread.Comments) == 0 {
		return t
	}
	places := newPlaces(r.Thread.Comments)
	t.Made = func(yield func([]line) bool) {
		for i := range r.Thread.Comments {
			if !yield(commentRow(r, places, i)) {
				return
			}
		}
	}
	return t
}

// commentRow is the row of a comment.
func commentRow(r *analysis.Result, places places, i int) []line {
	c, j, arrow := &r.Thread.Comments[i], &r.Judgements[i], places.arrow(i)
	var judged []line
	switch {
	case j.Judged:
		judged = layout.Row(named(j.Stance), sureness(j), j.Polarity, excerpt(c.Text, j.Evidence).After(arrow))
	case c.Aside != "" && !c.Removed:
		judged = layout.Row(c.Aside, "", "", layout.Plain(c.Text).After(arrow))
	case j.Withheld && j.Language != "":
		judged = layout.Row(undefined, "", "", layout.Plain(c.Text).After(arrow))
	case j.Withheld:
		judged = layout.Row(undefined, "", j.Polarity, layout.Plain(c.Text).After(arrow))
	default:
		judged = layout.Row("", "", "", arrow+"(removed)")
	}
	row := layout.Row(i+1, author(c.Author), judged)
	if r.Model != nil {
		row = slices.Insert(row, byEngine, line{Text: engineOf(j)})
	}
	return row
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
	t := layout.NewTable("", slices.Concat([]column{layout.Words("Stance")}, polarityColumns, []column{layout.Numbers("Judged so"),
		layout.Numbers("Share"), layout.Numbers("95 % interval").Or("Interval")})...)
	s := &r.Summary
	if s.Judged() == 0 {
		return t
	}
	for k, share := range s.Stance {
		t.Add(named(corpus.Stance(k)), s.Cross[k], share.Count, percent(share.Share), bounds(share))
	}
	t.Total = layout.Row("all", s.Polarity, s.Judged(), percent(1), "")
	return t
}

// mostAuthors is how many authors have a row in the table of authors.
const mostAuthors = 100

// authorTable has a row for each author of more than one comment, or those of the most if there are very
// many: the serialised result has all.
func authorTable(r *analysis.Result) table {
	title, authors := "Readers with more than one comment", r.Summary.Recurring
	if len(authors) > mostAuthors {
		title = fmt.Sprintf("The %d readers with the most comments, of %s with more than one", mostAuthors, Counted(len(authors), "reader"))
		authors = authors[:mostAuthors]
	}
	t := layout.NewTable(title,
		slices.Concat([]column{layout.Words("Author").Filling(), commentsColumn}, stanceColumns, []column{layout.Words("Stance varies").Or("Varies")})...)
	for _, a := range authors {
		varies := "no"
		if a.Varies {
			varies = "yes"
		}
		t.Add(author(a.Name), a.Comments, a.Stance, varies)
	}
	return t
}

// Columns that many tables have, of numbers.
var (
	stanceColumns = []column{layout.Numbers("Skeptical").Or("Skept."), layout.Numbers("Relativist").Or("Relat."),
		layout.Numbers("Supportive").Or("Supp."), layout.Numbers("None")}
	polarityColumns = []column{layout.Numbers("Negative").Or("Neg."), layout.Numbers("Neutral").Or("Neu."), layout.Numbers("Positive").Or("Pos.")}
	shareColumns    = []column{layout.Numbers("Skeptical"), layout.Numbers("Relativist"), layout.Numbers("Supportive")}
	threadsColumn   = layout.Numbers("Threads").Or("Thr.")
	commentsColumn  = layout.Numbers("Comments").Or("Com.")
)

// auditTable has, for the comments labelled by hand, what the model would have
// given them without their labels. It has no rows if there was no audit.
func auditTable(r *analysis.Result) table {
	a := r.Summary.Audit
	if a == nil {
		return table{}
	}
	t := confusionTable("Label", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.Title = "Labelled by hand, and what would have been judged without the label"
	return t
}

// actorTable has a row for each actor of the article: the mean valence of the words
// about it, by the stance of the comment, with the number of comments.
func actorTable(r *analysis.Result) table {
	t := layout.NewTable("Feeling toward the article's actors, from -1 to 1 (comments that name them)",
		append([]column{layout.Words("Actor").Filling(), layout.Words("Side").Optional(), layout.Numbers("All")}, stanceColumns...)...)
	t.Columns[len(t.Columns)-1].Spare = true
	for _, a := range r.Actors {
		var toward []string
		for _, f := range a.Stance {
			toward = append(toward, feelingToward(f))
		}
		t.Add(layout.Plain(a.Name), a.Side, feelingToward(a.All), toward)
	}
	return t
}

func feelingToward(f actors.Feeling) string {
	if f.Comments == 0 {
		return undefined
	}
	return fmt.Sprintf("%+.2f (%d)", f.Valence, f.Comments)
}
