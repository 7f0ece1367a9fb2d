package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/source"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// eachJudged calls use for the judged threads of the files, in their order. Threads are
// read by one goroutine, judged by several and used by this one. What can't be read is
// reported as by each; an error of judge or use ends it.
func (in *input) eachJudged(ctx context.Context, files []string, judge func(context.Context, *corpus.Thread) (*analysis.Result, error), use func(*analysis.Result) error) error {
	var failed error // of reading
	for r, err := range runs.Judge(ctx, in.threads(ctx, files, &failed), cmp.Or(in.workers, runtime.GOMAXPROCS(0)), judge) {
		switch {
		case err != nil && ctx.Err() != nil:
			return errors.New("interrupted")
		case err != nil:
			return err
		}
		if err := use(r); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return failed
}

// writeJudged judges the threads of the files and writes each as soon as those before it
// are written; at the end it says what labels and a language model did.
func (j *judging) writeJudged(ctx context.Context, in *input, pipeline *analysis.Pipeline, files []string, w reports.Writer, out *bufio.Writer) error {
	in.workers = j.second.threads(runtime.GOMAXPROCS(0))
	if !slices.Contains(files, source.StandardInput) { // which can be read only once
		j.labelSet.look(in.wanted(ctx, files))
	}
	err := in.eachJudged(ctx, files, pipeline.Analyse, func(r *analysis.Result) error {
		j.second.clear(in.app)
		return firstOf(w.Write(r), out.Flush())
	})
	return firstOf(err, w.Close(), out.Flush(), j.report(in, true), j.second.report(in))
}

// wanted yields the threads of the files that are used, in silence.
func (in *input) wanted(ctx context.Context, files []string) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		options, err := in.options()
		if err != nil {
			return // the judging will say it
		}
		set := source.Open(ctx, files, nil, options)
		for f := range set.Files() {
			number := 0
			for t, err := range set.Threads(ctx, f) {
				if err != nil {
					continue
				}
				if number++; in.wants(t, number) && !yield(t, nil) {
					return
				}
			}
		}
	}
}

// errUnwanted ends the reading of threads that nobody waits for.
var errUnwanted = errors.New("no more threads are wanted")

// threads yields every thread of the files and at the end sets failed to the error
// of reading.
func (in *input) threads(ctx context.Context, files []string, failed *error) iter.Seq[*corpus.Thread] {
	return func(yield func(*corpus.Thread) bool) {
		*failed = in.each(ctx, files, func(t *corpus.Thread) error {
			if !yield(t) {
				return errUnwanted
			}
			return nil
		})
	}
}
