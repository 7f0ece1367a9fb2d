package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/ordered"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
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
	r := &runner{in: &input{app: a}, judging: &judging{second: &second{}}}
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
	r.judging.second.addFlags(cmd)
	r.judging.second.addServerFlags(cmd)
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
	in       *input
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
	if err := r.judging.second.check(cmd); err != nil {
		return err
	}
	if !cmd.Flags().Changed("workers") {
		r.flags.workers = r.judging.second.threads(r.flags.workers)
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
	r.judging.second.cache = answers
	pipeline, err := r.judging.pipeline(ctx, r.in.app)
	if err != nil {
		return err
	}
	settings, err := r.judging.settings(cmd)
	if err != nil {
		return err
	}
	r.judging.labelSet.look(source.Open(ctx, paths, nil, options).All(ctx))
	r.in.app.project.mark(settings)
	c := &collector{settings: settings, set: source.Open(ctx, paths, r.in.app.in, options)}
	if r.flags.dryRun {
		return r.list(ctx, c, pipeline, answers)
	}
	return r.store(ctx, c, pipeline, answers)
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
	f, err := r.in.open(r.flags.list)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", r.flags.list, source.Reason(err))
	}
	defer f.Close()
	listed, err := readList(f, r.flags.list)
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

// settings are the flags that reading and judging depend on, whatever they are, and
// the program and model. Those of a language model count if one judges.
func (j *judging) settings(cmd *cobra.Command) (database.Settings, error) {
	e, err := j.encoder()
	if err != nil {
		return database.Settings{}, err
	}
	s := database.Settings{Program: version(), Flags: map[string]string{}, Passport: e.Passport()}
	depends := &cobra.Command{}
	(&input{}).addFormFlags(depends)
	(&judging{}).addFlags(depends)
	if j.second.wanted() {
		(&second{}).addFlags(depends)
		s.Flags["llm-prompt"] = llm.CurrentPrompt().Version
	}
	var failed error
	depends.Flags().VisitAll(func(f *pflag.Flag) {
		value, err := contentOf(cmd.Flags().Lookup(f.Name).Value)
		s.Flags[f.Name], failed = value, firstOf(failed, err)
	})
	if j.model == "" {
		s.Flags["model"] = "sha256:" + e.ID() // whatever its passport says
	}
	return s, failed
}

// contentOf is the value of a flag, or where that names a file the hash of its
// content.
func contentOf(v pflag.Value) (string, error) {
	values := []string{v.String()}
	if several, ok := v.(pflag.SliceValue); ok {
		values = several.GetSlice()
	}
	for i, value := range values {
		if info, err := os.Stat(value); err != nil || !info.Mode().IsRegular() {
			continue
		}
		sum, err := digest(value)
		if err != nil {
			return "", err
		}
		values[i] = "sha256:" + sum
	}
	if len(values) == 1 {
		return values[0], nil
	}
	return fmt.Sprintf("%q", values), nil
}

// list prints what a run would do.
func (r *runner) list(ctx context.Context, c *collector, pipeline *analysis.Pipeline, answers *answers) error {
	answers.Cache = &llm.Memory{}
	var estimate llm.Estimate
	db, err := database.OpenExisting(ctx, r.flags.db)
	if _, missing := os.Stat(r.flags.db); missing == nil {
		if err != nil {
			return err
		}
		defer db.Close()
		c.db, answers.Cache = db, db
	}
	for f := range c.set.Files() {
		if ctx.Err() != nil {
			return errInterrupted
		}
		open, err := c.set.Input(ctx, f)
		in := database.Input{Path: f.Path, Bytes: f.Size}
		if open != nil {
			open.Close()
			in.SHA256 = open.SHA256
		}
		if err != nil {
			r.in.fail("%s: %s", f.Path, source.Reason(err))
			continue
		}
		standing, err := c.standing(ctx, in)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(r.in.app.out, "%-14s  %s\n", standing.State, f.Path); err != nil {
			return err
		}
		if r.judging.second.wanted() && standing.State != database.Unchanged {
			if err := r.foresee(ctx, c.set.Threads(ctx, f), standing.Items, pipeline, &estimate); err != nil {
				return err
			}
		}
	}
	if r.judging.second.wanted() {
		if err := r.judging.second.writeEstimate(r.in.app.out, estimate); err != nil {
			return err
		}
	}
	if r.in.failed {
		return errReported
	}
	return nil
}

// foresee adds what the language model would be asked about the threads of a file behind
// those that are stored.
func (r *runner) foresee(ctx context.Context, all iter.Seq2[*corpus.Thread, error], stored int, pipeline *analysis.Pipeline, total *llm.Estimate) error {
	item := 0
	for t, err := range all {
		if item++; err != nil || item <= stored {
			continue // what can't be read the run will say
		}
		e, err := pipeline.Estimate(ctx, t)
		if err != nil {
			return err
		}
		total.Add(e)
	}
	return nil
}

var errInterrupted = errors.New("interrupted; the same command goes on where it was")

