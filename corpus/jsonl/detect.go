package jsonl

import (
	"bytes"
	"encoding/json"
	"io"
)

// Detect reports whether the input that begins with head is JSON objects, in lines
// or not, or an array of them. They need not be threads: Read says what they are.
func Detect(head []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(head))
	start, err := dec.Token()
	if err == nil && start == json.Delim('[') {
		start, err = dec.Token()
	}
	if err != nil || start != json.Delim('{') {
		return false
	}
	// A member, or the end of an empty object. The head may end anywhere.
	for range 2 {
		switch token, err := dec.Token(); {
		case err != nil:
			return err == io.EOF || err == io.ErrUnexpectedEOF
		case token == json.Delim('}'):
			return true
		}
	}
	return true
}
