package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Results yields the threads that the filter chooses as they were stored, by path
// and place in the input, holding one at a time. An error ends it.
func (d *Database) Results(ctx context.Context, f Filter) iter.Seq2[*analysis.Result, error] {
	return func(yield func(*analysis.Result, error) bool) {
		if err := d.results(ctx, f, func(r *analysis.Result) bool { return yield(r, nil) }); err != nil {
			yield(nil, fmt.Errorf("reading %s: %w", d.path, explained(err)))
		}
	}
}

// results calls use for each thread until it returns false. All of it is read in
// one transaction, so that a run that goes on beside it doesn't show.
func (d *Database) results(ctx context.Context, f Filter, use func(*analysis.Result) bool) error {
	tx, err := d.sql.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	where, args := f.clause()
	rows, err := tx.QueryContext(ctx, `SELECT t.id, t.input_id, t.item, t.thread, t.source, t.format, t.licence, t.title, t.description, t.article,
		t.url, t.site, t.published, t.article_case, t.parties_for, t.parties_against, t.stated, t.declared_comments,
		t.comments, t.authors, t.removed, t.withheld, t.unsure, t.unknown_authors, t.recurring, t.doubts, t.unused, t.audit, t.language_model, t.labelled
		FROM threads t JOIN inputs i ON i.id = t.input_id `+where+` ORDER BY i.path, t.item`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r := reader{ctx: ctx, tx: tx, result: &analysis.Result{Thread: &corpus.Thread{}}}
		if err := r.read(rows); err != nil {
			return err
		}
		if !use(r.result) {
			return nil
		}
	}
	return rows.Err()
}

// reader rebuilds one thread from its rows.
type reader struct {
	ctx       context.Context
	tx        *sql.Tx
	id, input int64
	item      int
	result    *analysis.Result
}

func (r *reader) read(row *sql.Rows) error {
	if err := r.thread(row); err != nil {
		return err
	}
	if err := r.comments(""); err != nil {
		return err
	}
	for _, part := range []func() error{r.annotations, r.shares, r.actors, r.problems} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) thread(row *sql.Rows) error {
	t, a, s := r.result.Thread, &r.result.Thread.Article, &r.result.Summary
	var parties, against, stated, authors, notes, unused, audited, model []byte
	if err := row.Scan(&r.id, &r.input, &r.item, orEmpty(&t.ID), &t.Source, &t.Format, orEmpty(&t.Licence),
		orEmpty(&a.Title), orEmpty(&a.Description), orEmpty(&a.Text), orEmpty(&a.URL), orEmpty(&a.Site), orEmpty(&a.Published),
		orEmpty(&r.result.Case), &parties, &against, &stated, orZero(&t.DeclaredComments),
		&s.Comments, &s.Authors, &s.Removed, &s.Withheld, &s.Unsure, &s.Unknown, &authors, &notes, &unused, &audited, &model, &s.Labelled); err != nil {
		return err
	}
	var said statedJSON
	var several []authorJSON
	var lines []lineJSON
	for _, d := range []struct {
		from []byte
		to   any
	}{{parties, &r.result.For}, {against, &r.result.Against}, {stated, &said}, {authors, &several}, {notes, &r.result.Doubts}, {unused, &lines}} {
		if err := decode(d.from, d.to); err != nil {
			return err
		}
	}
	var err error
	if s.Audit, err = auditFrom(audited); err != nil {
		return err
	}
	if r.result.Model, err = modelFrom(model); err != nil {
		return err
	}
	a.Case, a.For, a.Against = said.Case, said.For, said.Against
	for _, x := range several {
		s.Recurring = append(s.Recurring, aggregate.Author{Name: x.Author, Comments: x.Comments, Varies: x.Varies,
			Stance: [corpus.NumStances]int{x.Skeptical, x.Relativist, x.Supportive, x.None}})
	}
	for _, l := range lines {
		t.Unused = append(t.Unused, corpus.Line{Number: l.Line, Text: l.Text, Reason: l.Reason})
	}
	return nil
}

