package jsonl

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// line is a thread as it is written.
type line struct {
	Thread scalar `json:"thread,omitempty"`
	header
	Comments []comment `json:"comments"`
}

// record is a thread as it may be read.
type record struct {
	// Thread is the ID or, in the output of an analysis, the header.
	Thread json.RawMessage `json:"thread"`
	header
	Article *article `json:"article"`
	// Comments are read one by one.
	Comments json.RawMessage `json:"comments"`
}

// header is all of a thread but its ID and its comments.
type header struct {
	Source      string   `json:"source,omitempty"`
	Format      string   `json:"format,omitempty"`
	Licence     string   `json:"licence,omitempty"`
	Title       string   `json:"title,omitempty"`
	URL         string   `json:"url,omitempty"`
	Site        string   `json:"site,omitempty"`
	Published   scalar   `json:"published,omitempty"`
	Case        string   `json:"case,omitempty"`
	For         []string `json:"for,omitempty"`
	Against     []string `json:"against,omitempty"`
	Description string   `json:"description,omitempty"`
	Text        string   `json:"text,omitempty"`
	Declared    int      `json:"declared_comments,omitempty"`
}

// article is the article as an object of its own.
type article struct {
	ID scalar `json:"id"`
	header
	Target string `json:"target"`
}

// comment is a comment as it is read and written.
type comment struct {
	ID         scalar  `json:"id,omitempty"`
	Parent     scalar  `json:"parent,omitempty"`
	ParentText string  `json:"parent_text,omitempty"`
	Reply      bool    `json:"reply,omitempty"`
	Author     scalar  `json:"author,omitempty"`
	Posted     scalar  `json:"posted,omitempty"`
	PostedAs   string  `json:"posted_as,omitempty"`
	Votes      *int    `json:"votes,omitempty"`
	Text       *string `json:"text"`
	Removed    bool    `json:"removed,omitempty"`
	Stance     scalar  `json:"stance,omitempty"`
	Sentiment  scalar  `json:"sentiment,omitempty"`
	Sarcasm    bool    `json:"sarcasm,omitempty"`
	Certainty  int     `json:"certainty,omitempty"`
	// Probabilities or Engine are there if the stance is the program's own.
	Probabilities present `json:"probabilities,omitzero"`
	Engine        present `json:"engine,omitzero"`
}

// scalar is a string that some writers write as a number: an ID, a label.
type scalar string

// UnmarshalJSON takes a string, a number as it is written, or null for "".
func (s *scalar) UnmarshalJSON(b []byte) error {
	switch c := b[0]; {
	case c == '"':
		return json.Unmarshal(b, (*string)(s))
	case c == '-' || '0' <= c && c <= '9':
		*s = scalar(b)
	case c != 'n':
		return &json.UnmarshalTypeError{Value: kind(c), Type: reflect.TypeFor[string]()}
	}
	return nil
}

// kind names the JSON type of the value that begins with c.
func kind(c byte) string {
	switch c {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	}
	return "number"
}

// present tells only whether a field has a value.
type present bool

// UnmarshalJSON notes any value but null.
func (p *present) UnmarshalJSON(b []byte) error {
	*p = present(!bytes.Equal(b, []byte("null")))
	return nil
}
