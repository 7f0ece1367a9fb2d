package serial

import (
	"math"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

type (
	// Agreement is how far annotators agree.
	Agreement struct {
		Annotators []string                 `json:"annotators"`
		Comments   int                      `json:"comments"`
		Alpha      *Coefficient             `json:"alpha,omitempty"`
		Kappa      *Coefficient             `json:"kappa,omitempty"`
		Labels     ByStance[LabelAgreement] `json:"labels"`
		Confusion  *ByStance[ByStance[int]] `json:"confusion,omitempty"`
		Disputed   []Disputed               `json:"disputed"`
	}
	// Coefficient is a coefficient of agreement.
	Coefficient struct {
		Value float64  `json:"value"`
		Low   *float64 `json:"low,omitempty"`
		High  *float64 `json:"high,omitempty"`
	}
	// LabelAgreement is how far they agree on a label.
	LabelAgreement struct {
		Given  int          `json:"given"`
		Shared *float64     `json:"shared,omitempty"`
		Alpha  *Coefficient `json:"alpha,omitempty"`
	}
	// Disputed is a comment with different labels.
	Disputed struct {
		Thread  string   `json:"thread,omitempty"`
		Comment string   `json:"id"`
		Labels  []string `json:"stances"` // by annotator, "" for none
		Title   string   `json:"title,omitempty"`
		Text    string   `json:"text,omitempty"`
		Answers string   `json:"parent_text,omitempty"`
	}
)

// NewAgreement is the document of an agreement of annotators of those names.
func NewAgreement(a *audit.Agreement, names []string) *Agreement {
	d := &Agreement{
		Annotators: names, Comments: a.Comments, Alpha: newCoefficient(a.Alpha), Kappa: newCoefficient(a.Kappa), Disputed: make([]Disputed, len(a.Disputed)),
		Labels: PerStance(a.Labels, func(l audit.LabelAgreement) LabelAgreement {
			return LabelAgreement{l.Given, Defined(l.Shared), newCoefficient(l.Alpha)}
		}),
	}
	if a.Confusion != nil {
		c := Confusion(a.Confusion)
		d.Confusion = &c
	}
	for i := range a.Disputed {
		d.Disputed[i] = newDisputed(&a.Disputed[i])
	}
	return d
}

func newCoefficient(c audit.Coefficient) *Coefficient {
	if math.IsNaN(c.Value) {
		return nil
	}
	return &Coefficient{c.Value, Defined(c.Low), Defined(c.High)}
}

func newDisputed(d *audit.Disputed) Disputed {
	doc := Disputed{Thread: d.First.Thread, Comment: d.First.Comment, Labels: make([]string, len(d.Labels))}
	for k, l := range d.Labels {
		if l != audit.Unlabelled {
			doc.Labels[k] = corpus.Stance(l).String()
		}
	}
	if p := d.Place; p != nil {
		doc.Title, doc.Text = p.Thread.Article.Title, p.Thread.Comments[p.Index].Text
		if answered := p.Answered(); answered != nil {
			doc.Answers = answered.Text
		}
	}
	return doc
}
