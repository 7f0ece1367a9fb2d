// Package flags holds the groups of flags that several commands have, each with the check of
// what it was given and with what it asks for: [Reading] yields threads, [Judging] the pipeline
// that judges them and [LanguageModel] what that asks, [Filter] chooses threads of a database
// and [Printing] writes them.
package flags

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
	"stance.example/stance/corpus/table"
	"stance.example/stance/corpus/webpage"
	"stance.example/stance/internal/cli"
	"stance.example/stance/internal/files"
	"stance.example/stance/runs"
)

// Reading is how files are read and which of their threads are used.
type Reading struct {
	runs.Reading

	app    *cli.App
	thread string
}

// AddReading gives a command the flags of reading.
func AddReading(a *cli.App, cmd *cobra.Command) *Reading {
	r := AddForms(a, cmd)
	defer cli.Heading(cmd, "Reading")()
	cmd.Flags().StringVar(&r.thread, "thread", "", "only the thread of this ID or title, or with this number in its file (#1, #2…), where a file holds several")
	return r
}

// AddForms gives a command those that say how a file is read, which then reads all threads.
func AddForms(a *cli.App, cmd *cobra.Command) *Reading {
	defer cli.Heading(cmd, "Reading")()
	r := &Reading{app: a}
	flags := cmd.Flags()
	flags.StringVarP(&r.Format, "format", "f", "", "the saved form of the files, by name; by default it is recognised by content (see stance formats)")
	flags.StringVar(&r.Encoding, "encoding", "", "the encoding of the files' texts, such as windows-1251; by default it is told by the content")
	flags.Var((*size)(&r.Largest), cli.MaxSize, "the largest page, and the largest piece of any other form held as a whole, that is read: "+
		"by default a page of 50MB, a line or value of 64MB, a row of 4MB, a thread gathered from rows of 24MB in memory, a Zstandard window of 128MB")
	flags.StringArrayVar(&r.Columns, "map", nil, "FIELD=COLUMN: the column of a table that has a field, such as text=Remark (repeatable)")
	return r
}

// Options are those of the readers.
func (r *Reading) Options() (formats.Options, error) {
	o := formats.Options{
		Format: r.Format, Encoding: r.Encoding, Columns: map[table.Field]string{},
		MaxDocument: int(r.Largest), Page: webpage.Options{MaxPage: r.Largest},
	}
	if r.Format != "" {
		var unknown *formats.UnknownFormatError
		if _, err := formats.ByName(r.Format); errors.As(err, &unknown) {
			return o, cli.Usagef("unknown format %q%s; stance formats lists them", r.Format, cli.DidYouMean(r.Format, "", unknown.Known))
		}
	}
	if r.Encoding != "" && !formats.KnownEncoding(r.Encoding) {
		return o, cli.Usagef("unknown encoding %q: it wants a name as web pages state it, such as windows-1251, koi8-r or gbk", r.Encoding)
	}
	for _, c := range r.Columns {
		name, column, ok := strings.Cut(c, "=")
		if !ok {
			return o, cli.Usagef("--map wants FIELD=COLUMN, not %q", c)
		}
		field, err := table.ParseField(name)
		if err != nil {
			return o, cli.Usagef("--map: %w%s", err, cli.DidYouMean(name, "", table.FieldNames()))
		}
		o.Columns[field] = column
	}
	if r.app.Project != nil {
		o.State = r.app.Project.State
	}
	return o, nil
}

// AnyFile reports whether a file of the set may be read; if none may, it says why.
func (r *Reading) AnyFile(set *source.Set) bool {
	for f := range set.Files() {
		if f.Err == nil {
			return true
		}
	}
	for f := range set.Files() {
		r.app.Unread(f.Path, f.Err)
	}
	return false
}

// ErrInterrupted ends a command whose context has ended.
var ErrInterrupted = errors.New("interrupted")

// Threads yields the threads of the files that the flags ask for, in order: of a directory
// those in it, of an archive those in its files. What can't be read is said and left out. An
// error is one of use or that of an interrupted command, and the last value.
func (r *Reading) Threads(ctx context.Context, files []string) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		if first := slices.Index(files, source.StandardInput); first >= 0 && slices.Contains(files[first+1:], source.StandardInput) {
			yield(nil, cli.Usagef("standard input (-) can be read only once"))
			return
		}
		options, err := r.Options()
		if err != nil {
			yield(nil, err)
			return
		}
		found := false
		for t, err := range r.all(ctx, source.Open(ctx, files, r.app.In, options)) {
			switch {
			case ctx.Err() != nil:
				yield(nil, ErrInterrupted)
				return
			case err != nil:
				r.app.Problem(err)
				continue
			}
			found = true
			r.app.Problems(t.Problems)
			if !yield(t, nil) {
				return
			}
		}
		if r.thread != "" && !found && !r.app.Failed {
			r.app.Fail("%s: no thread %q", strings.Join(files, ", "), r.thread)
		}
	}
}

// all yields the threads of a set that the flags ask for, and as errors what can't be read.
func (r *Reading) all(ctx context.Context, set *source.Set) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for f := range set.Files() {
			number := 0
			for t, err := range set.Threads(ctx, f) {
				if err == nil {
					number++
				}
				if (err != nil || r.wants(t, number)) && !yield(t, err) {
					return
				}
			}
		}
	}
}

// wants reports whether a thread, with its number in its file, is to be used.
func (r *Reading) wants(t *corpus.Thread, number int) bool {
	return r.thread == "" || t.ID == r.thread || t.Article.Title == r.thread || "#"+strconv.Itoa(number) == r.thread
}

// TrainingFiles reads whole files, with what the passport of a model says of them.
func (r *Reading) TrainingFiles(ctx context.Context, names []string) (threads []*corpus.Thread, sources []encoder.Source, err error) {
	for _, name := range names {
		source := encoder.Source{Name: filepath.Base(name)}
		for t, err := range r.Threads(ctx, []string{name}) {
			if err != nil {
				return nil, nil, err
			}
			threads = append(threads, t)
			source.Threads++
			for i := range t.Comments {
				if t.Comments[i].Annotation != nil {
					source.Examples++
				}
			}
		}
		if source.SHA256, err = files.Digest(name); err != nil {
			return nil, nil, err
		}
		sources = append(sources, source)
	}
	return threads, sources, nil
}
