package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"stance.example/stance/analysis/encoder"
)

// Settings are what the judgements of a run depend on besides its inputs.
type Settings struct {
	Program  string           // its version
	Key      json.RawMessage  // how the inputs are read and judged, files by their hashes
	Passport encoder.Passport // of the model
}

// stored are the settings as the database holds them.
type stored struct {
	id                     int64
	program, key, passport string
}

func (s Settings) stored() (stored, error) {
	key, err := json.Marshal(s.Key) // null for none
	if err != nil {
		return stored{}, err
	}
	passport, err := json.Marshal(s.Passport)
	if err != nil {
		return stored{}, err
	}
	return stored{idOf(s.Program, string(key), string(passport)), s.Program, string(key), string(passport)}, nil
}

// ErrBusy is wrapped by Begin where another run is writing to the file.
var ErrBusy = errors.New("another run is writing to it")

// DefaultBatch is a number of rows for a transaction: some MB, and seconds of work.
const DefaultBatch = 4000

// Run writes to a database. But for Answers and Keep it isn't safe for concurrent use.
type Run struct {
	// Batch is the number of rows after which a transaction is committed. What isn't
	// committed a kill can lose.
	Batch int

	mu       sync.Mutex // of the transaction
	db       *Database
	lock     *flock.Flock
	conn     *sql.Conn
	ctx      context.Context
	comment  *sql.Stmt // inserts one
	settings stored
	id       int64 // in the table runs
	open     bool  // a transaction is
	rows     int   // in it
	failed   error // of the first write that did; nothing is stored after it
}

// Begin starts a run. While it lasts no other can begin on the same file, which a
// lock on a file beside the database ensures; the system gives it up with the
// process, however that ends. Close must be called at the end.
func (d *Database) Begin(ctx context.Context, s Settings, now time.Time) (*Run, error) {
	settings, err := s.stored()
	if err != nil {
		return nil, fmt.Errorf("storing the settings: %w", err)
	}
	lock := flock.New(d.path + "-lock")
	switch got, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("locking %s: %w", d.path, err)
	case !got:
		return nil, fmt.Errorf("%s: %w", d.path, ErrBusy)
	}
	// What was done is stored even if the run is interrupted.
	r := &Run{Batch: DefaultBatch, db: d, lock: lock, ctx: context.WithoutCancel(ctx), settings: settings}
	if err := r.begin(now); err != nil {
		return nil, errors.Join(r.wrap(err), r.Close())
	}
	return r, nil
}

func (r *Run) begin(now time.Time) (err error) {
	if r.conn, err = r.db.sql.Conn(r.ctx); err != nil {
		return err
	}
	if r.comment, err = r.conn.PrepareContext(r.ctx, `INSERT INTO comments (thread_id, position, document) VALUES (?, ?, ?)`); err != nil {
		return err
	}
	if err := r.write(`INSERT INTO settings (id, program, flags, passport) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		r.settings.id, r.settings.program, r.settings.key, r.settings.passport); err != nil {
		return err
	}
	if err := r.write(`INSERT INTO runs (settings_id, started) VALUES (?, ?)`, r.settings.id, stamp(now)); err != nil {
		return err
	}
	if err := r.conn.QueryRowContext(r.ctx, `SELECT last_insert_rowid()`).Scan(&r.id); err != nil {
		return err
	}
	return r.commit()
}

func stamp(now time.Time) string { return now.UTC().Format(time.RFC3339) }

// wrap returns the error of a write, and remembers it.
func (r *Run) wrap(err error) error {
	if err == nil {
		return nil
	}
	r.failed = fmt.Errorf("writing %s: %w", r.db.path, explained(err))
	return r.failed
}

// locked stores something alone. After a write that failed it returns the error of that and stores nothing: the transaction
// holds half a thread, or was rolled back.
func (r *Run) locked(store func() error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed != nil {
		return r.failed
	}
	return r.wrap(store())
}

// write executes a statement in the transaction, which it begins if there is none.
func (r *Run) write(query string, args ...any) error {
	if err := r.transact(); err != nil {
		return err
	}
	_, err := r.conn.ExecContext(r.ctx, query, args...)
	return err
}

func (r *Run) transact() error {
	if r.open {
		return nil
	}
	_, err := r.conn.ExecContext(r.ctx, "BEGIN IMMEDIATE")
	r.open = err == nil
	return err
}

func (r *Run) commit() error {
	if !r.open {
		return nil
	}
	if _, err := r.conn.ExecContext(r.ctx, "COMMIT"); err != nil {
		return err
	}
	r.open, r.rows = false, 0
	return nil
}

// wrote counts rows and commits if the transaction has become large.
func (r *Run) wrote(rows int) error {
	if r.rows += rows; r.rows < r.Batch {
		return nil
	}
	return r.commit()
}

// Start takes up an input as its standing says.
func (r *Run) Start(in Input, s Standing) error {
	if s.State == Partial {
		return nil
	}
	return r.locked(func() error {
		id := idOf(in.Path)
		if err := r.write(`DELETE FROM inputs WHERE id = ?`, id); err != nil {
			return err
		}
		return r.write(`INSERT INTO inputs (id, path, sha256, bytes, settings_id, state, items, failures) VALUES (?, ?, ?, ?, ?, 'reading', 0, 0)`,
			id, in.Path, in.SHA256, in.Bytes, r.settings.id)
	})
}

// Key is by what a thread is known to be stored: as that item of the input, from 1.
func Key(in Input, item int) int64 {
	return idOf(strconv.FormatInt(idOf(in.Path), 10), strconv.Itoa(item))
}

// Done ends an input that was read to its end.
func (r *Run) Done(in Input) error { return r.end(in, "done", nil) }

// Failed ends an input that couldn't be read, or not to its end, with the reason.
// What was stored of it stays; the next run begins it anew.
func (r *Run) Failed(in Input, reason error) error { return r.end(in, "failed", reason.Error()) }

func (r *Run) end(in Input, state string, reason any) error {
	return r.locked(func() error {
		if err := r.write(`UPDATE inputs SET state = ?, reason = ? WHERE id = ?`, state, reason, idOf(in.Path)); err != nil {
			return err
		}
		return r.wrote(1)
	})
}

// Finish commits what isn't committed, forgets settings that no input has any more
// and notes the end of the run.
func (r *Run) Finish(now time.Time) error {
	return r.locked(func() error {
		if err := r.write(`DELETE FROM settings WHERE id NOT IN (SELECT settings_id FROM inputs)`); err != nil {
			return err
		}
		if err := r.write(`UPDATE runs SET ended = ? WHERE id = ?`, stamp(now), r.id); err != nil {
			return err
		}
		return r.commit()
	})
}

// Close gives the lock up. What Finish or a full batch hasn't committed is lost.
func (r *Run) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	if r.conn != nil {
		if r.open {
			_, err = r.conn.ExecContext(r.ctx, "ROLLBACK")
		}
		if r.failed != nil {
			err = nil // SQLite may have rolled back by itself
		}
		if r.comment != nil {
			err = errors.Join(err, r.comment.Close())
		}
		err = errors.Join(err, r.conn.Close())
	}
	return errors.Join(err, r.lock.Unlock())
}
