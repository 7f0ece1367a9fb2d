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
	if best.skipped = best.below(names, head, o); best.skipped > 0 {
		return best
	}
	if c := guess(names, o.Columns); c.has(Text) || len(o.Columns) > 0 && c.known() > 0 {
		best.rowNames = best.longer(head)
		return best
	}
	for _, d := range delimiters {
		f := best
		f.delimiter = d
		if f.skipped = f.preamble(head, o); f.skipped > 0 {
			return f
		}
		f.skipped = 0
		if f.headless = f.withoutHeader(head, o.Columns); f.headless != nil && most == 0 {
			return f
		}
	}
	return best
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
	return rs.quality()
}

// below returns the number of rows before the header if the first has names of groups of columns, each over
// the first of its own, as spreadsheets write cells that were joined.
func (f form) below(names []string, head []byte, o Options) int {
	const few = 3
	empty := 0
	for _, name := range names {
		if name == "" {
			empty++
		}
	}
	if few*empty < len(names) || empty < 2 {
		return 0
	}
	return f.preamble(head, o)
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
	n, _ := f.line(head)
	name, quoted := unquote(string(bare(head[:n])))
	if !quoted {
		name = string(bare(head[:n]))
	}
	name = strings.TrimSpace(name)
	if name == "" || strings.ContainsAny(name, ",;\t|^\x01") || tooLong(name) {
		return false
	}
	set, ok := o.Columns[Text]
	m, known := composed(name)
	return ok && set == name || !ok && known && m.field == Text
}

// preamble returns the number of rows before the header: it has a column of texts and two
// others that are known, and the rows before it are narrower.
func (f form) preamble(head []byte, o Options) int {
	const most, fewest = 40, 3
	rs := headRows(head, f)
	for n := 0; n < most && rs.next(); n++ {
		if n == 0 || rs.bad != "" || len(rs.cells) < fewest || slices.ContainsFunc(rs.cells, tooLong) {
			continue
		}
		names := make([]string, len(rs.cells))
		for i, c := range rs.cells {
			names[i] = strings.TrimSpace(c)
		}
		if c := guess(names, o.Columns); c.has(Text) && c.known() >= fewest {
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
	good, bad := rs.quality()
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

// quality counts the good and the bad ones among the next rows.
func (rs *rows) quality() (good, bad int) {
	const most = 50
	for n := 0; n < most && rs.next(); n++ {
		if rs.bad == "" {
			good++
		} else {
			bad++
		}
	}
	return good, bad
}
