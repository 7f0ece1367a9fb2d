package reports

import (
	"bufio"
	"bytes"
	_ "embed" // for the schema
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/account"
)

//go:embed schema/analyse.schema.json
var schema string

//go:embed schema/report.schema.json
var overviewSchema string

// Schema returns the JSON Schema (draft 2020-12) of a line of the JSON output.
func Schema() string { return schema }

// OverviewSchema is the JSON Schema of the JSON output of an overview.
func OverviewSchema() string { return overviewSchema }

// The documents below have the fields of the interface in their order. Pointers and
// omitempty leave out what is absent.
type (
	document struct {
		Thread   threadDoc    `json:"thread"`
		Comments []commentDoc `json:"comments"`
		Summary  summaryDoc   `json:"summary"`
		Actors   []actorDoc   `json:"actors,omitempty"`
		Closer   *closerDoc   `json:"examination,omitempty"`
		Problems []problemDoc `json:"problems"`
	}
	threadDoc struct {
		ID        string   `json:"id,omitempty"`
		Source    string   `json:"source,omitempty"`
		Format    string   `json:"format,omitempty"`
		Title     string   `json:"title,omitempty"`
		URL       string   `json:"url,omitempty"`
		Site      string   `json:"site,omitempty"`
		Published string   `json:"published,omitempty"`
		Text      string   `json:"text,omitempty"`
		Declared  int      `json:"declared_comments,omitempty"`
		Case      string   `json:"case,omitempty"`
		CaseBy    string   `json:"case_by,omitempty"` // the engine in whose words it is
		For       []string `json:"for,omitempty"`
		Against   []string `json:"against,omitempty"`
	}
	commentDoc struct {
		ID            string `json:"id"`
		Parent        string `json:"parent,omitempty"`
		Author        string `json:"author,omitempty"`
		Posted        string `json:"posted,omitempty"`
		PostedAs      string `json:"posted_as,omitempty"`
		Votes         *int   `json:"votes,omitempty"`
		Text          string `json:"text"`
		Language      string `json:"language,omitempty"` // of one that isn't in English
		Removed       bool   `json:"removed,omitempty"`
		Aside         string `json:"aside,omitempty"` // why it isn't counted
		*judgementDoc        // nil for a comment that isn't counted, and for one not judged for its language
	}
	judgementDoc struct {
		Stance        string             `json:"stance,omitempty"` // "" for a withheld comment
		Probabilities *byStance[float64] `json:"probabilities,omitempty"`
		Engine        string             `json:"engine,omitempty"`
		Unsure        bool               `json:"unsure"`
		Withheld      bool               `json:"withheld,omitempty"`
		Annotated     bool               `json:"annotated,omitempty"`
		Polarity      string             `json:"polarity"`
		Valence       float64            `json:"valence"`
		Polarities    *byPolarity        `json:"polarity_probabilities,omitempty"`
		Sarcasm       float64            `json:"sarcasm,omitempty"`
		Feeling       []evidenceDoc      `json:"feeling,omitempty"`
		Evidence      []evidenceDoc      `json:"evidence,omitempty"`
	}
	evidenceDoc struct {
		Start  int     `json:"start"`
		End    int     `json:"end"`
		Text   string  `json:"text"`
		Cue    string  `json:"cue"`
		Weight float64 `json:"weight,omitzero"`
	}
	summaryDoc struct {
		Comments int                `json:"comments"`
		Authors  int                `json:"authors"`
		Removed  int                `json:"removed"`
		Withheld int                `json:"withheld,omitempty"`
		Labelled int                `json:"labelled,omitempty"`
		Stance   byStance[shareDoc] `json:"stance"`
		Polarity polarityDoc        `json:"polarity"`
		Audit    *auditDoc          `json:"audit,omitempty"`
		Second   *secondDoc         `json:"language_model,omitempty"`
		Notes    []string           `json:"notes"`
	}
	shareDoc struct {
		Count int      `json:"count"`
		Share *float64 `json:"share,omitempty"`
		Low   *float64 `json:"low,omitempty"`
		High  *float64 `json:"high,omitempty"`
	}
	countDoc struct {
		Count int `json:"count"`
	}
	polarityDoc struct {
		Negative countDoc `json:"negative"`
		Neutral  countDoc `json:"neutral"`
		Positive countDoc `json:"positive"`
	}
	secondDoc struct {
		Model      string `json:"model"`
		Prompt     string `json:"prompt"`
		Seed       int    `json:"seed"`
		Votes      int    `json:"votes"`
		Unstated   bool   `json:"unstated_case,omitempty"`
		Judged     int    `json:"judged"`
		Sure       int    `json:"sure,omitempty"`
		Unusable   int    `json:"unusable,omitempty"`
		Unserved   int    `json:"unserved,omitempty"`
		OverBudget int    `json:"over_budget,omitempty"`
		Foreign    int    `json:"foreign_quotes,omitempty"`
		Labels     int    `json:"labels,omitempty"`
	}
	problemDoc struct {
		Where   string `json:"where"`
		Message string `json:"message"`
	}
	// byStance holds a value for each stance.
	byStance[T any] struct {
		Skeptical  T `json:"skeptical"`
		Relativist T `json:"relativist"`
		Supportive T `json:"supportive"`
		None       T `json:"none"`
	}
)

// jsonWriter writes one object per thread.
type jsonWriter struct{ w *bufio.Writer }

func newJSON(w io.Writer, _ Options) Writer { return &jsonWriter{bufio.NewWriter(w)} }

