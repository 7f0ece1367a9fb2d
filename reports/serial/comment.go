package serial

import (
	"fmt"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/internal/clean"
)

// Comment is a comment with its judgement. What is absent is left out.
type Comment struct {
	ID         string             `json:"id"`
	Parent     string             `json:"parent,omitempty"`
	ParentText string             `json:"parent_text,omitempty"`
	Reply      bool               `json:"reply,omitempty"`
	Author     string             `json:"author,omitempty"`
	Posted     string             `json:"posted,omitempty"` // RFC 3339
	PostedAs   string             `json:"posted_as,omitempty"`
	Votes      *int               `json:"votes,omitempty"`
	Line       int                `json:"line,omitempty"`
	Text       string             `json:"text"`
	Language   string             `json:"language,omitempty"` // of one that isn't in English
	Removed    bool               `json:"removed,omitempty"`
	Aside      corpus.Aside       `json:"aside,omitempty"`      // why it isn't counted
	Annotation *corpus.Annotation `json:"annotation,omitempty"` // that the input states
	*Judgement                    // nil for a comment that isn't counted, and for one not judged for its language
}

// Judgement is what the program decided.
type Judgement struct {
	Stance        string               `json:"stance,omitempty"` // "" for a withheld comment
	Probabilities *ByStance[float64]   `json:"probabilities,omitempty"`
	Engine        string               `json:"engine,omitempty"` // where a language model was asked
	Unsure        bool                 `json:"unsure"`
	Withheld      bool                 `json:"withheld,omitempty"`
	Annotated     bool                 `json:"annotated,omitempty"`
	Polarity      string               `json:"polarity"`
	Valence       float64              `json:"valence"`
	Polarities    *ByPolarity[float64] `json:"polarity_probabilities,omitempty"`
	Sarcasm       float64              `json:"sarcasm,omitempty"`
	Feeling       []Evidence           `json:"feeling,omitempty"`
	Evidence      []Evidence           `json:"evidence,omitempty"`
}

// Evidence is a span of a comment's text, in bytes. A quote of a language model has no
// weight.
type Evidence struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Text   string  `json:"text"`
	Cue    string  `json:"cue"`
	Weight float64 `json:"weight,omitzero"`
}

// newComment takes in the engine if a language model was asked.
func newComment(c *corpus.Comment, j *analysis.Judgement, asked bool) Comment {
	d := Comment{
		ID: c.ID, Parent: c.Parent, ParentText: c.ParentText, Reply: c.Reply, Author: c.Author, PostedAs: c.PostedAs,
		Votes: c.Votes, Line: c.Line, Text: c.Text, Language: j.Language, Removed: c.Removed, Aside: c.Aside, Annotation: c.Annotation,
	}
	if !c.Posted.IsZero() {
		d.Posted = c.Posted.Format(time.RFC3339Nano)
	}
	probabilities := known(j.Probabilities)
	if !j.Judged && (!j.Withheld || j.Language != "" && probabilities == nil) {
		return d
	}
	d.Judgement = &Judgement{
		Unsure: j.Unsure, Withheld: j.Withheld, Annotated: j.Annotated,
		Polarity: j.Polarity.String(), Valence: j.Valence, Sarcasm: j.Sarcasm,
		Feeling: newEvidence(c.Text, j.Feeling), Evidence: newEvidence(c.Text, j.Evidence),
	}
	if probabilities != nil {
		p := Stances(*probabilities)
		d.Probabilities = &p
	}
	if p := known(j.Polarities); p != nil {
		feel := Polarities(*p)
		d.Polarities = &feel
	}
	if j.Judged {
		d.Stance = j.Stance.String()
	}
	if asked {
		d.Engine = j.Engine()
	}
	return d
}

func newEvidence(comment string, evidence []text.Evidence) []Evidence {
	docs := make([]Evidence, len(evidence))
	for i, e := range evidence {
		docs[i] = Evidence{e.Start, e.End, e.In(comment), e.Cue, e.Weight}
	}
	return docs
}

