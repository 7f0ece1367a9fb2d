package formats_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
)

// cell is what a comment's time, count and truth value are written as.
type cell struct{ time, count, truth string }

// cellForms write one comment with the cell as a file of their form; a form without one of
// the three doesn't write it.
var cellForms = []struct {
	name        string
	write       func(c cell) string
	count, gone bool // whether it has these
}{
	{"csv", func(c cell) string {
		return fmt.Sprintf("id,author,text,created_at,likes,removed\n1,Ola,Says who?,%q,%q,%q\n", c.time, c.count, c.truth)
	}, true, true},
	{"tsv", func(c cell) string {
		return "id\tauthor\ttext\tdate\tvotes\tdeleted\n" + strings.Join([]string{"1", "Ola", "Says who?", c.time, c.count, c.truth}, "\t") + "\n"
	}, true, true},
	{"records", func(c cell) string {
		return fmt.Sprintf(`{"posts":[{"id":1,"author":"Ola","body":"Says who?","created_at":%q,"likes":%q,"removed":%q}]}`, c.time, c.count, c.truth)
	}, true, true},
	{"description", func(c cell) string { // that of Hyvor, for all that are one
		return fmt.Sprintf(`{"data":[{"id":1,"user":{"name":"Ola"},"body_html":"Says who?","created_at":%q,"upvotes":%q,"is_deleted":%q}]}`, c.time, c.count, c.truth)
	}, true, true},
	{"export", func(c cell) string { // of Hacker News, whose reader is its own
		return fmt.Sprintf(`{"id":1,"type":"comment","by":"Ola","text":"Says who?","parent":9,"time":%q,"deleted":%q}`, c.time, c.truth)
	}, false, true},
	{"feed", func(c cell) string {
		return fmt.Sprintf(`<rss version="2.0"><channel><title>Comments on: Quay</title><item><title>By: Ola</title><link>https://t.example/q#comment-1</link>`+
			`<pubDate>%s</pubDate><description>Says who?</description></item></channel></rss>`, c.time)
	}, false, false},
	{"page", func(c cell) string {
		return fmt.Sprintf(`<!DOCTYPE html><html><body><h1>Quay</h1><ol class="comments"><li class="comment" id="comment-1"><b class="author">Ola</b><time `+
			`datetime=%q>then</time><p>Says who?</p></li></ol></body></html>`, c.time)
	}, false, false},
}

// The same cell gives the same time, count and truth value in every form.
func TestSameCells(t *testing.T) {
	for _, tt := range []struct {
		cell
		posted string
		votes  int
		gone   bool
	}{
		{cell{"2024-03-01T10:00:00Z", "3", "false"}, "2024-03-01 10:00", 3, false},
		{cell{"2015-09-29 10:50:41.987077+00", "1.2K", "1"}, "2015-09-29 10:50", 1200, true},
		{cell{"Fri, 01 Mar 2024 10:00:00 +0000", "1,234", "yes"}, "2024-03-01 10:00", 1234, true},
		{cell{"26 February 2013 10:03am", "7.0", "no"}, "2013-02-26 10:03", 7, false},
		{cell{"01-May-2023 10:00AM", "-2", "0"}, "2023-05-01 10:00", -2, false},
		{cell{"1709287200", "0", "True"}, "2024-03-01 10:00", 0, true},
		{cell{"1709287200000", "12", "N"}, "2024-03-01 10:00", 12, false},
	} {
		for _, form := range cellForms {
			var got *corpus.Comment
			threads, failures := read("in", form.write(tt.cell), formats.Options{})
			if len(threads) == 1 && len(threads[0].Comments) == 1 {
				got = &threads[0].Comments[0]
			} else {
				t.Errorf("%s, %+v: %d threads, %q", form.name, tt.cell, len(threads), failures)
				continue
			}
			if at := got.Posted.UTC().Format("2006-01-02 15:04"); at != tt.posted {
				t.Errorf("%s: %q is %s, want %s", form.name, tt.time, at, tt.posted)
			}
			if form.count && (got.Votes == nil || *got.Votes != tt.votes) {
				t.Errorf("%s: %q isn't %d", form.name, tt.count, tt.votes)
			}
			if form.gone && got.Removed != tt.gone {
				t.Errorf("%s: %q is %t, want %t", form.name, tt.truth, got.Removed, tt.gone)
			}
		}
	}
}
