package labelling

import (
	"context"
	"fmt"

	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// ModelAnnotator begins the annotator's name in labels of a language model.
const ModelAnnotator = "llm:"

// Left are the indices of the thread's comments that are open in the file, which must not hold
// labels of other annotators.
func (f *File) Left(t *corpus.Thread, annotator string) ([]int, error) {
	rows, err := f.Of(t)
	if err != nil {
		return nil, err
	}
	var left []int
	index := Positions(t)
	for i := range rows {
		switch l := &rows[i]; {
		case l.State == labels.Open:
			left = append(left, index[l.Comment])
		case l.Annotator != annotator:
			return nil, fmt.Errorf("%s: holds labels of another annotator", f.path)
		}
	}
	return left, nil
}

// ByModel lets a language model label the comments of the thread that are left. What it gave
// no usable answer to is skipped; what it wasn't asked about stays open. It returns the case of
// the article that the model stated, "" for none.
func (f *File) ByModel(ctx context.Context, judge *llm.Judge, t *corpus.Thread) (stated string, err error) {
	annotator := ModelAnnotator + judge.Options().Model
	left, err := f.Left(t, annotator)
	if err != nil {
		return "", err
	}
	judged, err := judge.Judge(ctx, t, left)
	if err != nil {
		return "", err
	}
	mine, index := Of(t), Positions(t)
	return judged.Case, f.change(func(d *desk) error {
		for i := range d.rows {
			l := &d.rows[i]
			if !mine(l) || l.State != labels.Open {
				continue
			}
			switch a := judged.Answers[index[l.Comment]]; a.State {
			case llm.Given:
				l.State, l.Stance, l.Annotator = labels.Given, a.Stance, annotator
			case llm.Unusable:
				l.State, l.Annotator = labels.Skipped, annotator
			}
		}
		d.changed = true
		return nil
	})
}
