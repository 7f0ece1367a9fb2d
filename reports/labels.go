package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"stance.example/stance/analysis"
)

// The documents below are those of the analysis by a model of other labels than
// stances.
type (
	labelledThread struct {
		Thread   threadDoc     `json:"thread"`
		Labels   []string      `json:"labels"`
		Comments []labelledDoc `json:"comments"`
		Problems []problemDoc  `json:"problems"`
	}
	labelledDoc struct {
		ID            string             `json:"id"`
		Parent        string             `json:"parent,omitempty"`
		Author        string             `json:"author,omitempty"`
		Text          string             `json:"text"`
		Removed       bool               `json:"removed,omitempty"`
		Stance        string             `json:"stance,omitempty"` // "" for a removed or withheld comment
		Probabilities map[string]float64 `json:"probabilities,omitempty"`
		Withheld      bool               `json:"withheld,omitempty"`
	}
)

// Labelled writes a thread judged by a model of any label set as one line of JSON,
// with the fields of the analysis as far as they mean something for such labels:
// "stance" holds the label. There is no summary, for its shares and intervals are
// of stances.
func Labelled(w io.Writer, c *analysis.Classification) error {
	t := c.Thread
	d := labelledThread{
		Thread: threadDoc{
			Source: t.Source, Format: t.Format, Title: t.Article.Title, URL: t.Article.URL, Site: t.Article.Site,
			Published: t.Article.Published, Text: t.Article.Text, Declared: t.DeclaredComments,
			Case: t.Article.Case, For: t.Article.For, Against: t.Article.Against,
		},
		Labels:   c.Labels,
		Comments: make([]labelledDoc, len(t.Comments)),
		Problems: make([]problemDoc, len(t.Problems)),
	}
	for i := range t.Comments {
		d.Comments[i] = newLabelledDoc(c, i)
	}
	for i := range t.Problems {
		d.Problems[i] = problemDoc{t.Problems[i].Where(), t.Problems[i].Message}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return fmt.Errorf("encoding thread %q of %s: %w", t.ID, t.Source, err)
	}
	out := bufio.NewWriter(w)
	writeVisibly(out, b.Bytes())
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

func newLabelledDoc(c *analysis.Classification, i int) labelledDoc {
	comment, k := &c.Thread.Comments[i], &c.Comments[i]
	d := labelledDoc{ID: comment.ID, Parent: comment.Parent, Author: comment.Author, Text: comment.Text, Removed: comment.Removed, Withheld: k.Withheld}
	if k.Probabilities == nil {
		return d
	}
	d.Probabilities = make(map[string]float64, len(c.Labels))
	for class, p := range k.Probabilities {
		d.Probabilities[c.Labels[class]] = rounded(p)
	}
	if !k.Withheld {
		d.Stance = c.Labels[k.Class]
	}
	return d
}
