package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/runs"
)

// Job is the reading and judging of a file. It is safe for concurrent use.
type Job struct {
	Name string

	number int
	mu     sync.Mutex
	state  Progress
	done   chan struct{}
}

// Progress is how far a job has come.
type Progress struct {
	Threads  []int64  `json:"-"` // the keys of those that are stored
	Comments int      `json:"comments"`
	Problems []string `json:"problems,omitempty"`
	Done     bool     `json:"done"`
}

// Progress is how far the job has come.
func (j *Job) Progress() Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.state
	p.Threads, p.Problems = slices.Clone(p.Threads), slices.Clone(p.Problems)
	return p
}

func (j *Job) update(change func(*Progress)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change(&j.state)
}

// mostProblems is how many problems of a file are told.
const mostProblems = 20

func (j *Job) problem(message string) {
	j.update(func(p *Progress) {
		if len(p.Problems) < mostProblems {
			p.Problems = append(p.Problems, message)
		}
	})
}

// mostJobs is how many jobs are remembered.
const mostJobs = 200

// begin remembers a new job; nil stands for none, as so many or more wait.
func (s *Server) begin(name string, most int) *Job {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting()) >= most {
		return nil
	}
	number := 1
	if n := len(s.jobs); n > 0 {
		number = s.jobs[n-1].number + 1
	}
	j := &Job{Name: name, number: number, done: make(chan struct{})}
	if s.jobs = append(s.jobs, j); len(s.jobs) > mostJobs {
		s.jobs = s.jobs[len(s.jobs)-mostJobs:]
	}
	return j
}

// waiting names the files that wait to be judged; the server must be locked.
func (s *Server) waiting() (names []string) {
	for _, j := range s.jobs {
		if !j.Progress().Done {
			names = append(names, j.Name)
		}
	}
	return names
}

// judging names the files that wait to be judged, and reports whether any is or will be.
func (s *Server) judging() (waiting []string, judging bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting = s.waiting()
	return waiting, s.loading || len(waiting) > 0
}

// load notes whether the files of Load are being read.
func (s *Server) load(loading bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loading = loading
}

// mostWaiting is how many uploads may wait at the same time: they are held in memory.
const mostWaiting = 8

// numbered is the job of that number, nil if there is none.
func (s *Server) numbered(number string) *Job {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range s.jobs {
		if strconv.Itoa(j.number) == number {
			return j
		}
	}
	return nil
}

