package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/runs"
)

// runFlags are the flags of run but for those of reading and judging.
type runFlags struct {
	db      string
	list    string
	workers int
	batch   int
	dryRun  bool
	limit   int
}

func newRun(a *app) *cobra.Command {
	r := &runner{in: &reading{app: a}, judging: &judging{llm: &languageModel{}}}
	cmd := &cobra.Command{
		Use:   "run PATH… --db FILE",
		Short: "Judge many threads and keep the results in a database",
		Long: `Run reads every file of the paths, judges the comments and stores threads,
comments and judgements in an SQLite database, which any program that knows SQL can
read; docs/database.md describes it. A path is a file, a directory (all in and below
it), a zip or tar archive, or a quoted pattern such as 'pages/*.html'.

A run can be ended at any time, even killed: the same command goes on where it was.
Files that haven't changed are skipped, changed ones replaced, and with another
model or other settings all are judged again. At the end the tables of stance report
are printed for the whole database.

With --engine llm the answers of the language model go into the database as they
arrive and are never asked for twice. When the budget is used up, or the server fails,
the run ends or leaves the file for the next one.

What is wrong with a file is said on standard error as FILE:LINE: MESSAGE and stored;
the others are still done.`,
		Example: `  stance run saved/ more.zip --db results.db
  find . -name '*.html' | stance run --from-list - --db results.db
  stance run saved/ --db results.db --dry-run`,
		RunE: func(cmd *cobra.Command, paths []string) error { return r.run(cmd, paths) },
	}
	r.in.addFormFlags(cmd)
	r.judging.addFlags(cmd)
	r.judging.llm.addFlags(cmd)
	r.judging.llm.addServerFlags(cmd)
	flags := cmd.Flags()
	flags.StringVar(&r.flags.db, "db", "", "the database, made if need be")
	flags.StringVar(&r.flags.list, "from-list", "", "a file with more paths, one a line; - is the standard input")
	flags.IntVar(&r.flags.workers, "workers", runtime.GOMAXPROCS(0), "threads judged at the same time; the results are the same for any number")
	flags.IntVar(&r.flags.batch, "batch", database.DefaultBatch, "rows stored at a time: with fewer a kill loses less, with more it goes faster")
	flags.BoolVar(&r.flags.dryRun, "dry-run", false, "only list what would be done, and with --engine llm say what would be asked")
	flags.IntVar(&r.flags.limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	return cmd
}

// runner does a run.
type runner struct {
	together *labels.Set // drawn from all threads together, nil for none
	in       *reading
	judging  *judging
	flags    runFlags
}

func (r *runner) run(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	switch {
	case r.flags.db == "":
		return usageError{errors.New("run needs --db FILE")}
	case r.flags.workers < 1:
		return usageError{fmt.Errorf("--workers is %d, but must be at least 1", r.flags.workers)}
	case r.flags.batch < 1:
		return usageError{fmt.Errorf("--batch is %d, but must be at least 1", r.flags.batch)}
	case r.flags.limit < 0:
		return usageError{fmt.Errorf("--limit is %d, but can't be negative", r.flags.limit)}
	}
	if err := r.judging.llm.check(cmd); err != nil {
		return err
	}
	if !cmd.Flags().Changed("workers") {
		r.flags.workers = r.judging.llm.threads(r.flags.workers)
	}
	if err := checkDatabase("db", r.flags.db, true); err != nil {
		return err
	}
	if err := r.takeTogether(); err != nil {
		return err
	}
	options, err := r.in.options()
	if err != nil {
		return err
	}
	paths, err := r.paths(args)
	if err != nil {
		return err
	}
	answers := &answers{}
	r.judging.llm.cache = answers
	pipeline, err := r.judging.pipeline(ctx, r.in.app)
	if err != nil {
		return err
	}
	settings, err := r.judging.settings(r.in)
	if err != nil {
		return err
	}
	r.judging.labelSet.look(source.Open(ctx, paths, nil, options).All(ctx))
	work := &runs.Work{Set: source.Open(ctx, paths, r.in.app.in, options)}
	if work.Settings, err = settings.Key(); err != nil {
		return err
	}
	if r.flags.dryRun {
		return r.list(ctx, work, pipeline, answers)
	}
	return r.store(ctx, work, pipeline, answers)
}

// takeTogether takes labels that were drawn from all threads together out of the judging,
// which learns nothing from them: they correct the tables alone, and new ones let no thread
// be judged again.
func (r *runner) takeTogether() error {
	if r.judging.labels == "" {
		return nil
	}
	set, err := r.judging.read(r.judging.labels)
	if err == nil && set.Together() {
		r.together, r.judging.labels = set, ""
	}
	return err
}

// answers is the cache of a run: that of its database, once it is open.
type answers struct{ llm.Cache }

// paths are those of the arguments and of the list.
func (r *runner) paths(args []string) ([]string, error) {
	if slices.Contains(args, source.StandardInput) {
		return nil, usageError{errors.New("a run reads files that it can come back to, not the standard input; see --from-list")}
	}
	if r.flags.list == "" {
		if len(args) == 0 {
			return nil, usageError{errors.New("run needs a PATH or --from-list FILE")}
		}
		return args, nil
	}
	list := r.in.app.in
	if r.flags.list != source.StandardInput {
		f, err := os.Open(r.flags.list)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", r.flags.list, source.Reason(err))
		}
		defer f.Close()
		list = f
	}
	listed, err := readList(list, r.flags.list)
	return append(slices.Clone(args), listed...), err
}

