package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// statements are the inserts of a run, prepared once.
type statements struct {
	thread, comment, judgement, annotation, share, actor, problem, progress *sql.Stmt
}

func prepare(ctx context.Context, conn *sql.Conn) (s statements, err error) {
	for _, p := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&s.thread, `INSERT INTO threads VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`},
		{&s.comment, `INSERT INTO comments VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`},
		{&s.judgement, `INSERT INTO judgements VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`},
		{&s.annotation, `INSERT INTO annotations VALUES (?,?,?,?,?,?)`},
		{&s.share, `INSERT INTO shares VALUES (?,?,?,?,?,?,?,?,?,?)`},
		{&s.actor, `INSERT INTO actors VALUES (?,?,?,?,?,?,?,?)`},
		{&s.problem, `INSERT INTO problems VALUES (?,?,?,?,?,?,?)`},
		{&s.progress, `UPDATE inputs SET items = ?, failures = failures + ? WHERE id = ?`},
	} {
		if *p.to, err = conn.PrepareContext(ctx, p.query); err != nil {
			return s, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func (s *statements) close() error {
	var err error
	for _, stmt := range []*sql.Stmt{s.thread, s.comment, s.judgement, s.annotation, s.share, s.actor, s.problem, s.progress} {
		if stmt != nil {
			err = errors.Join(err, stmt.Close())
		}
	}
	return err
}

// writer writes the rows of one item of an input.
type writer struct {
	ctx   context.Context
	s     *statements
	input int64
	item  int
}

// result writes a judged thread.
func (w writer) result(r *analysis.Result) error {
	id := key(w.input, w.item)
	if err := w.thread(id, r); err != nil {
		return err
	}
	for i := range r.Thread.Comments {
		if err := w.comment(id, i+1, &r.Thread.Comments[i], &r.Judgements[i]); err != nil {
			return err
		}
	}
	for k, share := range r.Summary.Stance {
		feel := r.Summary.Cross[k]
		if _, err := w.s.share.ExecContext(w.ctx, id, corpus.Stance(k).String(), share.Count, ratio(share.Share), ratio(share.Low), ratio(share.High),
			feel[corpus.Negative], feel[corpus.Neutral], feel[corpus.Positive], ratio(share.Error)); err != nil {
			return err
		}
	}
	return w.actors(id, r.Actors)
}

func (w writer) thread(id int64, r *analysis.Result) error {
	t, a, s := r.Thread, &r.Thread.Article, &r.Summary
	_, err := w.s.thread.ExecContext(w.ctx, id, w.input, w.item,
		word(t.ID), t.Source, t.Format, word(t.Licence),
		word(a.Title), word(a.Description), word(a.Text), word(a.URL), word(a.Site), word(a.Published), word(t.Day()),
		word(r.Case), list(r.For), list(r.Against), statedOf(a), number(t.DeclaredComments),
		s.Comments, s.Authors, s.Removed, s.Withheld, s.Unsure, s.Unknown,
		list(recurring(s.Recurring)), list(r.Doubts), list(unused(t.Unused)), auditColumn(s.Audit), modelColumn(r.Model), s.Labelled)
	return err
}

func (w writer) comment(thread int64, position int, c *corpus.Comment, j *analysis.Judgement) error {
	var posted, votes any
	if !c.Posted.IsZero() {
		posted = c.Posted.Format(time.RFC3339Nano)
	}
	if c.Votes != nil {
		votes = *c.Votes
	}
	if _, err := w.s.comment.ExecContext(w.ctx, thread, position, c.ID, word(c.Parent), word(c.ParentText), word(c.Author),
		posted, word(c.PostedAs), votes, c.Text, c.Removed, number(c.Line), c.Reply, word(string(c.Aside))); err != nil {
		return err
	}
	if a := c.Annotation; a != nil {
		if _, err := w.s.annotation.ExecContext(w.ctx, thread, position, a.Label, word(a.Sentiment), a.Sarcasm, number(a.Certainty)); err != nil {
			return err
		}
	}
	if !j.Judged && !j.Withheld {
		return nil
	}
	var stance, polarity, valence, sarcasm any
	var polarities [corpus.NumPolarities]any
	if j.Judged {
		stance, polarity, valence, sarcasm = j.Stance.String(), j.Polarity.String(), j.Valence, j.Sarcasm
		polarities = polarityColumns(j.Polarities)
	}
	var engine any
	if j.ByModel {
		engine = j.Engine()
	}
	p := probabilityColumns(j)
	_, err := w.s.judgement.ExecContext(w.ctx, thread, position, j.Withheld, stance,
		p[corpus.Skeptical], p[corpus.Relativist], p[corpus.Supportive], p[corpus.None],
		j.Unsure, polarity, valence, list(evidence(j.Evidence)), list(evidence(j.Feeling)), j.Annotated, sarcasm,
		polarities[corpus.Negative], polarities[corpus.Neutral], polarities[corpus.Positive], engine)
	return err
}

// problems writes the problems of the item and counts the failures.
func (w writer) problems(all []corpus.Problem) (failures int, err error) {
	for i, p := range all {
		if p.Level == corpus.Failure {
			failures++
		}
		if _, err := w.s.problem.ExecContext(w.ctx, w.input, w.item, i+1, levelNames[p.Level], p.File, number(p.Line), p.Message); err != nil {
			return failures, err
		}
	}
	return failures, nil
}

var levelNames = [...]string{corpus.Assumption: "assumption", corpus.Warning: "warning", corpus.Failure: "failure"}

// The JSON inside columns.
type (
	evidenceJSON struct {
		Start  int     `json:"start"`
		End    int     `json:"end"`
		Cue    string  `json:"cue"`
		Weight float64 `json:"weight,omitzero"`
	}
	authorJSON struct {
		Author     string `json:"author"`
		Comments   int    `json:"comments"`
		Skeptical  int    `json:"skeptical"`
		Relativist int    `json:"relativist"`
		Supportive int    `json:"supportive"`
		None       int    `json:"none"`
		Varies     bool   `json:"varies"`
	}
	statedJSON struct {
		Case    string   `json:"case,omitempty"`
		For     []string `json:"for,omitempty"`
		Against []string `json:"against,omitempty"`
	}
	lineJSON struct {
		Line   int    `json:"line"`
		Text   string `json:"text"`
		Reason string `json:"reason"`
	}
)

func unused(lines []corpus.Line) []lineJSON {
	var out []lineJSON
	for _, l := range lines {
		out = append(out, lineJSON{l.Number, l.Text, l.Reason})
	}
	return out
}

func evidence(all []text.Evidence) []evidenceJSON {
	var out []evidenceJSON
	for _, e := range all {
		out = append(out, evidenceJSON{e.Start, e.End, e.Cue, e.Weight})
	}
	return out
}

func recurring(all []aggregate.Author) []authorJSON {
	var out []authorJSON
	for _, a := range all {
		out = append(out, authorJSON{
			a.Name, a.Comments,
			a.Stance[corpus.Skeptical], a.Stance[corpus.Relativist], a.Stance[corpus.Supportive], a.Stance[corpus.None], a.Varies,
		})
	}
	return out
}

// statedOf is what the input itself says of the case, nil if nothing.
func statedOf(a *corpus.Article) any {
	if a.Case == "" && len(a.For)+len(a.Against) == 0 {
		return nil
	}
	return encoded(statedJSON{a.Case, a.For, a.Against})
}

// word is NULL for what is absent.
func word(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// number is NULL for 0, which stands for what is absent.
func number(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// ratio is NULL where there was nothing to divide by.
func ratio(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	return x
}

// list is a JSON array, NULL for an empty one.
func list[T any](values []T) any {
	if len(values) == 0 {
		return nil
	}
	return encoded(values)
}

// encoded is the value as JSON. The values of this package always encode.
func encoded(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