// both returns the comment and its judgement.
func (d *Comment) both() (c corpus.Comment, j analysis.Judgement, err error) {
	c = corpus.Comment{
		ID: d.ID, Parent: d.Parent, ParentText: d.ParentText, Reply: d.Reply, Author: d.Author, PostedAs: d.PostedAs,
		Votes: d.Votes, Line: d.Line, Text: d.Text, Removed: d.Removed, Aside: d.Aside, Annotation: d.Annotation,
	}
	if d.Posted != "" {
		if c.Posted, err = time.Parse(time.RFC3339Nano, d.Posted); err != nil {
			return c, j, err
		}
	}
	j.Language = d.Language
	if d.Judgement == nil {
		j.Withheld = j.Language != ""
		return c, j, nil
	}
	j.Unsure, j.Withheld, j.Annotated, j.ByModel = d.Unsure, d.Withheld, d.Annotated, d.Engine == analysis.LanguageModel
	j.Valence, j.Sarcasm = d.Valence, d.Sarcasm
	j.Evidence, j.Feeling = spans(d.Evidence), spans(d.Feeling)
	if d.Probabilities != nil {
		j.Probabilities = d.Probabilities.list()
	}
	if d.Polarities != nil {
		j.Polarities = d.Polarities.list()
	}
	if j.Polarity, err = corpus.ParsePolarity(d.Polarity); err != nil {
		return c, j, err
	}
	if d.Stance != "" {
		j.Judged = true
		j.Stance, err = corpus.ParseStance(d.Stance)
	}
	return c, j, err
}

func spans(docs []Evidence) []text.Evidence {
	var all []text.Evidence
	for _, e := range docs {
		all = append(all, text.Evidence{Span: text.Span{Start: e.Start, End: e.End}, Cue: e.Cue, Weight: e.Weight})
	}
	return all
}

// CommentRow is a comment with its judgement in a table of many threads. Pointers are nil
// for what is absent.
type CommentRow struct {
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
	Evidence    *string    `json:"evidence,omitempty" parquet:"evidence,optional"`
	Engine      *string    `json:"engine,omitempty" parquet:"engine,optional,dict"` // where a language model was asked, and no label by hand stands
}

// CommentRows are the rows of a thread.
func (d *Result) CommentRows() []CommentRow {
	rows := make([]CommentRow, len(d.Comments))
	for i := range d.Comments {
		rows[i] = d.commentRow(i)
	}
	return rows
}

func (d *Result) commentRow(i int) CommentRow {
	t, c := &d.Thread, &d.Comments[i]
	row := CommentRow{
		Source: t.Source, Thread: known(t.ID), Title: known(t.Title), URL: known(t.URL), Site: known(t.Site),
		Position: int64(i + 1), ID: c.ID, Parent: known(c.Parent), Author: known(c.Author), PostedAs: known(c.PostedAs),
		Text: c.Text, Removed: c.Removed, Aside: known(string(c.Aside)), Withheld: c.Judgement == nil && c.Language != "",
	}
	if posted, err := time.Parse(time.RFC3339Nano, c.Posted); err == nil {
		row.Posted = &posted
	}
	if c.Votes != nil {
		votes := int64(*c.Votes)
		row.Votes = &votes
	}
	if c.Judgement == nil {
		return row
	}
	row.Withheld, row.Annotated, row.Unsure = c.Withheld, c.Annotated, &c.Unsure
	row.Stance, row.Polarity, row.Valence, row.Sarcasm = known(c.Stance), &c.Polarity, &c.Valence, &c.Sarcasm
	row.Evidence = known(evidenceList(c.Evidence))
	if p := c.Probabilities; p != nil {
		row.PSkeptical, row.PRelativist, row.PSupportive, row.PNone = &p.Skeptical, &p.Relativist, &p.Supportive, &p.None
	}
	if c.Stance != "" && !c.Annotated {
		row.Engine = known(c.Engine)
	}
	return row
}

// evidenceList writes each piece of evidence as `words (cue +1.2)`, without the cue where
// that is the words and without the weight where there is none.
func evidenceList(evidence []Evidence) string {
	parts := make([]string, len(evidence))
	for i, e := range evidence {
		found := ""
		if e.Cue != e.Text {
			found = clean.Line(e.Cue)
		}
		if e.Weight != 0 {
			found = strings.TrimSpace(fmt.Sprintf("%s %+.2f", found, e.Weight))
		}
		parts[i] = fmt.Sprintf("%s (%s)", e.Text, found)
	}
	return strings.Join(parts, "; ")
}
