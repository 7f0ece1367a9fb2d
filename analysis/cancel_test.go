package analysis_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/internal/soon"
)

// The end of the context ends the judging of a large thread soon, whatever the pipeline is at.
func TestCancelled(t *testing.T) {
	if testing.Short() {
		t.Skip("cancels at every step")
	}
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
		t.Run(tt.name, func(t *testing.T) {
			soon.Ends(t, tt.after, func(ctx context.Context) error {
				_, err := pipeline.Analyse(ctx, large)
				return err
			})
		})
	}
}
