package database

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as one of this program: "stnc" in ASCII.
const applicationID = 0x73746e63

var (
	errForeign = errors.New("it is a database of another program")
	errNewer   = errors.New("it was written by a newer version of this program")
	errOlder   = errors.New("it was written by an older version of this program; stance run brings it up to date")
	errEmpty   = errors.New("it holds no run")
)

// scripts returns the migrations in their order. The number of a file is its place.
func scripts() ([]string, error) {
	entries, err := migrations.ReadDir("migrations") // sorted by name
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		script, err := migrations.ReadFile(path.Join("migrations", e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, string(script))
	}
	return all, nil
}

// version returns the number of migrations that the file has had, after making
// sure that it is of this program, and how many there are.
func (d *Database) version(ctx context.Context) (have, want int, err error) {
	var application, tables int
	row := d.sql.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&application, &have, &tables); err != nil {
		return 0, 0, err
	}
	all, err := scripts()
	switch {
	case err != nil:
		return 0, 0, err
	case application != applicationID && (application != 0 || tables > 0):
		return 0, 0, errForeign
	case have > len(all):
		return 0, 0, errNewer
	}
	return have, len(all), nil
}

// migrate applies the migrations that the file lacks, each in a transaction.
func (d *Database) migrate(ctx context.Context) error {
	have, _, err := d.version(ctx)
	if err != nil {
		return err
	}
	all, err := scripts()
	if err != nil {
		return err
	}
	for n := have; n < len(all); n++ {
		if err := d.apply(ctx, n, all[n]); err != nil {
			return fmt.Errorf("migration %d: %w", n+1, err)
		}
	}
	// The mode stays with the file. Readers go on beside a writer in it. It comes last, so that
	// a new file begins without a log of how it was made.
	_, err = d.sql.ExecContext(ctx, "PRAGMA journal_mode = WAL")
	return err
}

// apply runs migration n, counted from 0, unless another process was faster.
func (d *Database) apply(ctx context.Context, n int, script string) error {
	tx, err := d.sql.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var have int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil || have > n {
		return err
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, n+1)
	if _, err := tx.ExecContext(ctx, script+marks); err != nil {
		return err
	}
	return tx.Commit()
}

// checkCurrent makes sure that the file has the schema of this version.
func (d *Database) checkCurrent(ctx context.Context) error {
	have, want, err := d.version(ctx)
	switch {
	case err != nil:
		return err
	case have == 0:
		return errEmpty
	case have < want:
		return errOlder
	}
	return nil
}
