package serve

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// codebookHTML is the codebook as a part of a page.
func codebookHTML() (template.HTML, error) {
	var b bytes.Buffer
	err := goldmark.Convert([]byte(labelling.Codebook()), &b)
	return template.HTML(b.String()), err
}

// sitting is a session of one browser at one thread.
type sitting struct {
	mu      sync.Mutex
	session *labelling.Session
	message string // to show once
	guessed string // the comment whose guess was asked for
}

// sittingCookie tells browsers apart, so that each gets other comments and finds its own
// again after a reload.
const sittingCookie = "stance-sitting"

// mostSittings is how many sessions are open at the same time.
const mostSittings = 500

// bench is what is labelled: a sample of a thread or of all threads.
type bench struct {
	address, reading, title string // of the page, and of the report that the labels correct
	file                    *labelling.File
	mine                    func(*labels.Label) bool           // reports whether a row is of the sample
	before                  [corpus.NumStances]aggregate.Share // without labels
	comments                int                                // that the sample is drawn from
	sizes                   []int                              // that are offered
	// draw draws the usual sample if there is none, and redraw one of another size, unless
	// what is drawn is fixed.
	draw   func(context.Context) error
	redraw func(context.Context, int) error
	fixed  func([]labels.Label) bool
	// corrected is what labels say of the shares, if there are enough.
	corrected func([]labels.Label) (*audit.Audit, bool)
	// thread is that of a row, or of the bench if no comment is at hand.
	thread func(context.Context, *labels.Label) (*opened, error)
	// outdated reports how many comments the sample was drawn from, if there are others now.
	outdated func([]labels.Label) (int, bool)
}

// alone is the bench at which a sample of a thread is labelled.
func (s *Server) alone(o *opened) *bench {
	mine, file := ofThread(o.base.Thread), s.options.Labels
	return &bench{
		address: address(o.key) + "/label", reading: address(o.key), title: reports.Title(o.base.Thread), file: file, mine: mine,
		before: o.base.Summary.Stance, comments: len(o.base.Candidates()), sizes: []int{20, 40, usualSize, 100, 150, 250, 400},
		draw: func(context.Context) error {
			rows, err := s.sample(o, usualSize)
			if err == nil {
				_, err = file.Draw(mine, rows)
			}
			return err
		},
		redraw: func(_ context.Context, size int) error {
			fresh, err := s.sample(o, size)
			if err != nil {
				return err
			}
			return file.Enlarge(mine, fresh)
		},
		fixed: func([]labels.Label) bool { return false },
		corrected: func(rows []labels.Label) (*audit.Audit, bool) {
			set, _ := labels.NewSet(rows)
			return analysis.Corrected(o.base, set)
		},
		thread:   func(context.Context, *labels.Label) (*opened, error) { return o, nil },
		outdated: func([]labels.Label) (int, bool) { return 0, false },
	}
}

// sit returns the browser's session at a bench and begins one if there is none.
func (s *Server) sit(w http.ResponseWriter, r *http.Request, b *bench) (*sitting, error) {
	cookie, err := r.Cookie(sittingCookie)
	if err != nil {
		cookie = &http.Cookie{Name: sittingCookie, Value: rand.Text(), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
		http.SetCookie(w, cookie)
	}
	name := cookie.Value + b.address
	s.mu.Lock()
	known := s.sittings[name]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	if err := b.draw(r.Context()); err != nil {
		return nil, err
	}
	session, err := b.file.Sit(s.options.Annotator, b.mine)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.sittings[name]; known != nil { // another window of the browser was quicker
		return known, session.Close()
	}
	if len(s.sittings) >= mostSittings {
		for other, old := range s.sittings { // any: nobody has so many browsers
			delete(s.sittings, other)
			if err := old.session.Close(); err != nil {
				return nil, err
			}
			break
		}
	}
	s.sittings[name] = &sitting{session: session}
	return s.sittings[name], nil
}

// Close gives up the comments that browsers have at hand.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all error
	for _, sitting := range s.sittings {
		sitting.mu.Lock()
		all = errors.Join(all, sitting.session.Close())
		sitting.mu.Unlock()
	}
	clear(s.sittings)
	return all
}

// usualSize is how many comments are drawn if nobody asks for another number, and seed
// begins the random choice, as for stance label.
const (
	usualSize = 60
	seed      = 1
)

// sample is a uniform sample of that size. One of another size is a part of it, or it a
// part of the other.
func (s *Server) sample(o *opened, size int) ([]labels.Label, error) {
	rows, err := labelling.Draw(o.base.Thread, o.base.Candidates(), labelling.Designs()[0], size, seed)
	if err != nil {
		return nil, failed(http.StatusNotFound, "The thread has no comment to label.")
	}
	return rows, nil
}

// label shows the comment of a thread's sample that is at hand.
func (s *Server) label(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	return s.showBench(w, r, s.alone(o))
}