// Write implements Writer.
func (j *jsonWriter) Write(r *analysis.Result) error {
	if err := writeObject(j.w, newDocument(r)); err != nil {
		return fmt.Errorf("thread %q of %s: %w", r.Thread.ID, r.Thread.Source, err)
	}
	return nil
}

// writeObject writes a value as one line of JSON. Nothing is written of one that can't
// be encoded.
func writeObject(w *bufio.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encoding JSON: %w", err)
	}
	writeVisibly(w, b.Bytes())
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// Close implements Writer.
func (j *jsonWriter) Close() error { return nil }

// writeVisibly writes a JSON document with its invisible and disruptive characters
// escaped, which leaves every value as it is. encoding/json does so only below
// U+0020. The zero-width joiner stays, for the sake of emoji.
func writeVisibly(w *bufio.Writer, document []byte) {
	for len(document) > 0 {
		r, size := utf8.DecodeRune(document)
		switch {
		case r == '\n' || r == zeroWidthJoiner || !disruptive(r) && !unicode.Is(unicode.Cf, r):
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

func newDocument(r *analysis.Result) document {
	t := r.Thread
	d := document{
		Thread: threadDoc{
			ID: t.ID, Source: t.Source, Format: t.Format,
			Title: t.Article.Title, URL: t.Article.URL, Site: t.Article.Site,
			Published: t.Article.Published, Text: t.Article.Text,
			Declared: t.DeclaredComments,
			Case:     r.Case, For: r.For, Against: r.Against,
		},
		Comments: make([]commentDoc, len(t.Comments)),
		Summary:  newSummaryDoc(r),
		Actors:   newActorDocs(r.Actors),
		Closer:   newCloserDoc(r),
		Problems: make([]problemDoc, len(t.Problems)),
	}
	for i := range t.Comments {
		d.Comments[i] = newCommentDoc(&t.Comments[i], &r.Judgements[i])
		if j := d.Comments[i].judgementDoc; j != nil && r.Model != nil {
			j.Engine = r.Judgements[i].Engine()
		}
	}
	if s := r.Model; s != nil {
		d.Summary.Second = &secondDoc{s.Model, s.Prompt, s.Seed, s.Votes, s.Unstated, s.Judged, s.Sure, s.Unusable, s.Unserved, s.OverBudget, s.Foreign, s.Labels}
		if s.Stated {
			d.Thread.CaseBy = analysis.LanguageModel
		}
	}
	for i := range t.Problems {
		d.Problems[i] = problemDoc{t.Problems[i].Where(), t.Problems[i].Message}
	}
	return d
}

func newCommentDoc(c *corpus.Comment, j *analysis.Judgement) commentDoc {
	d := commentDoc{
		ID: c.ID, Parent: c.Parent, Author: c.Author, PostedAs: c.PostedAs,
		Votes: c.Votes, Text: c.Text, Removed: c.Removed, Aside: string(c.Aside),
	}
	if !c.Posted.IsZero() {
		d.Posted = c.Posted.Format(time.RFC3339)
	}
	d.Language = j.Language
	if j.Judged || j.Withheld && j.Language == "" {
		d.judgementDoc = &judgementDoc{
			Unsure:     j.Unsure,
			Withheld:   j.Withheld,
			Annotated:  j.Annotated,
			Polarity:   j.Polarity.String(),
			Valence:    rounded(j.Valence),
			Polarities: newByPolarity(j.Polarities),
			Sarcasm:    rounded(j.Sarcasm),
			Feeling:    newEvidenceDocs(c.Text, j.Feeling),
			Evidence:   newEvidenceDocs(c.Text, j.Evidence),
		}
		if _, known := j.Probability(); known {
			p := perStance(j.Probabilities, rounded)
			d.Probabilities = &p
		}
		if j.Judged {
			d.Stance = j.Stance.String()
		}
	}
	return d
}

func newEvidenceDocs(comment string, evidence []text.Evidence) []evidenceDoc {
	docs := make([]evidenceDoc, len(evidence))
	for i, e := range evidence {
		docs[i] = evidenceDoc{e.Start, e.End, e.In(comment), e.Cue, rounded(e.Weight)}
	}
	return docs
}

func newSummaryDoc(r *analysis.Result) summaryDoc {
	s := &r.Summary
	return summaryDoc{
		Comments: s.Comments, Authors: s.Authors, Removed: s.Removed, Withheld: s.Withheld, Labelled: s.Labelled,
		Stance: perStance(s.Stance, newShareDoc),
		Polarity: polarityDoc{
			Negative: countDoc{s.Polarity[corpus.Negative]},
			Neutral:  countDoc{s.Polarity[corpus.Neutral]},
			Positive: countDoc{s.Polarity[corpus.Positive]},
		},
		Audit: newAuditDoc(s.Audit),
		Notes: append([]string{}, account.Doubts(r)...),
	}
}

func newShareDoc(s aggregate.Share) shareDoc {
	return shareDoc{Count: s.Count, Share: defined(s.Share), Low: defined(s.Low), High: defined(s.High)}
}

// defined returns nil for a ratio without a denominator.
func defined(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	x = rounded(x)
	return &x
}

func perStance[A, B any](list [corpus.NumStances]A, of func(A) B) byStance[B] {
	return byStance[B]{
		Skeptical:  of(list[corpus.Skeptical]),
		Relativist: of(list[corpus.Relativist]),
		Supportive: of(list[corpus.Supportive]),
		None:       of(list[corpus.None]),
	}
}

// rounded keeps four decimals, more than any of the numbers mean, so that machines
// that differ in the last bit write the same.
func rounded(x float64) float64 {
	return math.Round(x*1e4)/1e4 + 0 // + 0 turns -0 into 0
}
