package reports

import (
	"fmt"
	"io"
	"math"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// Annotators are how far they agree, and their names, or those of their files.
type Annotators struct {
	*audit.Agreement
	Names []string
}

// AgreementOutputs returns every output of an agreement. The rows that those for people list
// are the disputed comments.
func AgreementOutputs() []OutputOf[Annotators] {
	return outputsOf(func(Annotators) string { return agreementTitle }, agreementDocument,
		func(a Annotators) any { return serial.NewAgreement(a.Agreement, a.Names) }, nil)
}

const agreementTitle = "Agreement of annotators"

func agreementDocument(a Annotators, limit int) layout.Document {
	d := layout.Document{layout.Lead{
		Head: agreementTitle,
		Text: fmt.Sprintf("%s labelled by two annotators or more, %d of them differently.", Counted(a.Comments, "comment"), len(a.Disputed)),
	}}
	if a.Comments == 0 {
		return d
	}
	d = append(d, coefficientTable(a.Agreement), labelTable(a.Agreement))
	if a.Confusion != nil {
		d = append(d, pairTable(a))
	}
	notes := layout.Notes{"Shared is the probability that another annotator of the comment gave the label as well."}
	if a.Comments < audit.LeastBounded {
		notes = append(notes, fmt.Sprintf("Fewer than %d comments are too few for intervals.", audit.LeastBounded))
	} else {
		notes = append(notes, "The intervals are those of comments drawn at random, as if those of one thread were independent.")
	}
	disputed := a.Disputed
	if limit > 0 && limit < len(disputed) {
		disputed = disputed[:limit]
		notes = append(notes, fmt.Sprintf("%d of %d comments labelled differently are listed.", limit, len(a.Disputed)))
	}
	passages := layout.Passages{Title: "Labelled differently"}
	for i := range disputed {
		passages.List = append(passages.List, disputedPassage(&disputed[i], a.Names))
	}
	return append(d, passages, notes)
}

// coefficientTable has the coefficients over all labels.
func coefficientTable(a *audit.Agreement) table {
	t := layout.NewTable("", layout.Words("Coefficient"), layout.Numbers("Value"), layout.Words("95 % interval").Or("95 %"))
	t.Add("Krippendorff's alpha", ratio(a.Alpha.Value), between(a.Alpha))
	if a.Confusion != nil {
		t.Add("Cohen's kappa", ratio(a.Kappa.Value), between(a.Kappa))
	}
	return t
}

// labelTable has how far annotators agree on each label.
func labelTable(a *audit.Agreement) table {
	t := layout.NewTable("Each label against the others", layout.Words("Label"), layout.Numbers("Given"), layout.Numbers("Shared"),
		layout.Numbers("Alpha"), layout.Words("95 % interval").Or("95 %"))
	for s, l := range a.Labels {
		shared := undefined
		if l.Given > 0 {
			shared = percent(l.Shared)
		}
		t.Add(named(corpus.Stance(s)), l.Given, shared, ratio(l.Alpha.Value), between(l.Alpha))
	}
	return t
}

// between is the interval of a coefficient, "" if there is none.
func between(c audit.Coefficient) string {
	if math.IsNaN(c.Value) || math.IsNaN(c.Low) {
		return ""
	}
	return fmt.Sprintf("[%s to %s]", ratio(c.Low), ratio(c.High))
}

// Stated writes the case of an article as a language model states it, for a terminal.
func Stated(w io.Writer, claim string, o Options) error {
	return newTextLayout(w, o).Write(layout.Document{layout.Paragraph{Parts: []layout.Part{{Text: statedCase + ": " + clean.Line(claim)}}, Indent: 2}})
}

// pairTable has what two annotators gave, one by the row and one by the column.
func pairTable(a Annotators) table {
	t := confusionTable("Stance", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.Title = fmt.Sprintf("By row %s, by column %s", clean.Line(a.Names[0]), clean.Line(a.Names[1]))
	return t
}

// disputedPassage says who gave which label to a comment and, where it was looked up, what it
// says and answers.
func disputedPassage(d *audit.Disputed, names []string) layout.Passage {
	var gave []string
	for k, l := range d.Labels {
		if l != audit.Unlabelled {
			gave = append(gave, clean.Line(names[k])+" "+corpus.Stance(l).String())
		}
	}
	p := layout.Passage{Head: strings.TrimSpace(clean.Line(d.First.Thread)+" "+clean.Line(d.First.Comment)) + ": " + strings.Join(gave, ", ")}
	if d.Place == nil {
		return p
	}
	c := &d.Place.Thread.Comments[d.Place.Index]
	p.Text = clean.Line(c.Text)
	about := []string{"on “" + Title(d.Place.Thread) + "”"}
	if answered := d.Place.Answered(); answered != nil {
		about = append(about, "in reply to “"+layout.Plain(answered.Text).Cut(mostAnswered).Text+"”")
	}
	p.About = strings.Join(about, ", ")
	return p
}

// mostAnswered is how many columns are shown of what a disputed comment answers.
const mostAnswered = 200
