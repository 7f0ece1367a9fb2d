package serve

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"net/http"
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

// sit returns the browser's session at a thread and begins one if there is none.
func (s *Server) sit(w http.ResponseWriter, r *http.Request, o *opened) (*sitting, error) {
	cookie, err := r.Cookie(sittingCookie)
	if err != nil {
		cookie = &http.Cookie{Name: sittingCookie, Value: rand.Text(), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
		http.SetCookie(w, cookie)
	}
	name := cookie.Value + address(o.key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.sittings[name]; known != nil {
		return known, nil
	}
	if err := s.draw(o); err != nil {
		return nil, err
	}
	session, err := s.options.Labels.Sit(s.options.Annotator, ofThread(o.base.Thread))
	if err != nil {
		return nil, err
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

// draw draws the thread's sample, if it has none.
func (s *Server) draw(o *opened) error {
	rows, err := s.sample(o, usualSize)
	if err != nil {
		return err
	}
	_, err = s.options.Labels.Draw(ofThread(o.base.Thread), rows)
	return err
}

// sample is a uniform sample of that size. One of another size is a part of it, or it a
// part of the other.
func (s *Server) sample(o *opened, size int) ([]labels.Label, error) {
	rows, err := labelling.Draw(o.base.Thread, o.base.Candidates(), labelling.Designs()[0], size, seed)
	if err != nil {
		return nil, failed(http.StatusNotFound, "The thread has no comment to label.")
	}
	return rows, nil
}

// enlarge makes the thread's sample larger.
func (s *Server) enlarge(o *opened, size int) error {
	fresh, err := s.sample(o, size)
	if err != nil {
		return err
	}
	return s.options.Labels.Enlarge(ofThread(o.base.Thread), fresh)
}

// label shows the comment at hand.
func (s *Server) label(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	sitting, err := s.sit(w, r, o)
	if err != nil {
		return err
	}
	sitting.mu.Lock()
	defer sitting.mu.Unlock()
	view, err := s.desk(o, sitting)
	if err != nil {
		return err
	}
	sitting.message = ""
	return s.render(w, http.StatusOK, page{Title: "Label: " + reports.Title(o.base.Thread), Reading: address(o.key)}, "label.html", view)
}

// press does what a key asks for.
func (s *Server) press(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return malformed(err)
	}
	sitting, err := s.sit(w, r, o)
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
		if err = s.enlarge(o, n); err == nil {
			err = sitting.session.Refresh()
		}
		sitting.told(err)
	} else {
		sitting.told(sitting.press(o.base.Thread, r.PostForm.Get("key"), r.PostForm.Get("comment")))
	}
	http.Redirect(w, r, address(o.key)+"/label", http.StatusSeeOther)
	return nil
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

// press does what a key asks for while the comment at a place of the thread was shown. The
// place stands for the ID, of which forms would change line breaks.
func (t *sitting) press(thread *corpus.Thread, key, shown string) error {
	s := t.session
	if key == "u" {
		return s.Undo()
	}
	l, _, ok := s.Hand()
	if i, known := labelling.Positions(thread)[l.Comment]; !ok || !known || strconv.Itoa(i+1) != shown {
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
		t.guessed = l.Comment
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
func (s *Server) desk(o *opened, t *sitting) (*deskView, error) {
	thread := o.base.Thread
	v := &deskView{
		Address: address(o.key) + "/label", Reading: address(o.key), Message: reports.OneLine(t.message),
		Title: reports.Title(thread), Case: reports.OneLine(o.base.Case), Codebook: s.codebook,
		Article: strings.TrimSpace(thread.Article.Description + "\n\n" + thread.Article.Text),
	}
	if !s.options.Forgets {
		v.File = s.options.Labels.Path()
	}
	l, place, ok := t.session.Hand()
	if v.Progress = s.progress(o, t.session); ok {
		v.Progress.Place = place
		i, known := labelling.Positions(thread)[l.Comment]
		if !known {
			return nil, failed(http.StatusConflict, "%s: the thread has no comment %q.", s.options.Labels.Path(), l.Comment)
		}
		v.around(thread, i)
		if t.guessed == l.Comment {
			v.Guess = o.base.Judgements[i].Stance.String()
		}
	}
	v.Done = !ok
	v.Sizes = sizes(o.base, v.Progress.Of)
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
	s := &spoken{Author: c.Author, When: c.PostedAs, Text: c.Text, Number: i + 1}
	if c.Removed {
		s.Text = "(removed)"
	}
	return s
}

// progress is how far the labels have come and what they make of the shares.
func (s *Server) progress(o *opened, session *labelling.Session) progressView {
	var v progressView
	v.Given, v.Skipped, v.Of = session.Count()
	summary := o.base.Summary
	v.Before, v.Least = points(half(&summary)), audit.Least
	set, _ := labels.NewSet(session.Rows())
	if a, ok := analysis.Corrected(o.base, set); ok {
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

// sizes are the samples that are offered: those that are not smaller than the one there is.
func sizes(r *analysis.Result, now int) []sizeView {
	var expected [corpus.NumStances]float64
	for k, share := range r.Summary.Stance {
		expected[k] = share.Share
	}
	all := len(r.Candidates())
	var list []sizeView
	for _, n := range []int{20, 40, usualSize, 100, 150, 250, 400, all} {
		if n = min(n, all); n > 0 && n >= now && (len(list) == 0 || list[len(list)-1].Size < n) {
			list = append(list, sizeView{n, points(audit.Foreseen(n, all, expected)), n == now})
		}
	}
	if len(list) > 0 && list[0].Size != now {
		list = append([]sizeView{{now, points(audit.Foreseen(now, all, expected)), true}}, list...)
	}
	return list
}
