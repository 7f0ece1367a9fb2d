package serve

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/reports"
	"stance.example/stance/reports/serial"
)

// chosenThreads are the threads that a form asks for.
type chosenThreads struct{ Title, Site, Since, Until string }

func chosenThreadsOf(q url.Values) chosenThreads {
	of := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	return chosenThreads{of("title"), of("site"), of("since"), of("until")}
}

// query asks for the same threads.
func (c *chosenThreads) query() []string {
	return []string{"title", c.Title, "site", c.Site, "since", c.Since, "until", c.Until}
}

// containing is the glob of texts that have a part, whatever its case.
func containing(part string) string {
	var b strings.Builder
	b.WriteByte('*')
	for _, r := range part {
		if r == utf8.RuneError || r == '^' || r == ']' { // which have a meaning in brackets; none in place of a letter
			b.WriteByte('?')
			continue
		}
		b.WriteString("[" + string(unicode.ToLower(r)) + string(unicode.ToUpper(r)) + "]")
	}
	return b.String() + "*"
}

// filter chooses them in the database.
func (c *chosenThreads) filter() (f database.Filter, err error) {
	if c.Site != "" {
		f.Where = append(f.Where, database.Condition{Field: "site", Value: c.Site})
	}
	if c.Title != "" {
		f.Where = append(f.Where, database.Condition{Field: "title", Value: containing(c.Title)})
	}
	for _, day := range []struct {
		to   *string
		from string
	}{{&f.Since, c.Since}, {&f.Until, c.Until}} {
		if day.from == "" {
			continue
		}
		if *day.to, err = database.ParseDay(day.from); err != nil {
			return f, failed(http.StatusBadRequest, "%s", sentence(err))
		}
	}
	return f, nil
}

// asking is what the page of topics and comments is asked for: topics, or with words the
// comments that have them.
type asking struct {
	chosenThreads
	Words, Stance, Polarity string
	From                    int
}

func askingOf(q url.Values) *asking {
	from, _ := strconv.Atoi(q.Get("from"))
	return &asking{
		chosenThreads: chosenThreadsOf(q), Words: strings.TrimSpace(q.Get("words")), Stance: q.Get("stance"), Polarity: q.Get("sentiment"), From: max(0, from),
	}
}

// query asks for the same from the start on, with other words.
func (a *asking) query(words string) url.Values {
	return queryOf(append(a.chosenThreads.query(), "words", words, "stance", a.Stance, "sentiment", a.Polarity)...)
}

const explorePage = "/explore"

type (
	// exploreView is the page of topics and comments.
	exploreView struct {
		Asking  *asking
		Choices choices
		Threads threadsView
		Body    exploredView
	}
	// threadsView are the fields of a form that choose threads.
	threadsView struct {
		chosenThreads
		Sites []string
	}
	// exploredView is what was found: comments, topics, or nothing yet.
	exploredView struct {
		List   *listView
		Topics template.HTML
		Words  []topicView
		Waits  bool // for topics
		Reload string
	}
	// topicView is a topic with searches for its words.
	topicView struct{ Words []searchView }
	// searchView is a word and the address of the search for it.
	searchView struct{ Word, Href string }
)

// explore shows topics of threads, and searches all comments.
func (s *Server) explore(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		view := exploreView{Asking: askingOf(r.URL.Query()), Choices: newChoices()}
		var err error
		if view.Threads, err = s.threadsView(r); err != nil {
			return err
		}
		if view.Body, err = s.explored(ctx, r, view.Asking); err != nil {
			return err
		}
		return s.render(w, http.StatusOK, page{Title: "Explore", Here: explorePage}, "explore.html", view)
	}
}

// threadsView is what the request chose.
func (s *Server) threadsView(r *http.Request) (threadsView, error) {
	sites, err := s.options.Database.Sites(r.Context())
	return threadsView{chosenThreadsOf(r.URL.Query()), sites}, err
}

// exploreList shows what was found as a part of the page.
func (s *Server) exploreList(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := s.explored(ctx, r, askingOf(r.URL.Query()))
		if err != nil {
			return err
		}
		return s.writePart(w, "explored", view)
	}
}

func (s *Server) explored(ctx context.Context, r *http.Request, a *asking) (v exploredView, err error) {
	v.Reload = explorePage + "?" + a.query(a.Words).Encode()
	if a.Words != "" {
		v.List, err = s.foundList(r.Context(), a)
		return v, err
	}
	t, err := s.topics(ctx, &a.chosenThreads)
	if err != nil {
		return v, err
	}
	if !soon(r.Context(), t.done) {
		v.Waits = true
		return v, nil
	}
	if t.err != nil {
		return v, t.err
	}
	for i := range t.topics.List {
		var topic topicView
		for _, w := range t.topics.List[i].Words {
			topic.Words = append(topic.Words, searchView{w.Text, explorePage + "?" + a.query(w.Text).Encode()})
		}
		v.Words = append(v.Words, topic)
	}
	v.Topics = s.parts.Topics(t.topics)
	return v, nil
}

// mostHits is how many of the comments that were found are shown at a time.
const mostHits = 40

// foundList are comments that have the words.
func (s *Server) foundList(ctx context.Context, a *asking) (*listView, error) {
	words, found, all, err := s.search(ctx, a)
	if err != nil {
		return nil, err
	}
	v := &listView{Said: reports.Counted(all, "comment"), Flat: true}
	for i := range found {
		hit := &found[i]
		at := reports.Place{Number: hit.Index + 1, Thread: address(hit.Key)}
		at.Href = at.Thread
		if before := hit.Index / stretch * stretch; before > 0 {
			at.Href += "?from=" + strconv.Itoa(before)
		}
		at.Href += fmt.Sprintf("#%s-c%d", anchors, hit.Index+1)
		v.Items += s.parts.Found(hit.Result, fmt.Sprintf("f%d", a.From+i), at, words.In(hit.Result.Thread.Comments[0].Text))
	}
	v.page(explorePage, "/list", "", a.From, a.From+len(found), all, a.query(a.Words))
	return v, nil
}

