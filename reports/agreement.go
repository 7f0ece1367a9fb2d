package reports

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// AgreementOutputs are the names of the outputs of an agreement.
func AgreementOutputs() []string { return []string{"text", "html", "markdown", "json"} }

// Agreement writes how far annotators agree as the output of that name does. The names are
// the annotators', or those of their files. Outputs for people list so many disputed comments
// at most, 0 for all; JSON has all.
func Agreement(w io.Writer, output string, a *audit.Agreement, names []string, limit int, options Options) error {
	if output == "json" {
		return agreementJSON(w, a, names)
	}
	return writeDocument(w, output, agreementTitle, agreementDocument(a, names, limit), options)
}

const agreementTitle = "Agreement of annotators"

func agreementDocument(a *audit.Agreement, names []string, limit int) layout.Document {
	d := layout.Document{layout.Lead{
		Head: agreementTitle,
		Text: fmt.Sprintf("%s labelled by two annotators or more, %d of them differently.", Counted(a.Comments, "comment"), len(a.Disputed)),
	}}
	if a.Comments == 0 {
		return d
	}
	d = append(d, coefficientTable(a), labelTable(a))
	if a.Confusion != nil {
		d = append(d, pairTable(a, names))
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
		passages.List = append(passages.List, disputedPassage(&disputed[i], names))
	}
	return append(d, passages, notes)
}

// coefficientTable has the coefficients over all labels.
func coefficientTable(a *audit.Agreement) table {
	t := table{Columns: []column{{Head: "Coefficient"}, {Head: "Value", Right: true}, {Head: "95 % interval", Short: "95 %"}}}
	add := func(name string, c audit.Coefficient) {
		t.Rows = append(t.Rows, cells(name, ratio(c.Value), between(c)))
	}
	add("Krippendorff's alpha", a.Alpha)
	if a.Confusion != nil {
		add("Cohen's kappa", a.Kappa)
	}
	return t
}

// labelTable has how far annotators agree on each label.
func labelTable(a *audit.Agreement) table {
	t := table{Title: "Each label against the others", Columns: []column{
		{Head: "Label"}, {Head: "Given", Right: true}, {Head: "Shared", Right: true}, {Head: "Alpha", Right: true}, {Head: "95 % interval", Short: "95 %"},
	}}
	for s, l := range a.Labels {
		shared := undefined
		if l.Given > 0 {
			shared = percent(l.Shared)
		}
		t.Rows = append(t.Rows, []line{named(corpus.Stance(s)), {Text: strconv.Itoa(l.Given)}, {Text: shared}, {Text: ratio(l.Alpha.Value)}, {Text: between(l.Alpha)}})
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
	return newTextLayout(w, o).Write(layout.Document{layout.Paragraph{Text: statedCase + ": " + clean.Line(claim), Indent: 2}})
}

// pairTable has what two annotators gave, one by the row and one by the column.
func pairTable(a *audit.Agreement, names []string) table {
	t := confusionTable("Stance", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.Title = fmt.Sprintf("By row %s, by column %s", clean.Line(names[0]), clean.Line(names[1]))
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
	if answered := parentOf(d.Place); answered != nil {
		about = append(about, "in reply to “"+layout.Plain(answered.Text).Cut(mostAnswered).Text+"”")
	}
	p.About = strings.Join(about, ", ")
	return p
}

// mostAnswered is how many columns are shown of what a disputed comment answers.
const mostAnswered = 200

// parentOf is the comment that is answered at a place, nil if none is known.
func parentOf(p *audit.Place) *corpus.Comment {
	comments := p.Thread.Comments
	if parent := comments[p.Index].Parent; parent != "" {
		if i := slices.IndexFunc(comments, func(c corpus.Comment) bool { return c.ID == parent }); i >= 0 {
			return &comments[i]
		}
	}
	return nil
}

type (
	agreementDoc struct {
		Annotators []string                               `json:"annotators"`
		Comments   int                                    `json:"comments"`
		Alpha      *coefficientDoc                        `json:"alpha,omitempty"`
		Kappa      *coefficientDoc                        `json:"kappa,omitempty"`
		Labels     serial.ByStance[labelAgreementDoc]     `json:"labels"`
		Confusion  *serial.ByStance[serial.ByStance[int]] `json:"confusion,omitempty"`
		Disputed   []disputedDoc                          `json:"disputed"`
	}
	coefficientDoc struct {
		Value float64  `json:"value"`
		Low   *float64 `json:"low,omitempty"`
		High  *float64 `json:"high,omitempty"`
	}
	labelAgreementDoc struct {
		Given  int             `json:"given"`
		Shared *float64        `json:"shared,omitempty"`
		Alpha  *coefficientDoc `json:"alpha,omitempty"`
	}
	disputedDoc struct {
		Thread  string   `json:"thread,omitempty"`
		Comment string   `json:"id"`
		Labels  []string `json:"stances"` // by annotator, "" for none
		Title   string   `json:"title,omitempty"`
		Text    string   `json:"text,omitempty"`
		Answers string   `json:"parent_text,omitempty"`
	}
)

func newCoefficientDoc(c audit.Coefficient) *coefficientDoc {
	if math.IsNaN(c.Value) {
		return nil
	}
	return &coefficientDoc{c.Value, serial.Defined(c.Low), serial.Defined(c.High)}
}

func agreementJSON(w io.Writer, a *audit.Agreement, names []string) error {
	doc := agreementDoc{
		Annotators: names, Comments: a.Comments, Alpha: newCoefficientDoc(a.Alpha), Kappa: newCoefficientDoc(a.Kappa), Disputed: []disputedDoc{},
		Labels: serial.PerStance(a.Labels, func(l audit.LabelAgreement) labelAgreementDoc {
			return labelAgreementDoc{l.Given, serial.Defined(l.Shared), newCoefficientDoc(l.Alpha)}
		}),
	}
	if a.Confusion != nil {
		c := serial.Confusion(a.Confusion)
		doc.Confusion = &c
	}
	for _, d := range a.Disputed {
		row := disputedDoc{Thread: d.First.Thread, Comment: d.First.Comment}
		for _, l := range d.Labels {
			name := ""
			if l != audit.Unlabelled {
				name = corpus.Stance(l).String()
			}
			row.Labels = append(row.Labels, name)
		}
		if p := d.Place; p != nil {
			row.Title, row.Text = p.Thread.Article.Title, p.Thread.Comments[p.Index].Text
			if answered := parentOf(p); answered != nil {
				row.Answers = answered.Text
			}
		}
		doc.Disputed = append(doc.Disputed, row)
	}
	return serial.Write(w, &doc)
}