// store does the run and prints the tables.
func (r *runner) store(ctx context.Context, c *collector, pipeline *analysis.Pipeline, answers *answers) error {
	if _, err := os.Stat(r.flags.db); err != nil && !r.anyFile(c.set) {
		return errReported // with no database, either
	}
	db, err := database.Open(ctx, r.flags.db)
	if err != nil {
		return err
	}
	defer db.Close()
	c.db = db
	run, err := db.Begin(ctx, c.settings, time.Now())
	if err != nil {
		return err
	}
	defer run.Close()
	answers.Cache = run
	run.Batch = r.flags.batch
	p := newProgress(r.in.app, c.set.Files())
	p.second = r.judging.second
	failed := r.judge(ctx, c.steps(ctx), pipeline, &storing{run: run, in: r.in, progress: p})
	p.end()
	if failed == nil && ctx.Err() != nil {
		failed = errInterrupted
	}
	asked := r.judging.second.report(r.in)
	if err := firstOf(run.Finish(time.Now()), failed); err != nil {
		return resumable(err)
	}
	p.summary()
	chosen := &stored{db: db}
	if err := chosen.read(r.together); err != nil {
		return err
	}
	tables := &printing{app: r.in.app}
	printed := tables.overview(ctx, chosen, r.flags.limit)
	labelled := r.judging.report(r.in, p.unchanged == 0)
	if printed != nil {
		return printed
	}
	if r.in.failed {
		return errReported
	}
	return firstOf(labelled, asked)
}

// anyFile reports whether a file of the set may be read; if none may, it says why.
func (r *runner) anyFile(set *source.Set) bool {
	for f := range set.Files() {
		if f.Err == nil {
			return true
		}
	}
	for f := range set.Files() {
		r.in.fail("%s: %v", f.Path, f.Err)
	}
	return false
}

// resumable adds to the error of a file that can't grow, or of a language model that
// can't be asked, what can be done about it.
func resumable(err error) error {
	var stopped *llm.StopError
	switch {
	case errors.Is(err, database.ErrFull):
		return fmt.Errorf("%w; what was stored before is kept, and with room the same command goes on where it was", err)
	case errors.As(err, &stopped):
		return fmt.Errorf("%w; what was stored before is kept, and the same command goes on where it was", err)
	}
	return err
}

// errSpent ends a run when the budget does.
var errSpent = errors.New("the budget of --llm-budget is used up; what was stored is kept, and the same command with a new one goes on where it was")

// judge judges the threads among the steps on several cores and stores all steps in
// their order.
func (r *runner) judge(ctx context.Context, steps iter.Seq[*step], pipeline *analysis.Pipeline, s *storing) error {
	options := ordered.Options[*step]{Workers: r.flags.workers, Budget: workBudget, Weigh: weight}
	judged := ordered.Map(ctx, steps, options, func(s *step) *step {
		if s.kind != thread {
			return s
		}
		result, err := pipeline.Analyse(ctx, s.thread)
		var stopped *llm.StopError
		switch {
		case err != nil && ctx.Err() != nil:
			s.kind, s.err = fatal, errInterrupted
		case errors.As(err, &stopped):
			s.kind, s.err = fatal, err
		case err != nil:
			s.kind = problem
			s.problem = &corpus.Problem{File: s.thread.Source, Level: corpus.Failure, Message: err.Error()}
		case result.Model != nil && result.Model.OverBudget > 0:
			s.kind, s.err = fatal, errSpent
		}
		s.result = result
		return s
	})
	for step := range judged {
		if err := s.store(step); err != nil {
			return err
		}
	}
	return nil
}

// weight is about the memory, in bytes, that a step takes.
func weight(s *step) int64 {
	if s.thread == nil {
		return commentWeight
	}
	return threadWeight(s.thread)
}

// storing stores the steps of a run and tells of them.
type storing struct {
	run      *database.Run
	in       *input
	progress *progress
	unserved int // comments of the input that the server of a language model failed at
}

func (s *storing) store(step *step) error {
	defer s.progress.after(step)
	switch step.kind {
	case fatal:
		return step.err
	case skip:
		s.in.failed = s.in.failed || step.standing.Failures > 0
		return nil
	case begin:
		s.unserved = 0
		s.in.failed = s.in.failed || step.standing.Failures > 0
		return s.run.Start(step.input, step.standing)
	case thread:
		s.in.report(step.thread)
		if step.result.Model != nil {
			s.unserved += step.result.Model.Unserved
		}
		return s.run.Thread(step.input, step.item, step.result)
	case problem:
		s.in.reportProblem(step.problem)
		return s.run.Problem(step.input, step.item, *step.problem)
	}
	if step.err == nil && s.unserved > 0 {
		step.err = fmt.Errorf("the server of the language model failed at %d comments; the next run asks again", s.unserved)
	}
	if step.err != nil {
		s.in.fail("%s: %v", step.input.Path, step.err)
		return s.run.Failed(step.input, step.err)
	}
	return s.run.Done(step.input)
}
