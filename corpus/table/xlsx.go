package table

import (
	"archive/zip"
	"cmp"
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
			rows, err := f.Rows(sheet)
			if err == nil {
				err = readSheet(&tabled{name: name, o: o, limit: o.maxHeld(), yield: yield}, unfolded{rows})
				rows.Close()
			}
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

// sheet is the rows of a table that is no text.
type sheet interface {
	Next() bool
	Columns() ([]string, error) // the cells of the row
	Error() error
}

// unfolded is a sheet of a workbook.
type unfolded struct{ *excelize.Rows }

// Columns implements sheet.
func (u unfolded) Columns() ([]string, error) { return u.Rows.Columns() }

// readSheet gathers the rows of a sheet. It returns a headerError if it is no table of
// comments.
func readSheet(t *tabled, in sheet) error {
	rows := &sheetRows{sheet: in}
	if err := rows.header(t); err != nil {
		return err
	}
	err := t.gather(func(yield func(*row) bool) {
		for rows.next() {
			if rows.cells = padded(rows.cells, len(t.names)); !yield(&rows.row) {
				return
			}
		}
	})
	switch {
	case err != nil || t.stopped:
		return err
	case rows.err != nil:
		return rows.err
	case t.g.Items() == 0:
		return &headerError{message: "a header, but no row"}
	}
	t.g.Flush()
	return nil
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
	sheet
	row
	number int
	ahead  []row // those read to find the header
	err    error
}

// header finds the header among the first rows, and the addresses before it.
func (r *sheetRows) header(t *tabled) error {
	var head []*row
	for len(head) < enoughRows && r.next() {
		next := r.row
		head = append(head, &next)
	}
	if len(head) == 0 {
		return cmp.Or(r.err, error(&headerError{message: "no header"}))
	}
	at := 0
	if grouped(head[0].cells) || !guess(head[0].cells, t.o.Columns).has(Text) {
		at = preamble(head, t.o, 1)
	}
	for _, before := range head[:at] {
		t.about = append(t.about, addresses(before.cells)...)
	}
	t.line, t.names = head[at].line, head[at].cells
	for _, next := range head[at+1:] {
		r.ahead = append(r.ahead, *next)
	}
	return nil
}

func (r *sheetRows) next() bool {
	if len(r.ahead) > 0 {
		r.row, r.ahead = r.ahead[0], r.ahead[1:]
		return true
	}
	for r.err == nil && r.sheet.Next() {
		r.number++
		cells, err := r.Columns()
		if r.err = err; err != nil {
			return false
		}
		for i := range cells {
			cells[i] = strings.ToValidUTF8(strings.TrimSpace(cells[i]), "\uFFFD")
		}
		if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			r.row = row{line: r.number, cells: cells}
			return true
		}
	}
	if r.err == nil {
		r.err = r.sheet.Error()
	}
	return false
}
