package webpage

import (
	"strings"
	"time"

	"golang.org/x/net/html"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/scalar"
)

// The remarks that SingleFile and browsers leave at the top of a page they save.
var (
	savedFrom = commentline.Pattern(`(?i)(?:\burl:\s*|saved from url=\(\d+\))(https?://\S+)`)
	savedDate = commentline.Pattern(`(?i)saved date:\s*([\w :]+GMT[+-]\d{4})`)
)

// saved completes the options by what the page's own remarks say of where it came from
// and when.
func (o *Options) saved(t *tree) {
	for n := range below(t.root) {
		if n.Type != html.CommentNode {
			continue
		}
		if m := savedFrom().FindStringSubmatch(n.Data); m != nil && o.URL == "" {
			o.URL = m[1]
		}
		if m := savedDate().FindStringSubmatch(n.Data); m != nil && o.Saved.IsZero() {
			o.Saved, _ = scalar.Time(m[1])
		}
		if n.Parent != t.root && !strings.Contains(n.Data, "SingleFile") {
			return // remarks further down are the page's own
		}
	}
}

// resolve sets the times that are told only in figures whose order the others show, and
// those that are told only as so long before the page was saved. They are as coarse as they
// are told.
func resolve(comments []corpus.Comment, saved time.Time) {
	commentline.SetTimes(comments)
	for i := range comments {
		c := &comments[i]
		if c.Posted.IsZero() && c.PostedAs != "" {
			c.Posted, _ = scalar.Relative(saved, c.PostedAs)
		}
	}
}
