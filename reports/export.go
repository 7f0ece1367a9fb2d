package reports

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
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
		{"comments", func(form string, w io.Writer) Writer { return newExport(form, w, exportedComments) }},
		{"shares", func(form string, w io.Writer) Writer { return newExport(form, w, exportedShares) }},
	}
}

// commentRow is a comment with its judgement. Pointers are nil for what is absent.
type commentRow struct {
	Source      string     `json:"source" parquet:"source,dict"`
	Thread      *string    `json:"thread,omitempty" parquet:"thread,optional,dict"`
	Title       *string    `json:"title,omitempty" parquet:"title,optional,dict"`
	URL         *string    `json:"url,omitempty" parquet:"url,optional,dict"`
	Site        *string    `json:"site,omitempty" parquet:"site,optional,dict"`
	Position    int64      `json:"position" parquet:"position"`
	ID          string     `json:"id" parquet:"id"`
	Parent      *string    `json:"parent,omitempty" parquet:"parent,optional"`
	Author      *string    `json:"author,omitempty" parquet:"author,optional"`
	Posted      *time.Time `json:"posted,omitempty" parquet:"posted,optional,timestamp(microsecond)"`
	PostedAs    *string    `json:"posted_as,omitempty" parquet:"posted_as,optional"`
	Votes       *int64     `json:"votes,omitempty" parquet:"votes,optional"`
	Text        string     `json:"text" parquet:"text"`
	Removed     bool       `json:"removed" parquet:"removed"`
	Aside       *string    `json:"aside,omitempty" parquet:"aside,optional,dict"`
	Withheld    bool       `json:"withheld" parquet:"withheld"`
	Annotated   bool       `json:"annotated" parquet:"annotated"`
	Stance      *string    `json:"stance,omitempty" parquet:"stance,optional,dict"`
	PSkeptical  *float64   `json:"p_skeptical,omitempty" parquet:"p_skeptical,optional"`
	PRelativist *float64   `json:"p_relativist,omitempty" parquet:"p_relativist,optional"`
	PSupportive *float64   `json:"p_supportive,omitempty" parquet:"p_supportive,optional"`
	PNone       *float64   `json:"p_none,omitempty" parquet:"p_none,optional"`
	Unsure      *bool      `json:"unsure,omitempty" parquet:"unsure,optional"`
	Polarity    *string    `json:"polarity,omitempty" parquet:"polarity,optional,dict"`
	Valence     *float64   `json:"valence,omitempty" parquet:"valence,optional"`
	Sarcasm     *float64   `json:"sarcasm,omitempty" parquet:"sarcasm,optional"`
	Engine      *string    `json:"engine,omitempty" parquet:"engine,optional,dict"` // where a language model was asked
}

// shareRow is the share of a stance in a thread.
type shareRow struct {
	Source   string   `json:"source" parquet:"source,dict"`
	Thread   *string  `json:"thread,omitempty" parquet:"thread,optional,dict"`
	Title    *string  `json:"title,omitempty" parquet:"title,optional,dict"`
	URL      *string  `json:"url,omitempty" parquet:"url,optional,dict"`
	Site     *string  `json:"site,omitempty" parquet:"site,optional,dict"`
	Day      *string  `json:"day,omitempty" parquet:"day,optional,dict"`
	Judged   int64    `json:"judged" parquet:"judged"`
	Labelled int64    `json:"labelled" parquet:"labelled"`
	Stance   string   `json:"stance" parquet:"stance,dict"`
	Count    int64    `json:"count" parquet:"count"`
	Share    *float64 `json:"share,omitempty" parquet:"share,optional"`
	Low      *float64 `json:"low,omitempty" parquet:"low,optional"`
	High     *float64 `json:"high,omitempty" parquet:"high,optional"`
}

