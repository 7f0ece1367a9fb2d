package database

import (
	"context"
	"database/sql"
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// mostAuthors is the number of authors in an overview, those of the most comments.
const mostAuthors = 20

// Overview outlines the threads that the filter chooses, without their comments, and
// counts those of the authors who wrote most. What threads come to together, and what
// compares them, is left to Overview.Complete.
func (d *Database) Overview(ctx context.Context, f Filter) (*analysis.Overview, error) {
	o, err := d.overview(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", d.path, explained(err))
	}
	return o, nil
}

func (d *Database) overview(ctx context.Context, f Filter) (*analysis.Overview, error) {
	tx, err := d.sql.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	q := query{ctx, tx, f}
	o := &analysis.Overview{}
	if o.Threads, err = q.outlines(); err != nil {
		return nil, err
	}
	if err := q.writers(o.Threads); err != nil {
		return nil, err
	}
	if o.Authors, err = q.authors(); err != nil {
		return nil, err
	}
	err = q.rows(`SELECT count(*) FROM threads t JOIN inputs i ON i.id = t.input_id JOIN judgements j ON j.thread_id = t.id
		%s AND j.engine = 'llm' AND NOT j.withheld`, func(row *sql.Rows) error { return row.Scan(&o.ByModel) })
	return o, err
}

// query asks about the threads of a filter in one transaction.
type query struct {
	ctx context.Context
	tx  *sql.Tx
	f   Filter
}

// rows calls scan for every row of a query whose text has one place for the filter's
// clause.
func (q query) rows(text string, scan func(*sql.Rows) error) error {
	where, args := q.f.clause()
	rows, err := q.tx.QueryContext(q.ctx, fmt.Sprintf(text, where), args...)
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

func (q query) outlines() ([]analysis.Outline, error) {
	var list []analysis.Outline
	last := int64(-1)
	err := q.rows(`SELECT t.id, t.source, t.thread, t.title, t.url, t.site, t.dated, coalesce(t.article_case, '') = '', coalesce(t.article, '') <> '', t.comments - t.removed - t.withheld, t.labelled,
		s.stance, s.count, s.share, s.error, s.low, s.high, s.negative, s.neutral, s.positive
		FROM threads t JOIN inputs i ON i.id = t.input_id JOIN shares s ON s.thread_id = t.id %s ORDER BY i.path, t.item`, func(row *sql.Rows) error {
		var o analysis.Outline
		var stance string
		var share aggregate.Share
		var feel [corpus.NumPolarities]int
		if err := row.Scan(&o.Key, &o.Source, orEmpty(&o.ID), orEmpty(&o.Title), orEmpty(&o.URL), orEmpty(&o.Site), orEmpty(&o.Day), &o.NoCase, &o.Articled, &o.Judged, &o.Labelled,
			&stance, &share.Count, orNaN(&share.Share), orNaN(&share.Error), orNaN(&share.Low), orNaN(&share.High),
			&feel[corpus.Negative], &feel[corpus.Neutral], &feel[corpus.Positive]); err != nil {
			return err
		}
		if o.Key != last {
			list = append(list, o)
			last = o.Key
		}
		k, err := corpus.ParseStance(stance)
		t := &list[len(list)-1]
		t.Stance[k] = share
		for p, n := range feel {
			t.Polarity[p] += n
		}
		return err
	})
	return list, err
}

// writers sets who wrote in the threads, and how many of their comments are replies.
func (q query) writers(threads []analysis.Outline) error {
	index := map[int64]*analysis.Outline{}
	for i := range threads {
		index[threads[i].Key] = &threads[i]
	}
	names := map[string]string{} // each once in memory
	return q.rows(`SELECT t.id, coalesce(c.author, '') AS author, sum(c.parent IS NOT NULL OR c.reply)
		FROM threads t JOIN inputs i ON i.id = t.input_id JOIN comments c ON c.thread_id = t.id
		JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
		%s AND NOT j.withheld GROUP BY t.id, author ORDER BY t.id, author`, func(row *sql.Rows) error {
		var key int64
		var name string
		var replies int
		if err := row.Scan(&key, &name, &replies); err != nil {
			return err
		}
		t := index[key]
		t.Replies += replies
		if name != "" {
			if _, known := names[name]; !known {
				names[name] = name
			}
			t.Authors = append(t.Authors, names[name])
		}
		return nil
	})
}

// authors sums the comments up by author, of the known ones.
func (q query) authors() ([]analysis.Group, error) {
	var list []analysis.Group
	err := q.rows(fmt.Sprintf(`SELECT c.author AS name, count(DISTINCT t.id), count(*) AS judged,
		sum(j.stance = 'skeptical'), sum(j.stance = 'relativist'), sum(j.stance = 'supportive'), sum(j.stance = 'none'),
		sum(j.polarity = 'negative'), sum(j.polarity = 'neutral'), sum(j.polarity = 'positive')
		FROM threads t JOIN inputs i ON i.id = t.input_id JOIN comments c ON c.thread_id = t.id
		JOIN judgements j ON j.thread_id = c.thread_id AND j.position = c.position
		%%s AND c.author IS NOT NULL AND NOT j.withheld GROUP BY name ORDER BY judged DESC, name LIMIT %d`, mostAuthors), scanGroups(&list))
	return list, err
}

func scanGroups(list *[]analysis.Group) func(*sql.Rows) error {
	return func(row *sql.Rows) error {
		var g analysis.Group
		s, p := &g.Stance, &g.Polarity
		if err := row.Scan(&g.Name, &g.Threads, &g.Judged,
			&s[corpus.Skeptical].Count, &s[corpus.Relativist].Count, &s[corpus.Supportive].Count, &s[corpus.None].Count,
			&p[corpus.Negative], &p[corpus.Neutral], &p[corpus.Positive]); err != nil {
			return err
		}
		*list = append(*list, g)
		return nil
	}
}
