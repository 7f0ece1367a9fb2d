package exports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parquet-go/jsonlite"

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

// untaken counts the objects of a file whose texts nobody read, so that a field of another name
// or in another place than expected isn't lost without a word.
type untaken struct {
	objects int
	line    int    // of the first, in the value that begins at it
	place   string // of the first
	texts   map[string]bool
	own     at // where the form has its texts
	// identified says that comments of the form have IDs.
	identified bool

	fields []string // those of entries without a text that may have one
	likely string   // the one with the longest string
	length int      // of that
	// rows are the unread fields of the first comments, a column each name.
	names []string
	rows  [][]string
	ids   []string // of these comments
	// elements says that the fields are elements of XML.
	elements bool
}

// hint is what would take what isn't read: nothing for XML, which no other reader takes.
func (u *untaken) hint(format string, args ...any) string {
	if u.elements {
		return ""
	}
	return fmt.Sprintf(format, args...)
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
		found, has, own := "", false, false
		v.Object(func(name string, v *jsonlite.Value) bool {
			if k := v.Kind(); (k == jsonlite.String || k == jsonlite.Object && field(v, "#text") != nil) && !strings.HasPrefix(name, "#") {
				s := spelled(v)
				has = has || read[s]
				if found == "" && (sentence(s) && u.isText(name) || s != "" && u.own.ends(name)) {
					found = join(path, name)
				}
			}
			own = own || name == "id" || name == "author" || name == "created_at" || name == "user" || name == "date"
			return true
		})
		if found != "" && !has && (own || !within) {
			u.leave(line, found)
		}
		v.Object(func(name string, v *jsonlite.Value) bool {
			if k := v.Kind(); (k == jsonlite.Object || k == jsonlite.Array) && !otherVersions[name] {
				u.look(line, v, join(path, name), within || has, read)
			}
			return true
		})
	}
}

// blank notes the fields of an entry without a text that hold something like one, but for what
// stands at the replies.
func (u *untaken) blank(v *jsonlite.Value, path string, replies at, read taken) {
	switch v.Kind() {
	case jsonlite.Array:
		v.Array(func(e *jsonlite.Value) bool {
			u.blank(e, path, replies, read)
			return true
		})
	case jsonlite.Object:
		v.Object(func(name string, v *jsonlite.Value) bool {
			if below := join(path, name); !replies.is(below) {
				u.blank(v, below, replies, read)
			}
			return true
		})
	case jsonlite.String:
		if s := spelled(v); !read[s] {
			u.field(path, s)
		}
	}
}

// field notes a field that may hold a text.
func (u *untaken) field(path, value string) {
	const most = 12 // fields
	name := path[strings.LastIndexByte(path, '.')+1:]
	if !sentence(value) || !u.isText(name) && table.KnownName(name) {
		return
	}
	if len(u.fields) < most && !slices.Contains(u.fields, path) {
		u.fields = append(u.fields, path)
	}
	if len(value) > u.length {
		u.likely, u.length = path, len(value)
	}
}

// sample keeps the scalars of a comment at none of the known paths, but for what stands at the
// replies.
func (u *untaken) sample(v *jsonlite.Value, id string, known map[string]bool, replies at) {
	const most = 100 // comments
	if len(u.rows) == most {
		return
	}
	u.rows, u.ids = append(u.rows, make([]string, len(u.names))), append(u.ids, id)
	u.scalars(v, "", known, replies)
}

func (u *untaken) scalars(v *jsonlite.Value, path string, known map[string]bool, replies at) {
	const most, longest = 200, 64 // names, bytes of a value
	switch v.Kind() {
	case jsonlite.Object:
		v.Object(func(name string, v *jsonlite.Value) bool {
			if below := join(path, name); !replies.is(below) {
				u.scalars(v, below, known, replies)
			}
			return true
		})
	case jsonlite.Array:
		v.Array(func(e *jsonlite.Value) bool {
			u.scalars(e, path, known, replies)
			return true
		})
	case jsonlite.String, jsonlite.Number:
		value := spelled(v)
		if known[path] || value == "" || len(value) > longest {
			return
		}
		column := slices.Index(u.names, path)
		if column < 0 && len(u.names) < most {
			column, u.names = len(u.names), append(u.names, path)
		}
		if row := &u.rows[len(u.rows)-1]; column >= 0 {
			*row = append(*row, make([]string, len(u.names)-len(*row))...)
			(*row)[column] = value
		}
	}
}

// otherVersions are the names of what a text was before, or will be.
var otherVersions = map[string]bool{"revisions": true, "edit_history": true, "edits": true, "draft": true}

// sentence reports whether a string is more than a word.
func sentence(s string) bool { return len(s) > 6 && strings.ContainsRune(strings.TrimSpace(s), ' ') }

// isText reports whether a field of this name holds what somebody wrote.
func (u *untaken) isText(name string) bool {
	const most = 4096
	is, known := u.texts[name]
	if !known {
		is = table.IsText(name) || u.own.ends(name)
		if u.texts == nil || len(u.texts) == most {
			u.texts = map[string]bool{}
		}
		u.texts[name] = is
	}
	return is
}
