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
	Thread   *corpus.Thread
	Problem  *corpus.Problem
	Err      error // of End: why the input wasn't read or judged to its end
	Read     int64 // bytes of the input read so far

	item   int              // of Thread and Problem: the place in the input, from 1
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
	if open != nil {
		defer open.Close()
	}
	standing, unknown := w.standing(ctx, in)
	switch {
	case unknown != nil && ctx.Err() != nil:
		return false
	case unknown != nil:
		yield(&Step{fatal: unknown})
		return false
	case standing.State == database.Unchanged:
		return yield(&Step{Kind: Skip, Input: in, Standing: standing})
	case !yield(&Step{Kind: Begin, Input: in, Standing: standing}):
		return false
	case err != nil:
		return yield(&Step{Kind: End, Input: in, Err: errors.New(source.Reason(err))})
	}
	return w.content(ctx, in, standing.Items, open, yield)
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

// content yields the threads and remarks of an open input, without the first ones
// that are stored already, and its end.
func (w *Work) content(ctx context.Context, in database.Input, stored int, open *source.Input, yield func(*Step) bool) bool {
	item := 0
	var failed error
	for t, err := range open.Threads(ctx) {
		if ctx.Err() != nil {
			return false // without an end: the next run goes on here
		}
		item++
		s := &Step{Kind: Thread, Input: in, item: item, Thread: t, Read: open.Read()}
		if err != nil {
			if !errors.As(err, &s.Problem) {
				failed = err
				break
			}
			s.Kind = Problem
		}
		if item > stored && !yield(s) {
			return false
		}
	}
	if failed == nil && open.Changed() {
		failed = errors.New("has changed while it was read")
	}
	return yield(&Step{Kind: End, Input: in, Err: failed, Read: in.Bytes})
}
