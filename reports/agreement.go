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
	"stance.example/stance/reports/serial"
)

// AgreementOutputs are the names of the outputs of an agreement.
func AgreementOutputs() []string { return []string{"text", "html", "markdown", "json"} }

// Agreement writes how far annotators agree as the output of that name does. The names are
// the annotators', or those of their files. Outputs for people list so many disputed comments
// at most, 0 for all; JSON has all.
func Agreement(w io.Writer, output string, a *audit.Agreement, names []string, limit int, options Options) error {
	s := newAgreementSheet(a, names, limit)
	switch output {
	case "text":
		return s.text(w, options)
	case "html":
		return s.html(w)
	case "markdown":
		return s.markdown(w)
	}
	return agreementJSON(w, a, names)
}

func newAgreementSheet(a *audit.Agreement, names []string, limit int) *sheet {
	s := &sheet{
		title: "Agreement of annotators", head: "Agreement of annotators",
		words: fmt.Sprintf("%s labelled by two annotators or more, %d of them differently.", Counted(a.Comments, "comment"), len(a.Disputed)),
	}
	if a.Comments == 0 {
		return s
	}
	s.tables = []table{coefficientTable(a), labelTable(a)}
	if a.Confusion != nil {
		s.tables = append(s.tables, pairTable(a, names))
	}
	s.notes = []string{"Shared is the probability that another annotator of the comment gave the label as well."}
	if a.Comments < audit.LeastBounded {
		s.notes = append(s.notes, fmt.Sprintf("Fewer than %d comments are too few for intervals.", audit.LeastBounded))
	} else {
		s.notes = append(s.notes, "The intervals are those of comments drawn at random, as if those of one thread were independent.")
	}
	disputed := a.Disputed
	if limit > 0 && limit < len(disputed) {
		disputed = disputed[:limit]
		s.notes = append(s.notes, fmt.Sprintf("%d of %d comments labelled differently are listed.", limit, len(a.Disputed)))
	}
	for i := range disputed {
		s.passages = append(s.passages, disputedPassage(&disputed[i], names))
	}
	if disputed != nil {
		s.passagesTitle = "Labelled differently"
	}
	return s
}

// coefficientTable has the coefficients over all labels.
func coefficientTable(a *audit.Agreement) table {
	t := table{columns: []column{{head: "Coefficient"}, {head: "Value", right: true}, {head: "95 % interval", short: "95 %"}}}
	add := func(name string, c audit.Coefficient) {
		t.rows = append(t.rows, cells(name, ratio(c.Value), between(c)))
	}
	add("Krippendorff's alpha", a.Alpha)
	if a.Confusion != nil {
		add("Cohen's kappa", a.Kappa)
	}
	return t
}

// labelTable has how far annotators agree on each label.
func labelTable(a *audit.Agreement) table {
	t := table{title: "Each label against the others", columns: []column{
		{head: "Label"}, {head: "Given", right: true}, {head: "Shared", right: true}, {head: "Alpha", right: true}, {head: "95 % interval", short: "95 %"},
	}}
	for s, l := range a.Labels {
		shared := undefined
		if l.Given > 0 {
			shared = percent(l.Shared)
		}
		t.rows = append(t.rows, []line{named(corpus.Stance(s)), {text: strconv.Itoa(l.Given)}, {text: shared}, {text: ratio(l.Alpha.Value)}, {text: between(l.Alpha)}})
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
	t := newText(w, o).(*textWriter)
	t.paragraph(statedCase+": "+clean.Line(claim), 2, unmarked)
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// pairTable has what two annotators gave, one by the row and one by the column.
func pairTable(a *audit.Agreement, names []string) table {
	t := confusionTable("Stance", analysis.Quality{Labels: corpus.StanceNames(), Confusion: a.Confusion})
	t.title = fmt.Sprintf("By row %s, by column %s", clean.Line(names[0]), clean.Line(names[1]))
	return t
}

// disputedPassage says who gave which label to a comment and, where it was looked up, what it
// says and answers.
func disputedPassage(d *audit.Disputed, names []string) passage {
	var gave []string
	for k, l := range d.Labels {
		if l != audit.Unlabelled {
			gave = append(gave, clean.Line(names[k])+" "+corpus.Stance(l).String())
		}
	}
	p := passage{head: strings.TrimSpace(clean.Line(d.First.Thread)+" "+clean.Line(d.First.Comment)) + ": " + strings.Join(gave, ", ")}
	if d.Place == nil {
		return p
	}
	c := &d.Place.Thread.Comments[d.Place.Index]
	p.text = clean.Line(c.Text)
	about := []string{"on “" + Title(d.Place.Thread) + "”"}
	if answered := parentOf(d.Place); answered != nil {
		about = append(about, "in reply to “"+plain(answered.Text).cut(mostAnswered).text+"”")
	}
	p.about = strings.Join(about, ", ")
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
