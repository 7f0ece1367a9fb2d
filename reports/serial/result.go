package serial

import (
	"math"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// The documents have the fields of the interface in their order. Pointers and omitempty
// leave out what is absent.
type (
	// Result is a judged thread.
	Result struct {
		Thread      Thread       `json:"thread"`
		Comments    []Comment    `json:"comments,omitzero"` // nil leaves them out
		Summary     Summary      `json:"summary"`
		Actors      []Actor      `json:"actors,omitempty"`
		Examination *Examination `json:"examination,omitempty"`
		Problems    []Problem    `json:"problems,omitzero"`
	}
	// Thread is the article and where the thread came from.
	Thread struct {
		ID          string        `json:"id,omitempty"`
		Source      string        `json:"source,omitempty"`
		Format      string        `json:"format,omitempty"`
		Licence     string        `json:"licence,omitempty"`
		Title       string        `json:"title,omitempty"`
		Description string        `json:"description,omitempty"`
		URL         string        `json:"url,omitempty"`
		Site        string        `json:"site,omitempty"`
		Published   string        `json:"published,omitempty"`
		Day         string        `json:"day,omitempty"`
		Text        string        `json:"text,omitempty"`
		Declared    int           `json:"declared_comments,omitempty"`
		Case        string        `json:"case,omitempty"`
		CaseBy      string        `json:"case_by,omitempty"` // the engine in whose words it is
		For         []string      `json:"for,omitempty"`
		Against     []string      `json:"against,omitempty"`
		Stated      Stated        `json:"stated,omitzero"` // of these by the input
		Unused      []corpus.Line `json:"unused,omitempty"`
	}
	// Stated is what the input itself says of the article's case.
	Stated struct {
		Case    string   `json:"case,omitempty"`
		For     []string `json:"for,omitempty"`
		Against []string `json:"against,omitempty"`
	}
	// Summary holds the aggregates of a thread.
	Summary struct {
		Comments  int                   `json:"comments"`
		Authors   int                   `json:"authors"`
		Unknown   int                   `json:"unknown_authors,omitempty"` // comments whose author isn't known
		Removed   int                   `json:"removed"`
		Withheld  int                   `json:"withheld,omitempty"`
		Unjudged  int                   `json:"unjudged,omitempty"`
		Unsure    int                   `json:"unsure,omitempty"`
		Labelled  int                   `json:"labelled,omitempty"`
		Stance    ByStance[ThreadShare] `json:"stance"`
		Polarity  ByPolarity[Count]     `json:"polarity"`
		Recurring []Author              `json:"recurring,omitempty"`
		Audit     *Audit                `json:"audit,omitempty"`
		Model     *llm.Account          `json:"language_model,omitempty"`
		SureFrom  ByStance[float64]     `json:"sure_from,omitzero"`
		Doubts    []analysis.Doubt      `json:"doubts,omitempty"`
		Notes     []string              `json:"notes,omitzero"` // the doubts in words; nil leaves them out
	}
	// Share is the part of the judged comments with a stance.
	Share struct {
		Count int      `json:"count"`
		Share *float64 `json:"share,omitempty"`
		Low   *float64 `json:"low,omitempty"`
		High  *float64 `json:"high,omitempty"`
	}
	// ThreadShare is the share of a stance in a thread, with its standard deviation and the
	// comments of the count by polarity.
	ThreadShare struct {
		Share
		Error *float64 `json:"error,omitempty"`
		ByPolarity[int]
	}
	// Count is a number of comments.
	Count struct {
		Count int `json:"count"`
	}
	// Author is a reader of several comments.
	Author struct {
		Author   string `json:"author"`
		Comments int    `json:"comments"`
		ByStance[int]
		Varies bool `json:"varies,omitempty"`
	}
	// Audit is what corrected the shares.
	Audit struct {
		Comments  int                     `json:"comments"`
		Labelled  int                     `json:"labelled"`
		Sample    string                  `json:"sample"` // "uniform", "weighted" or "assumed"
		Weight    float64                 `json:"weight"`
		Effective *float64                `json:"effective,omitempty"`
		Confusion ByStance[ByStance[int]] `json:"confusion"`
	}
	// Actor is what readers feel toward what the article names.
	Actor struct {
		Name     string                    `json:"name"`
		Variants []string                  `json:"variants,omitempty"`
		Side     string                    `json:"side,omitempty"`
		All      actors.Feeling            `json:"all"`
		Stance   map[string]actors.Feeling `json:"stance"`
	}
	// Problem is a remark on the input.
	Problem struct {
		Where   string `json:"where"`
		Message string `json:"message"`
	}
)

// Of is the document of a result. Notes are its doubts in words, nil for none.
func Of(r *analysis.Result, notes []string) *Result {
	d := around(r, notes)
	d.Comments = make([]Comment, len(r.Thread.Comments))
	for i := range d.Comments {
		d.Comments[i] = newComment(&r.Thread.Comments[i], &r.Judgements[i], r.Model != nil)
	}
	return d
}

// around is the document of a result without its comments.
func around(r *analysis.Result, notes []string) *Result {
	d := &Result{
		Thread:      NewThread(r.Thread),
		Summary:     newSummary(r),
		Actors:      newActors(r.Actors),
		Examination: newExamination(r),
		Problems:    Problems(r.Thread),
	}
	d.Summary.Notes = notes
	d.Thread.Case, d.Thread.For, d.Thread.Against = r.Case, r.For, r.Against
	if r.Model != nil && r.Model.Stated {
		d.Thread.CaseBy = analysis.LanguageModel
	}
	return d
}

// NewThread is the document of a thread without its comments and problems, of a case that
// the input states.
func NewThread(t *corpus.Thread) Thread {
	a := &t.Article
	return Thread{
		ID: t.ID, Source: t.Source, Format: t.Format, Licence: t.Licence,
		Title: a.Title, Description: a.Description, URL: a.URL, Site: a.Site, Published: a.Published, Day: t.Day(),
		Text: a.Text, Declared: t.DeclaredComments,
		Case: a.Case, For: a.For, Against: a.Against, Stated: Stated{a.Case, a.For, a.Against},
		Unused: t.Unused,
	}
}

// Problems are those of a thread.
func Problems(t *corpus.Thread) []Problem {
	docs := make([]Problem, len(t.Problems))
	for i := range docs {
		docs[i] = Problem{t.Problems[i].Where(), t.Problems[i].Message}
	}
	return docs
}

func newSummary(r *analysis.Result) Summary {
	s := &r.Summary
	d := Summary{
		Comments: s.Comments, Authors: s.Authors, Unknown: s.Unknown, Removed: s.Removed, Withheld: s.Withheld,
		Unjudged: s.Unjudged, Unsure: s.Unsure, Labelled: s.Labelled,
		Polarity: ByPolarity[Count]{Count{s.Polarity[corpus.Negative]}, Count{s.Polarity[corpus.Neutral]}, Count{s.Polarity[corpus.Positive]}},
		Audit:    newAudit(s.Audit), Model: r.Model, SureFrom: Stances(r.SureFrom), Doubts: r.Doubts,
	}
	var shares [corpus.NumStances]ThreadShare
	for k, share := range s.Stance {
		shares[k] = ThreadShare{newShare(share), Defined(share.Error), Polarities(s.Cross[k])}
	}
	d.Stance = Stances(shares)
	for _, a := range s.Recurring {
		d.Recurring = append(d.Recurring, Author{a.Name, a.Comments, Stances(a.Stance), a.Varies})
	}
	return d
}

// newShare is the document of a share.
func newShare(s aggregate.Share) Share {
	return Share{s.Count, Defined(s.Share), Defined(s.Low), Defined(s.High)}
}

// newAudit returns nil if there was no audit.
func newAudit(a *audit.Audit) *Audit {
	if a == nil {
		return nil
	}
	d := &Audit{Comments: a.Comments, Labelled: a.Labelled, Sample: "assumed", Weight: a.Lambda, Effective: Defined(a.Effective),
		Confusion: Confusion(a.Confusion)}
	switch {
	case a.Unequal:
		d.Sample = "weighted"
	case a.Stated:
		d.Sample = "uniform"
	}
	return d
}

// Confusion has a row for each label, and in it a count for each stance given.
func Confusion(c *evaluate.Confusion) ByStance[ByStance[int]] {
	return PerStance([corpus.NumStances][]int(c.Counts), func(row []int) ByStance[int] { return Stances([corpus.NumStances]int(row)) })
}

func newActors(list []actors.Actor) []Actor {
	var docs []Actor
	for _, a := range list {
		d := Actor{Name: a.Name, Variants: a.Variants, Side: a.Side.String(), All: a.All, Stance: map[string]actors.Feeling{}}
		for s, f := range a.Stance {
			if f.Comments > 0 {
				d.Stance[corpus.Stance(s).String()] = f
			}
		}
		docs = append(docs, d)
	}
	return docs
}

// Result is the result that the document is of, without the closer look and the problems.
func (d *Result) Result() (*analysis.Result, error) {
	t := &d.Thread
	r := &analysis.Result{
		Thread: &corpus.Thread{
			ID: t.ID, Source: t.Source, Format: t.Format, Licence: t.Licence,
			Article: corpus.Article{Title: t.Title, Description: t.Description, Text: t.Text, URL: t.URL, Site: t.Site, Published: t.Published,
				Case: t.Stated.Case, For: t.Stated.For, Against: t.Stated.Against},
			DeclaredComments: t.Declared, Unused: t.Unused,
			Comments: make([]corpus.Comment, len(d.Comments)),
		},
		Case: t.Case, For: t.For, Against: t.Against,
		Judgements: make([]analysis.Judgement, len(d.Comments)),
		Summary:    d.Summary.summary(),
		Doubts:     d.Summary.Doubts,
		SureFrom:   d.Summary.SureFrom.list(),
		Model:      d.Summary.Model,
	}
	if r.Model != nil {
		r.Model.Stated = t.CaseBy != ""
	}
	for _, a := range d.Actors {
		r.Actors = append(r.Actors, a.actor())
	}
	for i := range d.Comments {
		var err error
		if r.Thread.Comments[i], r.Judgements[i], err = d.Comments[i].both(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (d *Summary) summary() aggregate.Summary {
	s := aggregate.Summary{
		Comments: d.Comments, Authors: d.Authors, Unknown: d.Unknown, Removed: d.Removed, Withheld: d.Withheld,
		Unjudged: d.Unjudged, Unsure: d.Unsure, Labelled: d.Labelled,
		Polarity: [corpus.NumPolarities]int{corpus.Negative: d.Polarity.Negative.Count, corpus.Neutral: d.Polarity.Neutral.Count,
			corpus.Positive: d.Polarity.Positive.Count},
	}
	for k, share := range d.Stance.list() {
		s.Stance[k] = aggregate.Share{Count: share.Count, Share: orNaN(share.Share.Share), Low: orNaN(share.Low), High: orNaN(share.High), Error: orNaN(share.Error)}
		s.Cross[k] = share.ByPolarity.list()
	}
	for _, a := range d.Recurring {
		s.Recurring = append(s.Recurring, aggregate.Author{Name: a.Author, Comments: a.Comments, Stance: a.ByStance.list(), Varies: a.Varies})
	}
	if a := d.Audit; a != nil {
		s.Audit = &audit.Audit{
			Comments: a.Comments, Labelled: a.Labelled, Unequal: a.Sample == "weighted", Stated: a.Sample != "assumed",
			Lambda: a.Weight, Effective: orNaN(a.Effective), Confusion: evaluate.NewConfusion(corpus.NumStances),
		}
		for k, row := range a.Confusion.list() {
			counts := row.list()
			copy(s.Audit.Confusion.Counts[k], counts[:])
			s.Audit.Shares[k] = audit.Share{Share: s.Stance[k].Share, Low: s.Stance[k].Low, High: s.Stance[k].High}
		}
	}
	return s
}

func (d *Actor) actor() actors.Actor {
	a := actors.Actor{Name: d.Name, Variants: d.Variants, All: d.All}
	for _, known := range []actors.Side{actors.For, actors.Against} {
		if known.String() == d.Side {
			a.Side = known
		}
	}
	for s := range a.Stance {
		a.Stance[s] = actors.Feeling{Valence: math.NaN()}
		if f, some := d.Stance[corpus.Stance(s).String()]; some {
			a.Stance[s] = f
		}
	}
	return a
}

// ShareRow is the share of a stance in a thread, in a table of many.
type ShareRow struct {
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

// ShareRows are the rows of a thread, one for each stance.
func (d *Result) ShareRows() []ShareRow {
	t, s := &d.Thread, &d.Summary
	rows := make([]ShareRow, corpus.NumStances)
	for k, share := range s.Stance.list() {
		rows[k] = ShareRow{
			t.Source, known(t.ID), known(t.Title), known(t.URL), known(t.Site), known(t.Day),
			int64(s.Comments - s.Removed - s.Withheld), int64(s.Labelled),
			corpus.Stance(k).String(), int64(share.Count), share.Share.Share, share.Low, share.High,
		}
	}
	return rows
}
