package serve

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
)

// togetherPage is where a sample of the comments of all threads is labelled.
const togetherPage = "/label"

// together is the bench at which a sample of a population is labelled.
func (s *Server) together(p *population) (*bench, error) {
	if len(p.comments) == 0 {
		return nil, failed(http.StatusNotFound, "There is no comment to label.")
	}
	file := s.options.Together
	return &bench{
		address: togetherPage, reading: "/threads", title: "A sample of all threads", file: file, mine: func(*labels.Label) bool { return true },
		before: p.total.Stance, comments: len(p.comments), sizes: []int{60, usualTogether, 180, 240, 400, 800},
		draw: func(context.Context) error { return p.draw(file, usualTogether) },
		redraw: func(_ context.Context, size int) error {
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
			return p.draw(file, size)
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

// population is the comments of all threads, of which a sample is labelled.
type population struct {
	frame    labelling.Frame
	unframed error          // why no sample can be drawn from the frame, nil if one can
	total    analysis.Group // without labels
	threads  []analysis.Outline
	keys     map[string]int64 // of the threads, by the names that labels give them
	comments []audit.Comment
	index    map[member]int // of the comments
	// predicted are the comments by the keys of their threads.
	predicted map[int64][]audit.Comment
}

// member is a comment of a population.
type member struct {
	thread  int64
	comment string
}

// count is the counting of the population of a database in a state. What it comes to is there
// once done is closed.
type count struct {
	state      string
	done       chan struct{}
	population *population
	err        error
	ended      time.Time
	took       time.Duration
}

// lasting is how many times as long as it took a count is used while threads come in.
const lasting = 20

// count is that of the database as it is now, or the one that is under way in the background.
// While threads are judged it may be one of shortly before.
func (s *Server) count(ctx context.Context) (*count, error) {
	s.counting.Lock()
	defer s.counting.Unlock()
	state, err := s.options.Database.State(ctx)
	if err != nil {
		return nil, err
	}
	if c := s.counted; c != nil && !over(c.done) {
		return c, nil
	} else if c != nil && c.err == nil {
		_, judging := s.judging()
		if c.state == state || judging && time.Since(c.ended) < lasting*c.took {
			return c, nil
		}
	}
	c := &count{state: state, done: make(chan struct{})}
	s.counted = c
	go func() {
		defer close(c.done)
		began := time.Now()
		if c.population, c.err = s.population(ctx); c.err == nil {
			s.predict(state, c.population.predicted)
		}
		c.ended, c.took = time.Now(), time.Since(began)
	}()
	return c, nil
}

// population reads that of the database.
func (s *Server) population(ctx context.Context) (*population, error) {
	p := &population{keys: map[string]int64{}, index: map[member]int{}, predicted: map[int64][]audit.Comment{}}
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
		p.unframed = cmp.Or(p.unframed, p.frame.Add(r.Thread))
		counted := len(p.comments)
		for i := range r.Thread.Comments {
			if c := &r.Thread.Comments[i]; c.Counted() {
				p.index[member{key, c.ID}] = counted
				counted++
			}
		}
		p.predicted[key] = r.Predicted()
		p.comments = append(p.comments, p.predicted[key]...)
	}
	return p, nil
}

// draw draws a sample into the file, if there is none.
func (p *population) draw(file *labelling.File, size int) error {
	if p.unframed != nil {
		return failed(http.StatusConflict, "%s", sentence(p.unframed))
	}
	return file.SampleTogether(&p.frame, labelling.Sampling{Size: size, Seed: seed})
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
	return drawnFrom, drawnFrom != p.frame.Len()
}

// drawable reports whether the sample of all threads is drawn or may be: once no thread is
// judged any more. If not, it names the files that wait.
func (s *Server) drawable() (waiting []string, drawable bool, err error) {
	rows, err := rowsOf(s.options.Together)
	waiting, judging := s.judging()
	return waiting, !judging || len(rows) > 0, err
}

// labelTogether shows the comment of the sample that is at hand, or what it waits for: that all
// threads are judged, or their comments counted.
func (s *Server) labelTogether(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		waiting, drawable, err := s.drawable()
		if err != nil {
			return err
		}
		if drawable {
			c, err := s.count(ctx)
			if err != nil {
				return err
			}
			if soon(r.Context(), c.done) {
				return s.atTogether(c, func(b *bench) error { return s.showBench(w, r, b) })
			}
		}
		view := struct {
			Judging bool
			Waiting []string
		}{!drawable, waiting}
		w.Header().Set("Refresh", "2")
		return s.render(w, http.StatusOK, page{Title: "Label", Reading: "/threads"}, "wait.html", view)
	}
}

// pressTogether does what a key asks for.
func (s *Server) pressTogether(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, drawable, err := s.drawable()
		if err != nil {
			return err
		}
		if !drawable {
			http.Redirect(w, r, togetherPage, http.StatusSeeOther) // which says what it waits for
			return nil
		}
		c, err := s.count(ctx)
		if err != nil {
			return err
		}
		if err := wait(r.Context(), c.done); err != nil {
			return err
		}
		return s.atTogether(c, func(b *bench) error { return s.pressBench(w, r, b) })
	}
}

// atTogether uses the bench of a population that was counted.
func (s *Server) atTogether(c *count, use func(*bench) error) error {
	if c.err != nil {
		return c.err
	}
	b, err := s.together(c.population)
	if err != nil {
		return err
	}
	return use(b)
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
