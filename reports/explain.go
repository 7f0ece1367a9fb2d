package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"stance/analysis"
	"stance/analysis/text"
	"stance/corpus"
)

// mostReasons is how many reasons the text output lists; JSON has all.
const mostReasons = 15

// Explain writes why a comment was judged as it was, for a terminal.
func Explain(w io.Writer, e *analysis.Explained, o Options) error {
	t := newText(w, o).(*textWriter)
	d := &e.Stance.Decision
	t.paragraph(cleanLine(e.Comment.Author+": "+e.Comment.Text), 2, emphasised)
	t.paragraph(fmt.Sprintf("%s with %.2f; %s", d.Stance, d.Probabilities[d.Stance], felt(&e.Feeling)), 0, unmarked)
	if e.Learned != nil {
		t.paragraph(learned(e), 0, unmarked)
	}
	for _, table := range []table{reasonTable(e), withoutTable(e), feelingTable(e)} {
		if len(table.rows) == 0 {
			continue
		}
		if err := t.table(table); err != nil {
			return fmt.Errorf("laying out a table: %w", err)
		}
	}
	if more := len(e.Stance.Reasons) - mostReasons; more > 0 {
		t.w.WriteByte('\n')
		t.paragraph(fmt.Sprintf("* %s moved the stance less; -o json has all.", Counted(more, "further reason")), 2, unmarked)
	}
	if err := t.w.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// learned says what the labels of the thread make of the comment.
func learned(e *analysis.Explained) string {
	if e.Annotated {
		return fmt.Sprintf("Labelled by hand as %s; what follows is the judgement without labels.", e.Learned.Stance)
	}
	return fmt.Sprintf("With the labels of the thread: %s with %.2f; what follows is the judgement without them.",
		e.Learned.Stance, e.Learned.Probabilities[e.Learned.Stance])
}

// reasonTable has the heaviest reasons of the stance.
func reasonTable(e *analysis.Explained) table {
	t := table{title: "What moved the stance", columns: []column{{head: "Weight", right: true}, {head: "Group"}, {head: "What", part: 3}, {head: "Where", rest: true}}}
	for _, r := range e.Stance.Reasons[:min(len(e.Stance.Reasons), mostReasons)] {
		t.rows = append(t.rows, []line{{text: signed(r.Weight)}, {text: r.Group.String()}, plain(r.Name), plain(r.Span.In(e.Comment.Text))})
	}
	return t
}

// withoutTable has what each group of features is worth here.
func withoutTable(e *analysis.Explained) table {
	t := table{title: "The stance without a group of features", columns: []column{{head: "Without"}, {head: "Stance"}, {head: "Sure", right: true}}}
	for _, w := range e.Stance.Without {
		t.rows = append(t.rows, cells(w.Group.String(), w.Stance.String(), fmt.Sprintf("%.2f", w.Probabilities[w.Stance])))
	}
	return t
}

func signed(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// explainedDoc is an explanation as JSON has it.
type explainedDoc struct {
	ID            string            `json:"id"`
	Author        string            `json:"author,omitempty"`
	Text          string            `json:"text"`
	Stance        string            `json:"stance"`
	Probabilities byStance[float64] `json:"probabilities"`
	Learned       *learnedDoc       `json:"learned,omitempty"`
	Reasons       []reasonDoc       `json:"reasons"`
	Without       []withoutDoc      `json:"without"`
	Polarity      string            `json:"polarity"`
	Valence       float64           `json:"valence"`
	Polarities    *byPolarity       `json:"polarity_probabilities,omitempty"`
	Sarcasm       float64           `json:"sarcasm,omitempty"`
	Feeling       []reasonDoc       `json:"feeling"`
	FeelingBase   float64           `json:"feeling_base"`
	FeelingSum    float64           `json:"feeling_sum"`
	Sentences     []sentenceDoc     `json:"sentences,omitempty"`
}

type reasonDoc struct {
	Group  string  `json:"group,omitempty"`
	Name   string  `json:"name"`
	Start  *int    `json:"start,omitempty"`
	End    *int    `json:"end,omitempty"`
	Text   string  `json:"text,omitempty"`
	Weight float64 `json:"weight"`
}

type learnedDoc struct {
	Stance        string            `json:"stance"`
	Probabilities byStance[float64] `json:"probabilities"`
	Annotated     bool              `json:"annotated,omitempty"`
}

type withoutDoc struct {
	Group         string            `json:"group"`
	Stance        string            `json:"stance"`
	Probabilities byStance[float64] `json:"probabilities"`
}

// ExplainJSON writes why a comment was judged as it was as one JSON object.
func ExplainJSON(w io.Writer, e *analysis.Explained) error {
	d := &e.Stance.Decision
	doc := explainedDoc{
		ID: e.Comment.ID, Author: e.Comment.Author, Text: e.Comment.Text,
		Stance: d.Stance.String(), Probabilities: perStance(d.Probabilities, rounded),
		Polarity: e.Feeling.Polarity.String(), Valence: rounded(e.Feeling.Valence),
		Polarities: newByPolarity(e.Feeling.Probabilities), Sarcasm: rounded(e.Feeling.Sarcasm),
		FeelingBase: rounded(e.Feeling.Base), FeelingSum: rounded(e.Feeling.Total()), Sentences: newSentenceDocs(e),
		Reasons: []reasonDoc{}, Feeling: []reasonDoc{},
	}
	if l := e.Learned; l != nil {
		doc.Learned = &learnedDoc{l.Stance.String(), perStance(l.Probabilities, rounded), e.Annotated}
	}
	for _, r := range e.Stance.Reasons {
		doc.Reasons = append(doc.Reasons, newReasonDoc(e.Comment, r.Group.String(), r.Name, r.Span, r.Weight))
	}
	for _, o := range e.Stance.Without {
		doc.Without = append(doc.Without, withoutDoc{o.Group.String(), o.Stance.String(), perStance(o.Probabilities, rounded)})
	}
	for _, f := range e.Feeling.Evidence {
		doc.Feeling = append(doc.Feeling, newReasonDoc(e.Comment, "", f.Cue, f.Span, f.Weight))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// newReasonDoc leaves the place out where there is none.
func newReasonDoc(c *corpus.Comment, group, name string, s text.Span, weight float64) reasonDoc {
	d := reasonDoc{Group: group, Name: name, Weight: rounded(weight)}
	if s.Start < s.End {
		d.Start, d.End, d.Text = &s.Start, &s.End, s.In(c.Text)
	}
	return d
}