// press does what a key asks for.
func (s *Server) press(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	return s.pressBench(w, r, s.alone(o))
}

func (s *Server) showBench(w http.ResponseWriter, r *http.Request, b *bench) error {
	sitting, err := s.sit(w, r, b)
	if err != nil {
		return err
	}
	sitting.mu.Lock()
	defer sitting.mu.Unlock()
	view, err := s.desk(r.Context(), b, sitting)
	if err != nil {
		return err
	}
	sitting.message = ""
	return s.render(w, http.StatusOK, page{Title: "Label: " + b.title, Reading: b.reading}, "label.html", view)
}

func (s *Server) pressBench(w http.ResponseWriter, r *http.Request, b *bench) error {
	if err := r.ParseForm(); err != nil {
		return malformed(err)
	}
	sitting, err := s.sit(w, r, b)
	if err != nil {
		return err
	}
	sitting.mu.Lock()
	defer sitting.mu.Unlock()
	if size := r.PostForm.Get("size"); size != "" {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return failed(http.StatusBadRequest, "A sample has a number of comments, not %q.", size)
		}
		if err = b.redraw(r.Context(), n); err == nil {
			err = sitting.session.Refresh()
		}
		sitting.told(err)
	} else {
		var shown string
		if l, _, ok := sitting.session.Hand(); ok {
			o, err := b.thread(r.Context(), &l)
			if err != nil {
				return err
			}
			shown = placeName(o, &l)
		}
		err := sitting.press(r.PostForm.Get("key"), r.PostForm.Get("comment") == shown)
		if sitting.told(err); err != nil {
			if err := sitting.session.Refresh(); err != nil { // what was at hand may be gone
				return err
			}
		}
	}
	http.Redirect(w, r, b.address, http.StatusSeeOther)
	return nil
}

// placeName names a comment by its thread and its place there, "" if there is none. It stands for
// the ID, of which forms would change line breaks.
func placeName(o *opened, l *labels.Label) string {
	i, known := labelling.Positions(o.base.Thread)[l.Comment]
	if !known {
		return ""
	}
	return fmt.Sprintf("%d-%d", o.key, i+1)
}

// told keeps what is to be said of a key.
func (t *sitting) told(err error) {
	t.message = ""
	if err != nil {
		t.message = sentence(err)
	}
}

// sentence says what an error says.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// press does what a key asks for. Most count only if the comment at hand was shown.
func (t *sitting) press(key string, shown bool) error {
	s := t.session
	if key == "u" {
		return s.Undo()
	}
	l, _, ok := s.Hand()
	if !ok || !shown {
		return errors.New("this was pressed in a window that showed another comment, and counts for nothing")
	}
	if len(key) != 1 {
		return fmt.Errorf("there is no key %q", key)
	}
	if k := strings.Index(labelling.StanceKeys, key); k >= 0 {
		return s.Give(corpus.Stance(k))
	}
	if k := strings.Index(labelling.FeelingKeys, key); k >= 0 {
		return s.Feel(corpus.Polarity(k))
	}
	switch key {
	case "x":
		return s.Skip()
	case "g":
		t.guessed = l.Thread + "\n" + l.Comment
		return nil
	}
	return fmt.Errorf("the key %q does nothing here", key)
}

type (
	// deskView is the page on which a comment is labelled.
	deskView struct {
		Address, Reading string
		Message          string
		Title, Case      string
		Of, OfAt         string // the thread of the comment and its address, where the page is of several
		Shown            string // names the comment at hand
		Outdated         string // what a sample doesn't speak of any more
		Article          string
		Done             bool
		Hand             *spoken   // the comment at hand, nil if all are done
		Above            []*spoken // what it answers, the first one first
		Before, After    *spoken   // its neighbours on the page
		Guess            string
		Keys             []keyView // of the stances
		Feelings         []keyView
		Codebook         template.HTML
		Progress         progressView
		Sizes            []sizeView
		File             string // that labels are saved to, "" if it is forgotten
	}
	// spoken is a comment without what was judged of it.
	spoken struct {
		Author, When, Text string
		Number             int
	}
	keyView struct {
		Key, Name, Doc string
		Pressed        bool
	}
	progressView struct {
		Place, Given, Skipped, Of int
		Shares                    template.HTML
		Half, Before              string // of the intervals, now and without labels
		Corrected                 bool
		Least                     int
	}
	sizeView struct {
		Size     int
		Half     string
		Selected bool
	}
)

