package webpage_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"stance.example/stance/corpus/webpage"
)

// FuzzRead holds that any page is read or refused, that IDs are unique, that parents
// are there and go in no circle, and that texts are valid.
func FuzzRead(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/pages.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, ".html") {
			f.Add(string(file.Data), false)
			f.Add(string(file.Data), true)
		}
	}
	f.Fuzz(func(t *testing.T, page string, general bool) {
		if !utf8.ValidString(page) {
			t.Skip()
		}
		for th, err := range webpage.Read("page.html", strings.NewReader(page), webpage.Options{General: general}) {
			if err != nil {
				continue
			}
			parents := map[string]string{}
			for _, c := range th.Comments {
				if _, twice := parents[c.ID]; twice || c.ID == "" {
					t.Errorf("ID %q twice or missing", c.ID)
				}
				parents[c.ID] = c.Parent
				if !utf8.ValidString(c.Text) || !utf8.ValidString(c.Author) {
					t.Errorf("%s: invalid text %q by %q", c.ID, c.Text, c.Author)
				}
			}
			for id := range parents {
				steps := 0
				for p := parents[id]; p != ""; p = parents[p] {
					if _, ok := parents[p]; !ok {
						t.Fatalf("%s: the parent %s isn't there", id, p)
					}
					if steps++; steps > len(parents) {
						t.Fatalf("%s: its parents go in a circle", id)
					}
				}
			}
		}
	})
}
