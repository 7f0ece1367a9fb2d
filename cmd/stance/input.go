package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/corpus/table"
	"stance.example/stance/corpus/webpage"
)

// input reads the threads of the files that a command was given.
type input struct {
	app     *app
	format  string
	columns []string
	largest size // of a page or a piece of an export, 0 for the usual
	thread  string
	workers int // threads judged at the same time, 0 for one on each core

	found  bool // a thread was used
	failed bool // something couldn't be read and was reported
}

// addFlags registers the flags of reading.
func (in *input) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Reading")()
	in.addFormFlags(cmd)
	cmd.Flags().StringVar(&in.thread, "thread", "", "only the thread of this ID or title, or with this number in its file (#1, #2…), where a file holds several")
}

// addFormFlags registers those that say how a file is read.
func (in *input) addFormFlags(cmd *cobra.Command) {
	defer heading(cmd, "Reading")()
	flags := cmd.Flags()
	flags.StringVarP(&in.format, "format", "f", "", "the saved form of the files, by name; by default it is recognised by content (see stance formats)")
	flags.Var(&in.largest, maxSize, "the largest page, and the largest piece of any other form held as a whole, that is read: by default a page of 50MB, a line or value of 64MB, a row of 4MB, a thread gathered from rows of 24MB in memory, a Zstandard window of 128MB")
	flags.StringArrayVar(&in.columns, "map", nil, "FIELD=COLUMN: the column of a table that has a field, such as text=Remark (repeatable)")
}

// each calls use for every thread of the files, in order: of a directory those in it,
// of an archive those in its files. What can't be read is
// reported and left out; each then returns errReported at the end. An error of use
// ends it.
func (in *input) each(ctx context.Context, files []string, use func(*corpus.Thread) error) error {
	if n := len(files) - len(slices.DeleteFunc(slices.Clone(files), func(f string) bool { return f == source.StandardInput })); n > 1 {
		return usageError{errors.New("standard input (-) can be read only once")}
	}
	options, err := in.options()
	if err != nil {
		return err
	}
	set := source.Open(ctx, files, in.app.in, options)
	for f := range set.Files() {
		if err := in.file(ctx, set.Threads(ctx, f), use); err != nil {
			return err
		}
	}
	if in.thread != "" && !in.found && !in.failed {
		in.fail("%s: no thread %q", strings.Join(files, ", "), in.thread)
	}
	if in.failed {
		return errReported
	}
	return nil
}

// options turns the flags into those of the readers.
func (in *input) options() (formats.Options, error) {
	o := formats.Options{
		Format: in.format, Columns: map[table.Field]string{},
		MaxDocument: int(in.largest), Page: webpage.Options{MaxPage: int64(in.largest)},
	}
	if in.format != "" {
		var unknown *formats.UnknownFormatError
		if _, err := formats.ByName(in.format); errors.As(err, &unknown) {
			return o, usageError{fmt.Errorf("unknown format %q%s; stance formats lists them", in.format, didYouMean(in.format, "", unknown.Known))}
		}
	}
	for _, c := range in.columns {
		name, column, ok := strings.Cut(c, "=")
		if !ok {
			return o, usageError{fmt.Errorf("--map wants FIELD=COLUMN, not %q", c)}
		}
		field, err := table.ParseField(name)
		if err != nil {
			return o, usageError{fmt.Errorf("--map: %w%s", err, didYouMean(name, "", table.FieldNames()))}
		}
		o.Columns[field] = column
	}
	if in.app != nil && in.app.project != nil {
		o.State = in.app.project.state
	}
	return o, nil
}

// file reads one file, or one archive of files. Only an error of use, or the end of
// the context, is returned.
func (in *input) file(ctx context.Context, all iter.Seq2[*corpus.Thread, error], use func(*corpus.Thread) error) error {
	number := 0
	for t, err := range all {
		if ctx.Err() != nil {
			return errors.New("interrupted")
		}
		if err != nil {
			in.reportError(err)
			continue
		}
		if number++; !in.wants(t, number) {
			continue
		}
		in.found = true
		in.report(t)
		if err := use(t); err != nil {
			return err
		}
	}
	return nil
}

// wants reports whether a thread, with its number in its file, is to be used.
func (in *input) wants(t *corpus.Thread, number int) bool {
	return in.thread == "" || t.ID == in.thread || t.Article.Title == in.thread || "#"+strconv.Itoa(number) == in.thread
}

// open opens a file for reading.
func (in *input) open(name string) (io.ReadCloser, error) {
	if name == source.StandardInput {
		return io.NopCloser(in.app.in), nil
	}
	return os.Open(name)
}

// fail reports a failure and remembers it.
func (in *input) fail(format string, args ...any) {
	in.failed = true
	in.app.say(format, args...)
}

// report says on standard error what the reader has to say of a thread.
func (in *input) report(t *corpus.Thread) {
	for i := range t.Problems {
		in.reportProblem(&t.Problems[i])
	}
}

// reportError does so for what belongs to no thread.
func (in *input) reportError(err error) {
	var p *corpus.Problem
	if errors.As(err, &p) {
		in.reportProblem(p)
		return
	}
	in.fail("%v", err)
}

// told is what a problem says, and the flag that does away with it.
func told(p *corpus.Problem) string {
	if p.Oversize {
		return p.Message + " (--" + maxSize + " raises the limit)"
	}
	return p.Message
}

// reportProblem prints failures and, unless quiet, warnings. Assumptions stand in
// the output and are only logged.
func (in *input) reportProblem(p *corpus.Problem) {
	switch p.Level {
	case corpus.Failure:
		in.fail("%s: %s", p.Where(), told(p))
	case corpus.Warning:
		if !in.app.quiet {
			in.app.say("%s: warning: %s", p.Where(), told(p))
		}
	case corpus.Assumption:
		in.app.log.Info(p.Message, "where", p.Where())
	}
}
