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

// row is a row of a table.
type row struct {
	line  int      // at which it begins, from 1, or its number where the table has no lines
	cells []string // used again for the next row
	bad   string   // why it can't be read, "" if it can
	long  bool     // … because it's longer than the options allow
}

// rows reads a table row by row.
type rows struct {
	row
	in    *bufio.Reader
	form  form
	max   int // bytes of the longest row
	width int // cells in a row, 0 until the header is read
	err   error
	about []string // the addresses before the header
	// partial says that the input is the beginning of a longer one, so that a row that doesn't
	// end in it is none.
	partial bool

	taken   int    // lines so far
	ahead   []line // those that were taken for a row of several lines, which may be rows themselves
	at      int    // of the next line in ahead
	behind  int    // how many lines of the row stand behind its first
	buffer  []byte // of the last line
	inQuote bool   // the cell that is being read
	ends    []int  // of the row's cells in plain
	plain   []byte // their contents
}

// line is a line with its end. One that is longer than a row may be is left out.
type line struct {
	text []byte
	long bool
}

const headSize = 64 << 10

func newRows(r io.Reader, o Options) *rows {
	in := bufio.NewReaderSize(r, headSize)
	head, _ := in.Peek(headSize) // an error comes again on reading
	return &rows{in: in, form: formOf(head, o), max: o.maxRow()}
}

// headRows reads the rows of the beginning of a table.
func headRows(head []byte, f form) *rows {
	return &rows{in: bufio.NewReader(bytes.NewReader(head)), form: f, max: MaxRow, partial: len(head) >= headSize}
}

// address is one of a page.
var address = regexp.MustCompile(`https?://[^\s"<>]+`)

// addresses are those in cells before a header.
func addresses(cells []string) []string {
	var found []string
	for _, cell := range cells {
		if url := address.FindString(cell); url != "" {
			found = append(found, url)
		}
	}
	return found
}

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
		rs.about = append(rs.about, addresses(rs.cells)...)
	}
	if !rs.next() {
		if rs.err != nil {
			return nil, rs.err
		}
		return nil, &headerError{message: "no header"}
	}
	if rs.bad != "" {
		return nil, &headerError{message: "the header can't be read: " + rs.bad}
	}
	names := trimmed(rs.cells)
	if rs.form.rowNames {
		names = slices.Insert(names, 0, "")
	}
	rs.width = len(names)
	return names, nil
}

// trimmed are cells without the spaces around them.
func trimmed(cells []string) []string {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = strings.TrimSpace(c)
	}
	return names
}

// each gives all rows that follow.
func (rs *rows) each(yield func(*row) bool) {
	for rs.next() {
		if !yield(&rs.row) {
			return
		}
	}
}

