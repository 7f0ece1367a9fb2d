package reports

import (
	_ "embed" // for the schemas
	"fmt"
	"io"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/serial"
)

//go:embed schema/analyse.schema.json
var schema string

//go:embed schema/report.schema.json
var overviewSchema string

// Schema returns the JSON Schema (draft 2020-12) of a line of the JSON output.
func Schema() string { return schema }

// jsonWriter writes one object per thread.
type jsonWriter struct{ w io.Writer }

func newJSON(w io.Writer, _ Options) Writer { return jsonWriter{w} }

// Write implements Writer.
func (j jsonWriter) Write(r *analysis.Result) error {
	if err := serial.WriteResult(j.w, r, append([]string{}, account.Doubts(r)...)); err != nil {
		return fmt.Errorf("thread %q of %s: %w", r.Thread.ID, r.Thread.Source, err)
	}
	return nil
}

// Close implements Writer.
func (j jsonWriter) Close() error { return nil }
