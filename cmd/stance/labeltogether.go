package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/labelling"
)

// together labels a sample of the comments of all threads.
func (s *sampling) together(ctx context.Context, in *reading, paths []string) error {
	if s.design != labelling.Designs()[0].Name || s.like != "" || s.claim != "" || s.suggest > 0 || s.llm.wanted() {
		return usageError{errors.New("--sample stratified, --like, --case, --suggest and --engine are for one thread; choose it with --thread: its ID, its title or #1, #2…")}
	}
	sheet := labelling.Open(s.out)
	_, _, err := sheet.Read()
	switch missing := errors.Is(err, fs.ErrNotExist); {
	case err != nil && !missing:
		return err
	case missing || s.stated:
		if err := s.drawTogether(ctx, in, paths, sheet); err != nil {
			return err
		}
	}
	session, err := sheet.Sit(s.annotator, nil)
	if err != nil {
		return err
	}
	drawn, err := drawnThreads(ctx, in, paths, session.Rows())
	if err != nil {
		return cmp.Or(err, session.Close())
	}
	desks := map[*corpus.Thread]*desk{}
	sitting := &sitting{
		Session: session, app: in.app, out: s.out, then: []string{"summary"}, paths: paths,
		desk: func(l *labels.Label) (*desk, error) {
			t, known := drawn[l.Thread]
			if !known {
				return nil, fmt.Errorf("%s: no thread %q was read", s.out, l.Thread)
			}
			if desks[t] != nil {
				return desks[t], nil
			}
			d, err := newDesk(ctx, t)
			desks[t] = d
			return d, err
		},
	}
	return cmp.Or(sitting.run(ctx), session.Close())
}

// drawTogether draws the sample into the file. Flags of drawing that are given again must
// ask for the sample that is there.
func (s *sampling) drawTogether(ctx context.Context, in *reading, paths []string, sheet *labelling.File) error {
	type dated struct {
		day  string
		rows []labels.Label
	}
	var threads []dated
	total := 0
	names := map[string]string{}
	for t, err := range in.threads(ctx, paths) {
		if err != nil {
			return err
		}
		name := labels.NameOf(t)
		if other, twice := names[name]; twice {
			return fmt.Errorf("%s and %s: both threads are called %q, so a label of one would count for the other", other, t.Source, name)
		}
		names[name] = t.Source
		d := dated{day: t.Day()}
		for i := range t.Comments {
			if c := &t.Comments[i]; !c.Removed {
				d.rows = append(d.rows, labels.Label{Thread: name, Comment: c.ID})
			}
		}
		total += len(d.rows)
		threads = append(threads, d)
	}
	slices.SortStableFunc(threads, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	all := make([]labels.Label, 0, total)
	for _, d := range threads {
		all = append(all, d.rows...)
	}
	if len(all) == 0 {
		return errors.New("there is no comment to label")
	}
	asked := labelling.DrawTogether(all, s.size, s.seed)
	has, err := sheet.Draw(func(*labels.Label) bool { return true }, asked)
	if err == nil && !slices.EqualFunc(has, asked, func(a, b labels.Label) bool {
		return a.Thread == b.Thread && a.Comment == b.Comment && a.Probability == b.Probability
	}) {
		err = usageError{fmt.Errorf("%s holds another sample than the flags and paths ask for; without the flags it is gone on with", s.out)}
	}
	return err
}

// drawnThreads are the threads that rows are of, by the names that the rows give them.
func drawnThreads(ctx context.Context, in *reading, paths []string, rows []labels.Label) (map[string]*corpus.Thread, error) {
	wanted := map[string]bool{}
	for i := range rows {
		wanted[rows[i].Thread] = true
	}
	options, err := in.options()
	if err != nil {
		return nil, err
	}
	drawn := map[string]*corpus.Thread{}
	for t, err := range source.Open(ctx, paths, nil, options).All(ctx) {
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
		if err != nil {
			continue // it was said when the sample was drawn
		}
		if name := labels.NameOf(t); wanted[name] {
			drawn[name] = t
		}
	}
	return drawn, nil
}
