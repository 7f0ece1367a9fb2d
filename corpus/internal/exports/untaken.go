package exports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/table"
)

// taken is the texts of a value that were read, or knowingly left out.
type taken map[string]bool

// note adds a text and returns it.
func (t taken) note(text string) string {
	if t != nil && text != "" {
		t[text] = true
	}
	return text
}

// untaken is what a file holds beside what was read of it, so that a field of another name or in
// another place than expected isn't lost without a word.
type untaken struct {
	objects int                     // whose texts nobody read
	line    int                     // of the first, in the value that begins at it
	place   string                  // of the first
	kinds   map[[2]string]fieldKind // of the fields met, by the names above them and their own
	own     at                      // where the form has its texts, without marks
	// identity is where the form has what tells one comment from another, without marks.
	identity at

	entries map[told]int // how many tell the same
	sample  table.Sample // of the entries: what is read of none of them
	told    []told       // by these
	lengths []int        // of the longest value in each of its columns
}

// asks is what an entry of a form is asked for.
type asks struct {
	places  map[table.Field]at
	known   map[string]bool // the paths to what it says of itself, without their marks
	replies at              // where others stand in it
	kinds   []string        // what IDs may have before them
}

// asked are the fields that entries are asked for, in the order in which they are missed.
var asked = []table.Field{table.Text, table.Author, table.Time, table.Votes, table.Parent, table.Removed, table.ID}

// asks returns what comments that are described are asked for.
func (c *comment) asks(kinds []string) *asks {
	a := &asks{replies: c.Replies, kinds: kinds, places: map[table.Field]at{
		table.Text: words(c.Text, c.HTML, c.Markdown), table.Author: words(c.Author, c.By), table.Time: words(c.Posted, c.PostedAs),
		table.Votes: words(c.Votes, c.Against), table.Parent: words(c.Parent), table.Removed: words(c.Removed.paths()), table.ID: words(c.ID),
	}, known: map[string]bool{}}
	all := words(c.Thread, c.Count, c.Unloaded, c.Depth)
	for _, places := range a.places {
		all += " " + places
	}
	for path := range strings.FieldsSeq(marks.ReplaceAllString(string(all), "")) {
		a.known[path] = true
	}
	return a
}

// words are paths, those that are made of several taken apart, without the words that are themselves.
func words(all ...at) at {
	var paths []string
	for _, a := range all {
		for path := range strings.FieldsSeq(strings.NewReplacer("&", " ", "~", " ").Replace(string(a))) {
			if path, _, _ = strings.Cut(path, "/"); !strings.HasPrefix(path, "=") {
				paths = append(paths, strings.TrimSuffix(path, "#"))
			}
		}
	}
	return at(strings.Join(paths, " "))
}

// told is the fields that an entry tells, or that its form doesn't have, a bit each.
type told uint32

// noComment is what an entry tells that isn't a comment.
const noComment = ^told(0)

func (t told) has(f table.Field) bool { return t&(1<<f) != 0 }

// told returns what an entry tells that was read as a comment.
func (a *asks) told(v *jsonlite.Value, c *corpus.Comment) told {
	t := told(0)
	for _, f := range asked {
		if place := a.places[f]; place == "" && f != table.Text || a.read(f, v, c) || place.told(v, f != table.Author && f != table.Time) {
			t |= 1 << f
		}
	}
	return t
}

// read reports whether a field of an entry was read.
func (a *asks) read(f table.Field, v *jsonlite.Value, c *corpus.Comment) bool {
	switch f {
	case table.Text:
		return c.Text != "" || c.Removed && a.places[table.Removed].told(v, true)
	case table.Author:
		return c.Author != ""
	case table.Time:
		return c.PostedAs != "" || !c.Posted.IsZero()
	case table.Votes:
		return c.Votes != nil
	case table.Parent:
		return c.Parent != ""
	}
	return f == table.ID && c.ID != ""
}

// leave counts an object in the value that begins at a line.
func (u *untaken) leave(line int, place string) {
	if u.objects++; u.objects == 1 {
		u.line, u.place = line, place
	}
}

// look counts those of a value that begins at a line. Within one whose text was read, an object without an author, a
// time or an ID is a part of it.
func (u *untaken) look(line int, v *jsonlite.Value, path string, within bool, read taken) {
	switch v.Kind() {
	case jsonlite.Array:
		v.Array(func(e *jsonlite.Value) bool {
			u.look(line, e, path, within, read)
			return true
		})
	case jsonlite.Object:
		text, whole, taken := u.text(v, path, read)
		if text != "" && !taken && (whole || !within) {
			u.leave(line, join(path, text))
		}
		v.Object(func(name string, v *jsonlite.Value) bool {
			if k := v.Kind(); (k == jsonlite.Object || k == jsonlite.Array) && !otherVersions[name] {
				u.look(line, v, join(path, name), within || taken, read)
			}
			return true
		})
	}
}

