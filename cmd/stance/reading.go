package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
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

// reading is how files are read and which of their threads are used.
type reading struct {
	app     *app
	format  string
	columns []string
	largest size // of a page or a piece of an export, 0 for the usual
	thread  string
}

// addFlags registers the flags of reading.
func (in *reading) addFlags(cmd *cobra.Command) {
	defer heading(cmd, "Reading")()
	in.addFormFlags(cmd)
	cmd.Flags().StringVar(&in.thread, "thread", "", "only the thread of this ID or title, or with this number in its file (#1, #2…), where a file holds several")
}

// addFormFlags registers those that say how a file is read.
func (in *reading) addFormFlags(cmd *cobra.Command) {
	defer heading(cmd, "Reading")()
	flags := cmd.Flags()
	flags.StringVarP(&in.format, "format", "f", "", "the saved form of the files, by name; by default it is recognised by content (see stance formats)")
	flags.Var(&in.largest, maxSize, "the largest page, and the largest piece of any other form held as a whole, that is read: "+
		"by default a page of 50MB, a line or value of 64MB, a row of 4MB, a thread gathered from rows of 24MB in memory, a Zstandard window of 128MB")
	flags.StringArrayVar(&in.columns, "map", nil, "FIELD=COLUMN: the column of a table that has a field, such as text=Remark (repeatable)")
}

// errInterrupted ends a command whose context has ended.
var errInterrupted = errors.New("interrupted")

// threads yields the threads of the files that the flags ask for, in order: of a directory
// those in it, of an archive those in its files. What can't be read is said and left out. An
// error is one of use or that of an interrupted command, and the last value.
func (in *reading) threads(ctx context.Context, files []string) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		if first := slices.Index(files, source.StandardInput); first >= 0 && slices.Contains(files[first+1:], source.StandardInput) {
			yield(nil, usageError{errors.New("standard input (-) can be read only once")})
			return
		}
		options, err := in.options()
		if err != nil {
			yield(nil, err)
			return
		}
		found := false
		for t, err := range in.all(ctx, source.Open(ctx, files, in.app.in, options)) {
			switch {
			case ctx.Err() != nil:
				yield(nil, errInterrupted)
				return
			case err != nil:
				in.app.problem(err)
				continue
			}
			found = true
			in.app.problems(t.Problems)
			if !yield(t, nil) {
				return
			}
		}
		if in.thread != "" && !found && !in.app.failed {
			in.app.fail("%s: no thread %q", strings.Join(files, ", "), in.thread)
		}
	}
}

// all yields the threads of a set that the flags ask for, and as errors what can't be read.
func (in *reading) all(ctx context.Context, set *source.Set) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for f := range set.Files() {
			number := 0
			for t, err := range set.Threads(ctx, f) {
				if err == nil {
					number++
				}
				if (err != nil || in.wants(t, number)) && !yield(t, err) {
					return
				}
			}
		}
	}
}

// wants reports whether a thread, with its number in its file, is to be used.
func (in *reading) wants(t *corpus.Thread, number int) bool {
	return in.thread == "" || t.ID == in.thread || t.Article.Title == in.thread || "#"+strconv.Itoa(number) == in.thread
}

// options turns the flags into those of the readers.
func (in *reading) options() (formats.Options, error) {
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
	if in.app.project != nil {
		o.State = in.app.project.state
	}
	return o, nil
}
