package exports

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus/internal/jsonvalues"
	"stance.example/stance/corpus/internal/scalar"
)

// at is where something stands in a value: one or more paths with blanks between them, of
// which the first that leads to something counts. A path is the names of fields with dots
// between them. Behind a name, "[]" stands for each element of an array, or the value itself
// if it is none; "[-1]" for the last element; "[type=like]" for those whose type is "like"; "{}" for each
// field of an object. Paths that are
// joined by "&" are words side by side: "first_name&last_name". Those
// joined by "~" are one word without a blank, if all are there. A word behind "=" is itself, and
// "/4" the fifth of the pieces between its strokes, "/id=" what stands behind these letters in the piece that begins with
// them, and "#" the length of a list. "␣" is a blank in a name.
type at string

// each gives what stands there to use, and reports whether there is anything.
func (a at) each(v *jsonlite.Value, use func(*jsonlite.Value)) bool {
	there := func(v *jsonlite.Value) {
		if v.Kind() != jsonlite.Null {
			use(v)
		}
	}
	for path := range strings.FieldsSeq(string(a)) {
		if follow(v, path, there) {
			return true
		}
	}
	return false
}

// told reports whether a string, number or truth value stands there, or null or an empty list; an empty
// string if blank is as good.
func (a at) told(v *jsonlite.Value, blank bool) bool {
	told := false
	for path := range strings.FieldsSeq(chosen.ReplaceAllString(string(a), "[]")) {
		for i := range path {
			if list := path[:i+1]; strings.HasSuffix(list, "[]") || strings.HasSuffix(list, "{}") {
				elements := 0
				told = told || follow(v, list, func(*jsonlite.Value) { elements++ }) && elements == 0
			}
		}
		follow(v, path, func(v *jsonlite.Value) { told = told || isWord(v, blank) })
	}
	return told
}

// isWord reports whether a value is a string, number or truth value, null, or a list of strings or of nothing.
func isWord(v *jsonlite.Value, blank bool) bool {
	switch v.Kind() {
	case jsonlite.Array:
		return v.Len() == 0 || v.Index(0).Kind() == jsonlite.String
	case jsonlite.Null:
		return true
	case jsonlite.String:
		return blank || v.Len() > 0
	}
	return spelled(v) != ""
}

// follow gives what stands at the end of a path to use, and reports whether there is anything but
// null. A list without elements is something.
func follow(v *jsonlite.Value, path string, use func(*jsonlite.Value)) bool {
	written, rest, more := strings.Cut(path, ".")
	name, mark := step(written)
	if name != "" {
		if v.Kind() != jsonlite.Object {
			return false
		}
		if v = field(v, name); v == nil {
			return false
		}
	}
	found := false
	next := func(v *jsonlite.Value) bool {
		if more {
			found = follow(v, rest, use) || found
		} else {
			use(v)
			found = found || v.Kind() != jsonlite.Null
		}
		return true
	}
	isList := within(v, mark, next)
	return found || isList && !more
}

// within gives the values to use that a mark behind a name stands for, and reports whether it stands for
// all of a list.
func within(v *jsonlite.Value, mark string, use func(*jsonlite.Value) bool) bool {
	kind := v.Kind()
	switch {
	case mark == "[]" && kind == jsonlite.Array:
		v.Array(use)
		return true
	case mark == "{}" && kind == jsonlite.Object:
		v.Object(func(_ string, v *jsonlite.Value) bool { return use(v) })
		return true
	case mark == "[-1]" && kind == jsonlite.Array && v.Len() > 0:
		use(v.Index(v.Len() - 1))
	case strings.Contains(mark, "=") && kind == jsonlite.Array:
		name, word, _ := strings.Cut(strings.Trim(mark, "[]"), "=")
		v.Array(func(v *jsonlite.Value) bool { return at(name).word(v) != word || use(v) })
	case mark == "" || mark == "[]":
		use(v)
	}
	return false
}

// step is the name of a field in a path, and the mark behind it.
func step(written string) (name, mark string) {
	name = strings.ReplaceAll(written, "␣", " ")
	if i := strings.IndexAny(name, "[{"); i >= 0 {
		return name[:i], name[i:]
	}
	return name, ""
}

// chosen is the mark of the elements of an array that have a word.
var chosen = regexp.MustCompile(`\[\w+=\w+\]`)

// field is the field of an object of that name, the last where there are several, nil if there is
// none.
func field(v *jsonlite.Value, name string) *jsonlite.Value {
	var found *jsonlite.Value
	v.Object(func(n string, v *jsonlite.Value) bool {
		if n == name {
			found = v
		}
		return true
	})
	return found
}

