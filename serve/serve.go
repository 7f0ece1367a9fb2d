// Package serve is a web application for one person or a newsroom: it reads saved threads,
// shows the reports of package reports, and lets people label comments.
//
//	guard.go   who may ask, and what a page may do
//	store.go   threads: reading, judging, keeping; labels
//	read.go    the pages of threads
//	label.go   the page on which comments are labelled
//	together.go the sample of all threads
//	explore.go topics, and the search over all comments
//	compare.go threads, sites and times against each other; annotators too
//	api.go     the same as JSON
//
// Pages are rendered here and complete without a script; the scripts add keys, dropped
// files and lists that grow. No page asks anything of another host, and no text of a
// stranger is markup. Everything is kept in a database and a file of labels, which may
// be temporary.
package serve

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"sync"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/reports"
)

//go:embed web
var web embed.FS

// Options are what a server works with.
type Options struct {
	// Database keeps the judged threads, under the settings by which Judge judges.
	Database *database.Database
	Settings database.Settings
	// Judge judges a thread with a person's labels, nil for none.
	Judge func(*labels.Set) (*analysis.Pipeline, error)
	// Labels is the file that labels of single threads are saved to, Together that of the
	// sample of all threads: a comment has one row in a file, which says how it was drawn.
	Labels, Together *labelling.File
	// Annotator is written beside the labels.
	Annotator string
	// Formats say how files are read.
	Formats formats.Options
	// MaxUpload is the largest upload in bytes, 0 for 64 MB.
	MaxUpload int64
	// Hosts are the names by which the server may be asked for, so that no other site
	// can pretend to be it; nil for any, which needs a token.
	Hosts []string
	// Token must be shown by whoever asks; "" asks for none.
	Token string
	// Forgets says that nothing is kept once the server ends.
	Forgets bool
	// Failed is told of what fails and can't be told to whoever asked.
	Failed func(format string, args ...any)
}

// defaultMaxUpload is the largest upload that is read unless the options say otherwise.
const defaultMaxUpload = 64 << 20

// Server answers requests. It is safe for concurrent use.
type Server struct {
	options   Options
	pipeline  *analysis.Pipeline // without labels
	parts     *reports.Parts
	templates *template.Template
	codebook  template.HTML

	adding    sync.Mutex // one upload is judged at a time
	talking   sync.Mutex // the topics of one choice of threads are found at a time
	counting  sync.Mutex // of counted
	counted   *count
	summing   sync.Mutex // of predicted
	predicted predictions
	mu        sync.Mutex // of the fields below
	loading   bool       // the files of Load
	jobs      []*Job
	overviews []summed
	talks     []*talk   // what was last asked of topics
	opened    []*opened // threads that were asked for last
	sittings  map[string]*sitting
}

// New returns a server.
func New(o Options) (*Server, error) {
	pipeline, err := o.Judge(nil)
	if err != nil {
		return nil, err
	}
	book, err := codebookHTML()
	if err != nil {
		return nil, err
	}
	if o.MaxUpload == 0 {
		o.MaxUpload = defaultMaxUpload
	}
	templates, err := template.New("").Funcs(template.FuncMap{
		"clean": reports.CleanText, "line": reports.OneLine, "field": newSelect,
	}).ParseFS(web, "web/*.html")
	if err != nil {
		return nil, err
	}
	return &Server{
		options: o, pipeline: pipeline, parts: reports.NewParts(),
		templates: templates, codebook: book, sittings: map[string]*sitting{},
	}, nil
}

// Handler answers the requests of browsers and programs. What it judges in the background
// ends with ctx.
func (s *Server) Handler(ctx context.Context) http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, h func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, s.answer(h))
	}
	handle("GET /{$}", s.home)
	handle("POST /threads", s.upload(ctx))
	handle("GET /jobs/{job}", s.job)
	handle("GET /threads", s.threads)
	handle("GET /threads/{key}", s.thread)
	handle("GET /threads/{key}/comments", s.comments)
	handle("GET /threads/{key}/download/{output}", s.download)
	handle("GET /threads/{key}/label", s.label)
	handle("POST /threads/{key}/label", s.press)
	handle("GET /label", s.labelTogether(ctx))
	handle("POST /label", s.pressTogether(ctx))
	handle("GET /explore", s.explore(ctx))
	handle("GET /explore/list", s.exploreList(ctx))
	handle("GET /compare", s.compare)
	handle("GET /compare/list", s.compareList)
	handle("POST /compare/annotators", s.annotators)
	handle("GET /labels.csv", s.labelFile)
	handle("GET /api/v1/schema", s.apiSchema)
	handle("GET /api/v1/threads", s.apiThreads)
	handle("POST /api/v1/threads", s.apiUpload(ctx))
	handle("GET /api/v1/jobs/{job}", s.apiJob)
	handle("GET /api/v1/threads/{key}", s.apiThread)
	handle("GET /api/v1/threads/{key}/labels", s.apiLabels)
	handle("POST /api/v1/threads/{key}/labels", s.apiGive)
	handle("GET /api/v1/topics", s.apiTopics(ctx))
	handle("GET /api/v1/comments", s.apiComments)
	handle("GET /api/v1/compare", s.apiCompare)
	handle("POST /api/v1/annotators", s.apiAnnotators)
	handle("GET /static/{name}", s.static)
	return s.guard(mux)
}

// page is what the frame of every page shows.
type page struct {
	Title   string
	Here    string // address of the page in the bar, "" for another
	Body    template.HTML
	Label   string // address of the page to label at, "" for none
	Reading string // address of the thread, on the page to label at
	Forgets bool
}

// render writes a page whose body is a template's.
func (s *Server) render(w http.ResponseWriter, status int, p page, name string, view any) error {
	body, err := s.part(name, view)
	if err != nil {
		return err
	}
	p.Body, p.Forgets = body, s.options.Forgets
	framed, err := s.part("frame.html", p)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err = w.Write([]byte(framed))
	return err
}

// notFound is the error of what isn't there.
var notFound = &failure{http.StatusNotFound, "There is no such page or thread."}

// failure is an error that is told to whoever asked.
type failure struct {
	status  int
	message string
}

// Error is the message.
func (f *failure) Error() string { return f.message }

func failed(status int, format string, args ...any) *failure {
	return &failure{status, fmt.Sprintf(format, args...)}
}
