package reports

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/serial"
)

// differsNote explains the mark of shares that differ from the others of their table.
const differsNote = "≠ marks a share that lies further from the mean of the table's other rows than chance, and how far threads differ among themselves, explain; of the shares so marked one in twenty is expected to be chance (false discovery rate 5 %)."

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
		t := table{
			Title: stanceHeads[s] + ": every two set against each other, in points",
			Columns: []column{
				{Head: "Of", Part: 7}, {Head: "Less", Part: 7}, {Head: "Difference", Right: true}, {Head: "p", Right: true}, {Head: "q", Right: true},
				{Head: "Comments", Short: "Com.", Right: true}, {Head: "Authors", Short: "Auth.", Right: true},
			},
		}
		for i := range pairs {
			p := &pairs[i]
			d := &p.Differences[s]
			of := points(d)
			if d.Known() && len(formsApart(p)) > 0 {
				of += otherFormMark
			}
			t.Rows = append(t.Rows, []line{
				author(p.Of.Name), author(p.Less.Name), {Text: of}, {Text: probability(d.P)}, {Text: probability(d.Q)},
				{Text: fmt.Sprintf("%d / %d", p.Of.Judged, p.Less.Judged)}, {Text: fmt.Sprintf("%d / %d", p.Of.Authors, p.Less.Authors)},
			})
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

// formsApart are the ways in which the form of two groups differs: "replies", "article".
func formsApart(p *analysis.Pair) []string {
	var list []string
	if _, _, apart := p.Replies(); apart {
		list = append(list, "replies")
	}
	if _, _, apart := p.Articles(); apart {
		list = append(list, "article")
	}
	return list
}

// mostForms is how many pairs of different form are named under the tables.
const mostForms = 6

// pairNotes say how the tables of pairs are to be read.
func pairNotes(pairs []analysis.Pair, limit int) []string {
	if len(pairs) == 0 {
		return []string{"There are no two rows with judged comments to set against each other."}
	}
	listed := listedPairs(pairs, limit)
	notes := []string{"A difference is the share of the one less that of the other, with its 95 % interval (Newcombe's of the two shares' intervals). p is the probability of so large a difference if there were none, q the same adjusted for all pairs and stances compared here (Benjamini and Hochberg). Both speak of these threads, not of others of the same kind."}
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
			apart = append(apart, fmt.Sprintf("%s has %s of its comments under the text of an article, %s %s", clean.Line(p.Of.Name), percent(of), clean.Line(p.Less.Name), percent(less)))
		}
	}
	if apart != nil {
		notes = append(notes, otherFormMark+" marks what may differ by the form of the threads alone: the model reads a reply, and a comment without its article, otherwise.")
	}
	for _, a := range apart[:min(len(apart), mostForms)] {
		notes = append(notes, otherFormMark+" "+a+".")
	}
	if more := len(apart) - mostForms; more > 0 {
		notes = append(notes, fmt.Sprintf("%s %s; -o json has all.", otherFormMark, Counted(more, "further difference")+" of form"))
	}
	return notes
}

// The documents of pairs in JSON.
type (
	differenceDoc struct {
		Difference float64 `json:"difference"`
		Low        float64 `json:"low"`
		High       float64 `json:"high"`
		P          float64 `json:"p"`
		Q          float64 `json:"q"`
	}
	pairDoc struct {
		Of   pairedDoc `json:"of"`
		Less pairedDoc `json:"less"`
		// OtherForm is the ways in which the form of the two differs.
		OtherForm  []string                        `json:"other_form,omitempty"`
		Difference *serial.ByStance[differenceDoc] `json:"difference,omitempty"` // absent without intervals
	}
	pairedDoc struct {
		Name     string  `json:"name"`
		Threads  int     `json:"threads"`
		Judged   int     `json:"judged"`
		Authors  int     `json:"authors"`
		Replies  float64 `json:"replies"`  // part of the judged comments
		Articled float64 `json:"articled"` // part of the judged comments
	}
)

func newDifferenceDoc(d compare.Difference) differenceDoc {
	return differenceDoc{d.Value, d.Low, d.High, d.P, d.Q}
}

func pairDocs(pairs []analysis.Pair) []pairDoc {
	if pairs == nil {
		return nil
	}
	docs := make([]pairDoc, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		replies, repliesLess, _ := p.Replies()
		articled, articledLess, _ := p.Articles()
		docs[i] = pairDoc{
			Of:        pairedDoc{p.Of.Name, p.Of.Threads, p.Of.Judged, p.Of.Authors, replies, articled},
			Less:      pairedDoc{p.Less.Name, p.Less.Threads, p.Less.Judged, p.Less.Authors, repliesLess, articledLess},
			OtherForm: formsApart(p),
		}
		if p.Differences[0].Known() {
			d := serial.PerStance(p.Differences, newDifferenceDoc)
			docs[i].Difference = &d
		}
	}
	return docs
}

// pairsCSV writes a row for each stance of each pair.
func pairsCSV(w io.Writer, pairs []analysis.Pair) error {
	g := serial.NewGrid("of", "less", "stance", "difference", "low", "high", "p", "q",
		"of_judged", "less_judged", "of_authors", "less_authors", "of_replies", "less_replies", "of_articled", "less_articled")
	for i := range pairs {
		p := &pairs[i]
		replies, repliesLess, _ := p.Replies()
		articled, articledLess, _ := p.Articles()
		for s, d := range p.Differences {
			g.Row(p.Of.Name, p.Less.Name, corpus.Stance(s).String(), d.Value, d.Low, d.High, d.P, d.Q,
				p.Of.Judged, p.Less.Judged, p.Of.Authors, p.Less.Authors, replies, repliesLess, articled, articledLess)
		}
	}
	return g.Write(w)
}
