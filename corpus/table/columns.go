package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/gather"
	"stance.example/stance/corpus/internal/scalar"
)

// columns tells in which column each field stands.
type columns struct {
	names []string         // of the header
	set   map[Field]string // by hand
	at    [NumFields]int   // the index of the column, -1 for none
	// also are the further columns of a field, in the order of their ranks.
	also [NumFields][]int
	// refused are columns whose names say a field, but whose values don't.
	refused []refusal
	// strong says of URL and Title that their names name the article.
	strong [NumFields]bool
	// signed says that the sentiments are -1, 0 and 1.
	signed bool
	// entities says that the texts have entities of HTML, without its tags.
	entities bool
	// titled says that a row has either a title or a comment's text.
	titled bool
	// counted is the column with the numbers of the comments that are no replies; -1 for none. Replies stand
	// below, without one.
	counted int
	// states are the columns that may say what has become of a comment, or that it is none.
	states []int
	// escaped says that line breaks in the cells are written as \n.
	escaped bool
	scratch gather.Item // of the last row
}

// refusal is a column that isn't taken for a field, and why.
type refusal struct {
	column int
	field  Field
	why    string
}

// cell returns the cell of a field, from its further columns where it is empty in the first, ""
// if there is no such column.
func (c *columns) cell(row []string, f Field) string {
	if c.at[f] < 0 || c.at[f] >= len(row) {
		return ""
	}
	first := row[c.at[f]]
	if len(c.also[f]) > 0 && scalar.Absent(first) {
		for _, at := range c.also[f] {
			if at < len(row) && !scalar.Absent(row[at]) {
				return row[at]
			}
		}
	}
	return first
}

// has reports whether the table has a column for the field.
func (c *columns) has(f Field) bool { return c.at[f] >= 0 }

// fixed reports whether a field's column was set by hand.
func (c *columns) fixed(f Field) bool {
	_, fixed := c.set[f]
	return fixed
}

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

// String says which column each field was read from, and which columns look like a field
// but were not taken.
func (c *columns) String() string {
	var parts []string
	for f, at := range c.at {
		if at >= 0 {
			parts = append(parts, fmt.Sprintf("%s from %q", Field(f), c.names[at]))
		}
	}
	said := "columns read: " + strings.Join(parts, ", ")
	for _, r := range c.refused {
		said += fmt.Sprintf("; %q is not taken for the %s, because %s: --map %s=%s takes it", c.names[r.column], r.field, r.why, r.field, c.names[r.column])
	}
	return said
}

// match finds the column of every field by the names and some rows. Those that set names
// come first.
func match(header []string, set map[Field]string, sample [][]string) (*columns, error) {
	c := guess(header, set)
	c.weigh(sample)
	c.settle(sample)
	c.resemble(sample)
	for f := range Field(NumFields) {
		name, ok := set[f]
		if ok && name != "" && c.at[f] < 0 {
			return nil, &headerError{message: fmt.Sprintf("no column %q for %s: the columns are %s", name, f, quoted(header))}
		}
	}
	if !c.has(Text) && c.has(ID) && c.has(Stance) {
		return nil, &headerError{labels: true, message: "labels of comments without the comments: --labels takes them beside their threads"}
	}
	if !c.has(Text) {
		likely := cmp.Or(likelyText(header, sample), "COLUMN")
		return nil, &headerError{message: fmt.Sprintf("no column of comment texts among %s: name it with --map text=%s", quoted(header), likely)}
	}
	return c, nil
}

