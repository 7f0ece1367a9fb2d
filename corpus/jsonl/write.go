package jsonl

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"stance/corpus"
)

// Writer writes threads, one a line. Make one with NewWriter.
type Writer struct {
	enc *json.Encoder
}

// NewWriter returns a writer to w. It doesn't buffer.
func NewWriter(w io.Writer) *Writer {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &Writer{enc: enc}
}

// Write writes one thread. Reading it again gives the same thread but for the
// Line of its comments, Unused and Problems. Equal threads are written as equal
// bytes.
func (w *Writer) Write(t *corpus.Thread) error {
	a := &t.Article
	l := line{
		Thread: scalar(t.ID),
		header: header{
			Source: t.Source, Format: t.Format, Licence: t.Licence,
			Title: a.Title, URL: a.URL, Site: a.Site, Published: scalar(a.Published),
			Case: a.Case, For: a.For, Against: a.Against,
			Description: a.Description, Text: a.Text, Declared: t.DeclaredComments,
		},
		Comments: make([]comment, len(t.Comments)),
	}
	for i := range t.Comments {
		l.Comments[i] = written(&t.Comments[i])
	}
	if err := w.enc.Encode(&l); err != nil {
		return fmt.Errorf("writing thread %q: %w", t.ID, err)
	}
	return nil
}

func written(c *corpus.Comment) comment {
	out := comment{
		ID: scalar(c.ID), Parent: scalar(c.Parent), ParentText: c.ParentText,
		Author: scalar(c.Author), PostedAs: c.PostedAs, Votes: c.Votes,
		Text: &c.Text, Removed: c.Removed,
	}
	if !c.Posted.IsZero() {
		out.Posted = scalar(c.Posted.Format(time.RFC3339Nano))
	}
	if a := c.Annotation; a != nil {
		out.Stance, out.Sentiment = scalar(a.Label), scalar(a.Sentiment)
		out.Sarcasm, out.Certainty = a.Sarcasm, a.Certainty
	}
	return out
}