// text is the first field of an object that has a text, "" for none, whether the object is more than a
// part of another, and whether a string in it was read.
func (u *untaken) text(v *jsonlite.Value, path string, read taken) (text string, whole, taken bool) {
	above := path[strings.LastIndexByte(path, '.')+1:]
	v.Object(func(name string, v *jsonlite.Value) bool {
		is := u.kind(above, name)
		if k := v.Kind(); (k == jsonlite.String || k == jsonlite.Object && field(v, "#text") != nil) && !strings.HasPrefix(name, "#") {
			s := spelled(v)
			taken = taken || read[s]
			if text == "" && (is.text && table.Sentence(s) || is.own && s != "") {
				text = name
			}
		}
		whole = whole || is.whole
		return true
	})
	return text, whole, taken
}

// fieldKind is what the name of a field says of the object that has it.
type fieldKind struct {
	text  bool // it has what somebody wrote
	own   bool // as the form names it
	whole bool // it is more than a part of another
}

// kind is that of a field in an object that stands under the name above.
func (u *untaken) kind(above, name string) fieldKind {
	const most = 4096
	key := [2]string{above, name}
	is, known := u.kinds[key]
	if !known {
		own := u.own.ends(above, name)
		is = fieldKind{text: own || table.IsText(name), own: own, whole: wholes[name] || u.identity.ends(above, name)}
		if u.kinds == nil || len(u.kinds) == most {
			u.kinds = map[[2]string]fieldKind{}
		}
		u.kinds[key] = is
	}
	return is
}

// wholes are the names of fields that an object with a text of its own has.
var wholes = map[string]bool{"id": true, "author": true, "created_at": true, "user": true, "date": true}

// entry counts an entry of a thread by what it tells and keeps its scalars at none of the known paths, but
// for what stands at the replies and what was read: of some that tell the same. One that is no comment lacks
// nothing.
func (u *untaken) entry(v *jsonlite.Value, c *corpus.Comment, a *asks, thread string, read taken, other bool) {
	const most, kinds = 50, 64
	if u.entries == nil {
		u.entries = map[told]int{}
	}
	tells := noComment
	if !other {
		tells = a.told(v, c)
	}
	u.entries[tells]++
	if u.entries[tells] > most || len(u.entries) > kinds {
		return
	}
	u.told = append(u.told, tells)
	u.sample.Rows, u.sample.IDs = append(u.sample.Rows, nil), append(u.sample.IDs, c.ID)
	if !other {
		u.scalars(v, "", a, func(value string) bool { return read[value] || value == thread })
	}
}

// scalars puts those of a value into the last row that say something new.
func (u *untaken) scalars(v *jsonlite.Value, path string, a *asks, said func(value string) bool) {
	const most, longest = 200, 80 // names, bytes of a value
	switch v.Kind() {
	case jsonlite.Object:
		v.Object(func(name string, v *jsonlite.Value) bool {
			if below := join(path, name); !a.replies.is(below) {
				u.scalars(v, below, a, said)
			}
			return true
		})
	case jsonlite.Array:
		v.Array(func(e *jsonlite.Value) bool {
			u.scalars(e, path, a, said)
			return true
		})
	case jsonlite.Null:
	default:
		value := bare(spelled(v), a.kinds)
		if a.known[path] || value == "" || said(value) {
			return
		}
		column := slices.Index(u.sample.Names, path)
		if column < 0 && len(u.sample.Names) < most {
			column = len(u.sample.Names)
			u.sample.Names, u.lengths = append(u.sample.Names, path), append(u.lengths, 0)
		}
		if row := &u.sample.Rows[len(u.sample.Rows)-1]; column >= 0 {
			*row = append(*row, make([]string, len(u.sample.Names)-len(*row))...)
			(*row)[column] = strings.ToValidUTF8(value[:min(len(value), longest)], "")
			u.lengths[column] = max(u.lengths[column], len(value))
		}
	}
}

// missing returns how many entries lack a field and the unread fields that look like it; of all entries
// where any is true.
func (u *untaken) missing(f table.Field, all bool) (lack, entries int, fields []string) {
	const most = 12
	for tells, n := range u.entries {
		if tells != noComment {
			entries += n
		}
		if !tells.has(f) {
			lack += n
		}
	}
	if all {
		lack = entries
	}
	if lack == 0 && f != table.Removed { // one form may say that in several ways
		return 0, entries, nil
	}
	fields = u.sample.Unread(f, func(row int) bool { return all || !u.told[row].has(f) })
	return lack, entries, fields[:min(len(fields), most)]
}

// longest is the field with the longest value.
func (u *untaken) longest(fields []string) string {
	length := func(name string) int { return u.lengths[slices.Index(u.sample.Names, name)] }
	return slices.MaxFunc(fields, func(a, b string) int { return cmp.Compare(length(a), length(b)) })
}

// otherVersions are the names of what a text was before, or will be.
var otherVersions = map[string]bool{"revisions": true, "edit_history": true, "edits": true, "draft": true}
