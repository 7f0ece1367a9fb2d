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
	return err
}
