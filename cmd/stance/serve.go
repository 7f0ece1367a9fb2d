package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/serve"
)

// serving is how stance serve runs.
type serving struct {
	in        *reading
	judging   *judging
	db        string
	listen    string
	token     string
	annotator string
}

// usualAddress is where the server listens unless told otherwise.
const usualAddress = "127.0.0.1:8417"

func newServe(a *app) *cobra.Command {
	s := &serving{in: &reading{app: a}, judging: &judging{}}
	cmd := &cobra.Command{
		Use:   "serve [PATH…]",
		Short: "Read threads and label comments in a browser, on this machine",
		Long: `Serve opens the reports of the paths, and of whatever is dropped on the page, in a
browser, and lets people label comments there: a random sample, a key a comment, as
stance label does at the terminal. The shares are corrected as the labels come in.

With --db threads and labels are kept, without it they are forgotten at the end unless
--labels names a file. Nothing leaves this machine. Only this machine is answered;
--listen with another address lets others in, who need the token that is printed.

Programs find the same as JSON under /api/v1/threads, by the schema of -o json.`,
		Example: `  stance serve page.html
  stance serve saved/ --db results.db
  stance serve --listen 0.0.0.0:8417 --db results.db`,
		RunE: func(cmd *cobra.Command, paths []string) error { return s.run(cmd, paths) },
	}
	s.in.addFormFlags(cmd)
	s.judging.addFlags(cmd)
	flags := cmd.Flags()
	flags.Lookup("labels").Usage = "the file that labels are saved to, made if need be; with --db by default the database's name with -labels.csv"
	flags.StringVar(&s.db, "db", "", "the database that threads are kept in, made if need be")
	flags.StringVar(&s.listen, "listen", usualAddress, "the address to listen at; another port is taken if the usual one is in use")
	flags.StringVar(&s.token, "token", "", "what others must show to be let in; by default one is made up where --listen isn't this machine alone")
	flags.StringVar(&s.annotator, "annotator", "", "a name to write beside the labels")
	return cmd
}

func (s *serving) run(cmd *cobra.Command, paths []string) error {
	ctx := cmd.Context()
	if slices.Contains(paths, source.StandardInput) {
		return usageError{errors.New("serve reads files that it can come back to, not the standard input")}
	}
	formats, err := s.in.options()
	if err != nil {
		return err
	}
	file := s.judging.labels
	s.judging.labels = "" // threads are kept as they are judged without them
	depends, err := s.judging.settings(s.in)
	if err != nil {
		return err
	}
	settings, err := depends.Key()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "stance-serve-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	forgets := file == "" && s.db == ""
	if file == "" {
		file = cmp.Or(s.db, filepath.Join(dir, "threads.db")) + "-labels.csv"
	}
	db, err := database.Open(ctx, cmp.Or(s.db, filepath.Join(dir, "threads.db")))
	if err != nil {
		return err
	}
	defer db.Close()
	listener, err := s.listener(cmd.Flags().Changed("listen"))
	if err != nil {
		return err
	}
	defer listener.Close()
	hosts := s.admit(listener)
	server, err := serve.New(serve.Options{
		Database: db, Settings: settings, Judge: s.judge, Labels: labelling.Open(file), Annotator: s.annotator,
		Formats: formats, MaxUpload: int64(s.in.largest), Hosts: hosts, Token: s.token, Forgets: forgets, Failed: s.in.app.say,
	})
	if err != nil {
		return err
	}
	if err := s.say(listener); err != nil {
		return err
	}
	loaded := make(chan error, 1)
	go func() {
		loaded <- server.Load(ctx, source.Open(ctx, paths, nil, formats), func(problem string) { s.in.app.say("%s", problem) })
	}()
	return cmp.Or(answer(ctx, listener, server), <-loaded, server.Close())
}

// judge judges with labels.
func (s *serving) judge(set *labels.Set) (*analysis.Pipeline, error) {
	o, err := s.judging.options()
	if err != nil {
		return nil, err
	}
	o.Labels = set
	return s.judging.over(o, nil)
}

// listener listens at the address, or at another port if it is the usual one and in use.
func (s *serving) listener(asked bool) (net.Listener, error) {
	l, err := net.Listen("tcp", s.listen)
	if err != nil && !asked {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", s.listen, err)
	}
	return l, nil
}

// admit returns the names by which the server may be asked for. Where others can reach it
// that is any, and a token is needed.
func (s *serving) admit(l net.Listener) []string {
	if at, ok := l.Addr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		return []string{"localhost", "127.0.0.1", "::1", at.IP.String()}
	}
	if s.token == "" {
		s.token = rand.Text()
	}
	return nil
}

// say says where the server is.
func (s *serving) say(l net.Listener) error {
	address := "http://" + l.Addr().String() + "/"
	if s.token != "" {
		address += "?token=" + s.token
	}
	_, err := fmt.Fprintf(s.in.app.out, "stance is at %s (Ctrl-C ends it)\n", address)
	return err
}

// Times after which a slow or silent browser is let go.
const (
	headTime = 10 * time.Second
	bodyTime = 10 * time.Minute
	endTime  = 3 * time.Second
)

// answer answers requests until ctx ends.
func answer(ctx context.Context, l net.Listener, server *serve.Server) error {
	h := http.Server{Handler: server.Handler(ctx), ReadHeaderTimeout: headTime, ReadTimeout: bodyTime, MaxHeaderBytes: 64 << 10}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.Background(), endTime)
	defer stop()
	if err := h.Shutdown(last); err != nil {
		return h.Close()
	}
	return nil
}
