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
// whatever the pipeline is at.
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
		ctx, cancel := context.WithCancel(t.Context())
		var ended time.Time
		timer := time.AfterFunc(tt.after, func() {
			ended = time.Now()
			cancel()
		})
		at := time.Now()
		_, err := pipeline.Analyse(ctx, large)
		timer.Stop()
		if late := time.Since(ended); !errors.Is(err, context.Canceled) || late > soon {
			t.Errorf("%s: it ended with %v, %v after its context, %v in all", tt.name, err, late, time.Since(at))
		}
		cancel()
	}
}
