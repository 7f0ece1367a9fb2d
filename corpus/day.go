package corpus

import (
	"strings"
	"time"
)

// dayLayouts are the ways of writing a date that can't be misread. Where a day is
// followed by a time, the day alone is compared.
var dayLayouts = []string{
	time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.RFC822, time.RFC822Z,
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "2006/01/02",
}

// Day is that of a thread, YYYY-MM-DD: that on which its article was published,
// where the input states it in an unmistakable way, otherwise that of its first
// comment; "" if neither is known.
func (t *Thread) Day() string {
	published := strings.TrimSpace(t.Article.Published)
	if len(published) >= len(time.DateOnly) {
		if day, err := time.Parse(time.DateOnly, published[:len(time.DateOnly)]); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	for _, layout := range dayLayouts {
		if day, err := time.Parse(layout, published); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	var first time.Time
	for i := range t.Comments {
		if posted := t.Comments[i].Posted; !posted.IsZero() && (first.IsZero() || posted.Before(first)) {
			first = posted
		}
	}
	if first.IsZero() {
		return ""
	}
	return first.Format(time.DateOnly)
}
