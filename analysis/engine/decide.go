package engine

import (
	"context"
	"errors"

	"stance.example/stance/corpus"
)

// Decide lets an engine decide a thread some of whose comments a person may have
// labelled. Where none is, Before and Decisions are the same list and Blind is nil. It
// fails if there are labels and the engine is no Learner.
func Decide(ctx context.Context, e Engine, t *corpus.Thread, known map[int]corpus.Stance, ask Ask) (*Learned, error) {
	if len(known) == 0 {
		decisions, err := e.Judge(ctx, t, ask)
		return &Learned{Before: decisions, Decisions: decisions}, err
	}
	learner, ok := e.(Learner)
	if !ok {
		return nil, errors.New("the engine can't learn from labels")
	}
	return learner.Learn(ctx, t, known, ask)
}
