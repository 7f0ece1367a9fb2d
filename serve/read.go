package serve

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

// part renders a template.
func (s *Server) part(name string, view any) (template.HTML, error) {
	var b bytes.Buffer
	if err := s.templates.ExecuteTemplate(&b, name, view); err != nil {
		return "", fmt.Errorf("rendering %s: %w", name, err)
	}
	return template.HTML(b.String()), nil
}

func address(key int64) string { return fmt.Sprintf("/threads/%d", key) }

// home shows where a thread can be dropped, and what is there: the only thread itself.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	o, err := s.options.Database.Overview(r.Context(), database.Filter{})
	if err != nil {
		return err
	}
	if len(o.Threads) == 1 {
		http.Redirect(w, r, address(o.Threads[0].Key), http.StatusSeeOther)
		return nil
	}
	return s.threads(w, r)
}

// threads shows where a thread can be dropped, and all that are there, with what the labels
// make of them.
func (s *Server) threads(w http.ResponseWriter, r *http.Request) error {
	o, err := s.overview(r.Context(), database.Filter{})
	if err != nil {
		return err
	}
	view := struct {
		Overview template.HTML
		Waiting  []string
		Limit    int64
	}{Limit: s.options.MaxUpload >> 20}
	if len(o.Threads) > 0 {
		view.Overview = s.parts.Overview(o, mostListed, func(i int) string { return address(o.Threads[i].Key) })
	}
	view.Waiting, _ = s.judging()
	head := page{Title: "Threads", Here: "/threads"}
	if len(o.Threads) > 1 {
		head.Label = togetherPage
	}
	return s.render(w, http.StatusOK, head, "home.html", view)
}

// standing are the labels that totals are corrected by, and what changes where they or the
// database do.
func (s *Server) standing(ctx context.Context) (rows []labels.Label, standing string, err error) {
	if rows, err = s.totalRows(); err != nil {
		return nil, "", err
	}
	state, err := s.options.Database.State(ctx)
	return rows, fmt.Sprintf("%s %s", state, version(rows)), err
}

// overview sums threads up, with what the labels make of them.
func (s *Server) overview(ctx context.Context, f database.Filter) (*analysis.Overview, error) {
	rows, standing, err := s.standing(ctx)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%#v %s", f, standing)
	s.mu.Lock()
	i := slices.IndexFunc(s.overviews, func(o summed) bool { return o.key == key })
	if i >= 0 {
		defer s.mu.Unlock()
		return s.overviews[i].overview, nil
	}
	s.mu.Unlock()
	set, _ := labels.NewSet(rows)
	o, err := s.labelled(ctx, f, set)
	if errors.Is(err, analysis.ErrLabelled) { // a run has learned from others: its shares stand
		if o, err = s.options.Database.Overview(ctx, f); err == nil {
			o.Complete()
		}
	}
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.overviews = append(s.overviews, summed{key, o}); len(s.overviews) > mostSummed {
		s.overviews = s.overviews[1:]
	}
	return o, nil
}

// predictions are what is predicted of the comments of threads, by their keys, in a state of the
// database.
type predictions struct {
	state   string
	threads map[int64][]audit.Comment
}

// predict holds what is predicted of all comments in a state of the database.
func (s *Server) predict(state string, threads map[int64][]audit.Comment) {
	s.summing.Lock()
	defer s.summing.Unlock()
	s.predicted = predictions{state, threads}
}

// labelled sums threads up as the database does. What is predicted of their comments is held,
// since every label makes another sum; it is read anew where the database was changed by others
// than this server, which only adds threads.
func (s *Server) labelled(ctx context.Context, f database.Filter, set *labels.Set) (*analysis.Overview, error) {
	s.summing.Lock()
	defer s.summing.Unlock()
	state, err := s.options.Database.State(ctx)
	if err != nil {
		return nil, err
	}
	if _, judging := s.judging(); s.predicted.threads == nil || s.predicted.state != state && !judging {
		s.predicted.threads = map[int64][]audit.Comment{}
	}
	s.predicted.state = state
	return s.options.Database.Labelled(ctx, f, set, s.predicted.threads)
}