// Load judges the files of a set and keeps them, in the order of the set. What can't be
// read is told by the callback.
func (s *Server) Load(ctx context.Context, set *source.Set, told func(string)) error {
	s.load(true)
	defer s.load(false)
	for f := range set.Files() {
		open, err := set.Input(ctx, f)
		if err != nil {
			told(f.Path + ": " + source.Reason(err))
			continue
		}
		job := s.begin(f.Path, math.MaxInt)
		s.add(ctx, job, database.Input{Path: f.Path, SHA256: open.SHA256, Bytes: open.Size}, open.Threads(ctx))
		for _, p := range job.Progress().Problems {
			told(p)
		}
		if err := open.Close(); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

// Upload judges content that was sent under a name, in the background.
func (s *Server) Upload(ctx context.Context, name string, content []byte) (*Job, error) {
	job := s.begin(name, mostWaiting)
	if job == nil {
		return nil, failed(503, "%d files wait to be judged; try again when some are done", mostWaiting)
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	in := database.Input{Path: "upload/" + hash[:16] + "/" + name, SHA256: hash, Bytes: int64(len(content))}
	// Two pages of one name are two: labels name a thread by its source.
	called := fmt.Sprintf("%s (%s)", name, hash[:8])
	go s.add(ctx, job, in, source.Stream(ctx, called, bytes.NewReader(content), s.options.Formats))
	return job, nil
}

// fileName is the name that an upload is kept under: the last part of what a browser says.
func fileName(said string) string {
	name := path.Base(strings.ReplaceAll(said, `\`, "/"))
	if name == "." || name == "/" || name == "" {
		return "pasted.txt"
	}
	return name
}

// add judges the threads of an input and keeps them, unless it has them already.
func (s *Server) add(ctx context.Context, job *Job, in database.Input, threads iter.Seq2[*corpus.Thread, error]) {
	s.adding.Lock()
	defer s.adding.Unlock()
	defer close(job.done)
	if err := s.judge(ctx, job, in, threads); err != nil {
		job.problem(err.Error())
	}
	job.update(func(p *Progress) { p.Done = true })
}

func (s *Server) judge(ctx context.Context, job *Job, in database.Input, threads iter.Seq2[*corpus.Thread, error]) error {
	work := &runs.Work{Settings: s.options.Settings, Database: s.options.Database}
	standing, err := work.Database.Standing(ctx, work.Settings, in)
	if err == nil {
		err = s.known(ctx, job, in, standing.Items)
	}
	if err != nil || standing.State == database.Unchanged {
		return err
	}
	run, err := work.Database.Begin(ctx, work.Settings, time.Now())
	if err != nil {
		return err
	}
	defer run.Close()
	run.Batch = 1 // a thread is seen as soon as it is judged
	return work.Input(ctx, run, s.pipeline, in, threads, job.after)
}

// after takes in a step that was stored.
func (j *Job) after(s *runs.Step) {
	switch {
	case s.Kind == runs.Thread:
		for i := range s.Thread.Problems {
			if p := &s.Thread.Problems[i]; p.Level != corpus.Assumption {
				j.problem(p.Error())
			}
		}
		j.update(func(p *Progress) {
			p.Threads = append(p.Threads, database.Key(s.Input, s.Item))
			p.Comments += len(s.Thread.Comments)
		})
	case s.Kind == runs.Problem:
		j.problem(s.Problem.Error())
	case s.Err != nil:
		j.problem(s.Err.Error())
	}
}

// known finds the threads of an input that are stored.
func (s *Server) known(ctx context.Context, job *Job, in database.Input, items int) error {
	for item := 1; item <= items; item++ {
		has, err := s.options.Database.Has(ctx, database.Key(in, item))
		if err != nil {
			return err
		}
		if has {
			job.update(func(p *Progress) { p.Threads = append(p.Threads, database.Key(in, item)) })
		}
	}
	return nil
}

// opened is a thread that is held in memory: as it was judged, and as it is with labels.
type opened struct {
	key  int64
	base *analysis.Result

	mu       sync.Mutex
	version  string           // of the labels that learned knows
	learned  *analysis.Result // nil until the engine has learned from them
	learning chan struct{}    // closed when the engine has; nil if it isn't at it
}

// mostOpened is how many threads are held.
const mostOpened = 4

// open returns the thread of a key, as text.
func (s *Server) open(ctx context.Context, key string) (*opened, error) {
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil || n <= 0 {
		return nil, notFound
	}
	return s.openKey(ctx, n)
}

func (s *Server) openKey(ctx context.Context, n int64) (*opened, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, o := range s.opened {
		if o.key == n {
			s.opened = append(slices.Delete(s.opened, i, i+1), o)
			return o, nil
		}
	}
	for r, err := range s.options.Database.Results(ctx, database.Filter{Key: n}) {
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(r.Judgements, func(j analysis.Judgement) bool { return j.Annotated }) {
			// A run has learned from labels; here they come from the file alone.
			if r, err = s.pipeline.Analyse(ctx, r.Thread); err != nil {
				return nil, err
			}
		}
		o := &opened{key: n, base: r}
		if s.opened = append(s.opened, o); len(s.opened) > mostOpened {
			s.opened = s.opened[1:]
		}
		return o, nil
	}
	return nil, notFound
}

// rowsOf are the labels in a file; none if there is no file.
func rowsOf(f *labelling.File) ([]labels.Label, error) {
	all, problems, err := f.Read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, &problems[0]
	}
	return all, nil
}

// rows are the labels of the thread in the file.
func (s *Server) rows(o *opened) ([]labels.Label, error) {
	all, err := rowsOf(s.options.Labels)
	mine := ofThread(o.base.Thread)
	return slices.DeleteFunc(all, func(l labels.Label) bool { return !mine(&l) }), err
}

// ofThread reports whether a row is of the thread. Unlike a file of labels for one thread,
// that of a server names the thread in each row.
func ofThread(t *corpus.Thread) func(*labels.Label) bool {
	return func(l *labels.Label) bool { return labels.Names(l.Thread, t) }
}

// version tells labels from others.
func version(rows []labels.Label) string {
	var b strings.Builder
	for i := range rows {
		if l := &rows[i]; l.State == labels.Given {
			fmt.Fprintf(&b, "%q %q %d %t\n", l.Thread, l.Comment, l.Stance, l.Suggested)
		}
	}
	return b.String()
}

// patience is how long a page waits for what is done in the background.
const patience = 1500 * time.Millisecond

// wait waits for what is done in the background, or the end of the context, which it returns as an error.
func wait(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// soon waits as long as a page does, and reports whether it was done by then.
func soon(ctx context.Context, done <-chan struct{}) bool {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return wait(ctx, done) == nil
}

// over reports whether what is done in the background is done.
func over(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// current is the thread with its labels. Learned is false while the engine hasn't learned
// from the latest ones: then they stand and correct the shares, and the other comments
// are judged as before.
func (s *Server) current(ctx context.Context, o *opened) (r *analysis.Result, learned bool, err error) {
	rows, err := s.rows(o)
	if err != nil {
		return nil, false, err
	}
	set, _ := labels.NewSet(rows)
	if set.Len() == 0 {
		r, err = s.drawn(ctx, o)
		return r, true, err
	}
	v := version(rows)
	if soon(ctx, s.learn(o, v, set)); ctx.Err() != nil {
		return nil, false, ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.learned != nil && o.version == v {
		return o.learned, true, nil
	}
	with := *o.base
	with.Judgements = slices.Clone(o.base.Judgements)
	_, err = analysis.Relabel(ctx, &with, set)
	return &with, false, err
}

// drawn is the thread with the labels of the sample of all threads, from which nothing is learned.
func (s *Server) drawn(ctx context.Context, o *opened) (*analysis.Result, error) {
	rows, err := rowsOf(s.options.Together)
	if err != nil {
		return nil, err
	}
	mine := ofThread(o.base.Thread)
	rows = slices.DeleteFunc(rows, func(l labels.Label) bool { return !mine(&l) || l.State != labels.Given })
	if len(rows) == 0 {
		return o.base, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	v := "together " + version(rows)
	if o.learned != nil && o.version == v {
		return o.learned, nil
	}
	with := *o.base
	with.Judgements = slices.Clone(o.base.Judgements)
	set, _ := labels.NewSet(rows)
	if err := s.relabel(ctx, &with, set); err != nil {
		return nil, err
	}
	if o.learning == nil {
		o.learned, o.version = &with, v
	}
	return &with, nil
}

// learn lets the engine learn from labels in the background, one version after the other.
// The channel is closed when it is at its end.
func (s *Server) learn(o *opened, v string, set *labels.Set) <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.learning != nil {
		return o.learning
	}
	done := make(chan struct{})
	if o.learned != nil && o.version == v {
		close(done)
		return done
	}
	o.learning = done
	go func() {
		pipeline, err := s.options.Judge(set)
		var r *analysis.Result
		if err == nil {
			r, err = pipeline.Analyse(context.Background(), o.base.Thread)
		}
		if err != nil {
			s.options.Failed("%s: %v", o.base.Thread.Source, err)
		}
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.learning = nil; err == nil {
			o.learned, o.version = r, v
		}
		close(done)
	}()
	return done
}

// received reads what was sent, up to the limit.
func (s *Server) received(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, s.options.MaxUpload+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(content)) > s.options.MaxUpload:
		return nil, failed(413, "%s", tooLarge(s.options.MaxUpload))
	case len(bytes.TrimSpace(content)) == 0:
		return nil, failed(400, "There was nothing in what you sent.")
	}
	return content, nil
}

// tooLarge says what is too large and what can be done.
func tooLarge(limit int64) string {
	return fmt.Sprintf("A file may have %d MB at most here; stance serve FILE reads larger ones from the disk.", limit>>20)
}
