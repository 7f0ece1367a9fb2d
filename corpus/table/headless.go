package table

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// headless is a table whose first row is a comment: its columns are named by their
// numbers, "1", "2", …, and told by what their cells look like.
type headless struct {
	width int
	roles map[Field]string
}

// names returns the numbers of the columns.
func (h *headless) names() []string {
	names := make([]string, h.width)
	for i := range names {
		names[i] = strconv.Itoa(i + 1)
	}
	return names
}

// columns returns the roles of the columns, those that are set first.
func (h *headless) columns(set map[Field]string) map[Field]string {
	if h == nil {
		return set
	}
	all := maps.Clone(h.roles)
	if all == nil {
		all = make(map[Field]string, len(set))
	}
	for f, name := range set {
		maps.DeleteFunc(all, func(_ Field, taken string) bool { return taken == name })
		all[f] = name
	}
	return all
}

// fewRows is the number of rows that show a table without a header.
const fewRows = 3

// withoutHeader returns the table without a header that head begins with in this
// form, nil if it isn't one. Its rows are of one width, the cells of one column are
// sentences, from the first row on, and those of all others single words or numbers:
// prose has no such lines. If set names the column of texts by its number, only the
// width counts.
func (f form) withoutHeader(head []byte, set map[Field]string) *headless {
	names := f.names(head)
	h := &headless{width: len(names)}
	if first, _, _ := bytes.Cut(head, []byte{f.eol}); f.delimiter == '\t' {
		h.width = bytes.Count(first, []byte{'\t'}) + 1 // quotation marks may be text
	}
	if h.width < 2 {
		return nil
	}
	if n, err := strconv.Atoi(set[Text]); err == nil && 1 <= n && n <= h.width && !slices.Contains(names, set[Text]) {
		return h
	}
	rows := f.wholeRows(head, h.width)
	if len(rows) < fewRows {
		return nil
	}
	kinds := make([]kind, h.width)
	for i := range kinds {
		kinds[i] = kindOf(rows, i)
	}
	text := slices.Index(kinds, sentences)
	if text < 0 || slices.Index(kinds[text+1:], sentences) >= 0 || !spaced(rows[0][text]) {
		return nil
	}
	h.roles = map[Field]string{Text: strconv.Itoa(text + 1)}
	if id := slices.Index(kinds, identifiers); id >= 0 {
		h.roles[ID] = strconv.Itoa(id + 1)
	}
	return h
}

// wholeRows returns the first rows of head, nil if one of them isn't of the width or
// has a space before a cell, as prose has behind its commas. The last may be left
// out, because head may end within it.
func (f form) wholeRows(head []byte, width int) [][]string {
	rs := headRows(head, f)
	rs.width = width
	var whole [][]string
	rows := rs.some(someRows)
	for i, r := range rows {
		switch {
		case r.bad != "" && i == len(rows)-1:
			return whole
		case r.bad != "", f.delimiter != '\t' && slices.ContainsFunc(r.cells, func(c string) bool { return strings.HasPrefix(c, " ") }):
			return nil
		}
		whole = append(whole, r.cells)
	}
	return whole
}

// kind is what the cells of a column are.
type kind uint8

const (
	words       kind = iota // single words or numbers
	identifiers             // words or whole numbers, no two the same
	sentences               // of several words
)

// kindOf tells the kind of a column from some rows.
func kindOf(rows [][]string, column int) kind {
	many, seen, fraction := 0, make(map[string]bool, len(rows)), false
	for _, row := range rows {
		cell := strings.TrimSpace(row[column])
		if spaced(cell) {
			many++
		}
		seen[cell] = true
		if _, err := strconv.ParseFloat(cell, 64); err == nil && strings.Contains(cell, ".") {
			fraction = true
		}
	}
	switch {
	case many*2 >= len(rows):
		return sentences
	case many == 0 && len(seen) == len(rows) && !fraction:
		return identifiers
	}
	return words
}

// spaced reports whether a cell holds more than one word.
func spaced(cell string) bool {
	return strings.IndexFunc(strings.TrimSpace(cell), unicode.IsSpace) >= 0
}
