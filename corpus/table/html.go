package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stance.example/stance/corpus"
)

// DetectHTML reports whether the input that begins with head is a document of HTML that is a table of comments, as
// programs save one that spreadsheets are to open: hardly a word stands before the table, whose first row has a column
// of texts and two others that are known, and the next row as many cells.
func DetectHTML(head []byte, o Options) bool {
	const fewest = 3
	rows := newMarkedRows(bytes.NewReader(head), o)
	if !rows.Next() {
		return false
	}
	names := trimmed(rows.cells)
	c := guess(names, o.Columns)
	return c.has(Text) && c.known() >= fewest && rows.Next() && len(rows.cells) == len(names)
}

// ReadHTML returns the threads of the first table of a document of HTML. It keeps to the contract of Read, with rows for
// lines.
func ReadHTML(name string, r io.Reader, o Options) iter.Seq2[*corpus.Thread, error] {
	return func(yield func(*corpus.Thread, error) bool) {
		err := readSheet(&tabled{name: name, o: o, limit: o.maxHeld(), yield: yield}, newMarkedRows(r, o))
		var header *headerError
		switch {
		case errors.As(err, &header):
			yield(nil, failure(name, 0, "the table: %v", err))
		case err != nil:
			yield(nil, fmt.Errorf("reading %s: %w", name, err))
		}
	}
}

// markedRows are the rows of the first table in a document of HTML.
type markedRows struct {
	in     *html.Tokenizer
	before int       // bytes of text that may stand before the table
	depth  int       // of tables: a table in a cell is its text
	over   bool      // the table has ended
	hidden atom.Atom // the element whose text nobody sees, 0 for none
	open   bool      // a cell is
	cell   strings.Builder
	cells  []string
}

func newMarkedRows(r io.Reader, o Options) *markedRows {
	const preface = 200
	in := html.NewTokenizer(r)
	in.SetMaxBuf(o.maxRow())
	return &markedRows{in: in, before: preface}
}

// Next implements sheet.
func (m *markedRows) Next() bool {
	m.cells = nil
	for !m.over {
		kind := m.in.Next()
		if kind == html.ErrorToken || kind == html.TextToken && !m.text(m.in.Text()) {
			m.over = true
			m.close()
			break
		}
		name, _ := m.in.TagName()
		switch tag := atom.Lookup(name); {
		case (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && m.begins(tag), kind == html.EndTagToken && m.ends(tag):
			return true
		}
	}
	return len(m.cells) > 0
}

// text takes a text. It is false where too much of it stands before the table.
func (m *markedRows) text(s []byte) bool {
	switch {
	case m.hidden != 0:
	case m.open:
		m.cell.Write(s)
	case m.depth == 0:
		m.before -= len(bytes.TrimSpace(s))
	}
	return m.before >= 0
}

// begins takes the beginning of an element, and reports whether a row has ended there, for want of a tag.
func (m *markedRows) begins(tag atom.Atom) bool {
	switch tag {
	case atom.Title, atom.Style, atom.Script:
		m.hidden = tag
	case atom.Table:
		m.depth++
	case atom.Tr:
		m.close()
		return m.depth == 1 && len(m.cells) > 0
	case atom.Td, atom.Th:
		m.close()
		m.open = m.depth > 0
	case atom.Br, atom.P, atom.Div, atom.Li:
		if m.open {
			m.cell.WriteByte('\n')
		}
	}
	return false
}

// ends takes the end of an element, and reports whether a row has ended there.
func (m *markedRows) ends(tag atom.Atom) bool {
	if tag == m.hidden {
		m.hidden = 0
	}
	row := false
	if m.depth == 1 {
		switch tag {
		case atom.Td, atom.Th:
			m.close()
		case atom.Tr, atom.Table:
			m.close()
			row = len(m.cells) > 0
		}
	}
	if tag == atom.Table {
		m.depth--
		m.over = m.depth <= 0
	}
	return row
}

// close ends a cell of the table itself.
func (m *markedRows) close() {
	if m.open && m.depth == 1 {
		m.cells = append(m.cells, m.cell.String())
		m.cell.Reset()
		m.open = false
	}
}

// Columns implements sheet.
func (m *markedRows) Columns() ([]string, error) { return m.cells, nil }

// Error implements sheet.
func (m *markedRows) Error() error {
	if err := m.in.Err(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
