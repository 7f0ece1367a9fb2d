package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
)

// togetherPage is where a sample of the comments of all threads is labelled.
const togetherPage = "/label"

// together is the bench at which a sample of all threads is labelled.
func (s *Server) together(ctx context.Context) (*bench, error) {
	p, err := s.population(ctx)
	if err != nil {
		return nil, err
	}
	if len(p.comments) == 0 {
		return nil, failed(http.StatusNotFound, "There is no comment to label.")
	}
	file := s.options.Together
	return &bench{
		address: togetherPage, reading: "/threads", title: "A sample of all threads", file: file, mine: func(*labels.Label) bool { return true },
		before: p.total.Stance, comments: len(p.comments), sizes: []int{60, usualTogether, 180, 240, 400, 800},
		draw: func(ctx context.Context) error { return s.drawTogether(ctx, usualTogether) },
		redraw: func(ctx context.Context, size int) error {
			// Another size is another sample, so no label may be lost by it.
			err := file.Change(func(rows []labels.Label) ([]labels.Label, bool, error) {
				if slices.ContainsFunc(rows, func(l labels.Label) bool { return l.State != labels.Open }) {
					return rows, false, failed(http.StatusConflict, "comments of the sample are labelled, so it stays as it was drawn")
				}
				return nil, true, nil
			})
			if err != nil {
				return err
			}
			return s.drawTogether(ctx, size)
		},
		fixed: func(rows []labels.Label) bool {
			return slices.ContainsFunc(rows, func(l labels.Label) bool { return l.State != labels.Open })
		},
		corrected: p.corrected,
		thread: func(ctx context.Context, l *labels.Label) (*opened, error) {
			key, ok := p.key(l.Thread)
			if !ok {
				return nil, failed(http.StatusConflict, "%s: there is no thread %q here.", file.Path(), l.Thread)
			}
			return s.openKey(ctx, key)
		},
		outdated: p.outdated,
	}, nil
}

// usualTogether is how many comments of all threads are drawn if nobody asks for another number.
const usualTogether = 120

// drawTogether draws a sample of all comments, if there is none.
func (s *Server) drawTogether(ctx context.Context, size int) error {
	var frame labelling.Frame
	for r, err := range s.options.Database.Results(ctx, database.Filter{}) {
		if err != nil {
			return err
		}
		if err := frame.Add(r.Thread); err != nil {
			return failed(http.StatusConflict, "%s", sentence(err))
		}
	}
	return s.options.Together.SampleTogether(&frame, labelling.Sampling{Size: size, Seed: seed})
}

// population is the comments of all threads, of which a sample is labelled.
type population struct {
	state    string         // of the database
	total    analysis.Group // without labels
	threads  []analysis.Outline
	keys     map[string]int64 // of the threads, by the names that labels give them
	comments []audit.Comment
	index    map[member]int // of the comments
	framed   int            // comments that a sample is drawn from, those that aren't counted among them
}

// member is a comment of a population.
type member struct {
	thread  int64
	comment string
}

// population is that of the database as it is now.
func (s *Server) population(ctx context.Context) (*population, error) {
	s.counting.Lock()
	defer s.counting.Unlock()
	state, err := s.options.Database.State(ctx)
	if err != nil || s.counted != nil && s.counted.state == state {
		return s.counted, err
	}
	p := &population{state: state, keys: map[string]int64{}, index: map[member]int{}}
	o, err := s.options.Database.Overview(ctx, database.Filter{})
	if err != nil {
		return nil, err
	}
	o.Complete()
	p.total, p.threads = o.Total, o.Threads
	next := 0
	for r, err := range s.options.Database.Results(ctx, database.Filter{}) {
		if err != nil {
			return nil, err
		}
		if next == len(p.threads) {
			break // one that came in between
		}
		key := p.threads[next].Key
		next++
		p.keys[labels.NameOf(r.Thread)] = key
		for i := range r.Thread.Comments {
			if !r.Thread.Comments[i].Removed {
				p.framed++
			}
		}
		for _, c := range r.Candidates() {
			p.index[member{key, r.Thread.Comments[c.Index].ID}] = len(p.comments)
			p.comments = append(p.comments, audit.Comment{Predicted: c.Predicted})
		}
	}
	s.counted = p
	return p, nil
}

// key is that of the thread that a label calls so.
func (p *population) key(name string) (int64, bool) {
	if key, ok := p.keys[name]; ok {
		return key, true
	}
	for i := range p.threads {
		if t := &p.threads[i]; labels.Names(name, &corpus.Thread{ID: t.ID, Source: t.Source}) {
			return t.Key, true
		}
	}
	return 0, false
}

// corrected is what the labels of a sample say of the shares. It reports false if there are
// too few.
func (p *population) corrected(rows []labels.Label) (*audit.Audit, bool) {
	comments := slices.Clone(p.comments)
	for i := range rows {
		l := &rows[i]
		key, known := p.key(l.Thread)
		at, counted := p.index[member{key, l.Comment}]
		if l.State == labels.Given && known && counted && l.Together {
			c := &comments[at]
			c.Labelled, c.Label, c.Probability = true, l.Stance, l.Probability
		}
	}
	var expected [corpus.NumStances]audit.Expected
	for k, share := range p.total.Stance {
		expected[k] = audit.Expected{Mean: share.Share, Deviation: share.Error}
	}
	return audit.Correct(comments, audit.Tuned, expected)
}

// outdated reports how many comments the sample was drawn from, if there are others now.
func (p *population) outdated(rows []labels.Label) (drawnFrom int, outdated bool) {
	if len(rows) == 0 || rows[0].Probability == 0 {
		return 0, false
	}
	drawnFrom = int(float64(len(rows))/rows[0].Probability + 0.5)
	return drawnFrom, drawnFrom != p.framed
}

// labelTogether shows the comment of the sample that is at hand.
func (s *Server) labelTogether(w http.ResponseWriter, r *http.Request) error {
	b, err := s.together(r.Context())
	if err != nil {
		return err
	}
	return s.showBench(w, r, b)
}

// pressTogether does what a key asks for.
func (s *Server) pressTogether(w http.ResponseWriter, r *http.Request) error {
	b, err := s.together(r.Context())
	if err != nil {
		return err
	}
	return s.pressBench(w, r, b)
}

// totalRows are the labels that correct what threads come to: those of the sample of all
// threads, and those of single ones.
func (s *Server) totalRows() ([]labels.Label, error) {
	drawn, err := rowsOf(s.options.Together)
	if err != nil {
		return nil, err
	}
	rows, err := rowsOf(s.options.Labels)
	return append(drawn, rows...), err
}

// LabelFiles are the files that labels of single threads and of a sample of all threads are
// saved to: the named one, which may hold either, and another beside it.
func LabelFiles(path string) (single, together *labelling.File, err error) {
	named := labelling.Open(path)
	rows, err := rowsOf(named)
	if err != nil {
		return nil, nil, err
	}
	stem := strings.TrimSuffix(path, ".csv")
	if slices.ContainsFunc(rows, func(l labels.Label) bool { return l.Together }) {
		return labelling.Open(stem + "-threads.csv"), named, nil
	}
	return named, labelling.Open(stem + "-corpus.csv"), nil
}
