package database

import (
	"context"
	"fmt"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Labelled is Overview with labels that a person gave since the threads were judged, and
// complete. Only threads that a label can be of are read, all of them if labels were drawn
// from all together. The error of a thread that can't be labelled wraps
// analysis.ErrLabelled.
func (d *Database) Labelled(ctx context.Context, f Filter, set *labels.Set) (*analysis.Overview, error) {
	o, err := d.Overview(ctx, f)
	if err != nil {
		return nil, err
	}
	for i := range o.Threads {
		t := &o.Threads[i]
		if !set.Together() && !set.Names(&corpus.Thread{ID: t.ID, Source: t.Source}) {
			continue
		}
		for r, err := range d.Results(ctx, Filter{Key: t.Key}) {
			if err != nil {
				return nil, err
			}
			before := slices.Clone(r.Judgements)
			n, err := analysis.Relabel(ctx, r, set)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.Thread.Source, err)
			}
			if n > 0 || r.Sample != nil {
				o.Relabel(i, before, r)
			}
		}
	}
	o.Complete()
	return o, nil
}
