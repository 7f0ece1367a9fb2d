package webpage

import (
	"strings"
	"time"

	"golang.org/x/net/html"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/scalar"
)

// parseTime reads a time that a page states for programs. Hacker News writes it twice:
// "2024-05-01T10:00:00 1714557600". It returns the zero time for anything else.
func parseTime(s string) time.Time {
	s, _, _ = strings.Cut(s, ", License")
	if first, rest, ok := strings.Cut(s, " "); ok && strings.Contains(first, "T") && len(rest) >= 9 && strings.Trim(rest, "0123456789") == "" {
		s = first
	}
	at, _ := scalar.Time(s)
	return at
}

// figure reads a text that is a number and at most a word or a sign with it.
func figure(s string) (int, bool) {
	const longest = 24
	s = strings.Trim(s, " ()[]+▲▼△▽👍👎♥❤·|")
	if _, behind, labelled := strings.Cut(s, ": "); labelled {
		s = behind
	}
	if s == "" || len(s) > longest {
		return 0, false
	}
	if r := commentline.Read(s); r.Votes != nil {
		return *r.Votes, true
	}
	number, _, _ := strings.Cut(s, " ")
	return scalar.Count(number)
}

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
