package formats

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/exports"
	"stance.example/stance/corpus/table"
)

// The marks that files of binary tables begin with.
const (
	parquetMark = "PAR1"
	zipMark     = "PK\x03\x04"
)

// parquetFormat is the one form that isn't text. Its files are read where they lie.
func parquetFormat() Format {
	return Format{
		Name:    "parquet",
		Title:   "a table in a Parquet file",
		Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
		Mapped:  true,
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

// xlsxFormat is the other form that isn't text.
func xlsxFormat() Format {
	return Format{
		Name:    "xlsx",
		Title:   "a table in a workbook of Excel",
		Carries: Article | Authors | Times | Replies | Votes | Removals | Annotations | ManyThreads,
		Mapped:  true,
		Detect:  func([]byte, Options) bool { return false }, // as Parquet
		Read: func(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
			file, ok := r.(*io.SectionReader)
			if !ok {
				return func(yield func(*corpus.Thread, error) bool) {
					yield(nil, &corpus.Problem{File: name, Level: corpus.Failure, Message: "not a workbook of Excel"})
				}
			}
			return table.ReadXLSX(name, file, file.Size(), table.Options{Columns: o.Columns, Max: o.MaxDocument, Articles: o.Articles})
		},
	}
}

// binaryTable returns the format and the file of a table that isn't text, if r is one, and
// otherwise a reader of what r holds. One that isn't a file on disk is held in memory.
func binaryTable(name string, r io.Reader, o Options) (Format, *io.SectionReader, io.Reader, error) {
	file, r, err := markedFile(name, r, o)
	if err != nil || file == nil {
		return Format{}, nil, r, err
	}
	mark := make([]byte, len(parquetMark))
	file.ReadAt(mark, 0) // it was read before
	switch {
	case string(mark) == parquetMark:
		return parquetFormat(), file, nil, nil
	case table.IsXLSX(file, file.Size()):
		return xlsxFormat(), file, nil, nil
	}
	return Format{}, nil, io.NewSectionReader(file, 0, file.Size()), nil
}

// markedFile returns the file that r is, nil if it has no mark of a binary table, and
// otherwise a reader of what r holds.
func markedFile(name string, r io.Reader, o Options) (*io.SectionReader, io.Reader, error) {
	isMark := func(mark []byte) bool { return string(mark) == parquetMark || string(mark) == zipMark }
	if file, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		mark := make([]byte, len(parquetMark))
		if n, _ := file.ReadAt(mark, 0); !isMark(mark[:n]) { // an error comes again on reading
			return nil, r, nil
		}
		size, err := file.Seek(0, io.SeekEnd)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", name, err)
		}
		return io.NewSectionReader(file, 0, size), nil, nil
	}
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(len(parquetMark)); !isMark(mark) {
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
			File: name, Level: corpus.Failure, Oversize: true,
			Message: fmt.Sprintf("is a binary table of more than %d MB that isn't on disk: save it to a file", most>>20),
		}
	}
	return io.NewSectionReader(bytes.NewReader(held), 0, int64(len(held))), nil, nil
}
