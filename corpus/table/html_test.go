package table_test

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus/table"
)

// A table that is all of a document of HTML is read as any other; pages whose comments stand in a table aren't tables.
func TestReadHTML(t *testing.T) {
	const (
		head = `<table><tr><th>id</th><th>replyTo</th><th>author</th><th>text</th></tr>`
		one  = `<tr><td>1</td><td></td><td>Ada</td><td>Who <b>paid</b> for it?<br>R&amp;D?</td></tr>`
		two  = `<tr><td>2</td><td>1</td><td>Bo</td><td>We <table><tr><td>all</td></tr></table> did.</td></tr>`
	)
	const both = `Ada: "Who paid for it?\nR&D?"; Bo 1: "We all did."`
	for _, tt := range []struct{ name, in, want string }{
		{"a document", "<html><head><title>Comments of a video</title><style>td { color: red }</style></head><body>" +
			head + one + two + "</table>Bye.</body></html>", both},
		{"a fragment", head + one + two + "</table>", both},
		{"without ends", strings.NewReplacer("</td>", "", "</th>", "", "</tr>", "").Replace(head + one + "<tr><td>2<td>1<td>Bo<td>We all did."), both},
		{"with a row's number", strings.NewReplacer(
			"<tr><th>", "<tr><th></th><th>", "<tr><td>1", "<tr><th>0</th><td>1", "<tr><td>2", "<tr><th>1</th><td>2",
		).Replace(head + one + two), both},
		{"a page", "<h1>Ferry</h1><p>" + strings.Repeat("The county cuts the ferry. ", 10) + "</p>" + head + one + two + "</table>", ""},
		{"posts in a forum", "<table><tr><th>Author</th><th>Message</th></tr><tr><td>Ada</td><td>Who paid?</td></tr></table>", ""},
		{"a header alone", head + "</table>", ""},
		{"a layout", "<table><tr><td>id text author date</td></tr>" + one + "</table>", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := table.DetectHTML([]byte(tt.in), table.Options{}); got != (tt.want != "") {
				t.Fatalf("a table: %t", got)
			}
			if tt.want == "" {
				return
			}
			var got []string
			for th, err := range table.ReadHTML("t.xls", strings.NewReader(tt.in), table.Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range th.Comments {
					got = append(got, fmt.Sprintf("%s: %q", strings.TrimSpace(c.Author+" "+c.Parent), c.Text))
				}
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
