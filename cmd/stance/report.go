package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stance/database"
	"stance/reports"
)

// defaultLimit is how many threads the tables for people list.
const defaultLimit = 50

func newReport(a *app) *cobra.Command {
	r := &reporter{app: a, printing: &printing{app: a}}
	cmd := &cobra.Command{
		Use:   "report --db FILE",
		Short: "Print tables of the threads in a database",
		Long: `Report prints what stance run has stored: a table of the threads with their shares,
the totals, and the comments by site, month and author. -o html prints them with
charts, or with --out DIR writes a page for each thread and an index.

Filters choose threads; of several conditions on one field one must hold. The day of
a thread is that on which its article was published, or else that of its first
comment.

--export writes a row for each comment, or for each share, into a file instead; its
ending says the form: .csv, .jsonl or .parquet.`,
		Example: `  stance report --db results.db
  stance report --db results.db --where 'site=*.example.org' --since 2024-01-01
  stance report --db results.db -o html --out pages
  stance report --db results.db --export comments.parquet --export shares.csv`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return r.report(cmd.Context()) },
	}
	flags := cmd.Flags()
	flags.StringVar(&r.db, "db", "", "the database that stance run has written")
	r.filter.addFlags(cmd)
	flags.StringVar(&r.printing.out, "out", "", "with -o html: write index.html and a page for each thread into this directory")
	flags.StringArrayVar(&r.exports, "export", nil, "write comments or shares into a file: comments.parquet, shares.csv, or WHAT=FILE (repeatable)")
	flags.IntVar(&r.limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	return cmd
}

// reporter prints from a database.
type reporter struct {
	app      *app
	printing *printing
	filter   filterFlags
	db       string
	exports  []string
	limit    int
}

func (r *reporter) report(ctx context.Context) error {
	switch {
	case r.db == "":
		return usageError{errors.New("report needs --db FILE")}
	case r.limit < 0:
		return usageError{fmt.Errorf("--limit is %d, but can't be negative", r.limit)}
	}
	filter, err := r.filter.filter()
	if err != nil {
		return err
	}
	var targets []target
	for _, e := range r.exports {
		t, err := parseTarget(e)
		if err != nil {
			return usageError{fmt.Errorf("--export: %w", err)}
		}
		targets = append(targets, t)
	}
	db, err := database.OpenExisting(ctx, r.db)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, t := range targets {
		if err := t.write(ctx, db, filter); err != nil {
			return err
		}
	}
	if targets != nil {
		return nil
	}
	return r.printing.overview(ctx, db, filter, r.limit)
}

// filterFlags choose threads of a database.
type filterFlags struct {
	where        []string
	since, until string
}

func (f *filterFlags) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.where, "where", nil, "FIELD=VALUE: only threads for which it holds; the value may have *, ? and [ ] (repeatable); fields: "+strings.Join(database.Fields(), ", "))
	flags.StringVar(&f.since, "since", "", "only threads of this day, YYYY-MM-DD, or later")
	flags.StringVar(&f.until, "until", "", "only threads of this day, YYYY-MM-DD, or earlier")
}

func (f *filterFlags) filter() (database.Filter, error) {
	var filter database.Filter
	for _, w := range f.where {
		c, err := database.ParseCondition(w)
		if err != nil {
			return filter, usageError{fmt.Errorf("--where: %w", err)}
		}
		filter.Where = append(filter.Where, c)
	}
	for _, day := range []struct {
		flag, from string
		to         *string
	}{{"--since", f.since, &filter.Since}, {"--until", f.until, &filter.Until}} {
		if day.from == "" {
			continue
		}
		var err error
		if *day.to, err = database.ParseDay(day.from); err != nil {
			return filter, usageError{fmt.Errorf("%s: %w", day.flag, err)}
		}
	}
	return filter, nil
}

// overview prints the threads that the filter chooses: tables of all of them, or
// the pages of each.
func (p *printing) overview(ctx context.Context, db *database.Database, filter database.Filter, limit int) error {
	out := bufio.NewWriter(p.app.out)
	for _, o := range reports.OverviewOutputs() {
		if o.Name == p.app.output && p.out == "" {
			overview, err := db.Overview(ctx, filter)
			if err != nil {
				return err
			}
			overview.Complete()
			return firstOf(o.Write(out, overview, limit, p.app.reportOptions(0)), out.Flush())
		}
	}
	w, err := p.writer(out)
	if err != nil {
		return err
	}
	return firstOf(writeResults(ctx, w, db, filter), out.Flush())
}
