package jsonl

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unsafe"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/wellformed"
)

// foreignError is a JSON value that isn't a thread.
type foreignError struct{ reason string }

func (e *foreignError) Error() string { return "JSON, but not a thread: " + e.reason }

// decode gives the thread of one JSON value that begins at a line of the file to yield, in parts if
// it takes more memory than the limit. It returns whether more is wanted.
func decode(file string, at int, value []byte, limit int, yield func(*corpus.Thread) bool) (bool, error) {
	var r record
	if err := json.Unmarshal(value, &r); err != nil {
		return true, explain(err)
	}
	if r.Comments == nil {
		return true, withoutComments(value)
	}
	h := r.header
	var whole corpus.Thread
	if err := r.name(&whole, &h); err != nil {
		return true, err
	}
	h.fill(&whole)
	t, held, worded := whole, 0, false
	for c, err := range comments(r.Comments) {
		if err != nil {
			return true, err
		}
		worded = worded || c.Text != nil || c.Removed
		if held > limit && worded {
			wellformed.Ensure(file, &t)
			if !yield(new(t)) {
				return false, nil
			}
			t, held = whole, 0
			t.Problems = []corpus.Problem{{
				File: file, Line: at, Level: corpus.Warning, Oversize: true,
				Message: fmt.Sprintf("thread %q takes more than %d MB of memory: the comments from here on are taken as another thread", t.ID, limit>>20),
			}}
		}
		t.Comments = append(t.Comments, c.comment(at))
		held += perComment + len(t.Comments[len(t.Comments)-1].Text)
	}
	r.Comments = nil // which the thread outlives
	if !worded && len(t.Comments) > 0 {
		return true, &foreignError{`no comment has a "text"`}
	}
	wellformed.Ensure(file, &t)
	return yield(&t), nil
}

// perComment is the memory of a comment beside its text: it stands in a slice that has grown, and in
// the maps that tie it to others.
const perComment = int(unsafe.Sizeof(corpus.Comment{}))*5/4 + 100

// comments yields the elements of an array of comments; null is an empty one.
func comments(array json.RawMessage) iter.Seq2[*comment, error] {
	return func(yield func(*comment, error) bool) {
		d := json.NewDecoder(bytes.NewReader(array))
		switch start, err := d.Token(); {
		case err != nil:
			yield(nil, explain(err))
			return
		case start == nil:
			return
		case start != json.Delim('['):
			yield(nil, fmt.Errorf("field comments: found %s where an array is needed", kind(array[0])))
			return
		}
		for d.More() {
			var c comment
			err := d.Decode(&c)
			var mismatch *json.UnmarshalTypeError
			if errors.As(err, &mismatch) {
				mismatch.Field = strings.TrimSuffix("comments."+mismatch.Field, ".")
			}
			if err != nil {
				err = explain(err)
			}
			if !yield(&c, err) {
				return
			}
		}
	}
}

// name sets the thread's ID and takes into h what stands in the thread's or the
// article's own object. The outer fields win.
func (r *record) name(t *corpus.Thread, h *header) error {
	var inner struct {
		ID     scalar  `json:"id"`
		Thread scalar  `json:"thread"`
		CaseBy present `json:"case_by"` // the program's own words, not the input's
		header
	}
	switch {
	case len(r.Thread) == 0:
	case r.Thread[0] == '{':
		if err := json.Unmarshal(r.Thread, &inner); err != nil {
			return fmt.Errorf("in field thread: %w", explain(err))
		}
	default:
		if err := json.Unmarshal(r.Thread, &inner.Thread); err != nil {
			return fmt.Errorf("field thread: found %s where a string or an object is needed", kind(r.Thread[0]))
		}
	}
	t.ID = string(cmp.Or(inner.Thread, inner.ID))
	if inner.CaseBy {
		inner.Case = ""
	}
	h.complete(&inner.header)
	if a := r.Article; a != nil {
		t.ID = cmp.Or(t.ID, string(a.ID))
		h.complete(&a.header)
		h.Case = cmp.Or(h.Case, a.Target)
	}
	return nil
}

// complete fills the empty fields of h from o.
func (h *header) complete(o *header) {
	to, from := reflect.ValueOf(h).Elem(), reflect.ValueOf(o).Elem()
	for i := range to.NumField() {
		if f := to.Field(i); f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0 {
			f.Set(from.Field(i))
		}
	}
}

func (h *header) fill(t *corpus.Thread) {
	t.Source, t.Format, t.Licence = h.Source, h.Format, h.Licence
	t.DeclaredComments = h.Declared
	t.Article = corpus.Article{
		Title: h.Title, Description: h.Description, Text: h.Text,
		URL: h.URL, Site: h.Site, Published: string(h.Published),
		Case: h.Case, For: h.For, Against: h.Against,
	}
}

func (c *comment) comment(at int) corpus.Comment {
	out := corpus.Comment{
		ID: string(c.ID), Parent: string(c.Parent), ParentText: c.ParentText, Reply: c.Reply,
		Author: string(c.Author), PostedAs: c.PostedAs, Votes: c.Votes,
		Removed: c.Removed, Line: at, Annotation: c.annotation(),
	}
	if c.Text != nil {
		out.Text = *c.Text
	}
	if posted, err := time.Parse(time.RFC3339, string(c.Posted)); err == nil {
		out.Posted = posted
	} else {
		out.PostedAs = cmp.Or(c.PostedAs, string(c.Posted))
	}
	return out
}

// annotation returns what a person decided, nil if nobody did. The stance of a
// comment that has probabilities, or an engine, was decided by the program.
func (c *comment) annotation() *corpus.Annotation {
	a := corpus.Annotation{Label: corpus.StanceLabel(string(c.Stance)), Sentiment: string(c.Sentiment), Sarcasm: c.Sarcasm, Certainty: c.Certainty}
	if bool(c.Probabilities) || bool(c.Engine) || a == (corpus.Annotation{}) {
		return nil
	}
	return &a
}

// withoutComments says what an object is that has no comments.
func withoutComments(value []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(value, &fields); err != nil {
		return explain(err)
	}
	return &foreignError{`it has no "comments"` + listed(slices.Sorted(maps.Keys(fields)))}
}

// listed returns the first names, for a message.
func listed(names []string) string {
	const most = 8
	if len(names) == 0 {
		return ""
	}
	more := ""
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	return ", but " + strings.Join(names, ", ") + more
}

// explain says what is wrong with a value in the words of the form.
func explain(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("not valid JSON at byte %d: %w", syntax.Offset, err)
	}
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) {
		return err
	}
	// The fields of an embedded struct are the object's own.
	field := strings.ReplaceAll(mismatch.Field, "header.", "")
	if field == "" {
		return &foreignError{"found " + mismatch.Value + " where an object is needed"}
	}
	return fmt.Errorf("field %s: found %s where %s is needed", field, mismatch.Value, needed(mismatch.Type))
}

// needed names the JSON type that a Go type is read from.
func needed(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Int:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "an array"
	default:
		return "an object"
	}
}
