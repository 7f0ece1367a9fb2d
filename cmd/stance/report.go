package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
	"stance.example/stance/database"
	"stance.example/stance/reports"
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

--by prints one table instead: a row for each day, week or month, with the change of
each share against the one before, or for each site, author or thread. With --compare
every two of the rows are set against each other: the difference of each share with its
interval, p and q, and how many comments and authors are behind it; -o csv then writes
a row for each.

Filters choose threads; of several conditions on one field one must hold. The day of
a thread is that on which its article was published, or else that of its first
comment.

--labels corrects the shares of threads of which a person labelled a sample since they
were judged. Nothing is judged again, so the other comments learn nothing from the
labels; stance run --labels does that. The database stays as it is.

--export writes a row for each comment, or for each share, into a file instead; its
ending says the form: .csv, .jsonl or .parquet.`,
		Example: `  stance report --db results.db
  stance report --db results.db --where 'site=*.example.org' --since 2024-01-01
  stance report --db results.db --by month
  stance report --db results.db --by site --compare
  stance report --db results.db -o html --out pages
  stance report --db results.db --export comments.parquet --export shares.csv`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return r.report(cmd.Context()) },
	}
	flags := cmd.Flags()
	flags.StringVar(&r.db, "db", "", "the database that stance run has written")
	r.filter.addFlags(cmd)
	flags.StringVar(&r.by, "by", "", "only the table of "+strings.Join(analysis.Keys(), ", ")+"; of days, weeks and months with the change against the one before")
	flags.BoolVar(&r.compare, "compare", false, "with --by: also the difference of every two rows, with interval, p and q")
	flags.StringVar(&r.printing.out, "out", "", "with -o html: write index.html and a page for each thread into this directory")
	flags.StringArrayVar(&r.exports, "export", nil, "write comments or shares into a file: comments.parquet, shares.csv, or WHAT=FILE (repeatable)")
	flags.StringVar(&r.labels, "labels", "", "stances that a person gave to some comments, as stance label writes them: CSV with the columns id and stance, or JSON lines; they stand, and the shares are corrected")
	flags.IntVar(&r.limit, "limit", defaultLimit, "threads that the text and Markdown tables list; 0 is all")
	return cmd
}

// reporter prints from a database.
type reporter struct {
	app      *app
	printing *printing
	filter   filterFlags
	db       string
	by       string // one of analysis.Keys, "" for every table
	compare  bool   // every two rows of by
	exports  []string
	labels   string // the file of a person's labels, "" for none
	limit    int

	labelSet // of the file of labels, once it is read
}

func (r *reporter) report(ctx context.Context) error {
	switch {
	case r.db == "":
		return usageError{errors.New("report needs --db FILE")}
	case r.limit < 0:
		return usageError{fmt.Errorf("--limit is %d, but can't be negative", r.limit)}
	}
	switch {
	case r.compare && r.by == "":
		return usageError{errors.New("--compare needs --by, which says what is compared")}
	case r.compare && r.by == analysis.ByAuthor:
		return usageError{errors.New("--compare needs shares with intervals, for which an author has too few comments")}
	}
	if r.by != "" {
		if r.printing.out != "" || r.exports != nil {
			return usageError{errors.New("--by prints one table; leave out --out and --export")}
		}
		if err := choice("by", r.by, analysis.Keys()...); err != nil {
			return err
		}
	}
	if err := checkDatabase("db", r.db, false); err != nil {
		return err
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
	chosen := &stored{db: db, filter: filter}
	if r.labels != "" {
		set, err := r.labelSet.read(r.labels)
		if err != nil {
			return err
		}
		if err := chosen.read(set); err != nil {
			return err
		}
	}
	r.labelSet.look(threadsOf(db.Results(ctx, filter)))
	for _, t := range targets {
		if err := t.write(chosen.results(ctx)); err != nil {
			return err
		}
	}
	switch {
	case r.by != "":
		err = r.printing.breakdown(ctx, chosen, r)
	case targets == nil:
		err = r.printing.overview(ctx, chosen, r.limit)
	}
	r.labelSet.report(r.app, len(filter.Where) == 0 && filter.Since == "" && filter.Until == "")
	return err
}

// threadsOf are the threads of results.
func threadsOf(results iter.Seq2[*analysis.Result, error]) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for r, err := range results {
			if err == nil && !yield(r.Thread, nil) {
				return
			}
		}
	}
}

// stored are threads of a database.
type stored struct {
	db     *database.Database
	filter database.Filter
	labels *labels.Set  // that a person gave since the threads were judged, nil for none
	parser *text.Parser // if there are labels
}

// read takes in labels, nil for none.
func (s *stored) read(set *labels.Set) (err error) {
	if s.labels = set; set != nil {
		s.parser, err = text.NewParser()
	}
	return err
}

// results yields the threads with their labels.
func (s *stored) results(ctx context.Context) iter.Seq2[*analysis.Result, error] {
	return func(yield func(*analysis.Result, error) bool) {
		for r, err := range s.db.Results(ctx, s.filter) {
			if err == nil {
				_, err = s.relabel(r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// relabel puts the labels into a thread and returns how many there were.
func (s *stored) relabel(r *analysis.Result) (int, error) {
	if s.labels == nil {
		return 0, nil
	}
	n, err := analysis.Relabel(r, s.labels, s.parser)
	if err != nil {
		err = fmt.Errorf("%s: %w", r.Thread.Source, err)
	}
	return n, err
}

// overview sums the threads up.
func (s *stored) overview(ctx context.Context) (*analysis.Overview, error) {
	if s.labels != nil {
		return s.db.Labelled(ctx, s.filter, s.labels, s.parser)
	}
	o, err := s.db.Overview(ctx, s.filter)
	if err == nil {
		o.Complete()
	}
	return o, err
}

// filterFlags choose threads of a database.
type filterFlags struct {
	where        []string
	since, until string
}

func (f *filterFlags) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Choosing threads")()
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

// overview prints threads of a database: tables of all of them, or the pages of each.
func (p *printing) overview(ctx context.Context, threads *stored, limit int) error {
	out := bufio.NewWriter(p.app.out)
	for _, o := range reports.OverviewOutputs() {
		if o.Name == p.app.output && p.out == "" {
			overview, err := threads.overview(ctx)
			if err != nil {
				return err
			}
			return cmp.Or(o.Write(out, overview, limit, p.app.reportOptions(0)), out.Flush())
		}
	}
	w, err := p.writer(out)
	if err != nil {
		return err
	}
	return cmp.Or(writeResults(w, threads.results(ctx)), out.Flush())
}

// breakdown prints the table of one key of threads of a database.
func (p *printing) breakdown(ctx context.Context, threads *stored, r *reporter) error {
	for _, o := range reports.BreakdownOutputs() {
		if o.Name != p.app.output {
			continue
		}
		overview, err := threads.overview(ctx)
		if err != nil {
			return err
		}
		b := overview.Breakdown(r.by)
		if r.compare {
			b.Compare()
		}
		out := bufio.NewWriter(p.app.out)
		return cmp.Or(o.Write(out, b, r.limit, p.app.reportOptions(0)), out.Flush())
	}
	return usageError{fmt.Errorf("--by prints text, html, markdown, json or csv, not %s", p.app.output)}
}
