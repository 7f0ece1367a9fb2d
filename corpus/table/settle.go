package table

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"stance.example/stance/corpus/internal/scalar"
)

// Of several columns whose names say the same field, the values tell which it is: times that can
// be read, votes that are numbers, the IDs that the parents name.

// settle moves fields from columns whose values aren't theirs to further ones whose values are.
func (c *columns) settle(sample [][]string) {
	free := func(f Field) bool { return !c.fixed(f) && c.has(f) }
	for f, is := range map[Field]func(string) bool{Time: isDated, Votes: isCount, URL: isAddress} {
		if free(f) && !mostly(valuesOf(sample, c.at[f]), is) {
			c.move(f, func(at int) bool { return mostly(valuesOf(sample, at), is) })
		}
	}
	if free(Thread) && !c.has(Title) && mostly(valuesOf(sample, c.at[Thread]), isTitle) {
		c.at[Title], c.at[Thread] = c.at[Thread], -1
	}
	if free(Text) && !slices.ContainsFunc(valuesOf(sample, c.at[Text]), worded) {
		c.move(Text, func(at int) bool { return mostly(valuesOf(sample, at), worded) })
	}
	if !c.fixed(Parent) && !c.has(Parent) {
		c.branches(sample)
	}
	switch {
	case c.fixed(ID):
	case c.has(Parent):
		c.settleID(free(Thread), sample)
	default:
		c.number(sample)
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
	named := func(at int) bool {
		ids := cells(sample, at)
		return apart(ids) && refers(sample, c.at[Parent], ids, true)
	}
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

// apart reports whether values tell rows apart: nine of ten stand in no row before.
func apart(values []string) bool {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return 10*len(seen) >= 9*len(values)
}

// branches takes a column for the parents whose name says less, if its values are IDs of other
// comments: that of replies, of texts that are answered, or of threads where a comment with its replies is called one.
func (c *columns) branches(sample [][]string) {
	if !c.has(ID) {
		return
	}
	ids := cells(sample, c.at[ID])
	if at := c.at[ParentText]; at >= 0 && !c.fixed(ParentText) && refers(sample, at, ids, true) {
		c.at[Parent], c.at[ParentText] = at, -1
		return
	}
	for i, at := range c.also[ID] {
		if refers(sample, at, ids, false) {
			c.at[Parent], c.also[ID] = at, slices.Delete(c.also[ID], i, i+1)
			return
		}
	}
	if c.fixed(Thread) || !c.has(Thread) || len(c.also[Thread]) == 0 || !branched(cells(sample, c.at[Thread]), ids) {
		return
	}
	c.at[Parent] = c.at[Thread]
	c.at[Thread], c.also[Thread] = c.also[Thread][0], c.also[Thread][1:]
}

// number finds the column that numbers the comments, where its numbers tell which are replies: those of
// these begin with that of what they answer, as in "3-1", or are left out.
func (c *columns) number(sample [][]string) {
	whole := slices.DeleteFunc(slices.Clone(sample), func(row []string) bool {
		return scalar.Absent(c.cell(row, Text)) || c.has(Author) && scalar.Absent(c.cell(row, Author))
	})
	for at, name := range c.names {
		tells := func(part string) bool { return roleOf(part)&(anID|aCount) == 0 }
		free := !slices.Contains(c.at[:], at) && !slices.ContainsFunc(nameParts(name), tells)
		if !free && at != c.at[ID] {
			continue
		}
		switch numbers := cells(whole, at); {
		case free && !c.has(ID) && pathed(numbers):
			c.at[ID] = at
			return
		case counted(numbers):
			c.counted = at
			if !free {
				c.at[ID] = -1
			}
			return
		}
	}
}

// pathed reports whether the numbers of some rows, and of these alone, begin with that of an earlier one.
func pathed(numbers []string) bool {
	met, replies := map[string]bool{}, 0
	for _, n := range numbers {
		above, _, below := cutLast(n, "-")
		if met[n] || strings.Trim(n, "0123456789-") != "" || below && !met[above] {
			return false
		}
		if met[n] = true; below {
			replies++
		}
	}
	return replies > 0
}

// cutLast is strings.Cut around the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	if at := strings.LastIndex(s, separator); at >= 0 {
		return s[:at], s[at+len(separator):], true
	}
	return s, "", false
}

// counted reports whether the numbers of the rows count from one, with gaps between them.
func counted(numbers []string) bool {
	n := 0
	for i, number := range numbers {
		if number == strconv.Itoa(n+1) {
			n++
		} else if number != "" || i == 0 {
			return false
		}
	}
	return n > 1 && n < len(numbers)
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

// isDated reports whether a value is a time with its day, in any order, or so long ago: a date beside that is of the visit.
func isDated(v string) bool {
	_, ok := scalar.MonthFirst.Time(v)
	if !ok {
		_, ok = scalar.DayFirst.Time(v)
	}
	return ok || isAgo(v)
}

// isAgo reports whether a value is a time that is told as so long ago.
func isAgo(v string) bool {
	_, ok := scalar.Relative(time.Unix(0, 0).AddDate(40, 0, 0), v)
	return ok
}

// isAddress reports whether a value is a whole address.
func isAddress(v string) bool { return strings.Contains(v, "://") }

// isTitle reports whether a value is a title, and no ID.
func isTitle(v string) bool { return worded(v) && strings.Count(v, " ") > 1 }
