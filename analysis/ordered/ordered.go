// Package ordered maps a sequence on several cores and keeps its order.
//
//	in → one goroutine pulls → workers map → out, in the order of in
//
// What is under way is bounded by weight, not by number, so that memory stays
// bounded for many small values and for a few huge ones alike.
package ordered

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// Options bound the work.
type Options[In any] struct {
	// Workers is the number of values mapped at the same time, at least 1.
	Workers int
	// Weigh is the weight of a value; Budget is the weight that may be under way. A
	// heavier value is under way alone.
	Weigh  func(In) int64
	Budget int64
}

// job is one value under way.
type job[In, Out any] struct {
	in     In
	out    chan Out // one value, buffered
	weight int64
}

// queued is how many values may wait for those before them.
const queued = 4096

// Map yields do of every value of in, in the order of in. Both in and the loop over
// the result run in one goroutine each, do runs in several. When the context ends, no more
// is pulled; what was pulled is still mapped and yielded. When the loop over the
// result ends, all of it has ended.
func Map[In, Out any](ctx context.Context, in iter.Seq[In], o Options[In], do func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		var over atomic.Bool // nobody wants more
		defer running.Wait()
		defer over.Store(true)
		defer cancel()

		budget := semaphore.NewWeighted(o.Budget)
		order := make(chan *job[In, Out], queued)
		work := make(chan *job[In, Out], queued)
		running.Go(func() {
			defer close(order)
			defer close(work)
			for value := range in {
				j := &job[In, Out]{in: value, out: make(chan Out, 1), weight: min(max(o.Weigh(value), 0), o.Budget)}
				if budget.Acquire(ctx, j.weight) != nil || !send(ctx, order, j) {
					return
				}
				work <- j
			}
		})
		for range max(o.Workers, 1) {
			running.Go(func() {
				for j := range work {
					if !over.Load() {
						j.out <- do(j.in)
					}
				}
			})
		}
		for j := range order {
			if !yield(<-j.out) {
				return
			}
			budget.Release(j.weight)
		}
	}
}

// send reports whether the job was sent before the context ended.
func send[T any](ctx context.Context, to chan<- T, value T) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case to <- value:
		return true
	case <-ctx.Done():
		return false
	}
}
