// Package reports writes judged threads for people and for programs.
//
//	analysis.Result → a document of blocks (internal/layout) → text, Markdown, parts of pages
//	analysis.Result → charts, comments with their evidence → HTML
//	analysis.Result → the structs of package serial → JSON, CSV, JSON lines, Parquet
//
// Every output is a value in the list that [Outputs] returns: a name, a line of
// documentation and a constructor. Values go in and bytes go to an io.Writer; the
// package computes no statistics, opens no file and asks no terminal for its
// width.
//
// Comments, author names and titles are hostile until cleaned. Text and Markdown
// show control characters and bidirectional overrides as U+FFFD, drop invisible
// characters and put everything on one line (internal/clean); Markdown escapes what
// would be markup. HTML keeps line breaks besides, escapes everything, and forbids the
// page to load or run anything but its own style and script. JSON keeps every character, the invisible ones as \u escapes.
// CSV keeps line breaks and invisible characters, shows control characters as
// U+FFFD, and puts an apostrophe before what a spreadsheet would run as a formula.
//
// The lists of outputs, their names and the JSON are kept to semantic versioning as package
// corpus says; the wording, and the look of what people read, change with any version.
package reports

import (
	"io"
	"iter"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/clean"
)

// Options say what the receiver of an output can show. Outputs for programs
// ignore all but Engines.
type Options struct {
	// Width is the number of columns of the terminal; 0 stands for 80, and less
	// than 60 counts as 60. No line of the text output is wider.
	Width int
	// Color marks evidence and headings with terminal escapes.
	Color bool
	// Plot draws the shares with their intervals under the tables of the text output.
	Plot bool
	// Engines adds to the CSV output, which has one header for all threads, a column
	// that says which engine judged.
	Engines bool
	// Length is how much the written summary tells.
	Length account.Length
}

// Writer writes threads one after the other.
type Writer interface {
	// Write appends one thread. The error is that of the underlying writer, or
	// tells a value that the output can't hold.
	Write(r *analysis.Result) error
	// Close ends the document. It doesn't close the underlying writer.
	Close() error
}

// Output is one way of writing threads.
type Output struct {
	Name string // as a user types it
	Doc  string // one line
	// Examined are the parts of the closer look at a thread that it shows.
	Examined analysis.Parts
	New      func(w io.Writer, o Options) Writer
}

// Called is the name.
func (o Output) Called() string { return o.Name }

// The parts of the closer look that have tables and notes, those that have charts, those
// that people are shown, and those that correct nothing and are shown on demand.
const (
	tabled      = analysis.Weightings | analysis.Structure | analysis.Talk
	Charted     = analysis.Weightings | analysis.Structure | analysis.Distinctive
	byDefault   = analysis.AllParts &^ Assumptions
	Assumptions = analysis.Sensitivity | analysis.Drift
)

// Outputs returns every output in the order in which help lists them.
func Outputs() []Output {
	return []Output{
		{"text", "tables for reading in a terminal", tabled, newText},
		{"html", "one page with charts, the comments and their evidence; opens from disk", byDefault, newHTML},
		{"markdown", "the same tables in Markdown", tabled, newMarkdown},
		{"json", "one JSON object per thread, one line each; the stable interface", analysis.AllParts, newJSON},
		{"csv", "one row per comment with one header for all threads", 0, newCSV},
	}
}

// OneLine is s as it can be shown on one line of a terminal, whoever wrote it.
func OneLine(s string) string { return clean.Line(s) }

// CleanText returns what a stranger wrote with its line breaks and without what acts on a
// terminal or turns the direction of writing. It isn't escaped.
func CleanText(s string) string { return clean.Text(s) }

// WriteAll writes threads, and closes the writer.
func WriteAll(w Writer, results iter.Seq2[*analysis.Result, error]) error {
	for r, err := range results {
		if err != nil {
			return err
		}
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return w.Close()
}
