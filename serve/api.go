package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/reports"
)

func writeJSON(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(v)
}

// apiSchema is the JSON Schema of a thread.
func (s *Server) apiSchema(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/schema+json")
	_, err := w.Write([]byte(reports.Schema()))
	return err
}

// threadJSON is a thread in a list.
type threadJSON struct {
	namedJSON
	Day    string `json:"day,omitempty"`
	Judged int    `json:"judged"`
}

// namedJSON says which thread it is.
type namedJSON struct {
	Key    int64  `json:"key,string"` // larger than a number of JavaScript
	Title  string `json:"title,omitempty"`
	Source string `json:"source"`
	Site   string `json:"site,omitempty"`
	URL    string `json:"url"` // of the thread as JSON
}

func newNamedJSON(key int64, title, source, site string) namedJSON {
	return namedJSON{key, title, source, site, "/api/v1" + address(key)}
}

// apiThreads lists the threads.
func (s *Server) apiThreads(w http.ResponseWriter, r *http.Request) error {
	o, err := s.options.Database.Overview(r.Context(), database.Filter{})
	if err != nil {
		return err
	}
	list := []threadJSON{}
	for i := range o.Threads {
		t := &o.Threads[i]
		list = append(list, threadJSON{newNamedJSON(t.Key, t.Title, t.Source, t.Site), t.Day, t.Judged})
	}
	return writeJSON(w, http.StatusOK, map[string]any{"threads": list})
}

// apiThread is a thread as stance analyse -o json writes it.
func (s *Server) apiThread(w http.ResponseWriter, r *http.Request) error {
	_, result, _, err := s.asked(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(reports.Outputs(), func(o reports.Output) bool { return o.Name == "json" })
	w.Header().Set("Content-Type", "application/json")
	out := reports.Outputs()[i].New(w, reports.Options{})
	return errors.Join(out.Write(result), out.Close())
}

// jobJSON is how far an upload is.
type jobJSON struct {
	Job     string   `json:"job"` // its address
	Name    string   `json:"name"`
	Threads []string `json:"threads"`
	Progress
}

func newJobJSON(j *Job) jobJSON {
	v := jobJSON{Job: fmt.Sprintf("/api/v1/jobs/%d", j.number), Name: j.Name, Threads: []string{}, Progress: j.Progress()}
	for _, key := range v.Progress.Threads {
		v.Threads = append(v.Threads, "/api/v1"+address(key))
	}
	return v
}

// apiUpload takes a file as the body of a request; ?name= is its name.
func (s *Server) apiUpload(ctx context.Context) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		content, err := s.received(r.Body)
		if err != nil {
			return err
		}
		j, err := s.Upload(ctx, fileName(r.URL.Query().Get("name")), content)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusAccepted, newJobJSON(j))
	}
}

// apiJob is how far an upload is.
func (s *Server) apiJob(w http.ResponseWriter, r *http.Request) error {
	j := s.numbered(r.PathValue("job"))
	if j == nil {
		return notFound
	}
	return writeJSON(w, http.StatusOK, newJobJSON(j))
}

// labelJSON is a row of the file of labels.
type labelJSON struct {
	Comment     string  `json:"id"`
	Stance      string  `json:"stance,omitempty"` // or "skip"; absent for one that isn't labelled yet
	Sentiment   string  `json:"sentiment,omitempty"`
	Probability float64 `json:"probability,omitempty"`
	Suggested   bool    `json:"suggested,omitempty"`
	Annotator   string  `json:"annotator,omitempty"`
}

// skipped stands for a comment that was passed over.
const skipped = "skip"

// apiLabels lists the labels of a thread.
func (s *Server) apiLabels(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	rows, err := s.rows(o)
	if err != nil {
		return err
	}
	list := []labelJSON{}
	for i := range rows {
		l := &rows[i]
		j := labelJSON{Comment: l.Comment, Probability: l.Probability, Suggested: l.Suggested, Annotator: l.Annotator}
		switch l.State {
		case labels.Given:
			j.Stance = l.Stance.String()
		case labels.Skipped:
			j.Stance = skipped
		}
		if l.Sentiment != nil {
			j.Sentiment = l.Sentiment.String()
		}
		list = append(list, j)
	}
	return writeJSON(w, http.StatusOK, map[string]any{"labels": list})
}

// apiGive labels a comment. One that isn't in the sample trains and corrects no share,
// because whoever sent it chose it.
func (s *Server) apiGive(w http.ResponseWriter, r *http.Request) error {
	o, err := s.open(r.Context(), r.PathValue("key"))
	if err != nil {
		return err
	}
	var asked labelJSON
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return failed(http.StatusBadRequest, "The body is no label: %v", err)
	}
	l, err := s.labelOf(o, &asked)
	if err != nil {
		return err
	}
	mine := ofThread(o.base.Thread)
	err = s.options.Labels.Change(func(rows []labels.Label) ([]labels.Label, bool, error) {
		i := slices.IndexFunc(rows, func(row labels.Label) bool { return mine(&row) && row.Comment == l.Comment })
		if i < 0 {
			l.Suggested = true
			return append(rows, *l), true, nil
		}
		row := &rows[i]
		if row.State != labels.Open && row.Annotator != l.Annotator {
			return rows, false, failed(http.StatusConflict, "%q labelled the comment; that stands", row.Annotator)
		}
		row.State, row.Stance, row.Sentiment, row.Annotator = l.State, l.Stance, l.Sentiment, l.Annotator
		return rows, true, nil
	})
	if err != nil {
		return err
	}
	return s.apiLabels(w, r)
}

// labelOf checks a label that was sent.
func (s *Server) labelOf(o *opened, asked *labelJSON) (*labels.Label, error) {
	t := o.base.Thread
	if !slices.ContainsFunc(t.Comments, func(c corpus.Comment) bool { return c.ID == asked.Comment && !c.Removed }) {
		return nil, failed(http.StatusBadRequest, "the thread has no comment %q", asked.Comment)
	}
	l := &labels.Label{Thread: labels.NameOf(t), Comment: asked.Comment, Annotator: asked.Annotator}
	if l.Annotator == "" {
		l.Annotator = s.options.Annotator
	}
	switch asked.Stance {
	case "":
	case skipped:
		l.State = labels.Skipped
	default:
		stance, err := corpus.ParseStance(asked.Stance)
		if err != nil {
			return nil, failed(http.StatusBadRequest, "%v", err)
		}
		l.State, l.Stance = labels.Given, stance
	}
	if asked.Sentiment != "" {
		p, err := corpus.ParsePolarity(asked.Sentiment)
		if err != nil {
			return nil, failed(http.StatusBadRequest, "%v", err)
		}
		l.Sentiment = &p
	}
	return l, nil
}