// each calls scan for every row of a query about the thread.
func (r *reader) each(query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// comments reads the comments for which a further condition holds, "" for all.
func (r *reader) comments(condition string, args ...any) error {
	return r.each(`SELECT c.id, c.parent, c.parent_text, c.author, c.posted, c.posted_as, c.votes, c.text, c.removed, c.line, c.reply, c.aside,
		j.withheld, j.stance, j.p_skeptical, j.p_relativist, j.p_supportive, j.p_none, j.unsure, j.polarity, j.valence, j.evidence, j.feeling, j.annotated, j.sarcasm,
		j.p_negative, j.p_neutral, j.p_positive, j.engine
		FROM comments c LEFT JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
		WHERE c.thread_id = ? `+condition+` ORDER BY c.position`, r.comment, append([]any{r.id}, args...)...)
}

func (r *reader) comment(row *sql.Rows) error {
	var c corpus.Comment
	var j analysis.Judgement
	var posted, stance, polarity, engine, aside string
	var votes sql.NullInt64
	p, feel := &j.Probabilities, &j.Polarities
	var evidence, feeling []byte
	if err := row.Scan(&c.ID, orEmpty(&c.Parent), orEmpty(&c.ParentText), orEmpty(&c.Author), orEmpty(&posted), orEmpty(&c.PostedAs),
		&votes, &c.Text, &c.Removed, orZero(&c.Line), &c.Reply, orEmpty(&aside),
		orZero(&j.Withheld), orEmpty(&stance), orZero(&p[corpus.Skeptical]), orZero(&p[corpus.Relativist]), orZero(&p[corpus.Supportive]), orZero(&p[corpus.None]),
		orZero(&j.Unsure), orEmpty(&polarity), orZero(&j.Valence), &evidence, &feeling, orZero(&j.Annotated), orZero(&j.Sarcasm),
		orZero(&feel[corpus.Negative]), orZero(&feel[corpus.Neutral]), orZero(&feel[corpus.Positive]), orEmpty(&engine)); err != nil {
		return err
	}
	var err error
	if posted != "" {
		if c.Posted, err = time.Parse(time.RFC3339Nano, posted); err != nil {
			return err
		}
	}
	if votes.Valid {
		n := int(votes.Int64)
		c.Votes = &n
	}
	c.Aside = corpus.Aside(aside)
	j.ByModel = engine == analysis.LanguageModel
	if j.Evidence, err = evidenceFrom(evidence); err != nil {
		return err
	}
	if j.Feeling, err = evidenceFrom(feeling); err != nil {
		return err
	}
	if stance != "" {
		j.Judged = true
		if j.Stance, err = corpus.ParseStance(stance); err != nil {
			return err
		}
		if j.Polarity, err = corpus.ParsePolarity(polarity); err != nil {
			return err
		}
	}
	r.result.Thread.Comments = append(r.result.Thread.Comments, c)
	r.result.Judgements = append(r.result.Judgements, j)
	return nil
}

func (r *reader) annotations() error {
	return r.each(`SELECT position, stance, sentiment, sarcasm, certainty FROM annotations WHERE thread_id = ?`, func(row *sql.Rows) error {
		var position int
		var a corpus.Annotation
		if err := row.Scan(&position, &a.Label, orEmpty(&a.Sentiment), &a.Sarcasm, orZero(&a.Certainty)); err != nil {
			return err
		}
		r.result.Thread.Comments[position-1].Annotation = &a
		return nil
	}, r.id)
}

func (r *reader) shares() error {
	s := &r.result.Summary
	return r.each(`SELECT stance, count, share, low, high, negative, neutral, positive, error FROM shares WHERE thread_id = ?`, func(row *sql.Rows) error {
		var name string
		var share aggregate.Share
		var feel [corpus.NumPolarities]int
		if err := row.Scan(&name, &share.Count, orNaN(&share.Share), orNaN(&share.Low), orNaN(&share.High),
			&feel[corpus.Negative], &feel[corpus.Neutral], &feel[corpus.Positive],
			orNaN(&share.Error)); err != nil {
			return err
		}
		k, err := corpus.ParseStance(name)
		if err != nil {
			return err
		}
		s.Stance[k], s.Cross[k] = share, feel
		for p, n := range feel {
			s.Polarity[p] += n
		}
		return nil
	}, r.id)
}

func (r *reader) problems() error {
	return r.each(`SELECT level, file, line, message FROM problems WHERE input_id = ? AND item = ? ORDER BY number`, func(row *sql.Rows) error {
		var level string
		var p corpus.Problem
		if err := row.Scan(&level, &p.File, orZero(&p.Line), &p.Message); err != nil {
			return err
		}
		for l, name := range levelNames {
			if name == level {
				p.Level = corpus.Level(l)
			}
		}
		r.result.Thread.Problems = append(r.result.Thread.Problems, p)
		return nil
	}, r.input, r.item)
}

func evidenceFrom(from []byte) ([]text.Evidence, error) {
	var stored []evidenceJSON
	if err := decode(from, &stored); err != nil {
		return nil, err
	}
	var all []text.Evidence
	for _, e := range stored {
		all = append(all, text.Evidence{Span: text.Span{Start: e.Start, End: e.End}, Cue: e.Cue, Weight: e.Weight})
	}
	return all, nil
}

// decode reads JSON that may be NULL.
func decode(from []byte, to any) error {
	if from == nil {
		return nil
	}
	return json.Unmarshal(from, to)
}

// absent scans a column into a value that stands for NULL by one of its own.
type absent[T any] struct {
	to   *T
	null T
}

// Scan implements sql.Scanner.
func (a absent[T]) Scan(value any) error {
	var v sql.Null[T]
	if err := v.Scan(value); err != nil {
		return err
	}
	if *a.to = a.null; v.Valid {
		*a.to = v.V
	}
	return nil
}

func orEmpty(s *string) absent[string] { return absent[string]{to: s} }

func orZero[T int | float64 | bool](n *T) absent[T] { return absent[T]{to: n} }

func orNaN(x *float64) absent[float64] { return absent[float64]{x, math.NaN()} }
