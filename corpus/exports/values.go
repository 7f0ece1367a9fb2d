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

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// when sets the time of a comment. One that isn't absolute is kept as written.
func when(c *corpus.Comment, written word) { inOrder(scalar.UnknownOrder, c, string(written)) }

// inOrder is when for times whose order of day and month is known.
func inOrder(order scalar.Order, c *corpus.Comment, written string) {
	if t, ok := order.Time(written); ok {
		c.Posted = t
		return
	}
	c.PostedAs = written
}

// dated is the time of an article in the way all are written, or as it is.
func dated(written word) string { return scalar.Published(string(written)) }
