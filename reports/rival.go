package reports

import (
	"io"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// kappaRow is a pair of those who gave stances.
type kappaRow struct {
	first, second string
	confusion     *evaluate.Confusion
	kappa         float64
}

func kappaRows(v *analysis.Rivalry) []kappaRow {
	engines, embedded, model := v.Kappas()
	const person = "annotations"
	return []kappaRow{
		{person, analysis.LanguageModel, v.Model, model},
		{person, analysis.Embedded, v.Embedded, embedded},
		{analysis.LanguageModel, analysis.Embedded, v.Engines, engines},
	}
}

// Rivalry writes how far two engines and the annotations agree, for a terminal, below
// their measures.
func Rivalry(w io.Writer, v *analysis.Rivalry, o Options) error {
	kappas := layout.NewTable("Agreement on the comments that the language model judged", layout.Words("One"), layout.Words("Other"),
		layout.Numbers("Comments"), layout.Numbers("Alike"), layout.Numbers("Cohen's kappa").Or("Kappa"))
	for _, r := range kappaRows(v) {
		kappas.Add(r.first, r.second, r.confusion.Total(), percent(r.confusion.Accuracy()), ratio(r.kappa))
	}
	return newTextLayout(w, o).Write(layout.Document{layout.Blank{}, kappas})
}

type rivalryDoc struct {
	Name     string   `json:"name"`
	One      string   `json:"one"`
	Other    string   `json:"other"`
	Comments int      `json:"comments"`
	Alike    *float64 `json:"alike,omitempty"`
	Kappa    *float64 `json:"kappa,omitempty"`
}

// RivalryJSON writes the same as JSON, one object a line for each pair.
func RivalryJSON(w io.Writer, v *analysis.Rivalry) error {
	for _, r := range kappaRows(v) {
		if err := serial.Write(w, &rivalryDoc{"Agreement", r.first, r.second, r.confusion.Total(), serial.Defined(r.confusion.Accuracy()),
			serial.Defined(r.kappa)}); err != nil {
			return err
		}
	}
	return nil
}
