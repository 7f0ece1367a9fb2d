package table

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"stance.example/stance/corpus"
)

// IsXLSX reports whether a file of that size is a workbook of Excel.
func IsXLSX(r io.ReaderAt, size int64) bool {
	mark := make([]byte, 4)
	if n, _ := r.ReadAt(mark, 0); string(mark[:n]) != "PK\x03\x04" {
		return false
	}
	z, err := zip.NewReader(r, size)
	return err == nil && slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" })
}

// Bounds of a workbook: what its parts may unfold to, in bytes.
const (
	maxWorkbook = 512 << 20
	maxSheet    = 16 << 20 // held in memory; a longer one is unfolded to a temporary file
)

// ReadXLSX returns the threads of the first sheet of a workbook that has a column of
// comment texts. It keeps to the contract of Read, with rows for lines.
func ReadXLSX(name string, r io.ReaderAt, size int64, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxSheet})
		if err != nil {
			yield(nil, failure(name, 0, "a workbook that can't be read (%v): save the sheet as CSV", err))
			return
		}
		defer f.Close()
		first := error(nil)
		for _, sheet := range f.GetSheetList() {
			err := readSheet(name, f, sheet, o, yield)
			var header *headerError
			if !errors.As(err, &header) {
				if err != nil {
					yield(nil, failure(name, 0, "sheet %q can't be read to its end (%v): save it as CSV", sheet, err))
				}
				return
			}
			if first == nil {
				first = fmt.Errorf("sheet %q: %w", sheet, err)
			}
		}
		yield(nil, failure(name, 0, "%v", first))
	}
}

// readSheet gathers the rows of a sheet. It returns a headerError if it is no table of
// comments.
func readSheet(name string, f *excelize.File, sheet string, o Options, yield func(*corpus.Thread, error) bool) error {
	in, err := f.Rows(sheet)
	if err != nil {
		return err
	}
	defer in.Close()
	rows := &sheetRows{Rows: in, name: sheet}
	var head [][]string
	for len(head) < sampled && rows.next() {
		head = append(head, rows.cells)
	}
	at := headerAt(head, o)
	if at < 0 {
		return &headerError{message: "no header"}
	}
	header := head[at]
	cols, err := match(header, o.Columns, head[at+1:])
	if err != nil {
		return err
	}
	g := newGatherer(name, rows.numbers[at], cols, o, o.maxHeld(), yield)
	for i := at + 1; i < len(head); i++ {
		if !g.Add(cols.item(rows.numbers[i], padded(head[i], len(header)), o)) {
			return nil
		}
	}
	for rows.next() {
		if !g.Add(cols.item(rows.number, padded(rows.cells, len(header)), o)) {
			return nil
		}
	}
	if err := rows.err; err != nil {
		return err
	}
	if g.Items() == 0 {
		return &headerError{message: "a header, but no row"}
	}
	g.Flush()
	return nil
}

// headerAt is the place of the header among the first rows: the first that has a column of
// texts, or the first at all; -1 if there is none.
func headerAt(head [][]string, o Options) int {
	for i, row := range head {
		if guess(row, o.Columns).has(Text) {
			return i
		}
	}
	return min(len(head), 1) - 1
}

// padded returns a row with the width of the header.
func padded(row []string, width int) []string {
	for len(row) < width {
		row = append(row, "")
	}
	return row[:width]
}

// sheetRows are the rows of a sheet that aren't empty.
type sheetRows struct {
	*excelize.Rows
	name    string
	number  int // of the last row
	numbers []int
	cells   []string
	err     error
}

func (r *sheetRows) next() bool {
	for r.err == nil && r.Rows.Next() {
		r.number++
		cells, err := r.Columns()
		if r.err = err; err != nil {
			return false
		}
		for i := range cells {
			cells[i] = strings.ToValidUTF8(strings.TrimSpace(cells[i]), "\uFFFD")
		}
		if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			r.cells = cells
			if len(r.numbers) < sampled {
				r.numbers = append(r.numbers, r.number)
			}
			return true
		}
	}
	if r.err == nil {
		r.err = r.Rows.Error()
	}
	return false
}
