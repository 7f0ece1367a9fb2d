package source

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/internal/archive"
	"stance.example/stance/corpus/internal/cancel"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/table"
)

// contents reads the threads of a file, or of the files of an archive one after the
// other, by the contract of package formats.
func contents(ctx context.Context, path string, r io.ReaderAt, size int64, o formats.Options) iter.Seq2[*corpus.Thread, error] {
	r = cancel.ReaderAt(ctx, r)
	return cancel.Seq(ctx, func(yield func(*corpus.Thread, error) bool) { members(path, r, size, o)(yield) })
}

// members does so without an end before the last.
func members(path string, r io.ReaderAt, size int64, o formats.Options) iter.Seq2[*corpus.Thread, error] {
	files, ok := archive.Read(path, r, size, archive.DefaultLimits())
	if !ok || table.IsXLSX(r, size) {
		return formats.Read(context.Background(), path, io.NewSectionReader(r, 0, size), o)
	}
	return func(yield func(*corpus.Thread, error) bool) {
		empty := true
		for f, err := range files {
			if err != nil {
				empty = false
				if !yield(nil, err) {
					return
				}
				continue
			}
			if passedOver(f.Name) {
				continue
			}
			empty = false
			for t, err := range formats.Read(context.Background(), path+"/"+harmless(f.Name), f.Reader, o) {
				if !yield(t, err) {
					return
				}
			}
		}
		if empty {
			yield(nil, &corpus.Problem{File: path, Level: corpus.Failure, Message: "an archive in which " + nothing})
		}
	}
}

// Stream returns the threads of what can only be read from its start to its end, by the
// contract of package formats. An archive in it is held in memory, up to the limit of the
// options.
func Stream(ctx context.Context, name string, r io.Reader, o formats.Options) iter.Seq2[*corpus.Thread, error] {
	if file, ok := r.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			if at, err := file.Seek(0, io.SeekCurrent); err == nil && at == 0 {
				return contents(ctx, name, file, info.Size(), o)
			}
		}
	}
	r = cancel.Reader(ctx, r)
	return cancel.Seq(ctx, func(yield func(*corpus.Thread, error) bool) { stream(name, r, o)(yield) })
}

func stream(name string, r io.Reader, o formats.Options) iter.Seq2[*corpus.Thread, error] {
	const enough = 512 // the length of a header of tar
	in := bufio.NewReader(r)
	head, _ := in.Peek(enough) // an error comes again on reading
	if _, ok := archive.Read(name, bytes.NewReader(head), int64(len(head)), archive.DefaultLimits()); !ok {
		return formats.Read(context.Background(), name, in, o)
	}
	most := int64(max(o.MaxDocument, exports.DefaultMaxDocument))
	held, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil:
		return failure(fmt.Errorf("reading %s: %w", name, err))
	case int64(len(held)) > most:
		return failure(&corpus.Problem{
			File: name, Level: corpus.Failure, Oversize: true,
			Message: fmt.Sprintf("is an archive of more than %d MB that isn't on disk: save it to a file", most>>20),
		})
	}
	return members(name, bytes.NewReader(held), int64(len(held)), o)
}

// failure yields an error alone.
func failure(err error) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) { yield(nil, err) }
}

// nothing is what is wrong with a directory or an archive that holds no thread.
const nothing = "no file could hold a thread"

// harmless returns the name of a file in an archive, which a stranger gave, without
// what would act on a terminal.
func harmless(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, string(utf8.RuneError)))
}
