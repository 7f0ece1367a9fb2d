// Package source is the way from paths to threads: of files, directories, patterns,
// archives and the standard input, whatever their form. Every command, and every program
// that uses this library, reads through it, so that the same paths give the same threads.
//
// [Open] finds the files of some paths. A file that holds articles whose comments are in
// another of them, such as the posts beside the comments of a forum's archive, or a table
// of articles, is no file of its own: the threads of the others get their articles from it.
// That is why the files that belong together must be opened together, in any order.
//
// [Set.Threads] gives the threads of a file by the contract of package formats: a thread,
// or a *corpus.Problem for what couldn't be read.
package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"slices"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// StandardInput is the path that stands for the standard input.
const StandardInput = "-"

// File is a file that was found by a path.
type File struct {
	Path string // or StandardInput
	Size int64  // in bytes, 0 if it isn't known
	Err  error  // why it can't be read, without the path

	regular bool // not a pipe or a device
}

// Set is the files that are read together.
type Set struct {
	paths   []string
	options formats.Options
	stdin   io.Reader
	// companions are the files that hold the articles of others, with their hashes.
	companions map[string]string
}

// Open finds the files of the paths and reads the articles among them. The standard input
// is read from stdin where a path names it. With a format in the options every file is
// read by itself. The articles end with ctx.
func Open(ctx context.Context, paths []string, stdin io.Reader, o formats.Options) *Set {
	s := &Set{paths: slices.Clone(paths), options: o, stdin: stdin, companions: map[string]string{}}
	if o.Format == "" {
		s.readArticles(ctx)
	}
	return s
}

// readArticles reads the files that hold the articles of threads whose comments are in
// other files. If there is no other file, they are read like any.
func (s *Set) readArticles(ctx context.Context) {
	all := map[string]*corpus.Thread{}
	companions := map[string]string{}
	files := 0
	for file := range walk(s.paths) {
		files++
		if !file.regular {
			continue
		}
		f, err := os.Open(file.Path)
		if err != nil { // it comes again on reading
			continue
		}
		some := formats.Articles(ctx, file.Path, f, s.options)
		f.Close()
		if some == nil {
			continue
		}
		maps.Copy(all, some)
		companions[file.Path] = ""
	}
	if len(companions) == files {
		return
	}
	for path := range companions {
		if in, err := open(ctx, File{Path: path, regular: true}); err == nil {
			companions[path] = in.SHA256
			in.Close()
		}
	}
	s.companions, s.options.Articles = companions, all
}

// Files yields the files in the order of the paths, of a directory by name. No file comes
// twice. It can be ranged over again.
func (s *Set) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		for f := range walk(s.paths) {
			if _, companion := s.companions[f.Path]; !companion && !yield(f) {
				return
			}
		}
	}
}

// Threads yields the threads of a file, by the contract of package formats. The end of ctx
// ends it with its error; a read that is under way then isn't waited for.
func (s *Set) Threads(ctx context.Context, f File) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		if f.Err != nil {
			yield(nil, &corpus.Problem{File: f.Path, Level: corpus.Failure, Message: f.Err.Error()})
			return
		}
		in := s.stdin
		if f.Path != StandardInput {
			file, err := os.Open(f.Path)
			if err != nil {
				yield(nil, &corpus.Problem{File: f.Path, Level: corpus.Failure, Message: Reason(err)})
				return
			}
			defer file.Close()
			if f.regular {
				contents(ctx, f.Path, file, f.Size, s.options)(yield)
				return
			}
			in = file // a pipe is read once, from its start to its end
		}
		Stream(ctx, f.Path, in, s.options)(yield)
	}
}

// All yields the threads of all files one after the other, with the files they are from,
// as Threads does.
func (s *Set) All(ctx context.Context) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		for f := range s.Files() {
			for t, err := range s.Threads(ctx, f) {
				if !yield(t, err) || err != nil && errors.Is(err, ctx.Err()) {
					return
				}
			}
		}
	}
}

// Reason is the error without the operation and the path that package os puts before it.
func Reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
