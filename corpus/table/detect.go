package table

import (
	"bytes"
	"slices"
	"strings"
)

// delimiters are what may stand between the cells of a row, the usual first.
var delimiters = []byte{',', '\t', ';', '|'}

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
	most, widest := -1, 0
	for _, d := range delimiters {
		f := best
		f.delimiter = d
		names := f.names(head)
		known := guess(names, nil).known()
		if known > most || known == most && len(names) > widest {
			best.delimiter, most, widest = d, known, len(names)
		}
	}
	if most == 0 && guess(best.names(head), o.Columns).known() == 0 {
		for _, d := range delimiters {
			f := best
			f.delimiter = d
			if f.headless = f.withoutHeader(head, o.Columns); f.headless != nil {
				return f
			}
		}
	}
	return best
}

// names returns the header that head begins with, nil if it can't be read.
func (f form) names(head []byte) []string {
	rs := rowsOf(bytes.NewReader(head), f, MaxRow)
	names, err := rs.header()
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
func Detect(head []byte, o Options) bool {
	rs := rowsOf(bytes.NewReader(head), formOf(head, o), MaxRow)
	names, err := rs.header()
	if err != nil || len(names) < 2 || slices.ContainsFunc(names, tooLong) {
		return false
	}
	c := guess(names, rs.form.headless.columns(o.Columns))
	good, bad := rs.sample()
	switch {
	case c.has(Text) && good+bad == 0:
		return c.known() >= 2
	case c.has(Text):
		return good >= bad
	}
	return c.known() >= 2 && good >= 3 && bad == 0
}

// tooLong reports whether a cell is longer, in bytes, than the names of columns are.
func tooLong(name string) bool { return len(name) > 80 }

// sample counts the good and the bad ones among the next rows. The last is left
// out, if it isn't the only one, because head may end within it.
func (rs *rows) sample() (good, bad int) {
	const most = 50
	last := false
	for n := 0; n < most && rs.next(); n++ {
		last = rs.bad == ""
		if last {
			good++
		} else {
			bad++
		}
	}
	switch {
	case good+bad < 2:
	case last:
		good--
	default:
		bad--
	}
	return good, bad
}
