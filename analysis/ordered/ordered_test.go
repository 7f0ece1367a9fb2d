package ordered_test

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"stance.example/stance/analysis/ordered"
)

func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func unit(int) int64 { return 1 }

func TestOrderOnAnyNumberOfWorkers(t *testing.T) {
	const n = 20000
	for _, workers := range []int{0, 1, 2, 16} {
		next := 0
		for v := range ordered.Map(context.Background(), numbers(n), ordered.Options[int]{Workers: workers, Weigh: unit, Budget: 50}, func(i int) int {
			if i%7 == 0 {
				runtime.Gosched()
			}
			return 2 * i
		}) {
			if v != 2*next {
				t.Fatalf("%d workers: got %d at place %d", workers, v, next)
			}
			next++
		}
		if next != n {
			t.Errorf("%d workers: %d values, want %d", workers, next, n)
		}
	}
}

// The weight pulled and not yet used never exceeds the budget by more than the value
// that waits for it; a value heavier than the budget still passes.
func TestBudget(t *testing.T) {
	const budget = 10
	weights := []int64{1, 2, 30, 3, 0, 9, 9, 9, 1, 1, 1, 1, 40, 40, 5}
	var pulled, used atomic.Int64
	in := func(yield func(int64) bool) {
		for _, w := range weights {
			// The one before was admitted, so at most a budget lies between.
			if ahead := pulled.Load() - used.Load(); ahead > budget {
				t.Errorf("%d pulled and not used, before %d", ahead, w)
			}
			pulled.Add(min(w, budget))
			if !yield(w) {
				return
			}
		}
	}
	var got []int64
	for w := range ordered.Map(context.Background(), in, ordered.Options[int64]{Workers: 3, Weigh: func(w int64) int64 { return w }, Budget: budget},
		func(w int64) int64 { return w }) {
		got = append(got, w)
		used.Add(min(w, budget))
	}
	if !slices.Equal(got, weights) {
		t.Errorf("got %v", got)
	}
}

func TestEndOfContextKeepsWhatWasPulled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var pulled atomic.Int64
	in := func(yield func(int) bool) {
		for i := range numbers(1000) {
			pulled.Add(1)
			if i == 100 {
				cancel()
			}
			if !yield(i) {
				return
			}
		}
	}
	var got []int
	for v := range ordered.Map(ctx, in, ordered.Options[int]{Workers: 2, Weigh: unit, Budget: 1000}, func(i int) int { return i }) {
		got = append(got, v)
	}
	if n := len(got); n < 100 || n > 101 || pulled.Load() > 102 || !slices.IsSorted(got) {
		t.Errorf("%d values after %d were pulled", len(got), pulled.Load())
	}
}

func TestEndOfLoopEndsAll(t *testing.T) {
	before := runtime.NumGoroutine()
	for v := range ordered.Map(context.Background(), numbers(1_000_000), ordered.Options[int]{Workers: 4, Weigh: unit, Budget: 100},
		func(i int) int { return i }) {
		if v == 10 {
			break
		}
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}
