package flags

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/reports"
)

// Exports are files that rows are written to.
type Exports struct{ files []string }

// AddExports gives a command the flag of exports.
func AddExports(cmd *cobra.Command) *Exports {
	e := &Exports{}
	cmd.Flags().StringArrayVar(&e.files, "export", nil, "write comments or shares into a file: comments.parquet, shares.csv, or WHAT=FILE (repeatable)")
	return e
}

// Any reports whether there is one.
func (e *Exports) Any() bool { return len(e.files) > 0 }

// Target is a file that rows are exported to.
type Target struct {
	path, form string
	export     reports.Export
}

// Targets reads WHAT=FILE, or a FILE that is called after what it shall hold. The ending says
// the form.
func (e *Exports) Targets() ([]Target, error) {
	var targets []Target
	for _, s := range e.files {
		t, err := parseTarget(s)
		if err != nil {
			return nil, cli.Usagef("--export: %w", err)
		}
		targets = append(targets, t)
	}
	return targets, nil
}

func parseTarget(s string) (Target, error) {
	what, path, named := strings.Cut(s, "=")
	if !named {
		path = s
		what = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	t := Target{path: path, form: strings.TrimPrefix(filepath.Ext(path), ".")}
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

// Write writes the rows of the threads.
func (t Target) Write(results iter.Seq2[*analysis.Result, error]) error {
	err := files.Replace(t.path, func(f io.Writer) error {
		out := bufio.NewWriter(f)
		return cmp.Or(reports.WriteAll(t.export.New(t.form, out), results), out.Flush())
	})
	if err != nil {
		return fmt.Errorf("%s: %w", t.path, err)
	}
	return nil
}
