// Package serial is the one serialised form of results: what JSON says, what the rows of
// CSV, JSON lines and Parquet are made of, and what a database keeps.
//
//	analysis.Result → Result → JSON, one line a thread
//	                         → CommentRow, ShareRow → CSV, JSON lines, Parquet
//	                         → a document for each thread and comment, and back
//
// [Of] and [Result.Result] are inverse to each other, but for the closer look, the notes in
// words and the problems of the input, which don't come back. Numbers are exact until
// [Write] or a writer of rows rounds them.
package serial

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

// ByStance holds a value for each stance.
type ByStance[T any] struct {
	Skeptical  T `json:"skeptical"`
	Relativist T `json:"relativist"`
	Supportive T `json:"supportive"`
	None       T `json:"none"`
}

// PerStance makes a value of each of a list.
func PerStance[A, B any](list [corpus.NumStances]A, of func(A) B) ByStance[B] {
	return ByStance[B]{
		Skeptical:  of(list[corpus.Skeptical]),
		Relativist: of(list[corpus.Relativist]),
		Supportive: of(list[corpus.Supportive]),
		None:       of(list[corpus.None]),
	}
}

// Stances is the list as it is.
func Stances[T any](list [corpus.NumStances]T) ByStance[T] {
	return PerStance(list, func(x T) T { return x })
}

// list is the inverse of Stances.
func (b *ByStance[T]) list() [corpus.NumStances]T {
	return [corpus.NumStances]T{corpus.Skeptical: b.Skeptical, corpus.Relativist: b.Relativist, corpus.Supportive: b.Supportive, corpus.None: b.None}
}

// ByPolarity holds a value for each polarity.
type ByPolarity[T any] struct {
	Negative T `json:"negative"`
	Neutral  T `json:"neutral"`
	Positive T `json:"positive"`
}

// Polarities is a list of values by polarity.
func Polarities[T any](list [corpus.NumPolarities]T) ByPolarity[T] {
	return ByPolarity[T]{list[corpus.Negative], list[corpus.Neutral], list[corpus.Positive]}
}

// list is the inverse of Polarities.
func (b *ByPolarity[T]) list() [corpus.NumPolarities]T {
	return [corpus.NumPolarities]T{corpus.Negative: b.Negative, corpus.Neutral: b.Neutral, corpus.Positive: b.Positive}
}

// known is nil where all is zero, as of an engine that has no probabilities.
func known[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// Defined is nil for a ratio without a denominator.
func Defined(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// orNaN is the inverse of Defined.
func orNaN(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// Marshal encodes a value as it is. It fails for numbers that JSON has no name for.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Write writes what v points to as one line of JSON, with its numbers rounded, which
// changes v, and its invisible and disruptive characters escaped. Nothing is written of a
// value that can't be encoded.
func Write(w io.Writer, v any) error {
	round(reflect.ValueOf(v))
	b, err := Marshal(v)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	writeVisibly(out, append(b, '\n'))
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// WriteResult writes what Write does of the document of a result, without holding the
// documents of all its comments at once.
func WriteResult(w io.Writer, r *analysis.Result, notes []string) error {
	d := around(r, notes)
	d.Comments = []Comment{}
	round(reflect.ValueOf(d))
	b, err := Marshal(d)
	if err != nil {
		return err
	}
	before, after, _ := bytes.Cut(b, []byte(`"comments":[]`)) // in a text the quotation marks are escaped
	comment := func(i int) ([]byte, error) {
		c := newComment(&r.Thread.Comments[i], &r.Judgements[i], r.Model != nil)
		round(reflect.ValueOf(&c))
		return Marshal(&c)
	}
	for i := range r.Judgements { // so that nothing is written of what can't be encoded
		if _, err := comment(i); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(w)
	writeVisibly(out, before)
	out.WriteString(`"comments":[`)
	for i := range r.Judgements {
		b, err := comment(i)
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		writeVisibly(out, b)
	}
	out.WriteByte(']')
	writeVisibly(out, after)
	out.WriteByte('\n')
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// Rounded keeps four decimals, more than any of the numbers mean, so that machines
// that differ in the last bit write the same.
func Rounded(x float64) float64 {
	return math.Round(x*1e4)/1e4 + 0 // + 0 turns -0 into 0
}

// round rounds every number that v leads to.
func round(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			round(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				round(v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			round(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			round(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Float64:
		v.SetFloat(Rounded(v.Float()))
	}
}

// writeVisibly writes a JSON document with its invisible and disruptive characters
// escaped, which leaves every value as it is. encoding/json does so only below
// U+0020. The zero-width joiner stays, for the sake of emoji.
func writeVisibly(w *bufio.Writer, document []byte) {
	for len(document) > 0 {
		r, size := utf8.DecodeRune(document)
		switch {
		case r == '\n' || r == clean.ZeroWidthJoiner || !clean.Disruptive(r) && !unicode.Is(unicode.Cf, r):
			w.Write(document[:size])
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(w, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(w, `\u%04x`, r)
		}
		document = document[size:]
	}
}
