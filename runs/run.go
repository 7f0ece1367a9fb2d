package runs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/ordered"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
)

// Work is what a run has to do: the files of a set that the database doesn't have yet under
// the settings.
type Work struct {
	Set      *source.Set // nil where only Input is called
	Settings database.Settings
	Database *database.Database // nil if there is none yet
}

// Errors that end a run whose work so far is kept: the same work goes on where it was.
var (
	ErrInterrupted = errors.New("interrupted; the same command goes on where it was")
	ErrSpent       = errors.New("the budget of the language model is used up; what was stored is kept, and the same command with a new one goes on where it was")
)

// Run does the work and keeps it in run, which is one of the work's database and which the
// caller closes. Threads are judged by so many workers, at least 1, and stored in the order
// of the files; after tells of every step once it is stored. Inputs that can't be read or
// judged are steps, not errors: an error ends the run. What the language model's server
// failed at leaves the input to the next run.
func (w *Work) Run(ctx context.Context, run *database.Run, pipeline *analysis.Pipeline, workers int, after func(*Step)) error {
	return w.do(ctx, run, pipeline, workers, w.steps(ctx), after)
}

// Input does the work on one input as Run does it, with threads that come from elsewhere than
// the set. They are judged one after the other.
func (w *Work) Input(ctx context.Context, run *database.Run, pipeline *analysis.Pipeline, in database.Input, threads iter.Seq2[*corpus.Thread, error],
	after func(*Step)) error {
	steps := func(yield func(*Step) bool) { w.input(ctx, in, threads, func() int64 { return in.Bytes }, yield) }
	return w.do(ctx, run, pipeline, 1, steps, after)
}

func (w *Work) do(ctx context.Context, run *database.Run, pipeline *analysis.Pipeline, workers int, steps iter.Seq[*Step], after func(*Step)) error {
	failed := judge(ctx, run, pipeline, workers, steps, after)
	if failed == nil && ctx.Err() != nil {
		failed = ErrInterrupted
	}
	return resumable(cmp.Or(run.Finish(time.Now()), failed))
}

func judge(ctx context.Context, run *database.Run, pipeline *analysis.Pipeline, workers int, steps iter.Seq[*Step], after func(*Step)) error {
	options := ordered.Options[*Step]{Workers: workers, Budget: workBudget, Weigh: func(s *Step) int64 { return weight(s.Thread) }}
	unserved := 0
	for s := range ordered.Map(ctx, steps, options, func(s *Step) *Step { return s.judge(ctx, pipeline) }) {
		if s.fatal != nil {
			return s.fatal
		}
		if err := s.store(run, &unserved); err != nil {
			return err
		}
		after(s)
	}
	return nil
}

// judge judges the thread of a step.
func (s *Step) judge(ctx context.Context, pipeline *analysis.Pipeline) *Step {
	if s.Kind != Thread || s.fatal != nil {
		return s
	}
	result, err := pipeline.Analyse(ctx, s.Thread)
	var stopped *llm.StopError
	switch {
	case err != nil && ctx.Err() != nil:
		s.fatal = ErrInterrupted
	case errors.As(err, &stopped):
		s.fatal = err
	case err != nil:
		s.Kind = Problem
		s.Problem = &corpus.Problem{File: s.Thread.Source, Level: corpus.Failure, Message: err.Error()}
	case result.Model != nil && result.Model.OverBudget > 0:
		s.fatal = ErrSpent
	}
	s.result = result
	return s
}

// store stores a step. unserved counts the comments of the input under way that the server
// of a language model failed at.
func (s *Step) store(run *database.Run, unserved *int) error {
	switch s.Kind {
	case Skip:
		return nil
	case Begin:
		*unserved = 0
		return run.Start(s.Input, s.Standing)
	case Thread:
		if s.result.Model != nil {
			*unserved += s.result.Model.Unserved
		}
		return run.Thread(s.Input, s.Item, s.result)
	case Problem:
		return run.Problem(s.Input, s.Item, *s.Problem)
	}
	if s.Err == nil && *unserved > 0 {
		s.Err = fmt.Errorf("the server of the language model failed at %d comments; the next run asks again", *unserved)
	}
	if s.Err != nil {
		return run.Failed(s.Input, s.Err)
	}
	return run.Done(s.Input)
}

// resumable adds to the error of a file that can't grow, or of a language model that
// can't be asked, what can be done about it.
func resumable(err error) error {
	var stopped *llm.StopError
	switch {
	case errors.Is(err, database.ErrFull):
		return fmt.Errorf("%w; what was stored before is kept, and with room the same command goes on where it was", err)
	case errors.As(err, &stopped):
		return fmt.Errorf("%w; what was stored before is kept, and the same command goes on where it was", err)
	}
	return err
}

// Planned is what a run would do with a file.
type Planned struct {
	Path     string
	Standing database.Standing
	Err      error // why it can't be read

	threads iter.Seq2[*corpus.Thread, error]
}

// Threads yields the threads that the run would judge: those that aren't stored yet. What
// can't be read is left out.
func (p *Planned) Threads() iter.Seq[*corpus.Thread] {
	return func(yield func(*corpus.Thread) bool) {
		if p.Err != nil || p.Standing.State == database.Unchanged {
			return
		}
		item := 0
		for t, err := range p.threads {
			if item++; err == nil && item > p.Standing.Items && !yield(t) {
				return
			}
		}
	}
}

// Plan yields what a run would do with each file, in their order, and judges nothing. An
// error is one of the database, and the last value.
func (w *Work) Plan(ctx context.Context) iter.Seq2[*Planned, error] {
	return func(yield func(*Planned, error) bool) {
		for f := range w.Set.Files() {
			if ctx.Err() != nil {
				yield(nil, ErrInterrupted)
				return
			}
			in, open, err := w.open(ctx, f)
			if open != nil {
				open.Close()
			}
			p := &Planned{Path: f.Path, threads: w.Set.Threads(ctx, f)}
			if err != nil {
				p.Err = errors.New(source.Reason(err))
			} else if p.Standing, err = w.standing(ctx, in); err != nil {
				yield(nil, err)
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}