// summed is an overview, which nobody changes, and what it depends on.
type summed struct {
	key      string
	overview *analysis.Overview
}

// mostSummed is how many overviews are held.
const mostSummed = 3

// mostListed is how many threads the page of all threads lists.
const mostListed = 300

// upload takes a file or a pasted text from a form.
func (s *Server) upload(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return malformed(err)
		}
		defer r.MultipartForm.RemoveAll()
		var from io.Reader = strings.NewReader(r.FormValue("text"))
		name := "pasted.txt"
		if f, head, err := r.FormFile("file"); err == nil {
			defer f.Close()
			if head.Size > 0 || r.FormValue("text") == "" {
				from, name = f, fileName(head.Filename)
			}
		}
		content, err := s.received(from)
		if err != nil {
			return err
		}
		job, err := s.Upload(ctx, name, content)
		if err != nil {
			return err
		}
		http.Redirect(w, r, fmt.Sprintf("/jobs/%d", job.number), http.StatusSeeOther)
		return nil
	}
}

// malformed is the error of a form that can't be read.
func malformed(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return failed(http.StatusBadRequest, "The form can't be read: %v", err)
}

// job shows how far an upload is, or what came of it.
func (s *Server) job(w http.ResponseWriter, r *http.Request) error {
	j := s.numbered(r.PathValue("job"))
	if j == nil {
		return notFound
	}
	soon(r.Context(), j.done)
	p := j.Progress()
	if p.Done && len(p.Problems) == 0 && len(p.Threads) > 0 {
		to := "/threads"
		if len(p.Threads) == 1 {
			to = address(p.Threads[0])
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	view := struct {
		Name  string
		Links []string
		Progress
	}{Name: j.Name, Progress: p}
	for _, key := range p.Threads {
		view.Links = append(view.Links, address(key))
	}
	if !p.Done {
		w.Header().Set("Refresh", "2")
	}
	return s.render(w, http.StatusOK, page{Title: j.Name}, "job.html", view)
}

// anchors begin the anchors of a thread's page.
const anchors = "t"

// asked is the thread of a request and its result now, and whether that has learned from the
// labels; see current.
func (s *Server) asked(r *http.Request) (o *opened, result *analysis.Result, learned bool, err error) {
	if o, err = s.open(r.Context(), r.PathValue("key")); err != nil {
		return nil, nil, false, err
	}
	result, learned, err = s.current(r.Context(), o)
	return o, result, learned, err
}

// thread shows the report of a thread.
func (s *Server) thread(w http.ResponseWriter, r *http.Request) error {
	o, result, learned, err := s.asked(r)
	if err != nil {
		return err
	}
	view := struct {
		Address  string
		Front    template.HTML
		Learning bool
		Article  string
		Outputs  []reports.Output
		Choice   *choice
		Choices  choices
		List     *listView
	}{Address: address(o.key), Learning: !learned, Outputs: reports.Outputs(), Choice: choiceOf(r.URL.Query()), Choices: newChoices()}
	a := &result.Thread.Article
	view.Article = strings.TrimSpace(a.Description + "\n\n" + a.Text)
	view.Front = s.parts.Front(result, anchors)
	view.List = s.chosen(o, result, view.Choice)
	return s.render(w, http.StatusOK, page{Title: reports.Title(result.Thread), Label: address(o.key) + "/label"}, "thread.html", view)
}

// comments shows those comments of a thread that were chosen, as a part of its page.
func (s *Server) comments(w http.ResponseWriter, r *http.Request) error {
	o, result, _, err := s.asked(r)
	if err != nil {
		return err
	}
	list := s.chosen(o, result, choiceOf(r.URL.Query()))
	return s.writePart(w, "list.html", list)
}

// writePart answers with a part of a page.
func (s *Server) writePart(w http.ResponseWriter, name string, view any) error {
	body, err := s.part(name, view)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = io.WriteString(w, string(body))
	return err
}

// listView is a stretch of the chosen comments.
type listView struct {
	Said  string // how many there are
	Flat  bool   // not in the order of the page
	Items template.HTML
	Prior string // the address of the page from the start on, "" where this is the start
	More  string // the address of the next stretch, "" for none
	Next  string // the same of the page as a whole
}

// stretch is how many comments are shown at a time.
const stretch = 150

func (s *Server) chosen(o *opened, r *analysis.Result, c *choice) *listView {
	all := c.of(r)
	from := min(c.From, len(all))
	to := min(from+stretch, len(all))
	items := s.parts.Comments(r, anchors, all[from:to])
	v := &listView{Said: reports.Counted(len(all), "comment"), Flat: c.Order != "", Items: items}
	if len(all) < len(r.Thread.Comments) {
		v.Said = fmt.Sprintf("%d of %s", len(all), reports.Counted(len(r.Thread.Comments), "comment"))
	}
	v.page(address(o.key), "/comments", "#comments", from, to, len(all), c.query())
	return v
}

// page sets the addresses of what stands before and after a stretch of a list that is a part
// of the page at an address.
func (v *listView) page(at, list, anchor string, from, to, of int, query url.Values) {
	if from > 0 {
		v.Prior = at + "?" + query.Encode() + anchor
	}
	if to < of {
		query.Set("from", strconv.Itoa(to))
		v.More, v.Next = at+list+"?"+query.Encode(), at+"?"+query.Encode()+anchor
	}
}

// choice is what comments are to be shown, and in which order.
type choice struct {
	Stance, Polarity, Author, Words, Sure, Order string
	From                                         int
}

func choiceOf(q url.Values) *choice {
	from, _ := strconv.Atoi(q.Get("from"))
	return &choice{
		Stance: q.Get("stance"), Polarity: q.Get("sentiment"), Author: strings.TrimSpace(q.Get("author")), Words: strings.TrimSpace(q.Get("words")),
		Sure: q.Get("sure"), Order: q.Get("order"), From: max(0, from),
	}
}

// query asks for the same from the start on.
func (c *choice) query() url.Values {
	return queryOf("stance", c.Stance, "sentiment", c.Polarity, "author", c.Author, "words", c.Words, "sure", c.Sure, "order", c.Order)
}

// queryOf are names, each with its value, but for empty ones.
func queryOf(pairs ...string) url.Values {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q
}

// of are the indices of the chosen comments in their order.
func (c *choice) of(r *analysis.Result) []int {
	var list []int
	for i := range r.Thread.Comments {
		if c.wants(&r.Thread.Comments[i], &r.Judgements[i]) {
			list = append(list, i)
		}
	}
	for _, o := range orders {
		if o.Value == c.Order && o.by != nil {
			slices.SortStableFunc(list, func(a, b int) int {
				return cmp.Compare(o.by(r, a), o.by(r, b))
			})
		}
	}
	return list
}

func (c *choice) wants(comment *corpus.Comment, j *analysis.Judgement) bool {
	holds := func(text, part string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(part)) }
	p, known := j.Probability()
	sure := true
	switch c.Sure {
	case "":
	case unsure:
		sure = j.Unsure
	default:
		least, err := strconv.ParseFloat(c.Sure, 64)
		sure = err != nil || known && j.Judged && p >= least
	}
	return sure && (c.Stance == "" || j.Judged && j.Stance.String() == c.Stance) &&
		(c.Polarity == "" || j.Judged && j.Polarity.String() == c.Polarity) &&
		holds(comment.Author, c.Author) && holds(comment.Text, c.Words)
}

// option is one of several ways that a form offers.
type option struct {
	Value, Name string
	by          func(*analysis.Result, int) float64 // what an order goes by, least first
}

// unsure chooses the comments whose judgement is marked so.
const unsure = "unsure"

var (
	sureness = []option{{"", "any", nil}, {"0.9", "90 % and more", nil}, {"0.7", "70 % and more", nil}, {"0.5", "50 % and more", nil},
		{unsure, "only unsure", nil}}
	orders = []option{
		{"", "as on the page", nil},
		{"surest", "surest first", func(r *analysis.Result, i int) float64 { return -surenessOf(r, i, math.Inf(-1)) }},
		{"unsurest", "least sure first", func(r *analysis.Result, i int) float64 { return surenessOf(r, i, math.Inf(1)) }},
		{"negative", "most negative first", func(r *analysis.Result, i int) float64 { return valenceOf(r, i, math.Inf(1)) }},
		{"positive", "most positive first", func(r *analysis.Result, i int) float64 { return -valenceOf(r, i, math.Inf(-1)) }},
		{"votes", "most votes first", func(r *analysis.Result, i int) float64 {
			if v := r.Thread.Comments[i].Votes; v != nil {
				return -float64(*v)
			}
			return math.Inf(1)
		}},
	}
)

// surenessOf is the probability of a comment's stance, or a number for none.
func surenessOf(r *analysis.Result, i int, none float64) float64 {
	if p, known := r.Judgements[i].Probability(); known && r.Judgements[i].Judged {
		return p
	}
	return none
}

func valenceOf(r *analysis.Result, i int, none float64) float64 {
	if r.Judgements[i].Judged {
		return r.Judgements[i].Valence
	}
	return none
}

// selectView is a field of the form.
type selectView struct {
	Label, Name, Value string
	Options            []option
}

func newSelect(label, name, value string, options []option) selectView {
	return selectView{label, name, value, options}
}

// choices are what the form offers.
type choices struct{ Stances, Polarities, Sureness, Orders []option }

func newChoices() choices {
	all := func(names []string) []option {
		list := []option{{"", "all", nil}}
		for _, n := range names {
			list = append(list, option{n, n, nil})
		}
		return list
	}
	return choices{all(corpus.StanceNames()), all(corpus.PolarityNames()), sureness, orders}
}

// download sends a thread in one of the forms of the command line.
func (s *Server) download(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(reports.Outputs(), func(o reports.Output) bool { return o.Name == r.PathValue("output") })
	if i < 0 {
		return notFound
	}
	output := reports.Outputs()[i]
	o, result, _, err := s.asked(r)
	if err != nil {
		return err
	}
	ending := map[string]string{"text": "txt", "markdown": "md"}
	file := fmt.Sprintf("stance-%d.%s", o.key, cmp.Or(ending[output.Name], output.Name))
	w.Header().Set("Content-Type", "application/octet-stream") // for the disk, not for the browser
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	out := bufio.NewWriter(w)
	writer := output.New(out, reports.Options{Width: 100})
	return errors.Join(writer.Write(result), writer.Close(), out.Flush())
}

// labelFile sends the file of labels of single threads, or that of the sample of all threads;
// asked for open ones, the same comments to be labelled by another person.
func (s *Server) labelFile(w http.ResponseWriter, r *http.Request) error {
	rows, err := rowsOf(s.options.Labels)
	if r.URL.Query().Get("of") == "all" {
		rows, err = rowsOf(s.options.Together)
	}
	switch {
	case err != nil:
		return err
	case len(rows) == 0:
		return failed(http.StatusNotFound, "Nothing is labelled yet.")
	}
	if r.URL.Query().Has("open") {
		rows = labelling.Emptied(rows)
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="labels.csv"`)
	return labels.Write(w, rows)
}

// static sends the style and the scripts.
func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	types := map[string]string{"style.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8",
		"tables.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}
	name := r.PathValue("name")
	if types[name] == "" {
		return notFound
	}
	var content []byte
	switch name {
	case "tables.js":
		content = []byte(s.parts.Script())
	default:
		var err error
		if content, err = web.ReadFile("web/" + name); err != nil {
			return err
		}
	}
	if name == "style.css" {
		content = append([]byte(s.parts.Style()), content...)
	}
	w.Header().Set("Content-Type", types[name])
	w.Header().Set("Cache-Control", "no-cache")
	_, err := w.Write(content)
	return err
}