// fetch reads a line, which stays until the next is read. It is false at the end or on an error
// of the input.
func (rs *rows) fetch() (l line, ok bool) {
	l.text = rs.buffer[:0]
	for {
		part, err := rs.in.ReadSlice(rs.form.eol)
		if l.long = l.long || len(l.text)+len(part) > rs.max; !l.long {
			l.text = append(l.text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			rs.err = err
		}
		rs.buffer = l.text
		return l, err == nil || (len(l.text) > 0 || l.long) && !rs.partial
	}
}

// take returns the next line, as fetch does. One that is kept can be given back.
func (rs *rows) take(keep bool) (l line, ok bool) {
	if rs.at < len(rs.ahead) {
		l, ok = rs.ahead[rs.at], true
		rs.at++
	} else if l, ok = rs.fetch(); ok && keep {
		l.text = bytes.Clone(l.text)
		rs.ahead = append(rs.ahead, l)
		rs.at = len(rs.ahead)
	}
	if ok {
		rs.taken++
	}
	return l, ok
}

// next reads a row. It returns false at the end or on an error of the input. Where the
// quoting of a row is at fault, the lines behind its first get their chance.
func (rs *rows) next() bool {
	if 2*rs.at >= len(rs.ahead) {
		rs.ahead, rs.at = slices.Delete(rs.ahead, 0, rs.at), 0
	}
	first, ok := rs.take(false)
	for ok && !first.long && (len(bare(first.text)) == 0 || rs.form.rule(first.text)) {
		first, ok = rs.take(false)
	}
	if !ok {
		return false
	}
	rs.row = row{line: rs.taken, cells: rs.cells[:0]}
	if first.long {
		rs.bad, rs.long = fmt.Sprintf("longer than %d MB", rs.max>>20), true
		return true
	}
	err := rs.rowFrom(first.text)
	if err == errCut {
		return false
	}
	if err != nil {
		rs.bad = err.Error()
	}
	if rs.form.delimiter == '|' {
		for i, cell := range rs.cells {
			rs.cells[i] = strings.TrimSpace(cell)
		}
	}
	return true
}

// rule reports whether a line is the one that Markdown and databases draw below a header.
func (f form) rule(line []byte) bool {
	return f.delimiter == '|' && bytes.Contains(line, []byte("---")) && len(bytes.Trim(line, "|+-: \r\n")) == 0
}

// rowFrom reads the row that begins with a line.
func (rs *rows) rowFrom(first []byte) error {
	literal := rs.form.delimiter == '\t' && !rs.form.allQuoted && rs.wide(first)
	if literal {
		if !rs.literalRow(first) {
			return nil
		}
		first = bytes.Clone(first)
	}
	err := rs.quotedRow(first)
	if err == errCut {
		return err
	}
	more := rs.ahead[rs.at-rs.behind : rs.at]
	faulty := err != nil
	if !faulty {
		err = rs.fit()
	}
	// If one of the lines behind the first is a whole row itself, the quotation marks are only text.
	if literal && (err != nil || len(more) == 0 || slices.ContainsFunc(more, func(l line) bool { return rs.wide(l.text) })) {
		rs.literalRow(first)
		faulty, err = true, nil
	}
	if faulty {
		rs.at -= len(more)
		rs.taken -= len(more)
	}
	return err
}

// bare returns a line without its end.
func bare(line []byte) []byte { return bytes.TrimRight(line, "\r\n") }

// wide reports whether a line between tabs has as many cells as the header.
func (rs *rows) wide(line []byte) bool {
	return rs.width > 0 && bytes.Count(line, []byte{'\t'}) == rs.width-1
}

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

// literalRow reads a line as cells between tabs.
//
// Most tables with tabs know no quoting: a comment that begins with a quotation
// mark is no quoted cell, and must not take in the lines up to the next mark. A
// cell of a spreadsheet's kind of quoting is told by its doubled inner marks.
//
// It reports whether a cell begins with a quotation mark but doesn't end with one.
func (rs *rows) literalRow(line []byte) (opens bool) {
	rs.cells = append(rs.cells[:0], strings.Split(string(bare(line)), "\t")...)
	for i, c := range rs.cells {
		inner, ok := unquote(c)
		if ok && (inner != c[1:len(c)-1] || strings.Contains(inner, "\r")) {
			rs.cells[i] = inner
		}
		opens = opens || !ok && strings.HasPrefix(c, `"`)
	}
	return opens
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
	errUnclosed  = errors.New("a quotation mark opens a cell and nothing closes it")
	errCut       = errors.New("the row may go on beyond the input")
)

// quotedRow reads the row that begins with a line by the rules of RFC 4180.
func (rs *rows) quotedRow(first []byte) error {
	rs.behind, rs.cells = 0, rs.cells[:0]
	if bytes.IndexByte(first, '"') < 0 {
		rs.cells = append(rs.cells, strings.Split(string(bare(first)), string(rs.form.delimiter))...)
		return nil
	}
	rs.inQuote, rs.ends, rs.plain = false, rs.ends[:0], rs.plain[:0]
	ended, err := rs.quotedLine(first)
	for size := len(first); err == nil && !ended; {
		next, ok := rs.take(true)
		if !ok && rs.partial {
			return errCut
		}
		if ok {
			rs.behind++
			size += len(next.text)
		}
		if !ok || next.long || size > rs.max {
			return errUnclosed
		}
		ended, err = rs.quotedLine(next.text)
	}
	if err != nil {
		return err
	}
	all, start := string(rs.plain), 0
	for _, end := range rs.ends {
		rs.cells = append(rs.cells, all[start:end])
		start = end
	}
	return nil
}

// quotedLine reads a line as the next part of a row. It reports whether the row ends with it.
func (rs *rows) quotedLine(line []byte) (ended bool, err error) {
	for !ended && err == nil {
		if !rs.inQuote && len(line) > 0 && line[0] == '"' {
			rs.inQuote, line = true, line[1:]
		}
		if !rs.inQuote {
			line, ended, err = rs.unquotedCell(line)
			continue
		}
		at := bytes.IndexByte(line, '"')
		if at < 0 {
			rs.plain = append(rs.plain, line...)
			return false, nil
		}
		rs.plain, line = append(rs.plain, line[:at]...), line[at+1:]
		if len(line) > 0 && line[0] == '"' {
			rs.plain, line = append(rs.plain, '"'), line[1:]
			continue
		}
		rs.inQuote = false
		line, ended, err = rs.closedCell(line)
	}
	return ended, err
}

// closedCell ends a cell behind its closing quotation mark, with spaces before the delimiter or the
// line's end forgiven. It returns what follows, and whether the row ends.
func (rs *rows) closedCell(line []byte) (rest []byte, ended bool, err error) {
	rs.ends = append(rs.ends, len(rs.plain))
	for i, b := range line {
		switch b {
		case rs.form.delimiter:
			return line[i+1:], false, nil
		case rs.form.eol:
			return nil, true, nil
		case ' ', '\r':
		default:
			return nil, false, errAfter
		}
	}
	return nil, true, nil
}

// unquotedCell is closedCell for one that no quotation mark opens, and that line begins with.
func (rs *rows) unquotedCell(line []byte) (rest []byte, ended bool, err error) {
	content, rest, more := bytes.Cut(line, []byte{rs.form.delimiter})
	if !more {
		content = bare(content)
	}
	if bytes.IndexByte(content, '"') >= 0 && rs.form.delimiter != oneColumn {
		return nil, false, errBareQuote
	}
	rs.plain = append(rs.plain, content...)
	rs.ends = append(rs.ends, len(rs.plain))
	return rest, !more, nil
}