// desk is what the page shows.
func (s *Server) desk(ctx context.Context, b *bench, t *sitting) (*deskView, error) {
	l, place, ok := t.session.Hand()
	v := &deskView{Address: b.address, Reading: b.reading, Message: reports.OneLine(t.message), Title: b.title, Codebook: s.codebook, Done: !ok}
	if !s.options.Forgets {
		v.File = b.file.Path()
	}
	v.Progress = s.progress(b, t.session)
	rows := t.session.Rows()
	if from, outdated := b.outdated(rows); outdated {
		v.Outdated = fmt.Sprintf("The sample was drawn from %s; there are others now, of which it says nothing.", reports.Counted(from, "comment"))
	}
	if !b.fixed(rows) {
		v.Sizes = b.offered(v.Progress.Of)
	}
	if o, err := b.thread(ctx, &l); ok || b.address != togetherPage {
		if err != nil {
			return nil, err
		}
		thread := o.base.Thread
		v.Case, v.Article = reports.OneLine(o.base.Case), strings.TrimSpace(thread.Article.Description+"\n\n"+thread.Article.Text)
		if title := reports.Title(thread); title != v.Title {
			v.Of, v.OfAt = title, address(o.key)
		}
		if ok {
			i, known := labelling.Positions(thread)[l.Comment]
			if !known {
				return nil, failed(http.StatusConflict, "%s: the thread has no comment %q.", b.file.Path(), l.Comment)
			}
			v.Progress.Place, v.Shown = place, placeName(o, &l)
			v.around(thread, i)
			if t.guessed == l.Thread+"\n"+l.Comment {
				v.Guess = o.base.Judgements[i].Stance.String()
			}
		}
	}
	docs := []string{"doubts, denies, opposes", "compares, deflects, plays down", "accepts, endorses, adds to it", "no stance that can be told"}
	for k, name := range corpus.StanceNames() {
		v.Keys = append(v.Keys, keyView{Key: labelling.StanceKeys[k : k+1], Name: name, Doc: docs[k]})
	}
	for k, name := range corpus.PolarityNames() {
		v.Feelings = append(v.Feelings, keyView{Key: labelling.FeelingKeys[k : k+1], Name: name, Pressed: l.Sentiment != nil && int(*l.Sentiment) == k})
	}
	return v, nil
}

// mostAbove is how far up a conversation is shown.
const mostAbove = 3

// around sets the comment at hand, what it answers and what stands beside it.
func (v *deskView) around(t *corpus.Thread, i int) {
	v.Hand = newSpoken(t, i)
	above := corpus.Answered(t.Comments)
	shown := map[int]bool{i: true}
	for p := above[i]; p >= 0 && !shown[p] && len(v.Above) < mostAbove; p = above[p] {
		shown[p] = true
		v.Above = append([]*spoken{newSpoken(t, p)}, v.Above...)
	}
	if len(v.Above) == 0 && t.Comments[i].ParentText != "" {
		v.Above = []*spoken{{Text: t.Comments[i].ParentText}}
	}
	if i > 0 && !shown[i-1] {
		v.Before = newSpoken(t, i-1)
	}
	if i+1 < len(t.Comments) {
		v.After = newSpoken(t, i+1)
	}
}

func newSpoken(t *corpus.Thread, i int) *spoken {
	c := &t.Comments[i]
	s := &spoken{Author: c.Author, When: c.When(), Text: c.Text, Number: i + 1}
	if c.Removed {
		s.Text = "(removed)"
	}
	return s
}

// progress is how far the labels have come and what they make of the shares.
func (s *Server) progress(b *bench, session *labelling.Session) progressView {
	var v progressView
	v.Given, v.Skipped, v.Of = session.Count()
	summary := aggregate.Summary{Stance: b.before}
	v.Before, v.Least = points(half(&summary)), min(audit.Least, b.comments)
	if a, ok := b.corrected(session.Rows()); ok {
		summary.Correct(a)
		v.Corrected = true
	}
	v.Half, v.Shares = points(half(&summary)), s.parts.Shares(&summary)
	return v
}

// half is how far the intervals reach on either side, on average over the stances.
func half(s *aggregate.Summary) float64 {
	sum := 0.0
	for _, share := range s.Stance {
		sum += (share.High - share.Low) / 2
	}
	return sum / corpus.NumStances
}

// points writes a part of 1 as percentage points.
func points(x float64) string { return "±" + strconv.Itoa(int(100*x+0.5)) }

// offered are the samples that are offered: those that are not smaller than the one there is.
func (b *bench) offered(now int) []sizeView {
	var expected [corpus.NumStances]float64
	for k, share := range b.before {
		expected[k] = share.Share
	}
	var list []sizeView
	for _, n := range append(slices.Clone(b.sizes), b.comments) {
		if n = min(n, b.comments); n > 0 && (n >= now || b.address == togetherPage) && (len(list) == 0 || list[len(list)-1].Size < n) {
			list = append(list, sizeView{n, points(audit.Foreseen(n, b.comments, expected)), n == now})
		}
	}
	if !slices.ContainsFunc(list, func(v sizeView) bool { return v.Selected }) {
		list = append([]sizeView{{now, points(audit.Foreseen(now, b.comments, expected)), true}}, list...)
	}
	return list
}
