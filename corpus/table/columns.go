package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// columns tells in which column each field stands.
type columns struct {
	names []string       // of the header
	at    [NumFields]int // the index of the column, -1 for none
}

// cell returns the cell of a field, "" if there is no such column.
func (c *columns) cell(row []string, f Field) string {
	if c.at[f] < 0 {
		return ""
	}
	return row[c.at[f]]
}

// has reports whether the table has a column for the field.
func (c *columns) has(f Field) bool { return c.at[f] >= 0 }

// known counts the fields that have a column.
func (c *columns) known() int {
	n := 0
	for _, at := range c.at {
		if at >= 0 {
			n++
		}
	}
	return n
}

// String says which column each field was read from.
func (c *columns) String() string {
	var parts []string
	for f, at := range c.at {
		if at >= 0 {
			parts = append(parts, fmt.Sprintf("%s from %q", Field(f), c.names[at]))
		}
	}
	return "columns read: " + strings.Join(parts, ", ")
}

// match finds the column of every field. Those that set names come first.
func match(header []string, set map[Field]string) (*columns, error) {
	c := guess(header, set)
	for f := range Field(NumFields) {
		name, ok := set[f]
		if ok && name != "" && c.at[f] < 0 {
			return nil, &headerError{fmt.Sprintf("no column %q for %s: the columns are %s", name, f, quoted(header))}
		}
	}
	if !c.has(Text) {
		return nil, &headerError{fmt.Sprintf("no column of comment texts among %s: name it with --map text=COLUMN", quoted(header))}
	}
	return c, nil
}

// guess is match without the errors.
func guess(header []string, set map[Field]string) *columns {
	c := &columns{names: header}
	normals := make([]string, len(header))
	for i, name := range header {
		normals[i] = normal(name)
	}
	taken := make([]bool, len(header))
	for f := range Field(NumFields) {
		c.at[f] = -1
		if name, ok := set[f]; ok && name != "" {
			if c.at[f] = slices.Index(header, name); c.at[f] >= 0 {
				taken[c.at[f]] = true
			}
		}
	}
	for f := range Field(NumFields) {
		if _, ok := set[f]; ok || f == Stance && slices.Contains(normals, "pskeptical") {
			continue // the stances beside their probabilities are judgements of this program, not annotations
		}
		if at := firstNamed(normals, taken, usualNames[f]); at >= 0 {
			c.at[f], taken[at] = at, true
		}
	}
	return c
}

// firstNamed returns the first free column that has the first possible name.
func firstNamed(normals []string, taken []bool, names []string) int {
	for _, name := range names {
		for i, n := range normals {
			if n == name && !taken[i] {
				return i
			}
		}
	}
	return -1
}

// normal returns a header's name in lower case without spaces and punctuation.
// "com" as a first word is short for "comment", and the name of a network as the
// last word says only where the table is from.
func normal(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > 1 {
		if words[0] == "com" {
			words[0] = "comment"
		}
		if slices.Contains(networks, words[len(words)-1]) {
			words = words[:len(words)-1]
		}
	}
	return strings.Join(words, "")
}

var networks = []string{"fb", "facebook", "ig", "instagram", "tw", "twitter", "yt", "youtube", "reddit"}
