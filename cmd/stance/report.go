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
	var db string
	var limit int
	chosen := &filterFlags{}
	cmd := &cobra.Command{
		Use:   "report --db FILE",
		Short: "Print tables of the threads in a database",
		Long: `Report prints what stance run has stored: a table of the threads with their shares,
the totals, and the comments by site, month and author. Filters choose threads; of
several conditions on one field one must hold. The day of a thread is that on which
its article was published, or else that of its first comment.`,
		Example: `  stance report --db results.db
  stance report --db results.db --where 'site=*.example.org' --since 2024-01-01
  stance report --db results.db -o csv > shares.csv`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if db == "" {
				return usageError{errors.New("report needs --db FILE")}
			}
			if limit < 0 {
				return usageError{fmt.Errorf("--limit is %d, but can't be negative", limit)}
			}
			filter, err := chosen.filter()
			if err != nil {
				return err
			}
			d, err := database.OpenExisting(cmd.Context(), db)
			if err != nil {
				return err
			}
			defer d.Close()
			return a.writeOverview(cmd.Context(), d, filter, limit)
		},
	}
	chosen.addFlags(cmd)
	cmd.Flags().StringVar(&db, "db", "", "the database that stance run has written")
	cmd.Flags().IntVar(&limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	return cmd
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

// writeOverview prints the tables of the threads that the filter chooses.
func (a *app) writeOverview(ctx context.Context, db *database.Database, filter database.Filter, limit int) error {
	overview, err := db.Overview(ctx, filter)
	if err != nil {
		return err
	}
	for _, o := range reports.OverviewOutputs() {
		if o.Name == a.output {
			out := bufio.NewWriter(a.out)
			return firstOf(o.Write(out, overview, limit, a.reportOptions(0)), out.Flush())
		}
	}
	return usageError{fmt.Errorf("there is no %s output of many threads", a.output)}
}
