package reports

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stance.example/stance/analysis"
)

func exported(t *testing.T, name, form string) []byte {
	t.Helper()
	for _, e := range Exports() {
		if e.Name != name {
			continue
		}
		var b bytes.Buffer
		w := e.New(form, &b)
		for _, r := range []*analysis.Result{ferry(), library(), hostile()} {
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	t.Fatalf("there is no export %q", name)
	return nil
}

// The three forms hold the same rows: JSON lines, Parquet but for the precision of
// times, and CSV but for what is made harmless.
func TestExportFormsAgree(t *testing.T) {
	for _, name := range []string{"comments", "shares"} {
		var fromJSON []map[string]any
		for l := range bytes.Lines(exported(t, name, "jsonl")) {
			var row map[string]any
			if err := json.Unmarshal(l, &row); err != nil {
				t.Fatal(err)
			}
			fromJSON = append(fromJSON, row)
		}
		content := exported(t, name, "parquet")
		file, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		rows := parquet.NewReader(file)
		table, err := csv.NewReader(bytes.NewReader(exported(t, name, "csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(table) != len(fromJSON)+1 || int(rows.NumRows()) != len(fromJSON) || len(fromJSON) == 0 {
			t.Fatalf("%s: %d rows of JSON, %d of Parquet, %d of CSV with the head", name, len(fromJSON), rows.NumRows(), len(table))
		}
		for i, want := range fromJSON {
			got := map[string]any{}
			if err := rows.Read(&got); err != nil {
				t.Fatal(err)
			}
			for k, column := range table[0] {
				w := want[column]
				if column == "posted" {
					continue
				}
				if g := got[column]; fmt.Sprint(plainOf(g)) != fmt.Sprint(plainOf(w)) {
					t.Errorf("%s, row %d, %s: %v in Parquet, %v in JSON", name, i, column, g, w)
				}
				if cell := table[i+1][k]; (cell == "") != (w == nil || w == "") {
					t.Errorf("%s, row %d, %s: %q in CSV, %v in JSON", name, i, column, cell, w)
				}
			}
		}
	}
}

// plainOf makes the values of the two readers comparable.
func plainOf(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	case int64:
		return float64(v)
	}
	return v
}

func TestExportCSVIsHarmless(t *testing.T) {
	table := string(exported(t, "comments", "csv"))
	if strings.Contains(table, "\x1b") || strings.Contains(table, ",=HYPERLINK") || strings.Contains(table, "\n=") {
		t.Errorf("harmful text came through:\n%s", table)
	}
}

func TestExportForms(t *testing.T) {
	for _, e := range Exports() {
		if e.New("xlsx", nil) != nil {
			t.Errorf("%s: a form that isn't there was given", e.Name)
		}
	}
}
