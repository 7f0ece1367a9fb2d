package serial

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/reports/internal/clean"
)

// Rows writes the rows of many threads.
type Rows[T any] struct {
	form  string
	write func([]T) error
	close func() error
}

// NewRows returns a writer in the form of that name, "csv", "jsonl" or "parquet", and nil
// for any other. CSV has the columns that are named, or all.
func NewRows[T any](form string, w io.Writer, columns ...string) *Rows[T] {
	r := &Rows[T]{form: form}
	switch form {
	case "jsonl":
		r.write, r.close = jsonRows[T](w), func() error { return nil }
	case "csv":
		r.write, r.close = csvRows[T](w, columns)
	case "parquet":
		p := parquet.NewGenericWriter[T](w, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(mostRowsInGroup))
		r.write = func(rows []T) error { _, err := p.Write(rows); return err }
		r.close = p.Close
	default:
		return nil
	}
	return r
}

// mostRowsInGroup bounds what is held in memory for a Parquet file.
const mostRowsInGroup = 50_000

// Write writes rows with their numbers rounded.
func (r *Rows[T]) Write(rows []T) error {
	round(reflect.ValueOf(rows))
	return r.wrap(r.write(rows))
}

// Close ends what is written. It doesn't close the underlying writer.
func (r *Rows[T]) Close() error { return r.wrap(r.close()) }

func (r *Rows[T]) wrap(err error) error {
	if err != nil {
		return fmt.Errorf("writing %s: %w", r.form, err)
	}
	return nil
}

func jsonRows[T any](w io.Writer) func([]T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(rows []T) error {
		for i := range rows {
			if err := enc.Encode(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// csvRows writes a column for each field, with the names that JSON has. Cells are made
// harmless for spreadsheets.
func csvRows[T any](w io.Writer, columns []string) (write func([]T) error, end func() error) {
	out := csv.NewWriter(w)
	var header []string
	var fields []int
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		if len(columns) == 0 || slices.Contains(columns, name) {
			header, fields = append(header, name), append(fields, i)
		}
	}
	out.Write(header)
	write = func(rows []T) error {
		cells := make([]string, len(header))
		for i := range rows {
			row := reflect.ValueOf(&rows[i]).Elem()
			for k, field := range fields {
				cells[k] = cellOf(row.Field(field))
			}
			out.Write(cells)
		}
		out.Flush()
		return out.Error()
	}
	return write, func() error { out.Flush(); return out.Error() }
}

func cellOf(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case string:
		return clean.Cell(x)
	case float64:
		return decimal(x)
	case time.Time:
		return x.Format(time.RFC3339)
	case bool:
		return strconv.FormatBool(x)
	}
	return fmt.Sprint(v.Interface())
}

// Grid is rows of texts and numbers for CSV.
type Grid struct{ rows [][]string }

// NewGrid returns a grid of those first columns and no rows.
func NewGrid(head ...string) *Grid { return &Grid{[][]string{head}} }

// Head adds columns. It comes before the first row.
func (g *Grid) Head(names ...string) { g.rows[0] = append(g.rows[0], names...) }

// HeadShare adds the columns of the share of a stance.
func (g *Grid) HeadShare(stance string) {
	g.Head(stance, stance+"_share", stance+"_low", stance+"_high")
}

// Row begins a row with values; texts are made harmless and numbers rounded.
func (g *Grid) Row(values ...any) {
	g.rows = append(g.rows, nil)
	g.Add(values...)
}

// Add adds values to the row that was begun last.
func (g *Grid) Add(values ...any) {
	last := &g.rows[len(g.rows)-1]
	for _, v := range values {
		*last = append(*last, cellOf(reflect.ValueOf(v)))
	}
}

// AddShare adds a share to it.
func (g *Grid) AddShare(s aggregate.Share) { g.Add(s.Count, s.Share, s.Low, s.High) }

// Write writes the grid.
func (g *Grid) Write(w io.Writer) error {
	if err := csv.NewWriter(w).WriteAll(g.rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// decimal writes a number with the digits that mean something, nothing for one that is
// undefined.
func decimal(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(Rounded(x), 'f', -1, 64)
}
