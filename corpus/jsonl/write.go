package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"stance.example/stance/corpus"
)

// Writer writes threads, one a line. Make one with NewWriter.
type Writer struct {
	w   io.Writer
	buf bytes.Buffer
	enc *json.Encoder // into buf
}

// NewWriter returns a writer to w. It holds one comment at a time.
func NewWriter(w io.Writer) *Writer {
	out := &Writer{w: w}
	out.enc = json.NewEncoder(&out.buf)
	out.enc.SetEscapeHTML(false)
	return out
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
		Comments: []comment{},
	}
	const end = "]}\n" // of the comments, the thread and the line
	if err := w.write(&l, "", end); err != nil {
		return fmt.Errorf("writing thread %q: %w", t.ID, err)
	}
	before := ""
	for i := range t.Comments {
		if err := w.write(written(&t.Comments[i]), before, "\n"); err != nil {
			return fmt.Errorf("writing thread %q: comment %q: %w", t.ID, t.Comments[i].ID, err)
		}
		before = ","
	}
	if _, err := io.WriteString(w.w, end); err != nil {
		return fmt.Errorf("writing thread %q: %w", t.ID, err)
	}
	return nil
}

// write writes a value without its end, and something before it.
func (w *Writer) write(value any, before, end string) error {
	w.buf.Reset()
	w.buf.WriteString(before)
	if err := w.enc.Encode(value); err != nil {
		return err
	}
	_, err := w.w.Write(bytes.TrimSuffix(w.buf.Bytes(), []byte(end)))
	return err
}

func written(c *corpus.Comment) comment {
	out := comment{
		ID: scalar(c.ID), Parent: scalar(c.Parent), ParentText: c.ParentText, Reply: c.Reply,
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