// search finds the comments that have the words, with the labels that they have by now.
func (s *Server) search(ctx context.Context, a *asking) (*database.Words, []database.Found, int, error) {
	words, err := database.ParseWords(a.Words)
	if err != nil {
		return nil, nil, 0, failed(http.StatusBadRequest, "%s", sentence(err))
	}
	filter, err := a.filter()
	if err != nil {
		return nil, nil, 0, err
	}
	rows, err := s.totalRows()
	if err != nil {
		return nil, nil, 0, err
	}
	set, _ := labels.NewSet(rows)
	found, all, err := s.options.Database.Search(ctx, filter, database.Search{
		Words: words, Stance: a.Stance, Polarity: a.Polarity, From: a.From, Most: mostHits, Labels: set,
	})
	if err != nil {
		return nil, nil, 0, err
	}
	for i := range found {
		if err := s.relabel(ctx, found[i].Result, set); err != nil {
			return nil, nil, 0, err
		}
	}
	return words, found, all, nil
}

// relabel puts labels into a thread. One that a run has judged with others stays as it is.
func (s *Server) relabel(ctx context.Context, r *analysis.Result, set *labels.Set) error {
	if !set.Names(r.Thread) {
		return nil
	}
	if _, err := analysis.Relabel(ctx, r, set); err != nil && !errors.Is(err, analysis.ErrLabelled) {
		return fmt.Errorf("%s: %w", r.Thread.Source, err)
	}
	return nil
}

// talk is the finding of the topics of some threads. What it comes to is there once done is
// closed.
type talk struct {
	key    string
	done   chan struct{}
	topics *analysis.Topics
	err    error
}

// mostTalked is how many comments the topics are found of: of more, so many are taken at even
// distances, so that memory is bounded.
const mostTalked = 25_000

// mostTalks is how many choices of threads the topics are remembered of.
const mostTalks = 4

// topics are those of the chosen threads, found in the background unless they are known.
func (s *Server) topics(ctx context.Context, c *chosenThreads) (*talk, error) {
	filter, err := c.filter()
	if err != nil {
		return nil, err
	}
	rows, standing, err := s.standing(ctx)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%q %s", *c, standing)
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := 0
	for _, t := range s.talks {
		if t.key == key {
			return t, nil
		}
		if !over(t.done) {
			waiting++
		}
	}
	if waiting >= mostTalks {
		return nil, failed(http.StatusServiceUnavailable, "The topics of %d choices are being found; try again when some are done.", waiting)
	}
	t := &talk{key: key, done: make(chan struct{})}
	if len(s.talks) >= mostTalks { // the oldest that is done
		i := slices.IndexFunc(s.talks, func(t *talk) bool { return over(t.done) })
		s.talks = slices.Delete(s.talks, i, i+1)
	}
	s.talks = append(s.talks, t)
	set, _ := labels.NewSet(rows)
	go func() {
		defer close(t.done)
		t.topics, t.err = s.converse(ctx, filter, set)
	}()
	return t, nil
}

// converse finds the topics of threads.
func (s *Server) converse(ctx context.Context, filter database.Filter, set *labels.Set) (*analysis.Topics, error) {
	s.talking.Lock()
	defer s.talking.Unlock()
	o, err := s.options.Database.Overview(ctx, filter)
	if err != nil {
		return nil, err
	}
	judged := 0
	for i := range o.Threads {
		judged += o.Threads[i].Judged
	}
	conversation := s.pipeline.Converse()
	conversation.Every((judged + mostTalked - 1) / mostTalked)
	for r, err := range s.options.Database.Results(ctx, filter) {
		if err != nil {
			return nil, err
		}
		if err := s.relabel(ctx, r, set); err != nil {
			return nil, err
		}
		conversation.Add(r)
	}
	return conversation.Topics(), nil
}

// apiTopics are the topics of the chosen threads as stance topics -o json writes them.
func (s *Server) apiTopics(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		chosen := chosenThreadsOf(r.URL.Query())
		t, err := s.topics(ctx, &chosen)
		if err != nil {
			return err
		}
		if err := wait(r.Context(), t.done); err != nil {
			return err
		}
		if t.err != nil {
			return t.err
		}
		w.Header().Set("Content-Type", "application/json")
		return reports.Print(reports.TopicsOutputs(), "json", w, t.topics, 0, reports.Options{})
	}
}

// foundJSON is a comment that was found.
type foundJSON struct {
	Thread  namedJSON      `json:"thread"`
	Number  int            `json:"number"`  // in the thread, from 1
	Comment serial.Comment `json:"comment"` // as in the document of a thread
}

// apiComments searches all comments.
func (s *Server) apiComments(w http.ResponseWriter, r *http.Request) error {
	asked := askingOf(r.URL.Query())
	_, found, all, err := s.search(r.Context(), asked)
	if err != nil {
		return err
	}
	list := make([]foundJSON, len(found))
	for i := range found {
		hit := &found[i]
		t := hit.Result.Thread
		list[i] = foundJSON{newNamedJSON(hit.Key, t.Article.Title, t.Source, t.Article.Site), hit.Index + 1, serial.Of(hit.Result, nil).Comments[0]}
	}
	return writeJSON(w, http.StatusOK, map[string]any{"found": all, "from": asked.From, "comments": list})
}