// is reports whether a path without marks is any of the paths.
func (a at) is(path string) bool {
	return slices.Contains(strings.Fields(string(a.bare())), path)
}

// marks are what stands behind the names of the fields of a path.
var marks = regexp.MustCompile(`\[[^]]*\]|\{\}`)

// bare are the paths without their marks.
func (a at) bare() at { return at(marks.ReplaceAllString(string(a), "")) }

// ends reports whether any of the paths, which have no marks, ends in a field of this name, below one of the name above
// if it is longer.
func (a at) ends(above, name string) bool {
	for path := range strings.FieldsSeq(string(a)) {
		if rest, ok := strings.CutSuffix(path, name); ok && (rest == "" || rest[len(rest)-1] == '.' && at(rest[:len(rest)-1]).under(above)) {
			return true
		}
	}
	return false
}

// under reports whether the last name of a path is this.
func (a at) under(name string) bool {
	return string(a[strings.LastIndexByte(string(a), '.')+1:]) == name
}

// there reports whether anything stands there.
func (a at) there(v *jsonlite.Value) bool { return a.each(v, func(*jsonlite.Value) {}) }

// word is the first string, number or truth value that stands there, "" for none.
func (a at) word(v *jsonlite.Value) string {
	for path := range strings.FieldsSeq(string(a)) {
		var words []string
		for part := range strings.SplitSeq(path, "&") {
			if found := joint(v, part); found != "" {
				words = append(words, found)
			}
		}
		if len(words) > 0 {
			return strings.Join(words, " ")
		}
	}
	return ""
}

// joint is the word that the parts of a path make without blanks, "" if one isn't there.
func joint(v *jsonlite.Value, path string) string {
	joined := ""
	for part := range strings.SplitSeq(path, "~") {
		found, literal := strings.CutPrefix(part, "=")
		if !literal {
			found = ""
			if list, ok := strings.CutSuffix(part, "#"); ok {
				n := 0
				follow(v, list+"[]", func(*jsonlite.Value) { n++ })
				return strconv.Itoa(n)
			}
			part, which, cut := strings.Cut(part, "/")
			follow(v, part, func(v *jsonlite.Value) { found = cmp.Or(found, spelled(v)) })
			if cut {
				found = piece(found, which)
			}
		}
		if found == "" {
			return ""
		}
		joined += found
	}
	return joined
}

// piece is one of the pieces between the strokes of a word: that of a number, or the rest of the one that begins with
// some letters; "" if there is none.
func piece(word, which string) string {
	number, err := strconv.Atoi(which)
	for i, piece := range strings.Split(word, "/") {
		if rest, ok := strings.CutPrefix(piece, which); err == nil && i == number {
			return piece
		} else if err != nil && ok {
			return rest
		}
	}
	return ""
}

// sum adds up the counts that stand there, nil if there is none.
func (a at) sum(v *jsonlite.Value) *int {
	var sum *int
	a.each(v, func(v *jsonlite.Value) {
		if n, ok := scalar.Count(spelled(v)); ok {
			if sum == nil {
				sum = new(int)
			}
			*sum += n
		}
	})
	return sum
}

// prose is the texts that stand there, a line each. A text may be in pieces: an array of
// strings and of objects that have a text. The strings are noted as read.
func (a at) prose(v *jsonlite.Value, read taken) string {
	for path := range strings.FieldsSeq(string(a)) {
		var texts []string
		follow(v, path, func(v *jsonlite.Value) {
			if s := pieces(v, read); s != "" {
				texts = append(texts, s)
			}
		})
		if len(texts) > 0 {
			return strings.Join(texts, "\n")
		}
	}
	return ""
}

func pieces(v *jsonlite.Value, read taken) string {
	if v.Kind() == jsonlite.Array {
		var s strings.Builder
		v.Array(func(v *jsonlite.Value) bool {
			if v.Kind() == jsonlite.Object {
				v = field(v, "text")
			}
			if v != nil && v.Kind() != jsonlite.Array {
				s.WriteString(read.note(spelled(v)))
			}
			return true
		})
		return s.String()
	}
	if v.Kind() == jsonlite.Object {
		return read.note(at("rendered text #text").word(v))
	}
	return read.note(spelled(v))
}

// spelled is a string, number or truth value as it is written, "" for anything else. MongoDB
// writes some as objects: {"$date":…}.
func spelled(v *jsonlite.Value) string {
	if v.Kind() == jsonlite.Object {
		return at("$date $oid $numberLong $numberInt $date.$numberLong #text").word(v)
	}
	return jsonvalues.Scalar(v)
}
