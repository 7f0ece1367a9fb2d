package exports

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
)

// shape is the paths of fields that a form is recognised by, such as
// "data.children[].kind". "[]" stands for the elements of an array and a first "*"
// for any name.
type shape []string

// fits reports whether the JSON that begins with head has any of the shapes.
func fits(head []byte, shapes []shape) bool {
	var paths map[string]bool
	for _, s := range shapes {
		if !s.named(head) {
			continue
		}
		if paths == nil {
			paths = sketch(head)
		}
		if !slices.ContainsFunc(s, func(path string) bool { return !paths[path] }) {
			return true
		}
	}
	return false
}

// named reports whether the names of all fields occur, which is quickly seen and
// seldom true of another form.
func (s shape) named(head []byte) bool {
	for _, path := range s {
		for _, name := range names(path) {
			if !bytes.Contains(head, []byte(name)) {
				return false
			}
		}
	}
	return true
}

// names are the names of the fields on a path.
func names(path string) []string {
	return strings.FieldsFunc(strings.TrimPrefix(path, "*"), func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

// What is noted of a path is bounded, so that a sketch takes memory and time in
// proportion to the head: no form is recognised by more.
const (
	deepest     = 8  // fields and elements in a path
	longestName = 64 // bytes of a field's name
)

// sketch returns the paths of the fields in the JSON that begins with head, which may
// be cut anywhere.
func sketch(head []byte) map[string]bool {
	paths := map[string]bool{}
	d := json.NewDecoder(bytes.NewReader(head))
	for d.More() {
		if err := note(d, "", "", 0, paths); err != nil {
			break
		}
	}
	return paths
}

// note adds the paths below the next value.
func note(d *json.Decoder, path, anyPath string, depth int, paths map[string]bool) error {
	if depth > deepest {
		return d.Decode(new(json.RawMessage))
	}
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, ok := key.(string)
			if !ok {
				return io.ErrUnexpectedEOF
			}
			name = name[:min(len(name), longestName)]
			below, anyBelow := join(path, name), join(anyPath, name)
			if depth == 0 {
				anyBelow = "*"
			}
			paths[below], paths[anyBelow] = true, true
			if err := note(d, below, anyBelow, depth+1, paths); err != nil {
				return err
			}
		}
	case json.Delim('['):
		for d.More() {
			if err := note(d, path+"[]", anyPath+"[]", depth+1, paths); err != nil {
				return err
			}
		}
	default:
		return nil
	}
	_, err = d.Token()
	return err
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
