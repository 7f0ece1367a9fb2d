package gather

import (
	"fmt"
	"strings"
	"testing"

	"stance.example/stance/corpus"
)

// Threads whose items stand together are gathered in bounded memory; one that goes on far
// from its other items, or is too large, gives the later ones as another thread and says so.
func TestLimit(t *testing.T) {
	tests := []struct {
		name, order string
		want        string
	}{
		{"sorted", "aaaabbbbccccdddd", "a4 b4 c4 d4"},
		{"far apart", "aabbccddaabbccdd", "a2 b2 c2 d2 a2! b2! c2! d2!"},
		{"near", "abababcdcdcd", "a3 b3 c3 d3"},
		{"one too large", "aaaaaaaaaaaaaaaaaaaaaaabb", "a10 a10+ a3+ b2"},
	}
	const size = 10
	limit := 2*perThread + 13*(perComment+size)/2 // two threads, six items and a half
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			g := New(Options{File: "in", Limit: limit, Numbered: true, Split: Split{IDs: true}}, func(th *corpus.Thread, err error) bool {
				if err != nil {
					t.Fatal(err)
				}
				mark := ""
				for _, p := range th.Problems {
					if strings.Contains(p.Message, "goes on here") {
						mark = "!"
					}
					if p.Oversize {
						mark = "+"
					}
				}
				got = append(got, fmt.Sprint(th.ID, len(th.Comments), mark))
				return true
			})
			for _, id := range tt.order {
				g.Add(&Item{Thread: string(id), Comment: corpus.Comment{Text: "xxxxxxxxx"}}, size)
			}
			g.Flush()
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

// Where no ID names the threads, addresses and titles tell them apart, unless they are those
// of the comments.
func TestSplit(t *testing.T) {
	item := func(url, title string) Item { return Item{Article: corpus.Article{URL: url, Title: title}} }
	tests := []struct {
		name  string
		split Split
		items []Item
		want  string
	}{
		{"addresses that repeat", Split{URL: true}, []Item{item("/a", ""), item("/a#7", ""), item("/b", "")}, "/a 2, /b 1"},
		{"addresses of comments", Split{URL: true}, []Item{item("/a", ""), item("/b", ""), item("/c", "")}, " 3"},
		{"named as the article's", Split{URL: true, SureURL: true}, []Item{item("/a", ""), item("/b", "")}, "/a 1, /b 1"},
		{"addresses of comments and titles of articles", Split{URL: true, Title: true},
			[]Item{item("/a", "x"), item("/b", "y"), item("/c", "x"), item("/d", "y")}, "x 2, y 2"},
		{"titles of comments", Split{Title: true}, []Item{item("", "x"), item("", "y"), item("", "z")}, " 3"},
		{"one address", Split{URL: true}, []Item{item("/a", ""), item("/a", "")}, " 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			g := New(Options{File: "in", Limit: 1 << 20, Numbered: true, Split: tt.split}, func(th *corpus.Thread, err error) bool {
				got = append(got, fmt.Sprint(th.ID, " ", len(th.Comments)))
				for i := range th.Comments[1:] {
					if th.Comments[i].ID > th.Comments[i+1].ID {
						t.Errorf("comments out of order: %v", th.Comments)
					}
				}
				return true
			})
			for i := range tt.items {
				g.Add(&tt.items[i], 10)
			}
			g.Flush()
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

// The posts of forums are the articles of what names them, which may stand anywhere in the file; comments that answer
// a first comment, among others that don't, are no posts' answers.
func TestPosts(t *testing.T) {
	item := func(id, title, parent string) Item {
		return Item{Article: corpus.Article{Title: title}, Comment: corpus.Comment{ID: id, Text: "text of " + id, Parent: parent}}
	}
	tests := []struct {
		name  string
		items []Item
		want  string
	}{
		{"answers far from their posts", []Item{item("1", "x", ""), item("2", "y", ""), item("3", "", "1"), item("4", "", "2"), item("5", "", "2")},
			"x: text of 1: 3<; y: text of 2: 4< 5<"},
		{"a post that nobody answers", []Item{item("1", "x", ""), item("2", "", "1"), item("3", "", "1"), item("4", "y", "")}, "x: text of 1: 2< 3<; y: : 4<"},
		{"replies to a first comment", []Item{item("1", "x", ""), item("2", "", "1"), item("3", "", "1"), item("4", "", "")}, "x: : 1< 2<1 3<1 4<"},
		{"replies to replies", []Item{item("1", "x", ""), item("2", "", "1"), item("3", "", "1"), item("4", "x", "3")}, "x: : 1< 2<1 3<1 4<3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			g := New(Options{File: "in", Limit: 1 << 20, Split: Split{Title: true, SureTitle: true}}, func(th *corpus.Thread, err error) bool {
				s := th.Article.Title + ": " + th.Article.Text + ":"
				for i := range th.Comments {
					s += " " + th.Comments[i].ID + "<" + th.Comments[i].Parent
				}
				got = append(got, s)
				return true
			})
			for i := range tt.items {
				g.Add(&tt.items[i], 10)
			}
			g.Flush()
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}
