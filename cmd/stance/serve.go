package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/serve"
)

// serving is how stance serve runs.
type serving struct {
	in        *flags.Reading
	judging   *flags.Judging
	db        string
	listen    string
	token     string
	annotator string
}

func newServe(a *cli.App) *cobra.Command {
	s := &serving{}
	cmd := cli.Prints(&cobra.Command{
		Use:   "serve [PATH…]",
		Short: "Read threads and label comments in a browser, on this machine",
		Long: `Serve opens the reports of the paths, and of whatever is dropped on the page, in a
browser, and lets people label comments there: a random sample of a thread or of all
threads, a key a comment, as stance label does at the terminal. The shares are corrected
as the labels come in. All comments can be searched, their topics are found, and threads,
sites, times and annotators are compared.

With --db threads and labels are kept, without it they are forgotten at the end unless
--labels names a file. Nothing leaves this machine. Only this machine is answered;
--listen with another address lets others in, who need the token that is printed.

Programs find the same as JSON under /api/v1/: threads, comments, topics, compare.`,
		Example: `  stance serve page.html
  stance serve saved/ --db results.db
  stance serve --listen 0.0.0.0:8417 --db results.db`,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return s.run(cmd.Context(), a, paths, !cmd.Flags().Changed("listen"))
		},
	}, "text")
	s.in = flags.AddForms(a, cmd)
	s.judging = flags.AddJudging(s.in, cmd)
	f := cmd.Flags()
	f.Lookup("labels").Usage = "the file that labels are saved to, made if need be; with --db by default the database's name with -labels.csv; " +
		"labels of a sample of all threads go into one beside it that ends in -corpus.csv"
	f.StringVar(&s.db, "db", "", "the database that threads are kept in, made if need be")
	f.StringVar(&s.listen, "listen", serve.UsualAddress, "the address to listen at; another port is taken if the usual one is in use")
	f.StringVar(&s.token, "token", "", "what others must show to be let in; by default one is made up where --listen isn't this machine alone")
	f.StringVar(&s.annotator, "annotator", "", "a name to write beside the labels")
	return cmd
}

// open finds the files of the paths; nil stands for none that can be read, which was said then.
func (s *serving) open(ctx context.Context, paths []string) (*source.Set, formats.Options, error) {
	o, err := s.in.Options()
	switch {
	case err != nil:
		return nil, o, err
	case slices.Contains(paths, source.StandardInput):
		return nil, o, cli.Usagef("serve reads files that it can come back to, not the standard input")
	case s.db != "":
		if err := flags.CheckDatabase("db", s.db, true); err != nil {
			return nil, o, err
		}
	}
	set := source.Open(ctx, paths, nil, o)
	if len(paths) > 0 && !s.in.AnyFile(set) {
		return nil, o, nil
	}
	return set, o, nil
}

func (s *serving) run(ctx context.Context, a *cli.App, paths []string, elsewhere bool) error {
	set, formats, err := s.open(ctx, paths)
	if err != nil || set == nil {
		return err
	}
	file := s.judging.Labels.File
	s.judging.Labels.File = "" // threads are kept as they are judged without them
	settings, err := s.judging.Settings(version())
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "stance-serve-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := cmp.Or(s.db, filepath.Join(dir, "threads.db"))
	db, err := database.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	listener, err := serve.Listen(s.listen, elsewhere)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", s.listen, err)
	}
	defer listener.Close()
	hosts := serve.Hosts(listener)
	if hosts == nil && s.token == "" {
		s.token = rand.Text()
	}
	single, together, err := serve.LabelFiles(cmp.Or(file, path+"-labels.csv"))
	if err != nil {
		return err
	}
	server, err := serve.New(serve.Options{
		Database: db, Settings: settings, Judge: s.judging.With, Labels: single, Together: together, Annotator: s.annotator,
		Formats: formats, MaxUpload: s.in.Largest, Hosts: hosts, Token: s.token, Forgets: file == "" && s.db == "", Failed: a.Say,
	})
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String() + "/"
	if s.token != "" {
		address += "?token=" + s.token
	}
	if _, err := fmt.Fprintf(a.Out, "stance is at %s (Ctrl-C ends it)\n", address); err != nil {
		return err
	}
	loaded := make(chan error, 1)
	go func() {
		loaded <- server.Load(ctx, set, func(problem string) { a.Say("%s", problem) })
	}()
	return cmp.Or(server.Answer(ctx, listener), <-loaded, server.Close())
}
