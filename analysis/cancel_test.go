package analysis_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// The end of the context ends the judging of a large thread within a tenth of a second,
// whatever the pipeline is at: once in five times at least, as a busy machine may be late.
func TestCancelled(t *testing.T) {
	const soon = 100 * time.Millisecond
	large := &corpus.Thread{ID: "large", Source: "large", Article: corpus.Article{Title: "Ferry to be cut on Sundays"}}
	for i := range 20_000 {
		large.Comments = append(large.Comments, corpus.Comment{ID: fmt.Sprintf("c%d", i),
			Text: fmt.Sprintf("I counted %d people on it, and who would pay for a bus instead?", i)})
	}
	pipeline, err := analysis.New(analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		after time.Duration
	}{
		{"parsing", 20 * time.Millisecond},
		{"tokens", 300 * time.Millisecond},
		{"reading", time.Second},
	} {
		late := soon + 1
		for range 5 {
			if late <= soon {
				break
			}
			ctx, cancel := context.WithCancel(t.Context())
			var ended time.Time
			timer := time.AfterFunc(tt.after, func() {
				ended = time.Now()
				cancel()
			})
			_, err := pipeline.Analyse(ctx, large)
			late = time.Since(ended)
			timer.Stop()
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("%s: it ended with %v", tt.name, err)
			}
		}
		if late > soon {
			t.Errorf("%s: it ended %v after its context", tt.name, late)
		}
	}
}
