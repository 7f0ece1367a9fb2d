package table

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"stance.example/stance/corpus"
)

// ReadParquet returns the threads of a table in a Parquet file of that size. It keeps
// to the contract of Read, with rows for lines. Only the columns of fields are read;
// those that hold lists or groups are left out. A file that is damaged is read up to
// there.
//
// A file is refused if it claims more rows than it has bytes (and 100,000), if its
// footer is longer than 16 MB or describes more than 250,000 things, if a page
// unfolds to more than 64 MB or holds more than 8 million values, or if the pages open
// at once take more than 256 MB; and from where its cells come to 200 times its size
// (and 64 MB). Of the kinds of compression Snappy, gzip and Zstandard are read, of the
// encodings all but DELTA_BYTE_ARRAY.
func ReadParquet(name string, r io.ReaderAt, size int64, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		t := &tabled{name: name, o: o, limit: o.maxHeld(), yield: yield}
		p := &parquetReader{in: r, size: size, text: slackParquetText + maxParquetRatio*size}
		err := p.open(t)
		if err == nil {
			err = t.gather(p.each)
		}
		var header *headerError
		switch {
		case errors.As(err, &header):
			yield(nil, failure(name, 0, "%v", err))
		case t.stopped:
		case p.line > 0 && p.err != nil:
			if t.g.Give(nil, failure(name, p.line, "damaged behind this row, the rest is not read: %v", p.err)) {
				t.g.Flush()
			}
		case cmp.Or(err, p.err) != nil:
			yield(nil, failure(name, 0, "a Parquet file that can't be read: %v", cmp.Or(err, p.err)))
		case t.g.Items() == 0:
			yield(nil, failure(name, 0, "columns, but no row"))
		default:
			t.g.Flush()
		}
	}
}

// parquetReader reads the rows of a file.
type parquetReader struct {
	row    // the last
	in     io.ReaderAt
	size   int64
	file   *parquet.File
	meta   *format.FileMetaData
	leaves []leaf
	text   int64 // bytes of cells that may still come
	err    error
}

// leaf is a column that is read.
type leaf struct {
	parquet.LeafColumn
	cell int // its place in a row
}

// guarded calls the decoder, which panics on some damaged files. That mustn't end
// the program.
func guarded(decode func() error) (err error) {
	defer func() {
		if damage := recover(); damage != nil {
			err = fmt.Errorf("decoding: %v", damage)
		}
	}()
	return decode()
}

// open reads what the file says of itself, and finds the columns of the fields.
func (p *parquetReader) open(t *tabled) error {
	err := guarded(func() (err error) {
		if p.meta, err = parquetFooter(p.in, p.size); err == nil {
			p.file, err = parquet.OpenFile(p.in, p.size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
		}
		return err
	})
	if err != nil {
		return err
	}
	schema := p.file.Schema()
	for _, path := range schema.Columns() {
		column, ok := schema.Lookup(path...)
		if ok && len(path) == 1 && !column.Node.Repeated() {
			p.leaves = append(p.leaves, leaf{column, len(t.names)})
			t.names = append(t.names, path[0])
		}
	}
	p.cells = make([]string, len(t.names))
	c := guess(t.names, t.o.Columns)
	p.leaves = slices.DeleteFunc(p.leaves, func(l leaf) bool {
		return !slices.Contains(c.at[:], l.cell) && !slices.ContainsFunc(c.also[:], func(also []int) bool { return slices.Contains(also, l.cell) })
	})
	return nil
}

// each gives all rows.
func (p *parquetReader) each(yield func(*row) bool) {
	for i, group := range p.file.RowGroups() {
		if more, err := p.rows(i, group, yield); err != nil || !more {
			p.err = err
			return
		}
	}
}

// rows gives the rows of a group. It reports whether more are wanted.
func (p *parquetReader) rows(number int, group parquet.RowGroup, yield func(*row) bool) (more bool, err error) {
	if err := p.check(&p.meta.RowGroups[number]); err != nil {
		return false, err
	}
	cursors := make([]*cursor, len(p.leaves))
	for i, l := range p.leaves {
		cursors[i] = newCursor(group.ColumnChunks()[l.ColumnIndex], l.Node)
		defer cursors[i].close()
	}
	for left := group.NumRows(); left > 0; {
		n := min(left, batch)
		err := guarded(func() error {
			for _, c := range cursors {
				if err := c.read(int(n)); err != nil {
					return fmt.Errorf("decoding: %w", err)
				}
				p.text -= c.fresh
			}
			return nil
		})
		switch {
		case err != nil:
			return false, err
		case p.text < 0:
			return false, fmt.Errorf("its cells come to more than %d times its size", maxParquetRatio)
		}
		left -= n
		for at := range n {
			for i, l := range p.leaves {
				p.cells[l.cell] = cursors[i].cells[at]
			}
			p.line++
			if !yield(&p.row) {
				return false, nil
			}
		}
	}
	return true, nil
}

// check checks the pages of a group before the decoder sees them.
func (p *parquetReader) check(group *format.RowGroup) error {
	held := int64(0)
	for _, l := range p.leaves {
		column := &group.Columns[l.ColumnIndex]
		if column.FilePath != "" || column.MetaData.Codec != p.meta.RowGroups[0].Columns[l.ColumnIndex].MetaData.Codec {
			return errors.New("a column in another file or in several kinds of compression, which is not read")
		}
		n, err := checkPages(p.in, p.size, &column.MetaData, l.Node.Optional(), group.NumRows)
		if err != nil {
			return fmt.Errorf("column %q: %w", strings.Join(column.MetaData.PathInSchema, "."), err)
		}
		if held += n; held > maxParquetOpen {
			return fmt.Errorf("its pages take more than %d MB of memory at once", maxParquetOpen>>20)
		}
	}
	return nil
}
