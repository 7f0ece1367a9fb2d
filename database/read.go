package database

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/serial"
)

// reading is a transaction that reads, so that a run that goes on beside it doesn't show.
type reading struct {
	ctx context.Context
	tx  *sql.Tx
}

// errBegun is what comes of reading a file that was taken for one that nobody writes.
var errBegun = errors.New("a run has begun to write it meanwhile; read it again")

// read calls use with a transaction.
func (d *Database) read(ctx context.Context, use func(reading) error) error {
	tx, err := d.sql.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err == nil {
		defer tx.Rollback()
		err = use(reading{ctx, tx})
	}
	if d.still && written(d.path) {
		err = errBegun
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", d.path, explained(err))
	}
	return nil
}

// rows calls scan for every row of a query until it fails.
func (r reading) rows(query string, scan func(*sql.Rows) error, args ...any) error {
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

// Results yields the threads that the filter chooses as they were stored, by path
// and place in the input, holding one at a time. An error ends it.
func (d *Database) Results(ctx context.Context, f Filter) iter.Seq2[*analysis.Result, error] {
	return func(yield func(*analysis.Result, error) bool) {
		err := d.read(ctx, func(r reading) error {
			return r.threads(f, func(id int64, doc *serial.Result) error {
				result, err := r.result(id, doc)
				if err == nil && !yield(result, nil) {
					return errEnough
				}
				return err
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// document scans a document into what it points to.
type document struct{ to any }

// Scan implements sql.Scanner.
func (d document) Scan(value any) error {
	var from sql.Null[[]byte]
	if err := from.Scan(value); err != nil {
		return err
	}
	return json.Unmarshal(from.V, d.to)
}

// errEnough ends a reading whose user wants no more.
var errEnough = errors.New("enough")

// threads calls use with the documents of threads, which have no comments.
func (r reading) threads(f Filter, use func(id int64, doc *serial.Result) error) error {
	where, args := f.clause()
	return r.rows(`SELECT t.id, t.document FROM threads t JOIN inputs i ON i.id = t.input_id `+where+` ORDER BY i.path, t.item`, func(row *sql.Rows) error {
		var id int64
		var doc serial.Result
		if err := row.Scan(&id, document{&doc}); err != nil {
			return err
		}
		return use(id, &doc)
	}, args...)
}

// result is a thread with its comments and problems.
func (r reading) result(id int64, doc *serial.Result) (*analysis.Result, error) {
	err := r.rows(`SELECT document FROM comments WHERE thread_id = ? ORDER BY position`, func(row *sql.Rows) error {
		var c serial.Comment
		err := row.Scan(document{&c})
		doc.Comments = append(doc.Comments, c)
		return err
	}, id)
	if err != nil {
		return nil, err
	}
	result, err := doc.Result()
	if err != nil {
		return nil, err
	}
	return result, r.rows(`SELECT p.level, p.file, coalesce(p.line, 0), p.message FROM problems p JOIN threads t ON t.input_id = p.input_id AND t.item = p.item
		WHERE t.id = ? ORDER BY p.number`, func(row *sql.Rows) error {
		var level string
		var p corpus.Problem
		err := row.Scan(&level, &p.File, &p.Line, &p.Message)
		p.Level = corpus.Level(slices.Index(levelNames[:], level))
		result.Thread.Problems = append(result.Thread.Problems, p)
		return err
	}, id)
}

// mostAuthors is the number of authors in an overview, those of the most comments.
const mostAuthors = 20

// Overview outlines the threads that the filter chooses, without their comments, and
// counts those of the authors who wrote most. What threads come to together, and what
// compares them, is left to Overview.Complete.
func (d *Database) Overview(ctx context.Context, f Filter) (*analysis.Overview, error) {
	o := &analysis.Overview{}
	err := d.read(ctx, func(r reading) error {
		index := map[int64]int{}
		if err := r.threads(f, func(id int64, doc *serial.Result) error {
			result, err := doc.Result()
			if err != nil {
				return err
			}
			t := analysis.NewOutline(result)
			t.Key, t.Day = id, doc.Thread.Day
			index[id] = len(o.Threads)
			o.Threads = append(o.Threads, t)
			return nil
		}); err != nil {
			return err
		}
		return r.comments(f, o, index)
	})
	return o, err
}

// comments counts the judged comments of threads, which index finds by their ids, and the
// authors of them.
func (r reading) comments(f Filter, o *analysis.Overview, index map[int64]int) error {
	authors := map[string]*analysis.Group{}
	where, args := f.clause()
	if err := r.rows(`SELECT c.thread_id, coalesce(c.author, '') AS author, c.stance, c.polarity,
		count(*), sum(c.parent IS NOT NULL OR c.reply), sum(c.engine IS NOT NULL AND NOT c.annotated)
		FROM threads t JOIN inputs i ON i.id = t.input_id JOIN comments c ON c.thread_id = t.id `+where+` AND c.stance IS NOT NULL
		GROUP BY c.thread_id, c.author, c.stance, c.polarity ORDER BY c.thread_id, c.author`, func(row *sql.Rows) error {
		var id int64
		var author, stanceName, polarityName string
		var judged, replies, byModel int
		if err := row.Scan(&id, &author, &stanceName, &polarityName, &judged, &replies, &byModel); err != nil {
			return err
		}
		stance, err := corpus.ParseStance(stanceName)
		if err != nil {
			return err
		}
		polarity, err := corpus.ParsePolarity(polarityName)
		if err != nil {
			return err
		}
		t := &o.Threads[index[id]]
		t.Replies += replies
		o.ByModel += byModel
		if author == "" {
			return nil
		}
		g, known := authors[author]
		if !known {
			g = &analysis.Group{Name: author}
			authors[author] = g
		}
		if n := len(t.Authors); n == 0 || t.Authors[n-1] != g.Name {
			t.Authors = append(t.Authors, g.Name)
			g.Threads++
		}
		g.Judged += judged
		g.Stance[stance].Count += judged
		g.Polarity[polarity] += judged
		return nil
	}, args...); err != nil {
		return err
	}
	most := slices.SortedFunc(maps.Values(authors), func(a, b *analysis.Group) int {
		return cmp.Or(cmp.Compare(b.Judged, a.Judged), cmp.Compare(a.Name, b.Name))
	})
	for _, g := range most[:min(len(most), mostAuthors)] {
		o.Authors = append(o.Authors, *g)
	}
	return nil
}
