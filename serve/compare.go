package serve

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

const comparePage = "/compare"

// comparing is what is set against each other.
type comparing struct {
	chosenThreads
	By string
}

// comparable are the keys whose rows have shares with intervals.
func comparable() []string {
	return slices.DeleteFunc(analysis.Keys(), func(key string) bool { return key == analysis.ByAuthor })
}

func comparingOf(q url.Values) (*comparing, error) {
	c := &comparing{chosenThreadsOf(q), q.Get("by")}
	if c.By == "" {
		c.By = analysis.BySite
	}
	if !slices.Contains(comparable(), c.By) {
		return nil, failed(http.StatusBadRequest, "There is nothing to compare by %q.", c.By)
	}
	return c, nil
}

// mostCompared is how many rows are set against each other: of more there are too many pairs
// for anybody to read.
const mostCompared = 40

// breakdown breaks the chosen threads down, and sets every two rows against each other unless
// there are too many.
func (s *Server) breakdown(ctx context.Context, c *comparing) (*analysis.Breakdown, error) {
	filter, err := c.filter()
	if err != nil {
		return nil, err
	}
	o, err := s.overview(ctx, filter)
	if err != nil {
		return nil, err
	}
	b := o.Breakdown(c.By)
	if len(b.Groups) <= mostCompared {
		b.Compare()
	}
	return b, nil
}

type (
	// compareView is the page on which threads are compared.
	compareView struct {
		Comparing *comparing
		Keys      []option
		Threads   threadsView
		Body      comparedView
	}
	// comparedView is what came of it.
	comparedView struct {
		Sheet    template.HTML
		Rows     int
		TooMany  int // rows to set against each other, 0 if they are few enough
		Together int // the most that are
	}
)

// compare shows threads, sites, or times against each other.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) error {
	c, body, err := s.compared(r)
	if err != nil {
		return err
	}
	view := compareView{Comparing: c, Body: body}
	for _, key := range comparable() {
		view.Keys = append(view.Keys, option{Value: key, Name: key})
	}
	if view.Threads, err = s.threadsView(r); err != nil {
		return err
	}
	return s.render(w, http.StatusOK, page{Title: "Compare", Here: comparePage}, "compare.html", view)
}

// compareList shows them as a part of the page.
func (s *Server) compareList(w http.ResponseWriter, r *http.Request) error {
	_, body, err := s.compared(r)
	if err != nil {
		return err
	}
	return s.writePart(w, "compared", body)
}

func (s *Server) compared(r *http.Request) (*comparing, comparedView, error) {
	var v comparedView
	c, err := comparingOf(r.URL.Query())
	if err != nil {
		return nil, v, err
	}
	b, err := s.breakdown(r.Context(), c)
	if err != nil {
		return nil, v, err
	}
	if v.Rows, v.Together = len(b.Groups), mostCompared; b.Pairs == nil {
		v.TooMany = len(b.Groups)
	}
	if v.Rows > 0 {
		v.Sheet = s.parts.Breakdown(b, mostListed)
	}
	return c, v, nil
}

// apiCompare is the same as stance report --by KEY --compare -o json writes it.
func (s *Server) apiCompare(w http.ResponseWriter, r *http.Request) error {
	c, err := comparingOf(r.URL.Query())
	if err != nil {
		return err
	}
	b, err := s.breakdown(r.Context(), c)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return reports.Print(reports.BreakdownOutputs(), "json", w, b, 0, reports.Options{})
}

// agreement compares two files of labels that were sent, or one with the labels that are here.
// It returns the annotators' names and what is wrong with the files.
func (s *Server) agreement(r *http.Request) (a *audit.Agreement, names, problems []string, err error) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return nil, nil, nil, malformed(err)
	}
	defer r.MultipartForm.RemoveAll()
	var annotators [][]labels.Label
	add := func(name string, rows []labels.Label) {
		annotators = append(annotators, rows)
		names = append(names, labelling.AnnotatorOf(rows, name))
	}
	files := r.MultipartForm.File["file"]
	files = slices.DeleteFunc(files, func(f *multipart.FileHeader) bool { return f.Size == 0 })
	switch len(files) {
	case 1:
		rows, err := s.totalRows()
		if err != nil {
			return nil, nil, nil, err
		}
		add("here", rows)
	case 2:
	default:
		return nil, nil, nil, failed(http.StatusBadRequest, "Two files of labels are compared, or one with the labels here, not %d.", len(files))
	}
	for _, f := range files {
		name := fileName(f.Filename)
		in, err := f.Open()
		if err != nil {
			return nil, nil, nil, err
		}
		rows, found, err := labels.Read(name, in)
		if err := errors.Join(err, in.Close()); err != nil {
			return nil, nil, nil, failed(http.StatusBadRequest, "%s", sentence(err))
		}
		for i := range found {
			problems = append(problems, found[i].Error())
		}
		add(name, rows)
	}
	a = audit.Agree(annotators)
	stored := runs.Stored{Database: s.options.Database}
	unplaced, err := labelling.Place(a.Disputed, stored.Threads(r.Context()))
	for i := range unplaced {
		problems = append(problems, unplaced[i].Error())
	}
	return a, names, problems, err
}

// mostDisputed is how many comments a page lists on which annotators differ.
const mostDisputed = 100

// annotators shows how far two annotators agree.
func (s *Server) annotators(w http.ResponseWriter, r *http.Request) error {
	a, names, problems, err := s.agreement(r)
	if err != nil {
		return err
	}
	view := struct {
		Sheet    template.HTML
		Problems []string
		More     int
	}{Problems: problems[:min(len(problems), mostProblems)], More: max(0, len(problems)-mostProblems)}
	view.Sheet = s.parts.Agreement(reports.Annotators{Agreement: a, Names: names}, mostDisputed)
	return s.render(w, http.StatusOK, page{Title: "Annotators", Here: comparePage}, "annotators.html", view)
}

// apiAnnotators is the same as stance agreement -o json writes it.
func (s *Server) apiAnnotators(w http.ResponseWriter, r *http.Request) error {
	a, names, problems, err := s.agreement(r)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return failed(http.StatusBadRequest, "%s", fmt.Sprint(problems[0]))
	}
	w.Header().Set("Content-Type", "application/json")
	return reports.Print(reports.AgreementOutputs(), "json", w, reports.Annotators{Agreement: a, Names: names}, 0, reports.Options{})
}
