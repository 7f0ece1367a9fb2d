package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Input is a file as a run takes it.
type Input struct {
	Path   string
	SHA256 string // of the content, in hexadecimal; "" if it couldn't be read
	Bytes  int64
}

// State says what a run has to do with an input.
type State uint8

// The states of an input.
const (
	New       State = iota // not in the database
	Unchanged              // done: nothing to do
	Partial                // half done by a run that was killed or interrupted
	Changed                // its content has changed
	Resettled              // the settings or the model have changed
	Retried                // it failed the last time
)

var stateNames = [...]string{"new", "unchanged", "half done", "changed", "other settings", "failed before"}

// String returns the state in a word or two.
func (s State) String() string { return stateNames[s] }

// Standing is how far an input is.
type Standing struct {
	State State
	// Items is the number of threads and loose remarks stored; only Partial inputs
	// keep them.
	Items int
	// Failures is the number of records of an Unchanged or Partial input that
	// couldn't be read.
	Failures int
}

// Has reports whether a thread of that key is stored.
func (d *Database) Has(ctx context.Context, key int64) (bool, error) {
	var has bool
	if err := d.sql.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM threads WHERE id = ?)`, key).Scan(&has); err != nil {
		return false, fmt.Errorf("reading %s: %w", d.path, explained(err))
	}
	return has, nil
}

// Standing says how far the input is under the settings, as of the last commit.
func (d *Database) Standing(ctx context.Context, s Settings, in Input) (Standing, error) {
	settings, err := s.stored()
	if err != nil {
		return Standing{}, err
	}
	var sum, state string
	var has int64
	var st Standing
	err = d.sql.QueryRowContext(ctx, `SELECT sha256, settings_id, state, items, failures FROM inputs WHERE id = ?`, idOf(in.Path)).
		Scan(&sum, &has, &state, &st.Items, &st.Failures)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Standing{State: New}, nil
	case err != nil:
		return st, fmt.Errorf("reading %s: %w", d.path, explained(err))
	case sum != in.SHA256:
		return Standing{State: Changed}, nil
	case has != settings.id:
		return Standing{State: Resettled}, nil
	case state == "failed":
		return Standing{State: Retried}, nil
	case state == "done":
		st.State = Unchanged
	default:
		st.State = Partial
	}
	return st, nil
}
