package table

import (
	"bytes"
	"slices"
	"strings"
)

// delimiters are what may stand between the cells of a row, the usual first.
var delimiters = []byte{',', '\t', ';', '|', '^', '\x01'}

// formOf tells the form of the table that begins with head: the delimiter under
// which most names of the header are known and, among equals, which makes most
// columns.
func formOf(head []byte, o Options) form {
	best := form{delimiter: delimiters[0], eol: '\n'}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		best.eol = '\r'
	}
	if len(head) > 4 && strings.EqualFold(string(head[:4]), "sep=") {
		best.delimiter, best.declared = head[4], true
		return best
	}
	best.allQuoted = bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte{'"'})
	if best.lonely(head, o) {
		best.delimiter = oneColumn
		return best
	}
	best, most := best.likeliest(head, o)
	names := best.names(head)
	if grouped(names) {
		if best.skipped = best.preamble(head, o); best.skipped > 0 {
			return best
		}
	}
	if c := guess(names, o.Columns); c.has(Text) || len(o.Columns) > 0 && c.known() > 0 {
		best.rowNames = best.longer(head)
		return best
	}
	return best.later(head, o, most == 0)
}

// later is the form of a table whose first line is no header: that stands below, or, if no name in the line is
// known, there is none.
func (f form) later(head []byte, o Options, unknown bool) form {
	first := f
	for _, f.delimiter = range delimiters {
		if f.skipped = f.preamble(head, o); f.skipped > 0 {
			return f
		}
		if f.headless = f.withoutHeader(head, o.Columns); f.headless != nil && unknown {
			return f
		}
		f = first
	}
	return first
}

// longer reports whether all rows have one cell more than the header, and none fits it.
func (f form) longer(head []byte) bool {
	good, _ := f.quality(head)
	f.rowNames = true
	longer, bad := f.quality(head)
	return good == 0 && longer > 0 && bad == 0
}

// quality counts the good and the bad ones among the first rows behind the header.
func (f form) quality(head []byte) (good, bad int) {
	rs := headRows(head, f)
	if _, err := rs.header(); err != nil {
		return 0, 0
	}
	for _, r := range rs.some(someRows) {
		if r.bad == "" {
			good++
		} else {
			bad++
		}
	}
	return good, bad
}

// grouped reports whether the names of a header may be those of groups of columns, each over
// the first of its own, as spreadsheets write cells that were joined.
func grouped(names []string) bool {
	const few = 3
	empty := 0
	for _, name := range names {
		if name == "" {
			empty++
		}
	}
	return empty > 1 && few*empty >= len(names)
}

// likeliest is the form with the delimiter under which most names of the header are known, and how many.
func (f form) likeliest(head []byte, o Options) (best form, most int) {
	most, widest := -1, 0
	for _, f.delimiter = range append(delimiters[:len(delimiters):len(delimiters)], ' ') {
		if f.delimiter == ' ' && !f.allQuoted {
			break
		}
		names := f.names(head)
		known := guess(names, o.Columns).known()
		if known > most || known == most && len(names) > widest {
			best, most, widest = f, known, len(names)
		}
	}
	return best, most
}

// lonely reports whether the table has one column: the first line is the name of one of
// texts, or that named by the options, without any delimiter that makes more known.
func (f form) lonely(head []byte, o Options) bool {
	f.delimiter = oneColumn
	names := f.names(head)
	if len(names) != 1 || names[0] == "" || strings.ContainsAny(names[0], ",;\t|^\x01") || tooLong(names[0]) {
		return false
	}
	set, ok := o.Columns[Text]
	m, known := composed(names[0])
	return ok && set == names[0] || !ok && known && m.field == Text
}

// preamble returns the number of rows before the header: it has a column of texts and two
// others that are known.
func (f form) preamble(head []byte, o Options) int {
	const most, fewest = 40, 3
	return preamble(headRows(head, f).some(most), o, fewest)
}

// preamble returns how many of the first rows stand before the header: it has a column of texts, and
// so many columns that are known; 0 if none does.
func preamble(rows []*row, o Options, fewest int) int {
	for n, r := range rows {
		if n == 0 || r.bad != "" || len(r.cells) < fewest || slices.ContainsFunc(r.cells, tooLong) {
			continue
		}
		if c := guess(trimmed(r.cells), o.Columns); c.has(Text) && c.known() >= fewest {
			return n
		}
	}
	return 0
}

// names returns the header that head begins with, nil if it can't be read.
func (f form) names(head []byte) []string {
	names, err := headRows(head, f).header()
	if err != nil {
		return nil
	}
	return names
}

// Detect reports whether the input that begins with head is a table that Read can
// be given: the first line is a header with a known column of texts, or the one
// that o names, beside others, and at least half of the rows that follow have as
// many cells; or the table has no header and its rows look like comments. It is also true for a table with two other known columns and at
// least three good rows, all of them good, so that Read can say that the column
// of texts has to be named.
//
// A table of one column must say so: by the name of its file, as Options.Named tells, or
// by quotation marks around its rows.
func Detect(head []byte, o Options) bool {
	f := formOf(head, o)
	rs := headRows(head, f)
	names, err := rs.header()
	if err != nil || slices.ContainsFunc(names, tooLong) {
		return false
	}
	if f.delimiter == oneColumn {
		return o.Named || f.quotedRows(head)
	}
	if len(names) < 2 {
		return false
	}
	c := guess(names, f.headless.columns(o.Columns))
	good, bad := f.quality(head)
	switch {
	case c.has(Text) && good+bad == 0:
		return c.known() >= 2 || o.Named
	case c.has(Text):
		return good >= bad
	}
	return c.known() >= 2 && good >= 3 && bad == 0
}

// quotedRows reports whether half of the rows behind the header are in quotation marks.
func (f form) quotedRows(head []byte) bool {
	quoted, rows := 0, 0
	for line := range bytes.Lines(head) {
		if rows++; len(line) > 0 && line[0] == '"' {
			quoted++
		}
	}
	return rows > 1 && 2*quoted >= rows-1
}

// tooLong reports whether a cell is longer, in bytes, than the names of columns are.
func tooLong(name string) bool { return len(name) > 80 }

// someRows is the number of rows by which a table is told.
const someRows = 50

// some returns the next rows, so many at most.
func (rs *rows) some(most int) []*row {
	var some []*row
	for len(some) < most && rs.next() {
		r := rs.row
		r.cells = slices.Clone(rs.cells)
		some = append(some, &r)
	}
	return some
}
