package exports

import (
	"encoding/json"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// word is a string that may be written as a number, a boolean or null. Objects and
// arrays are "".
type word string

// UnmarshalJSON takes any value.
func (w *word) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		return json.Unmarshal(b, (*string)(w))
	case 'n', '{', '[':
		*w = ""
	default:
		*w = word(b)
	}
	return nil
}

// id is the word as an identifier: JavaScript's null and zero are none.
func (w word) id() string {
	if w == "0" || w == "false" || w == "null" {
		return ""
	}
	return string(w)
}

// first returns the first word that isn't empty.
func first[S ~string](words ...S) S {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// count is a number of votes or comments, nil if there is none. Sites shorten it:
// "1.2K".
type count struct{ n *int }

// UnmarshalJSON takes a number, a string that is one, or anything else for none.
func (c *count) UnmarshalJSON(b []byte) error {
	var w word
	if err := w.UnmarshalJSON(b); err != nil {
		return err
	}
	if n, ok := scalar.Count(string(w)); ok {
		c.n = &n
	}
	return nil
}

// value is the number, 0 for none.
func (c count) value() int {
	return value(c.n)
}

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// yes is a boolean that may be written as a number or a string.
type yes bool

// UnmarshalJSON takes a truth value in any of the ways to write it.
func (y *yes) UnmarshalJSON(b []byte) error {
	var w word
	err := w.UnmarshalJSON(b)
	value, _ := scalar.Truth(string(w))
	*y = yes(value)
	return err
}

// when sets the time of a comment. One that isn't absolute is kept as written.
func when(c *corpus.Comment, written word) {
	if t, ok := scalar.Time(string(written)); ok {
		c.Posted = t
		return
	}
	c.PostedAs = string(written)
}

// dated is the time of an article in the way all are written, or as it is.
func dated(written word) string { return scalar.Published(string(written)) }
