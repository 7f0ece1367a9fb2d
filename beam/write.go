package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn3x1[context.Context, int, func(*row) bool, error](&writeFn{})
	register.DoFn3x1[context.Context, int, func(*total) bool, error](&writeTotalsFn{})
	register.Iter1[row]()
	register.Iter1[total]()
}

// writeFn writes the rows of one shard in their order.
type writeFn struct {
	Output string
	Shards int
}

// ProcessElement sorts and writes a shard.
func (fn *writeFn) ProcessElement(ctx context.Context, shard int, next func(*row) bool) error {
	var rows []row
	for r := (row{}); next(&r); {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Index, b.Index)) })
	return create(ctx, fn.name(shard), func(w io.Writer) error {
		for _, r := range rows {
			if _, err := io.WriteString(w, strings.TrimSuffix(r.Line, "\n")+"\n"); err != nil {
				return err
			}
		}
		return nil
	})
}

// name is the file of a shard.
func (fn *writeFn) name(shard int) string {
	if fn.Shards == 1 {
		return fn.Output
	}
	return fmt.Sprintf("%s-%05d-of-%05d", fn.Output, shard, fn.Shards)
}

// writeTotalsFn writes the totals of the sites as CSV, sorted by site, and under them
// that of all.
type writeTotalsFn struct {
	Output string
}

// ProcessElement writes the only group there is.
func (fn *writeTotalsFn) ProcessElement(ctx context.Context, _ int, next func(*total) bool) error {
	var totals []total
	all := total{Site: "all"}
	for t := (total{}); next(&t); {
		totals = append(totals, t)
		all = addTotals(all, t)
	}
	slices.SortFunc(totals, func(a, b total) int { return cmp.Compare(a.Site, b.Site) })
	return create(ctx, fn.Output, func(w io.Writer) error {
		out := csv.NewWriter(w)
		out.Write([]string{"site", "threads", "comments", "removed", "skeptical", "relativist", "supportive", "none", "negative", "neutral", "positive"})
		for _, t := range append(totals, all) {
			record := []string{safeCell(t.Site)}
			for _, n := range []int{t.Threads, t.Comments, t.Removed, t.Skeptical, t.Relativist, t.Supportive, t.None, t.Negative, t.Neutral, t.Positive} {
				record = append(record, strconv.Itoa(n))
			}
			out.Write(record)
		}
		out.Flush()
		return out.Error()
	})
}

// safeCell keeps a spreadsheet from running a site's name as a formula.
func safeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// create writes a file in any of the file systems. The file is there whole or, if
// write fails, not at all where the file system commits on closing.
func create(ctx context.Context, path string, write func(io.Writer) error) error {
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer fs.Close()
	f, err := fs.OpenWrite(ctx, path)
	if err != nil {
		return fmt.Errorf("creating %s: %w", path, err)
	}
	buffered := bufio.NewWriter(f)
	err = write(buffered)
	if flushed := buffered.Flush(); err == nil {
		err = flushed
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
