package reports

import (
	"io"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/serial"
)

// Export is a flat table of many threads for other programs, a row for each comment or
// for each share.
type Export struct {
	Name string // as a user types it
	// New returns a writer in the form of that name, "csv", "jsonl" or "parquet", and
	// nil for any other.
	New func(form string, w io.Writer) Writer
}

// Exports returns every export.
func Exports() []Export {
	return []Export{
		{"comments", func(form string, w io.Writer) Writer { return newTable(form, w, (*serial.Result).CommentRows) }},
		{"shares", func(form string, w io.Writer) Writer { return newTable(form, w, (*serial.Result).ShareRows) }},
	}
}

// csvColumns are those of the CSV output.
const csvColumns = "source thread id parent author posted posted_as votes text stance p_skeptical p_relativist p_supportive p_none unsure polarity " +
	"valence evidence"

func newCSV(w io.Writer, o Options) Writer {
	columns := strings.Fields(csvColumns)
	if o.Engines {
		columns = append(columns, "engine")
	}
	return newTable("csv", w, (*serial.Result).CommentRows, columns...)
}

// tableWriter writes the rows of results.
type tableWriter[T any] struct {
	*serial.Rows[T]
	rows func(*serial.Result) []T
}

func newTable[T any](form string, w io.Writer, rows func(*serial.Result) []T, columns ...string) Writer {
	out := serial.NewRows[T](form, w, columns...)
	if out == nil {
		return nil
	}
	return &tableWriter[T]{out, rows}
}

// Write implements Writer.
func (t *tableWriter[T]) Write(r *analysis.Result) error {
	return t.Rows.Write(t.rows(serial.Of(r, nil)))
}
