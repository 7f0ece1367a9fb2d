package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"stance.example/stance/analysis/llm"
)

var _, _ llm.Cache = (*Database)(nil), (*Run)(nil)

// Answers implements llm.Cache.
func (d *Database) Answers(ctx context.Context, keys []string) (map[string]string, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	return found, d.read(ctx, func(r reading) error {
		return r.rows(`SELECT a.key, a.answer FROM json_each(?) k JOIN answers a ON a.key = k.value`, func(row *sql.Rows) error {
			var key, answer string
			err := row.Scan(&key, &answer)
			found[key] = answer
			return err
		}, string(list))
	})
}

// Keep implements llm.Cache, in a file on which no run is under way.
func (d *Database) Keep(ctx context.Context, records []llm.Record) error {
	tx, err := d.sql.BeginTx(ctx, nil)
	if err == nil {
		defer tx.Rollback()
		if err = keep(ctx, tx, records); err == nil {
			err = tx.Commit()
		}
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", d.path, explained(err))
	}
	return nil
}

// executor is a connection or a transaction.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// keep stores answers. One that is there already came of the same question and stays.
func keep(ctx context.Context, e executor, records []llm.Record) error {
	for _, r := range records {
		if _, err := e.ExecContext(ctx, `INSERT INTO answers (key, prompt, model, temperature, seed, answer) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			r.Key, r.Prompt, r.Model, r.Temperature, r.Seed, r.Answer); err != nil {
			return err
		}
	}
	return nil
}

// Answers implements llm.Cache.
func (r *Run) Answers(ctx context.Context, keys []string) (map[string]string, error) {
	return r.db.Answers(ctx, keys)
}

// Keep implements llm.Cache. It commits what the run has stored so far, too: of two that
// write to a file one would wait for the other. It may be called from any goroutine.
func (r *Run) Keep(_ context.Context, records []llm.Record) error {
	return r.locked(func() error {
		if err := r.transact(); err != nil {
			return err
		}
		if err := keep(r.ctx, r.conn, records); err != nil {
			return err
		}
		return r.commit()
	})
}
