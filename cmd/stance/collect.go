package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"os"
	"sync/atomic"

	"stance/analysis"
	"stance/corpus"
	"stance/corpus/formats"
	"stance/database"
)

// step is one step of a run's work, in the order in which the work is stored.
type step struct {
	kind     stepKind
	input    database.Input
	standing database.Standing // of begin and skip
	item     int               // of thread and problem: the place in the input, from 1
	thread   *corpus.Thread
	result   *analysis.Result // of the thread once it's judged
	problem  *corpus.Problem
	err      error // of end: why the input wasn't read to its end; of fatal
	read     int64 // bytes of the input read so far
}

type stepKind uint8

const (
	skip    stepKind = iota // an input that has nothing to do
	begin                   // an input is taken up
	thread                  // a thread of it
	problem                 // a remark that belongs to no thread, or a thread that couldn't be judged
	end                     // nothing more of it
	fatal                   // the database can't be read: nothing more at all
)

// collector reads the inputs of a run.
type collector struct {
	db       *database.Database // nil if there is none yet
	settings database.Settings
	options  formats.Options
}

// steps yields the work on the files. It holds one thread at a time.
func (c *collector) steps(ctx context.Context, files iter.Seq[found]) iter.Seq[*step] {
	return func(yield func(*step) bool) {
		for f := range files {
			if ctx.Err() != nil || !c.file(ctx, f, yield) {
				return
			}
		}
	}
}

// file yields the work on one file.
func (c *collector) file(ctx context.Context, f found, yield func(*step) bool) bool {
	open, err := openInput(f)
	if open != nil {
		defer open.file.Close()
	}
	in := database.Input{Path: f.path, Bytes: f.size}
	if err == nil {
		in.SHA256 = open.sum
	}
	standing, unknown := c.standing(ctx, in)
	switch {
	case unknown != nil && ctx.Err() != nil:
		return false
	case unknown != nil:
		yield(&step{kind: fatal, err: unknown})
		return false
	case standing.State == database.Unchanged:
		return yield(&step{kind: skip, input: in, standing: standing})
	case !yield(&step{kind: begin, input: in, standing: standing}):
		return false
	case err != nil:
		return yield(&step{kind: end, input: in, err: errors.New(reason(err))})
	}
	return c.content(ctx, in, standing.Items, open, yield)
}

func (c *collector) standing(ctx context.Context, in database.Input) (database.Standing, error) {
	if c.db == nil {
		return database.Standing{}, nil
	}
	return c.db.Standing(ctx, c.settings, in)
}

// content yields the threads and remarks of an open input, without the first ones
// that are stored already, and its end.
func (c *collector) content(ctx context.Context, in database.Input, stored int, open *opened, yield func(*step) bool) bool {
	item := 0
	var failed error
	for t, err := range contents(in.Path, open, open.size, c.options) {
		if ctx.Err() != nil {
			return false // without an end: the next run goes on here
		}
		item++
		s := &step{kind: thread, input: in, item: item, thread: t, read: open.read.Load()}
		if err != nil {
			if !errors.As(err, &s.problem) {
				failed = err
				break
			}
			s.kind = problem
		}
		if item > stored && !yield(s) {
			return false
		}
	}
	if failed == nil && open.changed() {
		failed = errors.New("has changed while it was read")
	}
	return yield(&step{kind: end, input: in, err: failed, read: in.Bytes})
}

// opened is an input that is open, with the hash of its content.
type opened struct {
	file *os.File
	info os.FileInfo
	size int64
	sum  string
	read atomic.Int64 // bytes read after the hash
}

// openInput opens and hashes a file. Even with an error the file may be open.
func openInput(f found) (*opened, error) {
	if f.err != nil {
		return nil, f.err
	}
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	o := &opened{file: file}
	if o.info, err = file.Stat(); err != nil {
		return o, err
	}
	if !o.info.Mode().IsRegular() {
		return o, errors.New("is not a regular file, which a run could come back to")
	}
	h := sha256.New()
	if o.size, err = io.Copy(h, file); err != nil {
		return o, err
	}
	o.sum = hex.EncodeToString(h.Sum(nil))
	return o, nil
}

// ReadAt implements io.ReaderAt and counts.
func (o *opened) ReadAt(p []byte, off int64) (int, error) {
	n, err := o.file.ReadAt(p, off)
	o.read.Add(int64(n))
	return n, err
}

// changed reports whether the file was written to since it was opened.
func (o *opened) changed() bool {
	now, err := o.file.Stat()
	return err != nil || now.Size() != o.info.Size() || !now.ModTime().Equal(o.info.ModTime())
}