// readList reads a list of paths, one a line. Empty lines are skipped.
func readList(r io.Reader, name string) ([]string, error) {
	var paths []string
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if line := strings.TrimRight(lines.Text(), "\r"); line != "" {
			paths = append(paths, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the list %s: %w", name, err)
	}
	return paths, nil
}

// list prints what a run would do.
func (r *runner) list(ctx context.Context, work *runs.Work, pipeline *analysis.Pipeline, answers *answers) error {
	answers.Cache = &llm.Memory{}
	db, err := database.OpenExisting(ctx, r.flags.db)
	if _, missing := os.Stat(r.flags.db); missing == nil {
		if err != nil {
			return err
		}
		defer db.Close()
		work.Database, answers.Cache = db, db
	}
	var estimate llm.Estimate
	for p, err := range work.Plan(ctx) {
		if err != nil {
			return err
		}
		if p.Err != nil {
			r.in.app.fail("%s: %v", p.Path, p.Err)
			continue
		}
		if _, err := fmt.Fprintf(r.in.app.out, "%-14s  %s\n", p.Standing.State, p.Path); err != nil {
			return err
		}
		if !r.judging.llm.wanted() {
			continue
		}
		for t := range p.Threads() {
			e, err := pipeline.Estimate(ctx, t)
			if err != nil {
				return err
			}
			estimate.Add(e)
		}
	}
	if r.judging.llm.wanted() {
		return r.judging.llm.writeEstimate(r.in.app.out, estimate)
	}
	return nil
}

// store does the run and prints the tables.
func (r *runner) store(ctx context.Context, work *runs.Work, pipeline *analysis.Pipeline, answers *answers) error {
	if _, err := os.Stat(r.flags.db); err != nil && !r.anyFile(work.Set) {
		return nil // and makes no database
	}
	db, err := database.Open(ctx, r.flags.db)
	if err != nil {
		return err
	}
	defer db.Close()
	run, err := db.Begin(ctx, work.Settings, time.Now())
	if err != nil {
		return err
	}
	defer run.Close()
	work.Database, answers.Cache, run.Batch = db, run, r.flags.batch
	p := newProgress(r.in.app, work.Set.Files())
	p.llm = r.judging.llm
	failed := work.Run(ctx, run, pipeline, r.flags.workers, func(s *runs.Step) {
		r.in.app.step(s)
		p.after(s)
	})
	p.end()
	asked := r.judging.llm.report(r.in.app)
	if failed != nil {
		return failed
	}
	p.summary()
	chosen := &stored{db: db}
	if err := chosen.read(r.together); err != nil {
		return err
	}
	tables := &printing{app: r.in.app}
	printed := tables.overview(ctx, chosen, r.flags.limit)
	r.judging.report(r.in.app, p.unchanged == 0)
	return cmp.Or(printed, asked)
}

// step says what a step of a run has to say.
func (a *app) step(s *runs.Step) {
	a.failed = a.failed || s.Standing.Failures > 0
	switch s.Kind {
	case runs.Thread:
		a.problems(s.Thread.Problems)
	case runs.Problem:
		a.problem(s.Problem)
	case runs.End:
		if s.Err != nil {
			a.fail("%s: %v", s.Input.Path, s.Err)
		}
	}
}

// anyFile reports whether a file of the set may be read; if none may, it says why.
func (r *runner) anyFile(set *source.Set) bool {
	for f := range set.Files() {
		if f.Err == nil {
			return true
		}
	}
	for f := range set.Files() {
		r.in.app.fail("%s: %v", f.Path, f.Err)
	}
	return false
}
