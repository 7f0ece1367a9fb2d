package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports"
)

// target is a file that rows are exported to.
type target struct {
	path, form string
	export     reports.Export
}

// parseTarget reads WHAT=FILE, or a FILE that is called after what it shall hold.
// The ending says the form.
func parseTarget(s string) (target, error) {
	what, path, named := strings.Cut(s, "=")
	if !named {
		path = s
		what = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	t := target{path: path, form: strings.TrimPrefix(filepath.Ext(path), ".")}
	var names []string
	for _, e := range reports.Exports() {
		if names = append(names, e.Name); e.Name == what {
			t.export = e
		}
	}
	if t.export.New == nil {
		return t, fmt.Errorf("want %s, as in comments.parquet or shares=FILE.csv, not %q", strings.Join(names, " or "), what)
	}
	if t.export.New(t.form, io.Discard) == nil {
		return t, fmt.Errorf("%s: want a file that ends in .csv, .jsonl or .parquet", path)
	}
	return t, nil
}

// write writes the rows of the threads.
func (t target) write(results iter.Seq2[*analysis.Result, error]) error {
	err := replaceFile(t.path, func(f io.Writer) error {
		out := bufio.NewWriter(f)
		w := t.export.New(t.form, out)
		return cmp.Or(writeResults(w, results), out.Flush())
	})
	if err != nil {
		return fmt.Errorf("%s: %w", t.path, err)
	}
	return nil
}

// writeResults writes threads, and closes the writer.
func writeResults(w reports.Writer, results iter.Seq2[*analysis.Result, error]) error {
	for r, err := range results {
		if err != nil {
			return err
		}
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return w.Close()
}

// replaceFile writes to a file beside the path and renames it, so that a failure
// leaves what was there.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return cmp.Or(f.Chmod(0o644), f.Close(), os.Rename(f.Name(), path))
}
