// Package database keeps judged threads in an SQLite file.
//
// It is an adapter: it knows the domain types, and of the domain only the command
// knows it. The steps of a run are:
//
//  1. [Open] opens or makes the file and brings its schema up to date by the
//     numbered migrations.
//  2. [Database.Begin] takes the lock that admits one run at a time and stores the
//     settings of the run.
//  3. [Run.Start] takes up an input where a run before has left it: unchanged and
//     done is skipped, unchanged and half done goes on, anything else begins anew.
//  4. [Run.Thread] and [Run.Problem] store what was read and judged, in the order
//     of the input, in transactions of many rows; [Run.Done] or [Run.Failed] ends
//     the input.
//
// [Database.Results] turns what is stored back into the values that were stored,
// [Database.Overview] outlines them and counts the comments of authors, and
// [Database.Search] finds comments by their words. A thread is kept as the documents of
// package serial, each comment apart; what is asked for without reading the documents are
// columns that SQLite generates from them. All are kept to semantic versioning as package
// corpus says, and so is the schema.
//
// Two promises hold. What is committed is a prefix of an undisturbed run, so a run
// that was killed goes on and ends with the same rows. And rows depend on inputs and
// settings only: ids are made from content, and the time of day stands in the table
// runs alone.
//
// The schema, for those who read the file with other programs, is described in
// docs/database.md.
package database

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	_ "modernc.org/sqlite" // the driver of that name
)

// Database is an open file. It is safe for concurrent use.
type Database struct {
	path  string
	sql   *sql.DB
	still bool // read as a file that nobody writes
}

// pragmas go into the name of the source, since each connection needs them anew.
// synchronous=NORMAL in WAL mode loses at worst the last transactions when the
// power fails, and nothing when the process is killed.
const pragmas = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)&_txlock=immediate"

// Open opens the file for a run, making it if need be. It refuses a file that isn't
// of this program or is of a newer version.
func Open(ctx context.Context, path string) (*Database, error) {
	return open(ctx, path, "?mode=rwc&"+pragmas, (*Database).migrate)
}

// OpenExisting opens a file that is there, to read it only. That needs no right to write the
// file or beside it.
func OpenExisting(ctx context.Context, path string) (*Database, error) {
	const query = "_pragma=query_only(1)&" + pragmas
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err == nil || errors.Is(err, fs.ErrNotExist) {
		f.Close()
		d, err := open(ctx, path, "?mode=rw&"+query, (*Database).checkCurrent)
		if !forbidden(err) {
			return d, err
		}
	}
	// SQLite would share memory with writers in a file beside this one, and leave it there.
	// Without a log of a writer there is nothing to share.
	if written(path) {
		return open(ctx, path, "?mode=ro&"+query, (*Database).checkCurrent)
	}
	d, err := open(ctx, path, "?mode=ro&immutable=1&"+query, (*Database).checkCurrent)
	if err == nil {
		d.still = true
	}
	return d, err
}

// written reports whether a file has a log of what was written and isn't in it yet.
func written(path string) bool {
	log, err := os.Stat(path + "-wal")
	return err == nil && log.Size() > 0
}

// escaped keeps the characters that end the path in a URI.
var escaped = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

func open(ctx context.Context, path, query string, check func(*Database, context.Context) error) (*Database, error) {
	db, err := sql.Open("sqlite", "file:"+escaped.Replace(path)+query)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	d := &Database{path: path, sql: db}
	if err := check(d, ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", path, explained(err)), db.Close())
	}
	return d, nil
}

// Close closes the file.
func (d *Database) Close() error { return d.sql.Close() }

// idOf makes the id of a row from what identifies it: the first 63 bits of the
// SHA-256 of the parts, each behind its length. Among a million rows two share an id
// with a chance of one in ten million; storing the second then fails.
func idOf(parts ...string) int64 {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 1)
}
