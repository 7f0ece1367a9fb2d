// Package runs judges many threads: those of a sequence on several cores, in their order
// ([Judge]), and those of saved files into a database ([Run]), so that a run that ended,
// however it did, is gone on with where it was.
package runs

import (
	"context"
	"fmt"
	"iter"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/ordered"
	"stance.example/stance/corpus"
)

// Bounds of the work under way. A comment weighs what its parse takes beside its text; the
// budget keeps work of whatever length within some 100 MB.
const (
	workBudget    = 4 << 20
	commentWeight = 500
)

// weight is about what a thread takes in memory, in bytes.
func weight(t *corpus.Thread) int64 {
	if t == nil {
		return commentWeight
	}
	n := len(t.Article.Text)
	for i := range t.Comments {
		n += commentWeight + len(t.Comments[i].Text)
	}
	return int64(n)
}

// Judge yields what judge makes of every thread, in the order of the threads: they are
// pulled by one goroutine, judged by so many workers (at least 1) and used by the caller's.
// An error of the threads, or one of judge with the thread's source, is the last value; when
// the context ends what was pulled is still yielded.
func Judge(ctx context.Context, threads iter.Seq2[*corpus.Thread, error], workers int,
	judge func(context.Context, *corpus.Thread) (*analysis.Result, error)) iter.Seq2[*analysis.Result, error] {
	type work struct {
		thread *corpus.Thread
		result *analysis.Result
		err    error
	}
	all := func(yield func(work) bool) {
		for t, err := range threads {
			if !yield(work{thread: t, err: err}) {
				return
			}
		}
	}
	options := ordered.Options[work]{Workers: workers, Budget: workBudget, Weigh: func(w work) int64 { return weight(w.thread) }}
	results := ordered.Map(ctx, all, options, func(w work) work {
		if w.err != nil {
			return w
		}
		if w.result, w.err = judge(ctx, w.thread); w.err != nil {
			w.err = fmt.Errorf("%s: %w", w.thread.Source, w.err)
		}
		return w
	})
	return func(yield func(*analysis.Result, error) bool) {
		for w := range results {
			if !yield(w.result, w.err) || w.err != nil {
				return
			}
		}
	}
}
