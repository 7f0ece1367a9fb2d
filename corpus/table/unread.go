package table

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stance.example/stance/corpus/internal/scalar"
)

// Sample is some comments of a file, as rows of what they carry that isn't read.
type Sample struct {
	Names []string // of the columns
	Rows  [][]string
	IDs   []string // of the comments
	// Described says that the file is of a form that has the fields which are looked for, and
	// Removals how that says that a comment was taken away, beside "true".
	Described bool
	Removals  []string
}

// Unread names the columns that look like a field which some of the comments lack: those whose names
// say it, then those whose values may be it.
func (s *Sample) Unread(f Field, lacks func(row int) bool) []string {
	columns := make([]unread, len(s.Names))
	for i := range columns {
		columns[i] = s.column(i, lacks)
	}
	var found []string
	for _, looks := range []func(*unread, Field) bool{(*unread).named, (*unread).alike} {
		for i := range columns {
			if u := &columns[i]; (len(u.values) > 0 || f == Removed) && !slices.Contains(found, u.name) && looks(u, f) {
				found = append(found, u.name)
			}
		}
	}
	return found
}

// unread is a column that isn't read.
type unread struct {
	*Sample
	name   string
	at     int
	rows   [][]string // nil for comments that don't lack the field
	values []string   // of these rows
	few    int        // how many different values show that they aren't of a kind
	partly bool       // other comments have the field
	shared bool       // comments that have the field have the column too
}

// column returns a column in the rows that lack something, in all of them if the others have it too.
func (s *Sample) column(at int, lacks func(row int) bool) unread {
	u := unread{Sample: s, name: s.Names[at], at: at, rows: make([][]string, len(s.Rows))}
	lacking := 0
	for i, row := range s.Rows {
		if lacks(i) {
			u.rows[i] = row
			lacking++
		} else if at < len(row) && !scalar.Absent(row[at]) {
			u.shared = true
		}
	}
	u.values = valuesOf(u.rows, at)
	u.few = min(3, max(2, lacking))
	switch {
	case u.shared && len(u.values) > 0:
		u.rows, u.values, u.few = s.Rows, valuesOf(s.Rows, at), 2
	case s.Described || lacking < len(s.Rows):
		u.few, u.partly = min(2, len(u.values)), lacking < len(s.Rows)
	}
	return u
}

// named reports whether the column's name says or resembles the field and its values can be that.
func (u *unread) named(f Field) bool {
	said, known := resembled(u.name)
	if m, ok := composed(u.name); ok {
		said, known = m.field, true
	}
	if !known || said != f {
		return false
	}
	switch f {
	case Text:
		return !u.shared && slices.ContainsFunc(u.values, written)
	case Author:
		return !slices.ContainsFunc(u.values, func(v string) bool { return isTruth(v) || strings.LastIndexByte(v, '@') > 0 })
	case Time:
		return slices.ContainsFunc(u.values, func(v string) bool { return strings.ContainsFunc(v, unicode.IsDigit) })
	case Votes:
		return mostly(u.values, isCount)
	case Removed:
		return u.removes() || len(u.values) > 0
	}
	return true
}

// alike reports whether the values of a column whose name says nothing may be the field.
func (u *unread) alike(f Field) bool {
	switch {
	case KnownName(u.name):
		return false
	case f == Text:
		return !u.shared && slices.ContainsFunc(u.values, written)
	case f == Removed && u.removes():
		return true
	}
	if looks, ok := u.looksLike(); ok {
		return looks == f
	}
	return !u.shared && u.says(f)
}

// says reports whether the values say votes or removals, if the name doesn't say that they tell of something
// else.
func (u *unread) says(f Field) bool {
	last := u.name[strings.LastIndexByte(u.name, '.')+1:]
	switch {
	case u.numbered() || hasWord(u.name, thePerson) || hasWord(last, (subjects|roots)&^(votesFor|votesAgainst)):
		return false
	case f == Removed:
		return u.marks()
	case f == Votes:
		return mostly(u.values, isCount) && (u.Described || !mostly(u.values, isTruth))
	}
	return false
}

// looksLike returns the field that the values of the column are by themselves: the IDs of other comments,
// which may have the form of times, times, or names of authors.
func (u *unread) looksLike() (Field, bool) {
	switch {
	case refers(u.rows, u.at, u.IDs, u.Described):
		return Parent, true
	case mostly(u.values, u.isTime):
		return Time, true
	case u.areNames():
		return Author, true
	}
	return 0, false
}

// isTime reports whether a value is a time; in a form that has times, also one that is told as so long
// ago.
func (u *unread) isTime(v string) bool {
	order := scalar.UnknownOrder
	if u.Described {
		order = scalar.MonthFirst
	}
	_, ok := order.Time(v)
	if u.Described && !ok {
		ok = isAgo(v)
	}
	return ok
}

// areNames reports whether the values can be those of authors: names of persons, and such as people
// choose for a site.
func (u *unread) areNames() bool {
	persons, others := 0, 0
	for _, v := range u.values {
		switch {
		case isTruth(v):
		case isPersonal(v):
			persons++
		case u.isHandle(v):
			others++
		}
	}
	n, different := len(u.values), len(slices.Compact(slices.Sorted(slices.Values(u.values))))
	switch {
	case 10*(persons+others) < 9*n || different < u.few || 3*different < n:
		return false
	case u.shared:
		return 3*different >= 2*n
	}
	return u.Described || u.partly || 2*persons >= n || 4*different >= 3*n && !u.numbered()
}

// isHandle reports whether a value is a name such as people choose, and not made of a comment's ID.
func (u *unread) isHandle(v string) bool {
	return isHandle(v) && !slices.ContainsFunc(u.IDs, func(id string) bool { return id != "" && strings.HasSuffix(v, id) })
}

// numbered reports whether the column has no name but its number, as in a table without a header.
func (u *unread) numbered() bool {
	_, err := strconv.Atoi(u.name)
	return err == nil
}

// marks reports whether the values can say which comments were taken away.
func (u *unread) marks() bool {
	truths, yes := 0, 0
	for _, v := range u.values {
		value, known := scalar.Truth(v)
		if _, err := strconv.Atoi(v); known && (err != nil || u.Described) {
			truths++
		}
		if value {
			yes++
		}
	}
	return truths == len(u.values) && yes > 0 && (u.Described || yes < truths)
}

// removes reports whether a value, of any comment, is a word of the form for a removal.
func (u *unread) removes() bool {
	return slices.ContainsFunc(valuesOf(u.Rows, u.at), func(v string) bool { return slices.Contains(u.Removals, v) && worded(v) && !isTruth(v) })
}

func isTruth(v string) bool {
	_, known := scalar.Truth(v)
	return known
}

// isCount reports whether a value can be a number of votes.
func isCount(v string) bool {
	const most = 1_000_000
	n, ok := scalar.Count(v)
	return ok && -most < n && n < most
}

// Sentence reports whether a string is more than a word.
func Sentence(s string) bool { return len(s) > 6 && strings.ContainsRune(strings.TrimSpace(s), ' ') }

// written reports whether a string is what somebody wrote: several words, or one with a mark behind it.
func written(s string) bool {
	return Sentence(s) || worded(s) && strings.ContainsAny(s[len(s)-1:], ".!?>")
}
