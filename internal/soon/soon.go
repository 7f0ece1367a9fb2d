// Package soon tests that work ends soon after its context. It is a part of no program.
package soon

import (
	"context"
	"errors"
	"testing"
	"time"
)

const (
	limit = 100 * time.Millisecond
	tries = 5
)

// Ends fails the test unless the work ends with context.Canceled within a tenth of a second of the
// end of its context, which comes after some time: once in five times at least, as a busy machine
// may be late.
func Ends(t testing.TB, after time.Duration, work func(ctx context.Context) error) {
	t.Helper()
	late := time.Duration(0)
	for range tries {
		ctx, cancel := context.WithCancel(t.Context())
		var ended time.Time
		timer := time.AfterFunc(after, func() {
			ended = time.Now()
			cancel()
		})
		err := work(ctx)
		late = time.Since(ended)
		timer.Stop()
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("it ended with %v", err)
		}
		if late <= limit {
			return
		}
	}
	t.Errorf("it ended %v after its context", late)
}
