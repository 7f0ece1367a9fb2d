package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

// differsNote explains the mark of shares that differ from the others of their table.
const differsNote = "≠ marks a share that lies further from the mean of the table's other rows than chance, " +
	"and how far threads differ among themselves, explain; of the shares so marked one in twenty is expected to be chance (false discovery rate 5 %)."

// otherFormMark stands beside a difference of groups that aren't of one form.
const otherFormMark = "†"

// pairTables are the differences of every two groups, a table for each stance. Of more pairs
// than the limit those are listed whose smallest q is the smallest.
func pairTables(pairs []analysis.Pair, limit int) []table {
	pairs = listedPairs(pairs, limit)
	if len(pairs) == 0 {
		return nil
	}
	var list []table
	for _, s := range sided {
		t := layout.NewTable(stanceHeads[s]+": every two set against each other, in points",
			layout.Words("Of").Within(7), layout.Words("Less").Within(7), layout.Numbers("Difference"), layout.Numbers("p"),
			layout.Numbers("q"), commentsColumn, layout.Numbers("Authors").Or("Auth."))
		for i := range pairs {
			p := &pairs[i]
			d := &p.Differences[s]
			of := points(d)
			if d.Known() && len(p.FormsApart()) > 0 {
				of += otherFormMark
			}
			t.Add(author(p.Of.Name), author(p.Less.Name), of, probability(d.P), probability(d.Q),
				fmt.Sprintf("%d / %d", p.Of.Judged, p.Less.Judged), fmt.Sprintf("%d / %d", p.Of.Authors, p.Less.Authors))
		}
		list = append(list, t)
	}
	return list
}

// listedPairs are as many of the pairs as the limit lets through, 0 for all, in their order.
func listedPairs(pairs []analysis.Pair, limit int) []analysis.Pair {
	if limit == 0 || len(pairs) <= limit {
		return pairs
	}
	least := make([]float64, len(pairs))
	order := all(len(pairs))
	for i := range pairs {
		least[i] = math.Inf(1)
		for _, d := range pairs[i].Differences {
			if d.Q < least[i] {
				least[i] = d.Q
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(least[a], least[b]) })
	order = order[:limit]
	slices.Sort(order)
	listed := make([]analysis.Pair, limit)
	for i, k := range order {
		listed[i] = pairs[k]
	}
	return listed
}

// probability writes a p or a q with three decimals.
func probability(p float64) string {
	switch {
	case math.IsNaN(p):
		return undefined
	case p < 0.0005:
		return "<0.001"
	}
	return strconv.FormatFloat(p, 'f', 3, 64)
}

// mostForms is how many pairs of different form are named under the tables.
const mostForms = 6

// pairNotes say how the tables of pairs are to be read.
func pairNotes(pairs []analysis.Pair, limit int) []string {
	if len(pairs) == 0 {
		return []string{"There are no two rows with judged comments to set against each other."}
	}
	listed := listedPairs(pairs, limit)
	notes := []string{"A difference is the share of the one less that of the other, with its 95 % interval (Newcombe's of the two shares' intervals). " +
		"p is the probability of so large a difference if there were none, q the same adjusted for all pairs and stances compared here (Benjamini and " +
		"Hochberg). Both speak of these threads, not of others of the same kind."}
	if len(listed) < len(pairs) {
		notes = append(notes, fmt.Sprintf("The %d of %d pairs with the smallest q are listed.", len(listed), len(pairs)))
	}
	var apart []string
	for i := range listed {
		p := &listed[i]
		if of, less, differ := p.Replies(); differ {
			apart = append(apart, fmt.Sprintf("%s has %s replies, %s %s", clean.Line(p.Of.Name), percent(of), clean.Line(p.Less.Name), percent(less)))
		}
		if of, less, differ := p.Articles(); differ {
			apart = append(apart, fmt.Sprintf("%s has %s of its comments under the text of an article, %s %s", clean.Line(p.Of.Name), percent(of),
				clean.Line(p.Less.Name), percent(less)))
		}
	}
	if apart != nil {
		notes = append(notes, otherFormMark+" marks what may differ by the form of the threads alone: the model reads a reply, "+
			"and a comment without its article, otherwise.")
	}
	for _, a := range apart[:min(len(apart), mostForms)] {
		notes = append(notes, otherFormMark+" "+a+".")
	}
	if more := len(apart) - mostForms; more > 0 {
		notes = append(notes, fmt.Sprintf("%s %s; -o json has all.", otherFormMark, Counted(more, "further difference")+" of form"))
	}
	return notes
}
