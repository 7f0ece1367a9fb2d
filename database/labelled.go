package database

import (
	"context"
	"fmt"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Labelled is Overview with labels that a person gave since the threads were judged, and
// complete. Only threads that a label can be of are read. Labels that were drawn from all
// together need what is predicted of the others too (analysis.Result.Predicted): predicted has it
// by their keys, and those that it lacks are read and put into it. The error of a thread that
// can't be labelled wraps analysis.ErrLabelled.
func (d *Database) Labelled(ctx context.Context, f Filter, set *labels.Set, predicted map[int64][]audit.Comment) (*analysis.Overview, error) {
	o, err := d.Overview(ctx, f)
	if err != nil {
		return nil, err
	}
	together := set.Together()
	for i := range o.Threads {
		t := &o.Threads[i]
		names := set.Names(&corpus.Thread{ID: t.ID, Source: t.Source})
		if comments, known := predicted[t.Key]; !names && (known || !together) {
			o.Predict(i, comments)
			continue
		}
		for r, err := range d.Results(ctx, Filter{Key: t.Key}) {
			if err != nil {
				return nil, err
			}
			if !names {
				predicted[t.Key] = r.Predicted()
				o.Predict(i, predicted[t.Key])
				continue
			}
			if err := o.Relabel(i, r, set); err != nil {
				return nil, fmt.Errorf("%s: %w", r.Thread.Source, err)
			}
		}
	}
	o.Complete()
	return o, nil
}