// guess finds the columns by their names alone.
func guess(header []string, set map[Field]string) *columns {
	c := &columns{names: header, set: set, counted: -1, states: statesIn(header)}
	taken := make([]bool, len(header))
	for f := range Field(NumFields) {
		c.at[f] = -1
		if name, ok := set[f]; ok && name != "" {
			if c.at[f] = slices.Index(header, name); c.at[f] >= 0 {
				taken[c.at[f]] = true
			}
		}
	}
	type candidate struct {
		column int
		meaning
	}
	var all []candidate
	// Stances and sentiments are judgements of this program, beside their probabilities.
	judged := slices.ContainsFunc(header, func(name string) bool { return strings.Join(nameParts(name), "") == "pskeptical" })
	for i, name := range header {
		if m, ok := composed(name); ok && !taken[i] {
			all = append(all, candidate{i, m})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	for _, m := range all {
		f := m.field
		if !c.fixed(f) && !(judged && (f == Stance || f == Sentiment)) {
			c.take(m.column, m.meaning)
		}
	}
	c.settleText()
	return c
}

// take takes a column for a field, or for a further one; an answer's text is none to the comment's.
func (c *columns) take(column int, m meaning) {
	switch f := m.field; {
	case c.at[f] < 0:
		c.at[f], c.strong[f] = column, m.strong
	case f != Text || m.rank < behind:
		c.also[f] = append(c.also[f], column)
	}
}

// resemble names the columns that look like a field that has none, or that some rows lack, by their
// names or by their values.
func (c *columns) resemble(rows [][]string) {
	sample := &Sample{Names: c.names, Rows: rows}
	for _, row := range rows {
		sample.IDs = append(sample.IDs, c.cell(row, ID))
	}
	before := len(c.refused)
	for _, f := range []Field{Author, Time, Parent, Votes, Removed} {
		if c.fixed(f) || slices.ContainsFunc(c.refused, func(r refusal) bool { return r.field == f }) {
			continue
		}
		lacks := func(row int) bool {
			there := func(at int) bool { return at >= 0 && at < len(rows[row]) && !scalar.Absent(rows[row][at]) }
			return !there(c.at[f]) && !slices.ContainsFunc(c.also[f], there)
		}
		for _, name := range sample.Unread(f, lacks) {
			i := slices.Index(c.names, name)
			if !KnownName(name) && !slices.Contains(c.at[:], i) && !slices.ContainsFunc(c.refused, func(r refusal) bool { return r.column == i }) {
				c.refused = append(c.refused, refusal{i, f, "its name is not known"})
				break
			}
		}
	}
	slices.SortFunc(c.refused[before:], func(a, b refusal) int { return cmp.Compare(a.column, b.column) })
}

// settleText takes the text of the "post" for that of the comment where there is no other, and
// no title but of a post in a topic. Then the posts' IDs are the comments'.
func (c *columns) settleText() {
	ofPost := func(at int) bool { return nameParts(c.names[at])[0] == "post" }
	if c.fixed(Text) || c.has(Text) || !c.has(ArticleText) || !ofPost(c.at[ArticleText]) {
		return
	}
	threads := slices.DeleteFunc(append([]int{c.at[Thread]}, c.also[Thread]...), func(at int) bool { return at < 0 })
	post, topics := slices.IndexFunc(threads, ofPost), slices.DeleteFunc(slices.Clone(threads), ofPost)
	if c.has(Title) && (len(topics) == 0 || !ofPost(c.at[Title])) {
		return
	}
	c.at[Text], c.at[ArticleText] = c.at[ArticleText], -1
	if post >= 0 && len(topics) > 0 && !c.has(ID) {
		c.at[ID], c.at[Thread], c.also[Thread] = threads[post], topics[0], topics[1:]
	}
}

// statesIn are the columns that may say what a row is.
func statesIn(header []string) (states []int) {
	for i, name := range header {
		if lists("state", strings.Join(nameParts(name), " ")) {
			states = append(states, i)
		}
	}
	return states
}

// state reports whether a row says that its comment was taken away, and whether it says that it is
// none: a link from another site, or a note of the program.
func (c *columns) state(row []string) (gone, other bool) {
	for _, at := range c.states {
		if at < len(row) {
			value := strings.ToLower(strings.TrimSpace(row[at]))
			gone = gone || lists("gone", value)
			other = other || lists("no-comment", value) || lists("program", strings.ToLower(c.names[at])) && truth(value)
		}
	}
	return gone, other
}
