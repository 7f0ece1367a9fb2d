package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/jsonlite"

	"stance.example/stance/corpus/internal/jsonvalues"
)

// node is a JSON value: a scalar, an object or an array.
type node struct {
	kind byte     // '{', '[', '"' for a string, 'n' for null, '0' for any other
	text string   // of a scalar
	keys []string // of an object, beside kids
	kids []node
}

// nodeOf is a value as a node, which may be a row if it is an array in an array. Numbers in arrays tell
// nothing of comments and are left out, but for those between the texts of a row and those in columns.
func nodeOf(v *jsonlite.Value, row bool) node {
	var n node
	switch v.Kind() {
	case jsonlite.Null:
		return node{kind: 'n'}
	case jsonlite.String:
		return node{kind: '"', text: jsonvalues.Scalar(v)}
	case jsonlite.Array:
		n.kind = '['
		row = row && v.Len() <= widest
		v.Array(func(e *jsonlite.Value) bool {
			if kid := nodeOf(e, true); row || !untold(kid) {
				n.kids = append(n.kids, kid)
			}
			return true
		})
		if row && !slices.ContainsFunc(n.kids, func(kid node) bool { return kid.kind == '"' }) {
			n.kids = slices.DeleteFunc(n.kids, untold)
		}
	case jsonlite.Object:
		n.kind = '{'
		read := func(e *jsonlite.Value) node { return nodeOf(e, false) }
		columns := areColumns(v)
		if columns {
			read = column
		}
		v.Object(func(name string, e *jsonlite.Value) bool {
			n.keys, n.kids = append(n.keys, name), append(n.kids, read(e))
			return true
		})
		if columns {
			n.turn()
		}
	default:
		return node{kind: '0', text: v.JSON()}
	}
	return n.plain()
}

// areColumns reports whether an object holds the columns of a table of comments: arrays of one length, of which
// one has texts.
func areColumns(v *jsonlite.Value) bool {
	var names []string
	cells, even, texts := 0, true, false
	v.Object(func(name string, e *jsonlite.Value) bool {
		if even = e.Kind() == jsonlite.Array && (cells == 0 || e.Len() == cells); !even {
			return false
		}
		names, cells = append(names, name), e.Len()
		texts = texts || IsText(name) && cells > 0 && e.Index(0).Kind() == jsonlite.String
		return true
	})
	return even && texts && slices.ContainsFunc(besideText, guess(names, nil).has)
}

// column is an array of which every value counts.
func column(v *jsonlite.Value) node {
	n := node{kind: '['}
	v.Array(func(e *jsonlite.Value) bool {
		n.kids = append(n.kids, nodeOf(e, true))
		return true
	})
	return n
}

// plain is the value of an object that is only a way to write one, as MongoDB does: {"$date":…}.
func (n node) plain() node {
	if kind := n.field("type"); kind != nil && kind.text == "doc" && n.field("content") != nil {
		return node{kind: '"', text: strings.TrimSpace(n.written())}
	}
	if len(n.keys) == 1 && strings.HasPrefix(n.keys[0], "$") && n.kids[0].kind != '[' && n.kids[0].kind != '{' {
		return n.kids[0]
	}
	return n
}

