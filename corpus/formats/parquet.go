package formats

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"

	"stance/corpus"
	"stance/corpus/exports"
	"stance/corpus/table"
)

// parquetMark is what a Parquet file begins with.
const parquetMark = "PAR1"

// parquetFormat is the one form that isn't text. Its files are read where they lie.
func parquetFormat() Format {
	return Format{
		Name:    "parquet",
		Title:   "a table in a Parquet file",
		Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
		Detect:  func([]byte, Options) bool { return false }, // it is told before text is looked for
		Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
			file, ok := r.(*io.SectionReader)
			if !ok {
				return func(yield func(*corpus.Thread, error) bool) {
					yield(nil, &corpus.Problem{File: name, Level: corpus.Failure, Message: "not a valid Parquet file"})
				}
			}
			return table.ReadParquet(name, file, file.Size(), table.Options{Columns: o.Columns, Max: o.MaxDocument})
		},
	}
}

// parquetFile returns the Parquet file that r is, nil if it is none, and otherwise a
// reader of what r holds. One that isn't a file on disk is held in memory.
func parquetFile(name string, r io.Reader, o Options) (*io.SectionReader, io.Reader, error) {
	if file, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		mark := make([]byte, len(parquetMark))
		if n, _ := file.ReadAt(mark, 0); string(mark[:n]) != parquetMark { // an error comes again on reading
			return nil, r, nil
		}
		size, err := file.Seek(0, io.SeekEnd)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", name, err)
		}
		return io.NewSectionReader(file, 0, size), nil, nil
	}
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(len(parquetMark)); string(mark) != parquetMark {
		return nil, in, nil
	}
	most := o.MaxDocument
	if most == 0 {
		most = exports.DefaultMaxDocument
	}
	held, err := io.ReadAll(io.LimitReader(in, int64(most)+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("reading %s: %w", name, err)
	case len(held) > most:
		return nil, nil, &corpus.Problem{
			File: name, Level: corpus.Failure, Oversize: true, Message: fmt.Sprintf("is a Parquet file of more than %d MB that isn't on disk: save it to a file", most>>20),
		}
	}
	return io.NewSectionReader(bytes.NewReader(held), 0, int64(len(held))), nil, nil
}
