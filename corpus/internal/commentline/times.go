package commentline

import (
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// SetTimes sets the times of writing of the comments that only have them as they are
// written. In which order a date of figures has its day and month is told by the others of
// the page.
func SetTimes(comments []corpus.Comment) {
	var column scalar.Column
	for i := range comments {
		c := &comments[i]
		if at, ok := column.Time(c.PostedAs); ok && c.Posted.IsZero() {
			c.Posted = at
		}
	}
	order := column.Order()
	if order == scalar.UnknownOrder {
		return
	}
	for i := range comments {
		if c := &comments[i]; c.Posted.IsZero() && c.PostedAs != "" {
			c.Posted, _ = order.Time(c.PostedAs)
		}
	}
}
