package table

import (
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/scalar"
)

// Of several columns whose names say the same field, the values tell which it is: times that can
// be read, votes that are numbers, the IDs that the parents name.

// settle moves fields from columns whose values aren't theirs to further ones whose values are.
func (c *columns) settle(set map[Field]string, sample [][]string) {
	free := func(f Field) bool { _, fixed := set[f]; return !fixed && c.has(f) }
	for f, is := range map[Field]func(string) bool{Time: isDated, Votes: isCount, URL: isAddress} {
		if free(f) && !mostly(valuesOf(sample, c.at[f]), is) {
			c.move(f, func(at int) bool { return mostly(valuesOf(sample, at), is) })
		}
	}
	if free(Thread) && !c.has(Title) && mostly(valuesOf(sample, c.at[Thread]), isTitle) {
		c.at[Title], c.at[Thread] = c.at[Thread], -1
	}
	_, fixed := set[Parent]
	if !fixed && !c.has(Parent) {
		c.branches(set, sample)
	}
	if _, fixed := set[ID]; !fixed && c.has(Parent) {
		c.settleID(free(Thread), sample)
	}
}

// move gives a field the first of its further columns that is right; the one it had stays a
// further one.
func (c *columns) move(f Field, right func(column int) bool) bool {
	for i, at := range c.also[f] {
		if right(at) {
			c.at[f], c.also[f][i] = at, c.at[f]
			return true
		}
	}
	return false
}

// settleID takes for the comments' IDs the column whose values the parents are. It may be that of
// the "post", which is else the thread's.
func (c *columns) settleID(free bool, sample [][]string) {
	named := func(at int) bool { return refers(sample, c.at[Parent], cells(sample, at), true) }
	if c.has(ID) && (named(c.at[ID]) || c.move(ID, named)) || !free {
		return
	}
	thread := c.at[Thread]
	if !named(thread) && !c.move(Thread, named) {
		return
	}
	c.at[ID], c.at[Thread] = c.at[Thread], -1
	c.also[Thread] = slices.DeleteFunc(c.also[Thread], func(at int) bool { return at == c.at[ID] })
	if c.at[ID] != thread {
		c.at[Thread] = thread
	} else if len(c.also[Thread]) > 0 {
		c.at[Thread], c.also[Thread] = c.also[Thread][0], c.also[Thread][1:]
	}
}

// branches takes a column for the parents whose name says less, if its values are IDs of other
// comments: that of replies, or of threads where a comment with its replies is called one.
func (c *columns) branches(set map[Field]string, sample [][]string) {
	if !c.has(ID) {
		return
	}
	ids := cells(sample, c.at[ID])
	for i, at := range c.also[ID] {
		if refers(sample, at, ids, false) {
			c.at[Parent], c.also[ID] = at, slices.Delete(c.also[ID], i, i+1)
			return
		}
	}
	_, fixed := set[Thread]
	if fixed || !c.has(Thread) || len(c.also[Thread]) == 0 || !branched(cells(sample, c.at[Thread]), ids) {
		return
	}
	c.at[Parent] = c.at[Thread]
	c.at[Thread], c.also[Thread] = c.also[Thread][0], c.also[Thread][1:]
}

// branched reports whether a thread has the ID of a comment that is in another one.
func branched(threads, ids []string) bool {
	in := map[string]string{}
	for i, id := range ids {
		in[id] = threads[i]
	}
	return slices.ContainsFunc(threads, func(thread string) bool { other, known := in[thread]; return known && other != thread })
}

// cells are the values in a column of all rows, "" where there are none.
func cells(rows [][]string, column int) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		if 0 <= column && column < len(row) {
			all[i] = strings.TrimSpace(row[column])
		}
	}
	return all
}

// isDated reports whether a value is a time with its day, whatever the order of day and month.
func isDated(v string) bool {
	_, ok := scalar.MonthFirst.Time(v)
	if !ok {
		_, ok = scalar.DayFirst.Time(v)
	}
	return ok
}

// isAddress reports whether a value is a whole address.
func isAddress(v string) bool { return strings.Contains(v, "://") }

// isTitle reports whether a value is a title, and no ID.
func isTitle(v string) bool { return worded(v) && strings.Count(v, " ") > 1 }
