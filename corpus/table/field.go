package table

import (
	"fmt"
	"slices"
	"strings"
)

// Field is what a column of a table may hold.
//
// Context is what the comment was written under, without saying whether that is
// the article or another comment: it is the title of the article if all comments of
// the thread have the same, otherwise the text of the parent.
type Field uint8

// The fields.
const (
	Text Field = iota
	Author
	Time
	ID
	Parent
	ParentText
	Votes
	Thread
	Title
	URL
	Description
	ArticleText
	Case
	Stance
	Sentiment
	Sarcasm
	Context
	Source    // the collection that a thread is from
	Removed   // whether the comment was taken away
	Against   // votes against it, where Votes are those for it
	Published // when the article was
	Reply     // whether it answers another comment, of which nothing more is told
	NumFields = 22
)

var fieldNames = [NumFields]string{
	"text", "author", "time", "id", "parent", "parent_text", "votes", "thread",
	"title", "url", "description", "article_text", "case", "stance", "sentiment", "sarcasm", "context", "source", "removed", "votes_against", "published", "reply",
}

// String returns the lower-case English name.
func (f Field) String() string {
	if int(f) < len(fieldNames) {
		return fieldNames[f]
	}
	return fmt.Sprintf("Field(%d)", uint8(f))
}

// FieldNames are the names of the fields, in their order.
func FieldNames() []string { return slices.Clone(fieldNames[:]) }

// ParseField returns the field of that lower-case name.
func ParseField(name string) (Field, error) {
	for i, n := range fieldNames {
		if n == name {
			return Field(i), nil
		}
	}
	return 0, fmt.Errorf("unknown field %q: want one of %s", name, strings.Join(fieldNames[:], ", "))
}
