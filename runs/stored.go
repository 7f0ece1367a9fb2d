package runs

import (
	"context"
	"fmt"
	"iter"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
)

// Stored are threads of a database, with labels that a person gave since they were judged.
// Nothing is judged again, and the database stays as it is.
type Stored struct {
	Database *database.Database
	Filter   database.Filter
	Labels   *labels.Set // nil for none
	// Pipeline takes the closer look at each of the results that its options ask for, nil
	// for none.
	Pipeline *analysis.Pipeline
}

// Threads yields the threads without what is known of them.
func (s *Stored) Threads(ctx context.Context) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for r, err := range s.Database.Results(ctx, s.Filter) {
			if err == nil && !yield(r.Thread, nil) {
				return
			}
		}
	}
}

// Results yields the threads with their labels.
func (s *Stored) Results(ctx context.Context) iter.Seq2[*analysis.Result, error] {
	return func(yield func(*analysis.Result, error) bool) {
		for r, err := range s.Database.Results(ctx, s.Filter) {
			if err == nil && s.Labels != nil {
				if _, err = analysis.Relabel(ctx, r, s.Labels); err != nil {
					err = fmt.Errorf("%s: %w", r.Thread.Source, err)
				}
			}
			if err == nil && s.Pipeline != nil {
				err = s.Pipeline.Examine(ctx, r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Overview sums the threads up.
func (s *Stored) Overview(ctx context.Context) (*analysis.Overview, error) {
	if s.Labels != nil {
		return s.Database.Labelled(ctx, s.Filter, s.Labels, map[int64][]audit.Comment{})
	}
	o, err := s.Database.Overview(ctx, s.Filter)
	if err == nil {
		o.Complete()
	}
	return o, err
}
