package main

import (
	"context"
	"errors"
	"iter"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
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
	set      *source.Set
}

// steps yields the work on the files of the set. It holds one thread at a time.
func (c *collector) steps(ctx context.Context) iter.Seq[*step] {
	return func(yield func(*step) bool) {
		for f := range c.set.Files() {
			if ctx.Err() != nil || !c.file(ctx, f, yield) {
				return
			}
		}
	}
}

// file yields the work on one file.
func (c *collector) file(ctx context.Context, f source.File, yield func(*step) bool) bool {
	open, err := c.set.Input(ctx, f)
	if open != nil {
		defer open.Close()
	}
	in := database.Input{Path: f.Path, Bytes: f.Size}
	if err == nil {
		in.SHA256 = open.SHA256
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
		return yield(&step{kind: end, input: in, err: errors.New(source.Reason(err))})
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
func (c *collector) content(ctx context.Context, in database.Input, stored int, open *source.Input, yield func(*step) bool) bool {
	item := 0
	var failed error
	for t, err := range open.Threads(ctx) {
		if ctx.Err() != nil {
			return false // without an end: the next run goes on here
		}
		item++
		s := &step{kind: thread, input: in, item: item, thread: t, read: open.Read()}
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
	if failed == nil && open.Changed() {
		failed = errors.New("has changed while it was read")
	}
	return yield(&step{kind: end, input: in, err: failed, read: in.Bytes})
}
