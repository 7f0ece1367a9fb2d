package reports

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// NamedMeasure is a measure of some threads: of all, or of one source.
type NamedMeasure struct {
	Name string
	analysis.Measure
}

// Measures writes what judgements are worth against annotations, as tables for a
// terminal.
func Measures(w io.Writer, measures []NamedMeasure, o Options) error {
	for i, m := range measures {
		d := layout.Document{
			layout.Heading{Text: clean.Line(m.Name)},
			layout.Says(fmt.Sprintf("%s of %s", Counted(m.Stance.Confusion.Total(), "annotated comment"), Counted(m.Threads, "thread"))),
		}
		if i > 0 {
			d = append(layout.Document{layout.Break{}}, d...)
		}
		d = append(d, layout.Tables(classTable("Stance", m.Stance), confusionTable("Stance", m.Stance), curveTable(m.Curve), classTable("Sentiment", m.Polarity))...)
		if err := newTextLayout(w, o).Write(append(d, layout.Notes(measureNotes(m)))); err != nil {
			return err
		}
	}
	return nil
}

// measureNotes are the figures that have no table.
func measureNotes(m NamedMeasure) []string {
	var notes []string
	if q := m.Stance; !math.IsNaN(q.Low) {
		notes = append(notes, fmt.Sprintf("The 95 %% interval of the stance's macro-F1, resampling %s, is [%s–%s].", resampled(&q), ratio(q.Low), ratio(q.High)))
	}
	if !math.IsNaN(m.ECE) {
		notes = append(notes, fmt.Sprintf("The stance's probabilities are off by %s on average (expected calibration error).", ratio(m.ECE)))
	}
	if m.Withheld > 0 {
		notes = append(notes, fmt.Sprintf("%s left out: they are not judged, for their language or because the expected error is above the bound.",
			Counted(m.Withheld, "annotated comment")))
	}
	if m.Alien > 0 {
		notes = append(notes, fmt.Sprintf("%s left out: the model doesn't know the label.", Counted(m.Alien, "annotated comment")))
	}
	if !math.IsNaN(m.ShareError) {
		notes = append(notes, fmt.Sprintf("The shares of threads with 20 comments or more are off by %s on average.", ratio(m.ShareError)))
	}
	return notes
}

// classTable has a row for each class, and macro-F1 and accuracy below. It has no
// rows if nothing was annotated.
func classTable(what string, q analysis.Quality) table {
	t := layout.NewTable("", layout.Words(what), layout.Numbers("Precision").Or("Prec."), layout.Numbers("Recall"),
		layout.Numbers("F1"), layout.Numbers("Annotated").Or("Ann."), layout.Numbers("Given"))
	c := q.Confusion
	if c.Total() == 0 {
		return t
	}
	for class, label := range q.Labels {
		t.Add(label, ratio(c.Precision(class)), ratio(c.Recall(class)), ratio(c.F1(class)), c.Support(class), c.Predicted(class))
	}
	t.Total = layout.Row("macro-F1, accuracy", "", ratio(c.Accuracy()), ratio(c.MacroF1()), c.Total(), c.Total())
	return t
}

// confusionTable has a row for each annotated class and a column for each one given.
func confusionTable(what string, q analysis.Quality) table {
	const title = "What was given, by what was annotated"
	if q.Confusion.Total() == 0 {
		return table{Title: title}
	}
	t := layout.NewTable(title, layout.Words(what))
	for truth, label := range q.Labels {
		t.Columns = append(t.Columns, column{Head: label, Right: true})
		t.Add(label, q.Confusion.Counts[truth])
	}
	return t
}

// curveTable has a row for each part of the comments that is judged, the surest
// first.
func curveTable(curve []evaluate.Point) table {
	t := layout.NewTable("Wrong stances if only the surest comments are judged", layout.Numbers("Judged"), layout.Numbers("From"),
		layout.Numbers("Wrong"))
	for _, p := range curve {
		if !math.IsNaN(p.Risk) {
			t.Add(percent(p.Coverage), ratio(p.Threshold), percent(p.Risk))
		}
	}
	return t
}

// ratio prints a number between 0 and 1 with three decimals.
func ratio(v float64) string {
	if math.IsNaN(v) {
		return undefined
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// measureJSON is a measure as JSON has it. Ratios without a denominator are left
// out.
type measureJSON struct {
	Name       string       `json:"name"`
	Threads    int          `json:"threads"`
	Withheld   int          `json:"withheld,omitempty"`
	Alien      int          `json:"unknown_labels,omitempty"`
	Stance     *qualityJSON `json:"stance,omitempty"`
	Polarity   *qualityJSON `json:"polarity,omitempty"`
	ECE        *float64     `json:"calibration_error,omitempty"`
	ShareError *float64     `json:"share_error,omitempty"`
	Curve      []pointJSON  `json:"risk_coverage,omitempty"`
}

type qualityJSON struct {
	Comments int                       `json:"comments"`
	MacroF1  *float64                  `json:"macro_f1,omitempty"`
	Low      *float64                  `json:"low,omitempty"`
	High     *float64                  `json:"high,omitempty"`
	Accuracy *float64                  `json:"accuracy,omitempty"`
	Classes  map[string]classJSON      `json:"classes"`
	Given    map[string]map[string]int `json:"confusion"`
}

type classJSON struct {
	Precision *float64 `json:"precision,omitempty"`
	Recall    *float64 `json:"recall,omitempty"`
	F1        *float64 `json:"f1,omitempty"`
	Annotated int      `json:"annotated"`
	Given     int      `json:"given"`
}

type pointJSON struct {
	Coverage  float64  `json:"coverage"`
	Threshold *float64 `json:"threshold,omitempty"`
	Risk      *float64 `json:"risk,omitempty"`
}

// MeasuresJSON writes measures as JSON, one object a line.
func MeasuresJSON(w io.Writer, measures []NamedMeasure) error {
	for _, m := range measures {
		out := measureJSON{Name: m.Name, Threads: m.Threads, Withheld: m.Withheld, Alien: m.Alien, Stance: qualityOf(m.Stance),
			Polarity: qualityOf(m.Polarity), ECE: serial.Defined(m.ECE), ShareError: serial.Defined(m.ShareError)}
		for _, p := range m.Curve {
			out.Curve = append(out.Curve, pointJSON{Coverage: p.Coverage, Threshold: serial.Defined(p.Threshold), Risk: serial.Defined(p.Risk)})
		}
		if err := serial.Write(w, &out); err != nil {
			return err
		}
	}
	return nil
}

func qualityOf(q analysis.Quality) *qualityJSON {
	c := q.Confusion
	if c.Total() == 0 {
		return nil
	}
	out := &qualityJSON{
		Comments: c.Total(), MacroF1: serial.Defined(c.MacroF1()), Low: serial.Defined(q.Low), High: serial.Defined(q.High), Accuracy: serial.Defined(c.Accuracy()),
		Classes: map[string]classJSON{}, Given: map[string]map[string]int{},
	}
	for class, label := range q.Labels {
		out.Classes[label] = classJSON{serial.Defined(c.Precision(class)), serial.Defined(c.Recall(class)), serial.Defined(c.F1(class)), c.Support(class),
			c.Predicted(class)}
		out.Given[label] = map[string]int{}
		for given, n := range c.Counts[class] {
			out.Given[label][q.Labels[given]] = n
		}
	}
	return out
}

// resampled is what the interval of a quality rests on.
func resampled(q *analysis.Quality) string {
	if q.ByComment {
		return "the comments of the one thread"
	}
	return "whole threads"
}
