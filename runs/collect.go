package runs

import (
	"context"
	"errors"
	"iter"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
)

// Step is one step of a run's work, in the order in which the work is stored.
type Step struct {
	Kind     StepKind
	Input    database.Input
	Standing database.Standing // of Begin and Skip
	Item     int               // of Thread and Problem: the place in the input, from 1
	Thread   *corpus.Thread
	Problem  *corpus.Problem
	Err      error // of End: why the input wasn't read or judged to its end
	Read     int64 // bytes of the input read so far

	result *analysis.Result // of the thread once it's judged
	fatal  error            // ends the run: nothing of the step is stored
}

// StepKind says what a step is.
type StepKind uint8

// The kinds of steps.
const (
	Skip    StepKind = iota // an input that has nothing to do
	Begin                   // an input is taken up
	Thread                  // a thread of it
	Problem                 // a remark that belongs to no thread, or a thread that couldn't be judged
	End                     // nothing more of it
)

// steps yields the work on the files of the set. It holds one thread at a time.
func (w *Work) steps(ctx context.Context) iter.Seq[*Step] {
	return func(yield func(*Step) bool) {
		for f := range w.Set.Files() {
			if ctx.Err() != nil || !w.file(ctx, f, yield) {
				return
			}
		}
	}
}

// file yields the work on one file.
func (w *Work) file(ctx context.Context, f source.File, yield func(*Step) bool) bool {
	in, open, err := w.open(ctx, f)
	if err != nil {
		threads := func(yield func(*corpus.Thread, error) bool) { yield(nil, errors.New(source.Reason(err))) }
		return w.input(ctx, in, threads, func() int64 { return 0 }, yield)
	}
	defer open.Close()
	return w.input(ctx, in, open.Threads(ctx), open.Read, yield)
}

// input yields the work on an input, unless there is none.
func (w *Work) input(ctx context.Context, in database.Input, threads iter.Seq2[*corpus.Thread, error], read func() int64, yield func(*Step) bool) bool {
	standing, err := w.standing(ctx, in)
	switch {
	case err != nil && ctx.Err() != nil:
		return false
	case err != nil:
		yield(&Step{fatal: err})
		return false
	case standing.State == database.Unchanged:
		return yield(&Step{Kind: Skip, Input: in, Standing: standing})
	case !yield(&Step{Kind: Begin, Input: in, Standing: standing}):
		return false
	}
	item := 0
	end := &Step{Kind: End, Input: in, Read: in.Bytes}
	for t, err := range threads {
		if ctx.Err() != nil {
			return false // without an end: the next run goes on here
		}
		item++
		s := &Step{Kind: Thread, Input: in, Item: item, Thread: t, Read: read()}
		if err != nil {
			if !errors.As(err, &s.Problem) {
				end.Err = err
				break
			}
			s.Kind = Problem
		}
		if item > standing.Items && !yield(s) { // the first ones are stored
			return false
		}
	}
	return yield(end)
}

// open opens a file; the caller closes it.
func (w *Work) open(ctx context.Context, f source.File) (database.Input, *source.Input, error) {
	open, err := w.Set.Input(ctx, f)
	in := database.Input{Path: f.Path, Bytes: f.Size}
	if err == nil {
		in.SHA256 = open.SHA256
	}
	return in, open, err
}

func (w *Work) standing(ctx context.Context, in database.Input) (database.Standing, error) {
	if w.Database == nil {
		return database.Standing{}, nil
	}
	return w.Database.Standing(ctx, w.Settings, in)
}
