package reports

import (
	"fmt"
	"io"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/layout"
	"stance.example/stance/reports/serial"
)

// newTextLayout returns a writer for a terminal as the options say.
func newTextLayout(w io.Writer, o Options) *layout.Text {
	return layout.NewText(w, o.Width, o.Color, o.Plot)
}

// threadWriter writes the tables of threads.
type threadWriter struct {
	out   layout.Writer
	color bool
	all   analysis.Overview
}

func newText(w io.Writer, o Options) Writer {
	return &threadWriter{out: newTextLayout(w, o), color: o.Color}
}

func newMarkdown(w io.Writer, _ Options) Writer { return &threadWriter{out: layout.NewMarkdown(w)} }

// Write implements Writer.
func (t *threadWriter) Write(r *analysis.Result) error {
	var d layout.Document
	if len(t.all.Threads) > 0 {
		d = append(d, layout.Break{})
	}
	t.all.Add(r)
	var told layout.Facts
	for _, f := range facts(r) {
		told = append(told, f.Label+": "+f.Value)
	}
	d = append(d, layout.Heading{Text: Title(r.Thread)}, layout.Says(counts(r)), told)
	d = append(d, layout.Tables(tables(r)...)...)
	if r.Summary.Judged() > 0 {
		d = append(d, layout.Picture{Lines: func(width int) []line { return plot(r.Summary.Stance, width) }})
	}
	notes := limits(r)
	if t.color && hasEvidence(r) {
		notes = append(notes, "Marked words are evidence for the stance; words only underlined speak against it.")
	}
	return t.out.Write(append(d, layout.Notes(notes)))
}

// Close implements Writer. Several threads end with what they come to together.
func (t *threadWriter) Close() error {
	if len(t.all.Threads) < 2 {
		return nil
	}
	t.all.Complete()
	return t.out.Write(append(layout.Document{layout.Break{}}, overviewDocument(&t.all, overviewTables(&t.all, mostTogether)[:1], mostTogether)...))
}

// mostTogether is how many threads are listed behind the tables of each.
const mostTogether = 50

// limits are the clean notes on what limits the reading of a thread and what the reading of
// the input left open.
func limits(r *analysis.Result) []string {
	return cleanLines(slices.Concat(account.Doubts(r), closerNotes(r), inputNotes(r.Thread)))
}

func hasEvidence(r *analysis.Result) bool {
	return slices.ContainsFunc(r.Judgements, func(j analysis.Judgement) bool { return len(j.Evidence) > 0 })
}

// OutputOf is one way of writing a T.
type OutputOf[T any] struct {
	Name string // as a user types it
	// Write writes it. What is for people lists so many rows at most, 0 for all; what is for
	// programs lists all.
	Write func(w io.Writer, v T, limit int, o Options) error
}

// Called is the name.
func (o OutputOf[T]) Called() string { return o.Name }

// Print writes as the one of the outputs that has the name.
func Print[T any](outputs []OutputOf[T], name string, w io.Writer, v T, limit int, o Options) error {
	for _, out := range outputs {
		if out.Name == name {
			return out.Write(w, v, limit, o)
		}
	}
	return fmt.Errorf("there is no output %q", name)
}

// outputsOf are those for people, of a document, then JSON and, unless it is nil, CSV.
func outputsOf[T any](title func(T) string, document func(v T, limit int) layout.Document, json func(T) any, csv func(T) *serial.Grid) []OutputOf[T] {
	var list []OutputOf[T]
	for _, name := range []string{"text", "html", "markdown"} {
		list = append(list, OutputOf[T]{name, func(w io.Writer, v T, limit int, o Options) error {
			return writeDocument(w, name, title(v), document(v, limit), o)
		}})
	}
	list = append(list, OutputOf[T]{"json", func(w io.Writer, v T, _ int, _ Options) error { return serial.Write(w, json(v)) }})
	if csv != nil {
		list = append(list, OutputOf[T]{"csv", func(w io.Writer, v T, _ int, _ Options) error { return csv(v).Write(w) }})
	}
	return list
}

// pageOutput is the place of HTML among them.
const pageOutput = 1

// writeDocument writes a document as the output of that name does, HTML as a page of that
// title.
func writeDocument(w io.Writer, output, title string, d layout.Document, o Options) error {
	switch output {
	case "text":
		return newTextLayout(w, o).Write(d)
	case "markdown":
		return layout.NewMarkdown(w).Write(d)
	}
	return newPages().write(w, page{Title: title, Body: layout.Section(d, 1)})
}
