package database

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrFull is wrapped by the errors of a file that can't grow.
var ErrFull = errors.New("there is no room: the disk is full, or files may not grow so large")

// explained returns the error, as ErrFull where SQLite says so in one of its ways.
func explained(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE:
		return fmt.Errorf("%w (%v)", ErrFull, err)
	}
	if forbidden(err) {
		return fmt.Errorf("you may only read it, and a run has left it unfinished or is writing it; stance run by who may write it ends that (%w)", err)
	}
	return err
}

// forbidden reports whether a right to write lacks.
func forbidden(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_READONLY || e.Code() == sqlite3.SQLITE_CANTOPEN)
}
