package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

// undefined stands for a ratio without a denominator.
const undefined = "–"

// Counted returns "1 comment", "2 comments", "0 comments".
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// percent returns a share as "67 %", "–" if it's undefined.
func percent(share float64) string {
	if math.IsNaN(share) {
		return undefined
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// bounds returns an interval in percent as "[35–88]", "–" if it's undefined
// and "exact" where there is none.
func bounds(s aggregate.Share) string {
	switch {
	case math.IsNaN(s.Low) || math.IsNaN(s.High):
		return undefined
	case s.Exact():
		return "exact"
	}
	return fmt.Sprintf("[%.0f–%.0f]", 100*s.Low, 100*s.High)
}

// Title is the headline of the article, or else its source or ID, on one clean line that isn't
// escaped.
func Title(t *corpus.Thread) string {
	for _, s := range []string{t.Article.Title, t.Source, t.ID} {
		if s := clean.Line(s); s != "" {
			return s
		}
	}
	return "Untitled thread"
}

// counts says how many comments by how many readers a thread has, and how many the
// page announces if that differs.
func counts(r *analysis.Result) string {
	s := fmt.Sprintf("%s by %s", Counted(r.Summary.Comments, "comment"), readers(&r.Summary))
	if d := r.Thread.DeclaredComments; d != 0 && d != len(r.Thread.Comments) {
		s += fmt.Sprintf("; the page announces %d", d)
	}
	return s
}

// readers names the authors, of whom some or all may be unknown.
func readers(s *aggregate.Summary) string {
	switch {
	case s.Authors == 0 && s.Unknown > 0:
		return "unknown readers"
	case s.Unknown > 0:
		return Counted(s.Authors, "known reader") + " and unknown ones"
	}
	return Counted(s.Authors, "reader")
}

// statedCase labels the case that a language model stated.
const statedCase = "Case, in the model's words"

// fact is a clean statement about a thread, and where it leads, "" for nowhere.
type fact struct{ Label, Value, Href string }

// facts are the statements under the title of a thread.
func facts(r *analysis.Result) []fact {
	var list []fact
	add := func(label string, values ...string) {
		if v := clean.Line(strings.Join(values, ", ")); v != "" {
			list = append(list, fact{Label: label, Value: v})
		}
	}
	if r.Thread.Article.Title != "" {
		add("Source", r.Thread.Source)
	}
	if r.Model != nil && r.Model.Stated {
		add(statedCase, r.Case)
	} else {
		add("Case", r.Case)
	}
	add("For", r.For...)
	add("Against", r.Against...)
	return list
}

// mostRemarks is how many remarks on the reading of an input are printed whole.
const mostRemarks = 6

// inputNotes are what the reader of the input assumed, found odd or left out.
func inputNotes(t *corpus.Thread) []string {
	var notes []string
	for i := range t.Problems[:min(len(t.Problems), mostRemarks)] {
		p := &t.Problems[i]
		place := ""
		if p.Line > 0 {
			place = fmt.Sprintf("line %d: ", p.Line)
		}
		notes = append(notes, "Reading the input, "+place+p.Message)
	}
	if more := len(t.Problems) - len(notes); more > 0 {
		notes = append(notes, fmt.Sprintf("Reading the input: %s.", Counted(more, "further remark")))
	}
	if n := len(t.Unused); n > 0 {
		notes = append(notes, fmt.Sprintf("Reading the input: %s in neither the article nor a comment.", Counted(n, "line")))
	}
	return notes
}
