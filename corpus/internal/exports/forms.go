package exports

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed forms.toml
var described string

// Forms returns the saved forms, the most telling first.
func Forms() []Form { return forms() }

var forms = sync.OnceValue(func() []Form {
	var file struct{ Form []*system }
	known, err := toml.Decode(described, &file)
	if err != nil {
		panic(err) // it is a part of the program
	}
	if unknown := known.Undecoded(); len(unknown) > 0 {
		panic(fmt.Sprintf("forms.toml: %v is nothing that a form has", unknown))
	}
	forms := make([]Form, len(file.Form))
	for i, s := range file.Form {
		forms[i] = s.form()
	}
	return forms
})

// named finds what the descriptions name.
func named[F any](at *F, name []byte, all map[string]F) error {
	found, ok := all[string(name)]
	if !ok {
		return fmt.Errorf("no function %q", name)
	}
	*at = found
	return nil
}

// UnmarshalText finds the function by its name.
func (e *commentEdit) UnmarshalText(name []byte) error { return named(e, name, commentEdits) }

// UnmarshalText finds the function by its name.
func (e *pageEdit) UnmarshalText(name []byte) error { return named(e, name, pageEdits) }

// UnmarshalText finds the function by its name.
func (t *test) UnmarshalText(name []byte) error { return named(t, name, tests) }

// UnmarshalText finds the function by its name.
func (w *writing) UnmarshalText(name []byte) error { return named(w, name, writings) }

// UnmarshalText finds the functions by their name.
func (r *reader) UnmarshalText(name []byte) error { return named(r, name, readers) }

// UnmarshalText takes the paths of a shape with blanks between them.
func (s *shape) UnmarshalText(paths []byte) error {
	for path := range strings.FieldsSeq(string(paths)) {
		*s = append(*s, strings.ReplaceAll(path, "␣", " "))
	}
	return nil
}

// IsRedditLines reports whether the text that begins with head is Reddit comments a line, as archives keep them.
func IsRedditLines(head []byte) bool {
	return fits(head, []shape{{"link_id", "parent_id", "body", "author"}, {"[].link_id", "[].parent_id", "[].body", "[].author"}})
}