func exportedComments(r *analysis.Result) []commentRow {
	t := r.Thread
	rows := make([]commentRow, len(t.Comments))
	for i := range t.Comments {
		c, j := &t.Comments[i], &r.Judgements[i]
		row := commentRow{
			Source: t.Source, Thread: present(t.ID), Title: present(t.Article.Title), URL: present(t.Article.URL), Site: present(t.Article.Site),
			Position: int64(i + 1), ID: c.ID, Parent: present(c.Parent), Author: present(c.Author), PostedAs: present(c.PostedAs),
			Text: c.Text, Removed: c.Removed, Aside: present(string(c.Aside)), Withheld: j.Withheld, Annotated: j.Annotated,
		}
		if !c.Posted.IsZero() {
			row.Posted = &c.Posted
		}
		if c.Votes != nil {
			votes := int64(*c.Votes)
			row.Votes = &votes
		}
		if j.Judged || j.Withheld {
			if _, known := j.Probability(); known {
				p := &j.Probabilities
				row.PSkeptical, row.PRelativist = defined(p[corpus.Skeptical]), defined(p[corpus.Relativist])
				row.PSupportive, row.PNone = defined(p[corpus.Supportive]), defined(p[corpus.None])
			}
			row.Unsure = &j.Unsure
		}
		if j.Judged {
			row.Stance, row.Polarity = present(j.Stance.String()), present(j.Polarity.String())
			row.Valence, row.Sarcasm = defined(j.Valence), defined(j.Sarcasm)
			if r.Model != nil {
				row.Engine = present(engineOf(j))
			}
		}
		rows[i] = row
	}
	return rows
}

func exportedShares(r *analysis.Result) []shareRow {
	t := r.Thread
	rows := make([]shareRow, corpus.NumStances)
	for s, share := range r.Summary.Stance {
		rows[s] = shareRow{
			t.Source, present(t.ID), present(t.Article.Title), present(t.Article.URL), present(t.Article.Site), present(t.Day()),
			int64(r.Summary.Judged()), int64(r.Summary.Labelled),
			corpus.Stance(s).String(), int64(share.Count), defined(share.Share), defined(share.Low), defined(share.High),
		}
	}
	return rows
}

// present is nil for what is absent.
func present(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// exporter writes the rows of results.
type exporter[T any] struct {
	form  string
	rows  func(*analysis.Result) []T
	write func([]T) error
	close func() error
}

func newExport[T any](form string, w io.Writer, rows func(*analysis.Result) []T) Writer {
	e := &exporter[T]{form: form, rows: rows}
	switch form {
	case "jsonl":
		e.write, e.close = jsonRows[T](w), func() error { return nil }
	case "csv":
		e.write, e.close = csvRows[T](w)
	case "parquet":
		p := parquet.NewGenericWriter[T](w, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(mostRowsInGroup))
		e.write = func(rows []T) error { _, err := p.Write(rows); return err }
		e.close = p.Close
	default:
		return nil
	}
	return e
}

// mostRowsInGroup bounds what is held in memory for a Parquet file.
const mostRowsInGroup = 50_000

// Write implements Writer.
func (e *exporter[T]) Write(r *analysis.Result) error { return e.wrap(e.write(e.rows(r))) }

// Close implements Writer.
func (e *exporter[T]) Close() error { return e.wrap(e.close()) }

func (e *exporter[T]) wrap(err error) error {
	if err != nil {
		return fmt.Errorf("writing %s: %w", e.form, err)
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
// harmless as in the CSV output.
func csvRows[T any](w io.Writer) (write func([]T) error, end func() error) {
	out := csv.NewWriter(w)
	kind := reflect.TypeFor[T]()
	header := make([]string, kind.NumField())
	for i := range header {
		header[i], _, _ = strings.Cut(kind.Field(i).Tag.Get("json"), ",")
	}
	out.Write(header)
	write = func(rows []T) error {
		cells := make([]string, len(header))
		for i := range rows {
			row := reflect.ValueOf(&rows[i]).Elem()
			for k := range cells {
				cells[k] = cellOf(row.Field(k))
			}
			out.Write(cells)
		}
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
		return field(x)
	case float64:
		return decimal(x)
	case time.Time:
		return x.Format(time.RFC3339)
	case bool:
		return strconv.FormatBool(x)
	}
	return fmt.Sprint(v.Interface())
}
