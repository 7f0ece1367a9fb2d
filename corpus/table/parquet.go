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
	"stance.example/stance/corpus/internal/gather"
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
		p := &parquetReader{name: name, in: r, size: size, o: o, yield: yield, text: slackParquetText + maxParquetRatio*size}
		err := p.read()
		var header *headerError
		switch {
		case p.stopped:
		case errors.As(err, &header):
			yield(nil, failure(name, 0, "%v", err))
		case err != nil && p.row > 0:
			if p.g.Give(nil, failure(name, p.row, "damaged behind this row, the rest is not read: %v", err)) {
				p.g.Flush()
			}
		case err != nil:
			yield(nil, failure(name, 0, "a Parquet file that can't be read: %v", err))
		case p.g.Items() == 0:
			yield(nil, failure(name, 0, "columns, but no row"))
		default:
			p.g.Flush()
		}
	}
}

// parquetReader gathers the rows of a file.
type parquetReader struct {
	name    string
	in      io.ReaderAt
	size    int64
	o       Options
	yield   func(*corpus.Thread, error) bool
	meta    *format.FileMetaData
	leaves  []leaf
	width   int // of a row
	cols    *columns
	g       *gather.Gatherer // nil until the sample has told the columns
	sample  [][]string
	row     int
	text    int64 // bytes of cells that may still come
	stopped bool
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

// read gathers all rows.
func (p *parquetReader) read() error {
	var file *parquet.File
	err := guarded(func() (err error) {
		file, err = p.open()
		return err
	})
	if err != nil {
		return err
	}
	if err := p.header(file.Schema()); err != nil {
		return err
	}
	for i, group := range file.RowGroups() {
		if err := p.rows(i, group); err != nil || p.stopped {
			if p.g == nil && !p.stopped && p.sample != nil {
				return cmp.Or(p.begin(), err)
			}
			return err
		}
	}
	if p.g == nil {
		return p.begin()
	}
	return nil
}

func (p *parquetReader) open() (file *parquet.File, err error) {
	if p.meta, err = parquetFooter(p.in, p.size); err != nil {
		return nil, err
	}
	return parquet.OpenFile(p.in, p.size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
}

// header finds the columns of the fields.
func (p *parquetReader) header(schema *parquet.Schema) error {
	var names []string
	var flat []leaf
	for _, path := range schema.Columns() {
		column, ok := schema.Lookup(path...)
		if ok && len(path) == 1 && !column.Node.Repeated() {
			flat = append(flat, leaf{column, len(names)})
			names = append(names, path[0])
		}
	}
	p.width = len(names)
	p.cols = guess(names, p.o.Columns)
	if !p.cols.has(Text) {
		_, err := match(names, p.o.Columns, nil)
		return err
	}
	for _, l := range flat {
		if slices.Contains(p.cols.at[:], l.cell) {
			p.leaves = append(p.leaves, l)
		}
	}
	return nil
}

// begin tells the columns by the rows of the sample, and gathers those.
func (p *parquetReader) begin() error {
	cols, err := match(p.cols.names, p.o.Columns, p.sample)
	if err != nil {
		return err
	}
	p.cols = cols
	p.g = newGatherer(p.name, 0, cols, p.o, p.o.maxHeld(), p.yield)
	for i, row := range p.sample {
		if p.row = i + 1; !p.g.Add(cols.item(p.row, row, p.o)) {
			p.stopped = true
			break
		}
	}
	p.sample = nil
	return nil
}

// rows gathers the rows of a group.
func (p *parquetReader) rows(number int, group parquet.RowGroup) error {
	if err := p.check(&p.meta.RowGroups[number]); err != nil {
		return err
	}
	cursors := make([]*cursor, len(p.leaves))
	for i, l := range p.leaves {
		cursors[i] = newCursor(group.ColumnChunks()[l.ColumnIndex], l.Node)
		defer cursors[i].close()
	}
	row := make([]string, p.width)
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
			return err
		case p.text < 0:
			return fmt.Errorf("its cells come to more than %d times its size", maxParquetRatio)
		}
		left -= n
		for at := range n {
			for i, l := range p.leaves {
				row[l.cell] = cursors[i].cells[at]
			}
			if err := p.add(row); err != nil || p.stopped {
				return err
			}
		}
	}
	return nil
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

// add gathers a row, the first ones when they are enough for a sample.
func (p *parquetReader) add(row []string) error {
	if p.g == nil {
		if p.sample = append(p.sample, slices.Clone(row)); len(p.sample) == sampled {
			return p.begin()
		}
		return nil
	}
	p.row++
	p.stopped = !p.g.Add(p.cols.item(p.row, row, p.o))
	return nil
}
