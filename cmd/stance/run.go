package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/corpus/source"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/internal/flags"
	"stance.example/stance/internal/terminal"
	"stance.example/stance/runs"
)

// running is what stance run does.
type running struct {
	app     *cli.App
	in      *flags.Reading
	judging *flags.Judging
	db      string
	list    string // the file of paths, "" for none
	workers int
	batch   int
	dryRun  bool
	limit   int

	together *labels.Set // drawn from all threads together, nil for none
	answers  answers
}

// answers is the cache of a run: that of its database, once it is open.
type answers struct{ llm.Cache }

func newRun(a *cli.App) *cobra.Command {
	r := &running{app: a}
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
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := r.check(cmd); err != nil {
				return err
			}
			return r.run(cmd.Context(), paths)
		},
	}
	r.in = flags.AddForms(a, cmd)
	r.judging = flags.AddJudging(r.in, cmd)
	r.judging.Model = flags.AddModelOfRun(a, cmd)
	r.judging.Model.Cache = &r.answers
	f := cmd.Flags()
	f.StringVar(&r.db, "db", "", "the database, made if need be")
	f.StringVar(&r.list, "from-list", "", "a file with more paths, one a line; - is the standard input")
	f.IntVar(&r.workers, "workers", runtime.GOMAXPROCS(0), "threads judged at the same time; the results are the same for any number")
	f.IntVar(&r.batch, "batch", database.DefaultBatch, "rows stored at a time: with fewer a kill loses less, with more it goes faster")
	f.BoolVar(&r.dryRun, "dry-run", false, "only list what would be done, and with --engine llm say what would be asked")
	f.IntVar(&r.limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	return cmd
}

// check finds what is wrong with the flags of the run itself.
func (r *running) check(cmd *cobra.Command) error {
	if r.db == "" {
		return cli.Usagef("run needs --db FILE")
	}
	if err := cmp.Or(cli.AtLeast("workers", r.workers, 1), cli.AtLeast("batch", r.batch, 1), cli.AtLeast("limit", r.limit, 0)); err != nil {
		return err
	}
	if !cmd.Flags().Changed("workers") {
		r.workers = r.judging.Model.Threads(r.workers)
	}
	return flags.CheckDatabase("db", r.db, true)
}

func (r *running) run(ctx context.Context, args []string) error {
	if err := r.takeTogether(); err != nil {
		return err
	}
	options, err := r.in.Options()
	if err != nil {
		return err
	}
	paths, err := r.paths(args)
	if err != nil {
		return err
	}
	pipeline, err := r.judging.Pipeline(ctx)
	if err != nil {
		return err
	}
	r.judging.Labels.Look(source.Open(ctx, paths, nil, options).All(ctx))
	work := &runs.Work{Set: source.Open(ctx, paths, r.app.In, options)}
	if work.Settings, err = r.judging.Settings(version()); err != nil {
		return err
	}
	if r.dryRun {
		return r.plan(ctx, work, pipeline)
	}
	return r.store(ctx, work, pipeline)
}

// takeTogether takes labels that were drawn from all threads together out of the judging,
// which learns nothing from them: they correct the tables alone, and new ones let no thread
// be judged again.
func (r *running) takeTogether() error {
	set, err := r.judging.Labels.Read()
	if err == nil && set != nil && set.Together() {
		r.together, r.judging.Labels.File = set, ""
	}
	return err
}

// paths are those of the arguments and of the list.
func (r *running) paths(args []string) ([]string, error) {
	switch {
	case slices.Contains(args, source.StandardInput):
		return nil, cli.Usagef("a run reads files that it can come back to, not the standard input; see --from-list")
	case r.list == "" && len(args) == 0:
		return nil, cli.Usagef("run needs a PATH or --from-list FILE")
	case r.list == "":
		return args, nil
	}
	list := r.app.In
	if r.list != source.StandardInput {
		f, err := os.Open(r.list)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", r.list, source.Reason(err))
		}
		defer f.Close()
		list = f
	}
	listed, err := files.Lines(list, r.list)
	return append(slices.Clone(args), listed...), err
}

// plan prints what a run would do.
func (r *running) plan(ctx context.Context, work *runs.Work, pipeline *analysis.Pipeline) error {
	r.answers.Cache = &llm.Memory{}
	if _, missing := os.Stat(r.db); missing == nil {
		db, err := database.OpenExisting(ctx, r.db)
		if err != nil {
			return err
		}
		defer db.Close()
		work.Database, r.answers.Cache = db, db
	}
	var estimate llm.Estimate
	for p, err := range work.Plan(ctx) {
		if err != nil {
			return err
		}
		if p.Err != nil {
			r.app.Unread(p.Path, p.Err)
			continue
		}
		if _, err := fmt.Fprintf(r.app.Out, "%-14s  %s\n", p.Standing.State, p.Path); err != nil {
			return err
		}
		if !r.judging.Model.Wanted() {
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
	if r.judging.Model.Wanted() {
		return r.judging.Model.WriteEstimate(estimate)
	}
	return nil
}

// store does the run and prints the tables.
func (r *running) store(ctx context.Context, work *runs.Work, pipeline *analysis.Pipeline) error {
	if _, err := os.Stat(r.db); err != nil && !r.in.AnyFile(work.Set) {
		return nil // and makes no database
	}
	db, err := database.Open(ctx, r.db)
	if err != nil {
		return err
	}
	defer db.Close()
	run, err := db.Begin(ctx, work.Settings, time.Now())
	if err != nil {
		return err
	}
	defer run.Close()
	work.Database, r.answers.Cache, run.Batch = db, run, r.batch
	var calls func() int
	if r.judging.Model.Wanted() {
		calls = r.judging.Model.Calls
	}
	progress := terminal.NewProgress(r.app, work.Set.Files(), calls)
	failed := work.Run(ctx, run, pipeline, r.workers, progress.After)
	progress.End()
	asked := r.judging.Model.Report()
	if failed != nil {
		return failed
	}
	progress.Summary()
	printed := printStored(ctx, r.app, nil, &runs.Stored{Database: db, Labels: r.together}, r.limit)
	r.judging.Labels.Report(r.app, progress.Unchanged() == 0)
	return cmp.Or(printed, asked)
}
