package reports

import (
	"fmt"
	"math"
	"strconv"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/layout"
)

// weightingTable sets the shares by other ways of counting beside those by comment. It
// has rows only if a way changes the answer.
func weightingTable(r *analysis.Result) table {
	t := layout.NewTable("Shares counted in other ways", append([]string{"Counted*"}, stanceColumns...)...)
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
	t := layout.NewTable("Shares under assumptions that can't be checked here", append([]string{"Method: assumption*"}, stanceColumns...)...)
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
	t := layout.NewTable("Replies by the stance of what they answer", append([]string{"Answered*"}, stanceColumns...)...)
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