// written is the text of a document of an editor, which has its texts in the content of its blocks.
func (n *node) written() string {
	if text := n.field("text"); text != nil {
		return text.text
	}
	var b strings.Builder
	if content := n.field("content"); content != nil {
		for i := range content.kids {
			b.WriteString(content.kids[i].written())
		}
		if len(content.kids) > 0 && content.kids[0].field("text") != nil {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// single makes lists of what stands alone where XML would have several: an element in one for it, both named
// for comments.
func (n *node) single() {
	for i := range n.kids {
		kid := &n.kids[i]
		kid.single()
		if n.kind == '{' && len(kid.keys) == 1 && kid.kids[0].kind == '{' && ReplyName(n.keys[i]) && ReplyName(kid.keys[0]) {
			*kid = node{kind: '[', kids: kid.kids}
		}
	}
}

// widest is how many cells a row may have.
const widest = 512

// untold reports whether a value in an array tells nothing of comments.
func untold(n node) bool { return n.kind == '0' || n.kind == 'n' }

// list makes an array of an object that is a list by its content: of objects by their IDs, of
// comments by the IDs of their threads, or of columns, objects whose fields are the numbers of the
// rows. An array of rows below names becomes one of objects.
func (n *node) list() {
	switch {
	case len(n.kids) == 0:
		return
	case n.kind == '[':
		n.name(n.kids[0].header(), n.kids[1:])
		return
	case n.kind != '{':
		return
	}
	n.listReply()
	n.nameRows()
	if n.isCache() {
		n.unfold()
	} else {
		n.listFields()
	}
}

// listReply makes a list of a comment that stands alone in another one.
func (n *node) listReply() {
	if !n.hasText() {
		return
	}
	for i := range n.kids {
		if kid := &n.kids[i]; lists("comments-only", n.keys[i]) && !lists("answer", n.keys[i]) && kid.hasText() {
			*kid = node{kind: '[', kids: []node{*kid}}
		}
	}
}

// hasText reports whether an object has a text of its own.
func (n *node) hasText() bool {
	return n.kind == '{' && slices.ContainsFunc(n.keys, func(key string) bool { return n.field(key).kind == '"' && IsText(key) })
}

// listFields is list for the fields of an object.
func (n *node) listFields() {
	kind := n.kids[0].kind
	if slices.ContainsFunc(n.kids, func(kid node) bool { return kid.kind != kind || len(kid.kids) == 0 }) {
		return
	}
	n.listBy(kind)
}

// listBy is list for an object of objects, or of arrays.
func (n *node) listBy(kind byte) {
	byID := !slices.ContainsFunc(n.keys, func(key string) bool { return !strings.ContainsAny(key, "0123456789") || KnownName(key) })
	switch {
	case kind == '[' && byID:
		for i := range n.kids {
			n.kids[i] = node{kind: '{', keys: []string{"thread_id", "comments"}, kids: []node{{kind: '"', text: n.keys[i]}, n.kids[i]}}
		}
		*n = node{kind: '[', kids: n.kids}
	case kind == '{' && n.isColumns():
		n.turn()
	case kind == '{' && byID:
		n.identify()
	}
}

// nameRows gives the rows in an object the names that stand beside them.
func (n *node) nameRows() {
	for i, key := range n.keys {
		if rows := &n.kids[i]; lists("rows", key) && rows.kind == '[' {
			for k, key := range n.keys {
				if lists("header", key) {
					rows.name(n.kids[k].header(), rows.kids)
				}
			}
		}
	}
}

// isColumns reports whether an object holds columns: several objects with the same numbers as names.
func (n *node) isColumns() bool {
	numbers := func(names []string) bool {
		return !slices.ContainsFunc(names, func(s string) bool { return strings.Trim(s, "0123456789") != "" })
	}
	first := n.kids[0].keys
	return len(n.kids) > 1 && numbers(first) && !numbers(n.keys) && !slices.ContainsFunc(n.kids, func(kid node) bool { return !slices.Equal(kid.keys, first) })
}

// turn makes the rows of columns.
func (n *node) turn() {
	rows := make([]node, len(n.kids[0].kids))
	for i := range rows {
		rows[i] = node{kind: '{', keys: n.keys}
		for k := range n.kids {
			rows[i].kids = append(rows[i].kids, n.kids[k].kids[i])
		}
	}
	*n = node{kind: '[', kids: rows}
}

// identify makes an array of objects by their IDs, which they have then.
func (n *node) identify() {
	for i := range n.kids {
		if kid := &n.kids[i]; !slices.ContainsFunc(kid.keys, func(name string) bool { m, ok := composed(name); return ok && m.field == ID }) {
			kid.keys = append([]string{"id"}, kid.keys...)
			kid.kids = append([]node{{kind: '"', text: n.keys[i]}}, kid.kids...)
		}
	}
	*n = node{kind: '[', kids: n.kids}
}

// header is an array as the names of columns, of which one is that of a text; nil if it isn't.
func (n *node) header() []string {
	if n.kind != '[' || len(n.kids) < 2 {
		return nil
	}
	var names []string
	texts := false
	for i := range n.kids {
		name := &n.kids[i]
		if name.kind == '{' {
			name = cmp.Or(name.field("name"), name.field("label"), name.field("title"), name)
		}
		if name.kind != '"' {
			return nil
		}
		texts = texts || IsText(name.text)
		names = append(names, name.text)
	}
	if !texts {
		return nil
	}
	return names
}

// name makes n the rows as objects whose fields have these names. A row may end early.
func (n *node) name(names []string, rows []node) {
	if names == nil || len(rows) == 0 || slices.ContainsFunc(rows, func(row node) bool { return row.kind != '[' || len(row.kids) > len(names) }) {
		return
	}
	for i := range rows {
		rows[i].row(names)
	}
	n.kids = rows
}

// row makes an array an object whose fields have these names, unless they are fewer.
func (n *node) row(names []string) {
	if n.kind == '[' && len(n.kids) <= len(names) {
		n.kind, n.keys = '{', names[:len(n.kids)]
	}
}

// fields calls use for the scalars of an object by their names, those of the objects in it
// too: "author.name". A text in pieces is one scalar.
func (n *node) fields(prefix string, use func(name, value string)) {
	const deepest = 6
	for i, key := range n.keys {
		kid := &n.kids[i]
		name := prefix + key
		switch kid.kind {
		case '"', '0':
			use(name, kid.text)
		case 'n':
			use(name, "")
		case '{':
			if lists("wrapper", key) {
				kid.fields(prefix, use)
			} else if strings.Count(name, ".") < deepest {
				kid.fields(name+".", use)
			}
		case '[':
			if len(kid.kids) == 1 && kid.kids[0].kind == '{' && roleOf(strings.ToLower(key))&thePerson != 0 {
				kid.kids[0].fields(name+".", use)
			} else if text := kid.listed(name, key); text != "" {
				use(name, text)
			}
		}
	}
}

// listed is an array as a scalar: a text in pieces, or how many voted; "" for any other.
func (n *node) listed(name, key string) string {
	switch m, ok := composed(name); {
	case ok && m.field == Text && !ReplyName(key):
		return n.pieces()
	case ok && m.field == Votes && len(n.kids) > 0 && n.kids[0].kind == '"':
		return strconv.Itoa(len(n.kids))
	}
	return ""
}

// pieces joins the text of an array of strings and of objects with a kind and a text, as
// editors store what they show; "" for any other.
func (n *node) pieces() string {
	var b strings.Builder
	for i := range n.kids {
		kid := &n.kids[i]
		if kid.kind == '{' {
			if kid.field("type") == nil {
				return ""
			}
			kid = kid.field("text")
		}
		if kid != nil && kid.kind == '"' {
			b.WriteString(kid.text)
		}
	}
	return b.String()
}

// field returns the value of an object's field, nil if there is none.
func (n *node) field(name string) *node {
	for i, key := range n.keys {
		if key == name {
			return &n.kids[i]
		}
	}
	return nil
}
