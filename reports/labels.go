package reports

import (
	"fmt"
	"io"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/serial"
)

// The documents below are those of the analysis by a model of other labels than
// stances.
type (
	labelledThread struct {
		Thread   serial.Thread    `json:"thread"`
		Labels   []string         `json:"labels"`
		Comments []labelledDoc    `json:"comments"`
		Problems []serial.Problem `json:"problems"`
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
		Thread:   serial.NewThread(t),
		Labels:   c.Labels,
		Comments: make([]labelledDoc, len(t.Comments)),
		Problems: serial.Problems(t),
	}
	for i := range t.Comments {
		d.Comments[i] = newLabelledDoc(c, i)
	}
	if err := serial.Write(w, &d); err != nil {
		return fmt.Errorf("thread %q of %s: %w", t.ID, t.Source, err)
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
		d.Probabilities[c.Labels[class]] = p
	}
	if !k.Withheld {
		d.Stance = c.Labels[k.Class]
	}
	return d
}
