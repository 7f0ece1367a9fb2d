package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// rows reads a table row by row.
type rows struct {
	*bufio.Scanner
	form  form
	max   int // bytes of the longest row
	width int // cells in a row, 0 until the header is read

	line     int      // at which the last row begins, from 1
	nextLine int      // at which the next one begins
	cells    []string // of the last row; the slice is used again
	bad      string   // why the last row can't be read, "" if it can
	long     bool     // … because it's longer than max

	ends  []int  // of the cells in plain
	plain []byte // the contents of the row's cells

	about []string // the addresses before the header

	need     int  // bytes to wait for before a row is tried again
	skipping bool // within a line longer than max
	partial  bool // the data is the beginning of a longer input

	sample [][]string // the first rows, for telling the columns
}

const headSize = 64 << 10

func newRows(r io.Reader, o Options) *rows {
	in := bufio.NewReaderSize(r, headSize)
	head, _ := in.Peek(headSize) // an error comes again on reading
	f := formOf(head, o)
	rs := rowsOf(in, f, o.maxRow())
	rs.sample = f.sample(head)
	return rs
}

// sampled is the number of rows by which columns are told.
const sampled = 200

// sample returns the first rows of a table that begins with head.
func (f form) sample(head []byte) [][]string {
	rs := headRows(head, f)
	if _, err := rs.header(); err != nil {
		return nil
	}
	var rows [][]string
	for len(rows) < sampled && rs.next() {
		if rs.bad == "" {
			rows = append(rows, slices.Clone(rs.cells))
		}
	}
	return rows
}

// headRows reads the rows of the beginning of a table. Where that may be cut, the last row
// is read only if it ends in it.
func headRows(head []byte, f form) *rows {
	rs := rowsOf(bytes.NewReader(head), f, MaxRow)
	rs.partial = len(head) >= headSize
	return rs
}

// rowsOf reads rows of a known form, up to a length.
func rowsOf(r io.Reader, f form, max int) *rows {
	rs := &rows{Scanner: bufio.NewScanner(r), nextLine: 1, form: f, max: max}
	// The scanner gives up beyond its buffer; split must see a row of max before that.
	rs.Buffer(make([]byte, 4<<10), 2*max)
	rs.Split(rs.split)
	return rs
}

// address is one of a page.
var address = regexp.MustCompile(`https?://[^\s"<>]+`)

// header reads the names of the columns.
func (rs *rows) header() ([]string, error) {
	if h := rs.form.headless; h != nil {
		rs.line, rs.width = 1, h.width
		return h.names(), nil
	}
	if rs.form.declared {
		rs.next()
	}
	for range rs.form.skipped {
		rs.next()
		for _, cell := range rs.cells {
			if url := address.FindString(cell); url != "" {
				rs.about = append(rs.about, url)
			}
		}
	}
	if !rs.next() {
		if err := rs.Err(); err != nil {
			return nil, err
		}
		return nil, &headerError{message: "no header"}
	}
	if rs.bad != "" {
		return nil, &headerError{message: "the header can't be read: " + rs.bad}
	}
	var names []string
	if rs.form.rowNames {
		names = append(names, "")
	}
	for _, c := range rs.cells {
		names = append(names, strings.TrimSpace(c))
	}
	rs.width = len(names)
	return names, nil
}

// next reads a row. It returns false at the end or on an error of the input.
func (rs *rows) next() bool {
	return rs.Scan()
}

// split is a bufio.SplitFunc. Every token is a row, good or bad; its cells are
// left in rs.
func (rs *rows) split(data []byte, atEOF bool) (int, []byte, error) {
	atEOF = atEOF && !rs.partial
	skipped := 0
	if rs.skipping {
		n, ended := rs.form.line(data)
		if !ended {
			return len(data), nil, nil
		}
		rs.skipping = false
		rs.nextLine++
		skipped, data = n, data[n:]
	}
	n, blank := rs.blankLines(data)
	skipped, data = skipped+n, data[n:]
	rs.nextLine += blank
	if len(data) == 0 {
		return skipped, nil, nil
	}
	if len(data) < rs.need && !atEOF {
		return skipped, nil, nil
	}
	n, err := rs.row(data, atEOF)
	if errors.Is(err, errMore) {
		// Waiting for twice the data keeps the time for a long row linear.
		rs.need = min(2*len(data), rs.max+1)
		return skipped, nil, nil
	}
	rs.line, rs.need, rs.bad, rs.long = rs.nextLine, 0, "", false
	if err != nil {
		rs.bad = err.Error()
		_, rs.long = err.(errLong)
	}
	rs.nextLine += bytes.Count(data[:n], []byte{rs.form.eol})
	return skipped + n, data[:n], nil
}

// blankLines returns the length and the number of the empty lines at the start of data.
func (rs *rows) blankLines(data []byte) (length, lines int) {
	for i, b := range data {
		switch b {
		case rs.form.eol:
			length, lines = i+1, lines+1
		case '\r':
		default:
			return length, lines
		}
	}
	return length, lines
}

// errLong is a row longer than that number of bytes.
type errLong int

// Error returns a line that names the limit.
func (e errLong) Error() string { return fmt.Sprintf("longer than %d MB", int(e)>>20) }

// errMore means that the row may go on beyond the data.
var errMore = errors.New("more data needed")

// row reads one row into rs.cells and returns its length. If that fails, the
// length is that of its first line where the quoting is at fault, so that the
// lines behind it get their chance, and that of the row otherwise.
func (rs *rows) row(data []byte, atEOF bool) (int, error) {
	first, ended := rs.form.line(data)
	switch {
	case first > rs.max:
		rs.skipping = !ended
		return first, errLong(rs.max)
	case !ended && !atEOF:
		return 0, errMore
	}
	return rs.rowFrom(data[:min(len(data), rs.max+1)], first, atEOF && len(data) <= rs.max)
}

// rowFrom is row for data whose first line, of the given length, is complete.
func (rs *rows) rowFrom(data []byte, first int, atEOF bool) (int, error) {
	literal := rs.form.delimiter == '\t' && !rs.form.allQuoted && rs.wide(data[:first])
	if literal && !opens(data[:first]) {
		rs.literalRow(data[:first])
		return first, nil
	}
	n, err := rs.quotedRow(data, atEOF)
	switch {
	case err == nil:
		err = rs.fit()
	case !errors.Is(err, errMore):
		n = first
	case len(data) <= rs.max:
		return 0, errMore
	default:
		n, err = first, errUnclosed
	}
	if literal && (err != nil || !rs.spans(data, first, n)) {
		rs.literalRow(data[:first])
		return first, nil
	}
	return n, err
}

var errUnclosed = errors.New("a quotation mark opens a cell and nothing closes it")

// fit checks the number of cells. Empty ones beyond the header are left out, as
// spreadsheets add them.
func (rs *rows) fit() error {
	if rs.width == 0 {
		return nil
	}
	for len(rs.cells) > rs.width && rs.cells[len(rs.cells)-1] == "" {
		rs.cells = rs.cells[:len(rs.cells)-1]
	}
	if n := len(rs.cells); n != rs.width {
		return fmt.Errorf("the header has %d cells, this row has %d", rs.width, n)
	}
	return nil
}
