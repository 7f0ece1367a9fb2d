package main

import (
	"bufio"
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/database"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/flags"
	"stance.example/stance/reports"
	"stance.example/stance/runs"
)

// defaultLimit is how many threads the tables for people list.
const defaultLimit = 50

// reporting is what stance report prints.
type reporting struct {
	app      *cli.App
	printing *flags.Printing
	filter   *flags.Filter
	exports  *flags.Exports
	labels   flags.Labels
	db       string
	by       string // one of analysis.Keys, "" for every table
	compare  bool   // every two rows of by
	limit    int
}

func newReport(a *cli.App) *cobra.Command {
	r := &reporting{app: a}
	cmd := &cobra.Command{
		Use:   "report --db FILE",
		Short: "Print tables of the threads in a database",
		Long: `Report prints what stance run has stored: a table of the threads with their shares,
the totals, and the comments by site, month and author. -o html prints them with
charts, or with --out DIR writes a page for each thread and an index.

--by prints one table instead: a row for each day, week or month, with the change of
each share against the one before, or for each site, author or thread. With --compare
every two of the rows are set against each other: the difference of each share with its
interval, p and q, and how many comments and authors are behind it; -o csv then writes
a row for each.

HTML draws the shares of all threads, and those over time by the day, week or month of
--by, or without --by by whichever of these shows their course; text draws them with
--plot, and --chart-dir writes them as SVG.

Filters choose threads; of several conditions on one field one must hold. The day of
a thread is that on which its article was published, or else that of its first
comment.

--labels corrects the shares of threads of which a person labelled a sample since they
were judged. Nothing is judged again, so the other comments learn nothing from the
labels; stance run --labels does that. The database stays as it is.

--export writes a row for each comment, or for each share, into a file instead of the
tables; its ending says the form: .csv, .jsonl or .parquet. Pages and charts that are
asked for are written as well.`,
		Example: `  stance report --db results.db
  stance report --db results.db --where 'site=*.example.org' --since 2024-01-01
  stance report --db results.db --by month
  stance report --db results.db --by site --compare
  stance report --db results.db -o html --out pages
  stance report --db results.db --export comments.parquet --export shares.csv`,
		Args: cli.Takes(0, 0),
	}
	f := cmd.Flags()
	f.StringVar(&r.db, "db", "", "the database that stance run has written")
	r.filter = flags.AddFilter(cmd)
	f.StringVar(&r.by, "by", "", "only the table of "+strings.Join(analysis.Keys(), ", ")+"; of days, weeks and months with the change against the one before")
	f.BoolVar(&r.compare, "compare", false, "with --by: also the difference of every two rows, with interval, p and q")
	r.printing = flags.AddTogether(a, cmd)
	r.exports = flags.AddExports(cmd)
	f.StringVar(&r.labels.File, "labels", "", "stances that a person gave to some comments, as stance label writes them: "+
		"CSV with the columns id and stance, or JSON lines; they stand, and the shares are corrected")
	f.IntVar(&r.limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := r.check(); err != nil {
			return err
		}
		return r.report(cmd.Context())
	}
	return cmd
}

// check finds what is wrong with the flags.
func (r *reporting) check() error {
	switch {
	case r.db == "":
		return cli.Usagef("report needs --db FILE")
	case r.limit < 0:
		return cli.AtLeast("limit", r.limit, 0)
	case r.compare && r.by == "":
		return cli.Usagef("--compare needs --by, which says what is compared")
	case r.compare && r.by == analysis.ByAuthor:
		return cli.Usagef("--compare needs shares with intervals, for which an author has too few comments")
	case r.by != "" && (r.printing.Site != "" || r.exports.Any()):
		return cli.Usagef("--by prints one table; leave out --out and --export")
	case r.by != "":
		return cli.Choice("by", r.by, analysis.Keys()...)
	}
	return nil
}

func (r *reporting) report(ctx context.Context) error {
	filter, err := r.filter.Chosen()
	if err != nil {
		return err
	}
	targets, err := r.exports.Targets()
	if err != nil {
		return err
	}
	if err := flags.CheckDatabase("db", r.db, false); err != nil {
		return err
	}
	db, err := database.OpenExisting(ctx, r.db)
	if err != nil {
		return err
	}
	defer db.Close()
	set, err := r.labels.Read()
	if err != nil {
		return err
	}
	stored := &runs.Stored{Database: db, Filter: filter, Labels: set}
	r.labels.Look(stored.Threads(ctx))
	for _, t := range targets {
		if err := t.Write(stored.Results(ctx)); err != nil {
			return err
		}
	}
	switch {
	case r.by != "":
		err = r.breakdown(ctx, stored)
	case targets == nil || r.printing.Files():
		err = printStored(ctx, r.app, r.printing, stored, r.limit)
	}
	r.labels.Report(r.app, len(filter.Where) == 0 && filter.Since == "" && filter.Until == "")
	return err
}

// printStored prints threads of a database: tables of all of them or, with printing to a site,
// the pages of each.
func printStored(ctx context.Context, a *cli.App, printing *flags.Printing, stored *runs.Stored, limit int) error {
	out := bufio.NewWriter(a.Out)
	if printing != nil && printing.Site != "" {
		w, parts, err := printing.Writer(out, false)
		if err != nil {
			return err
		}
		if stored.Pipeline, err = analysis.New(analysis.Options{Examine: parts}); err != nil {
			return err
		}
		return reports.WriteAll(w, stored.Results(ctx))
	}
	overview, err := stored.Overview(ctx)
	if err != nil {
		return err
	}
	err = reports.Print(reports.OverviewOutputs(), a.Output, out, overview, limit, printing.Together(a))
	return cmp.Or(err, out.Flush(), printing.Draw(overview.OverTime()))
}

// breakdown prints the table of one key.
func (r *reporting) breakdown(ctx context.Context, stored *runs.Stored) error {
	overview, err := stored.Overview(ctx)
	if err != nil {
		return err
	}
	b := overview.Breakdown(r.by)
	if r.compare {
		b.Compare()
	}
	out := bufio.NewWriter(r.app.Out)
	err = reports.Print(reports.BreakdownOutputs(), r.app.Output, out, b, r.limit, r.printing.Together(r.app))
	return cmp.Or(err, out.Flush(), r.printing.Draw(b))
}
