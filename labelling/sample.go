package labelling

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Subject is a thread whose comments are labelled, with what the program makes of them.
type Subject struct {
	Thread *corpus.Thread
	Index  map[string]int // of the comments that can be labelled, by ID

	pipeline   *analysis.Pipeline
	candidates []audit.Candidate
}

// NewSubject judges a thread.
func NewSubject(ctx context.Context, p *analysis.Pipeline, t *corpus.Thread) (*Subject, error) {
	candidates, err := p.Candidates(ctx, t)
	return &Subject{t, Positions(t), p, candidates}, err
}

// Guess is the program's stance of the comment of that index.
func (s *Subject) Guess(comment int) corpus.Stance {
	i := slices.IndexFunc(s.candidates, func(c audit.Candidate) bool { return c.Index == comment })
	return s.candidates[i].Stance
}

// Sampling is how the comments to label are drawn.
type Sampling struct {
	Design Design
	Size   int
	Seed   uint64
	Like   string // the file whose sample is taken over, "" for none
	// Stated says that all this was asked for: a file that has a sample must have that one.
	Stated bool
}

// ErrOtherSample says that a file of labels has another sample than the stated one.
var ErrOtherSample = errors.New("holds another sample than is asked for")

// Sample sees to it that the file has a sample of the thread: the one it has, or a new one.
func (f *File) Sample(s *Subject, how Sampling) error {
	has, err := f.Of(s.Thread)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(has) > 0 && !how.Stated {
		return nil
	}
	asked, err := s.draw(how)
	if err != nil {
		return err
	}
	return f.draw(Of(s.Thread), asked, how)
}

// draw draws a new sample, or takes over the other file's.
func (s *Subject) draw(how Sampling) ([]labels.Label, error) {
	if how.Like == "" {
		return Draw(s.Thread, s.candidates, how.Design, how.Size, how.Seed)
	}
	rows, err := Open(how.Like).Of(s.Thread)
	return Emptied(rows), err
}

// draw adds the rows that were asked for, unless the file has rows that are mine: they must be
// the same if they were stated.
func (f *File) draw(mine func(*labels.Label) bool, asked []labels.Label, how Sampling) error {
	has, err := f.Draw(mine, asked)
	if err != nil || !how.Stated {
		return err
	}
	has = filtered(has, func(l *labels.Label) bool { return !l.Suggested })
	if !slices.EqualFunc(has, asked, func(a, b labels.Label) bool {
		return keyOf(&a) == keyOf(&b) && a.Probability == b.Probability
	}) {
		return fmt.Errorf("%s %w", f.path, ErrOtherSample)
	}
	return nil
}

// suggest adds to the file the comments of the thread whose labels would teach most, up to so
// many.
func (f *File) Suggest(ctx context.Context, s *Subject, wanted int) error {
	has, err := f.Of(s.Thread)
	if err != nil {
		return err
	}
	var taken []int
	for i := range has {
		taken = append(taken, s.Index[has[i].Comment])
		if has[i].Suggested {
			wanted--
		}
	}
	if wanted <= 0 {
		return nil
	}
	vectors, err := s.pipeline.Vectors(ctx, s.Thread)
	if err != nil {
		return err
	}
	probabilities := make([][]float64, len(vectors))
	for i := range s.candidates {
		probabilities[s.candidates[i].Index] = s.candidates[i].Predicted[:]
	}
	var rows []labels.Label
	for _, i := range suggest(probabilities, vectors, taken, wanted) {
		rows = append(rows, labels.Label{Thread: labels.NameOf(s.Thread), Comment: s.Thread.Comments[i].ID, Suggested: true})
	}
	return f.add(rows)
}

// Frame is the comments of several threads, from which a sample of all is drawn.
type Frame struct {
	threads []framed
	names   map[string]string // the sources of the threads, by the names that labels give them
}

// framed is what is drawn from of a thread.
type framed struct {
	day, name string
	comments  []string // their IDs
}

// Add adds the comments of a thread. Labels must be able to tell it from the others.
func (m *Frame) Add(t *corpus.Thread) error {
	name := labels.NameOf(t)
	if other, twice := m.names[name]; twice {
		return fmt.Errorf("%s and %s: both threads are called %q, so a label of one would count for the other", other, t.Source, name)
	}
	if m.names == nil {
		m.names = map[string]string{}
	}
	m.names[name] = t.Source
	d := framed{day: t.Day(), name: name}
	for i := range t.Comments {
		if c := &t.Comments[i]; !c.Removed {
			d.comments = append(d.comments, c.ID)
		}
	}
	m.threads = append(m.threads, d)
	return nil
}

// Len is the number of the comments.
func (m *Frame) Len() int {
	n := 0
	for _, d := range m.threads {
		n += len(d.comments)
	}
	return n
}

// SampleTogether sees to it that the file has a sample of all comments of the frame.
func (f *File) SampleTogether(m *Frame, how Sampling) error {
	days := slices.Clone(m.threads)
	slices.SortStableFunc(days, func(a, b framed) int { return cmp.Compare(a.day, b.day) })
	all := make([]labels.Label, 0, m.Len())
	for _, d := range days {
		for _, id := range d.comments {
			all = append(all, labels.Label{Thread: d.name, Comment: id})
		}
	}
	if len(all) == 0 {
		return errors.New("there is no comment to label")
	}
	return f.draw(func(*labels.Label) bool { return true }, DrawTogether(all, how.Size, how.Seed), how)
}

// Of are the rows of the file that are of the thread. It fails if a row can't be read, which
// writing the file again would lose.
func (f *File) Of(t *corpus.Thread) ([]labels.Label, error) {
	rows, problems, err := f.Read()
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, &problems[0]
	}
	index := Positions(t)
	rows = filtered(rows, Of(t))
	for i := range rows {
		if _, ok := index[rows[i].Comment]; !ok {
			return nil, fmt.Errorf("%s:%d: no comment of the thread has the ID %q", f.path, rows[i].Line, rows[i].Comment)
		}
	}
	return rows, nil
}
