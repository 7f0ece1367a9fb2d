package table

import (
	"bytes"
	"errors"
	"strings"
)

// form is how the characters of a table separate its cells.
type form struct {
	delimiter byte
	eol       byte // '\n', or '\r' in files of old Macs
	// allQuoted is set if the header's names are quoted, so that quotation marks
	// around a cell are never part of its text.
	allQuoted bool
	// declared is set if a line "sep=;" before the header names the delimiter, as
	// spreadsheets write it.
	declared bool
	// skipped is the number of rows before the header, as monitoring services write them.
	skipped int
	// rowNames is set if the rows begin with a cell of which the header has none, as R writes their names.
	rowNames bool
	// headless is set if the table has no header.
	headless *headless
}

// oneColumn is the delimiter of a table of one column, which no text holds.
const oneColumn = 0

// line returns the length of the first line of data, its end included, and
// whether there is an end.
func (f form) line(data []byte) (n int, ended bool) {
	if i := bytes.IndexByte(data, f.eol); i >= 0 {
		return i + 1, true
	}
	return len(data), false
}

// bare returns a line without its end.
func bare(line []byte) []byte { return bytes.TrimRight(line, "\r\n") }

// literalRow reads a line as cells between tabs.
//
// Most tables with tabs know no quoting: a comment that begins with a quotation
// mark is no quoted cell, and must not take in the lines up to the next mark. A
// cell of a spreadsheet's kind of quoting is told by its doubled inner marks.
func (rs *rows) literalRow(line []byte) {
	rs.cells = append(rs.cells[:0], strings.Split(string(bare(line)), "\t")...)
	for i, c := range rs.cells {
		inner, ok := unquote(c)
		if ok && (inner != c[1:len(c)-1] || strings.Contains(inner, "\r")) {
			rs.cells[i] = inner
		}
	}
}

// wide reports whether a line between tabs has as many cells as the header.
func (rs *rows) wide(line []byte) bool {
	return rs.width > 0 && bytes.Count(line, []byte{'\t'}) == rs.width-1
}

// opens reports whether a line between tabs has a cell that begins with a
// quotation mark but doesn't end with one.
func opens(line []byte) bool {
	for cell := range bytes.SplitSeq(bare(line), []byte{'\t'}) {
		if len(cell) > 0 && cell[0] == '"' {
			if _, closed := unquote(string(cell)); !closed {
				return true
			}
		}
	}
	return false
}

// spans reports whether the first row of a table between tabs, n bytes long by the
// rules of quoting, really has cells of several lines. If one of the lines behind
// the first is a whole row itself, the quotation marks are only text.
func (rs *rows) spans(data []byte, first, n int) bool {
	for at := first; at < n; {
		length, _ := rs.form.line(data[at:n])
		if rs.wide(data[at : at+length]) {
			return false
		}
		at += length
	}
	return n > first
}

// unquote takes the quotation marks off a cell in which all inner ones are doubled.
func unquote(cell string) (string, bool) {
	if len(cell) < 2 || cell[0] != '"' || cell[len(cell)-1] != '"' {
		return "", false
	}
	inner := cell[1 : len(cell)-1]
	single := strings.ReplaceAll(inner, `""`, "")
	if strings.Contains(single, `"`) {
		return "", false
	}
	return strings.ReplaceAll(inner, `""`, `"`), true
}

var (
	errBareQuote = errors.New("a quotation mark within a cell that isn't quoted")
	errAfter     = errors.New("text after the quotation mark that closes a cell")
)

// quotedRow reads a row by the rules of RFC 4180 into rs.cells and returns its length.
func (rs *rows) quotedRow(data []byte, atEOF bool) (int, error) {
	if first, _ := rs.form.line(data); bytes.IndexByte(data[:first], '"') < 0 {
		rs.cells = append(rs.cells[:0], strings.Split(string(bare(data[:first])), string(rs.form.delimiter))...)
		return first, nil
	}
	rs.ends, rs.plain = rs.ends[:0], rs.plain[:0]
	for at := 0; ; {
		n, last, err := rs.cell(data[at:], atEOF)
		if err != nil {
			return 0, err
		}
		rs.ends = append(rs.ends, len(rs.plain))
		if at += n; last {
			rs.cut()
			return at, nil
		}
	}
}

// cut makes the cells from the bytes in rs.plain, in one allocation.
func (rs *rows) cut() {
	all := string(rs.plain)
	rs.cells = rs.cells[:0]
	start := 0
	for _, end := range rs.ends {
		rs.cells = append(rs.cells, all[start:end])
		start = end
	}
}

// cell appends the content of the first cell of data to rs.plain. It returns the
// length of the cell with what ends it, and whether it is the last of its row.
func (rs *rows) cell(data []byte, atEOF bool) (n int, last bool, err error) {
	if len(data) == 0 || data[0] != '"' {
		return rs.unquotedCell(data, atEOF)
	}
	for at := 1; ; {
		i := bytes.IndexByte(data[at:], '"')
		if i < 0 {
			return 0, false, rs.unfinished(atEOF)
		}
		rs.plain = append(rs.plain, data[at:at+i]...)
		at += i + 1
		if at < len(data) && data[at] == '"' {
			rs.plain = append(rs.plain, '"')
			at++
			continue
		}
		if at == len(data) && !atEOF {
			return 0, false, errMore
		}
		n, last, err := rs.closed(data[at:], atEOF)
		return at + n, last, err
	}
}

func (rs *rows) unfinished(atEOF bool) error {
	if atEOF {
		return errUnclosed
	}
	return errMore
}

// closed returns the length of what stands after a closing quotation mark: the
// delimiter or the line's end, with spaces before it forgiven.
func (rs *rows) closed(data []byte, atEOF bool) (n int, last bool, err error) {
	for i, b := range data {
		switch b {
		case rs.form.delimiter:
			return i + 1, false, nil
		case rs.form.eol:
			return i + 1, true, nil
		case ' ', '\r':
		default:
			return 0, false, errAfter
		}
	}
	if !atEOF {
		return 0, false, errMore
	}
	return len(data), true, nil
}

// unquotedCell is cell for one that no quotation mark opens.
func (rs *rows) unquotedCell(data []byte, atEOF bool) (n int, last bool, err error) {
	n, ended := rs.form.line(data)
	content, last := data[:n], true
	if i := bytes.IndexByte(content, rs.form.delimiter); i >= 0 {
		content, n, last = content[:i], i+1, false
	} else if !ended && !atEOF {
		return 0, false, errMore
	}
	if last {
		content = bare(content)
	}
	if bytes.IndexByte(content, '"') >= 0 && rs.form.delimiter != oneColumn {
		return 0, false, errBareQuote
	}
	rs.plain = append(rs.plain, content...)
	return n, last, nil
}
