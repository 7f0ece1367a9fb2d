package webpage_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/webpage"
)

var update = flag.Bool("update", false, "write the goldens anew")

// read returns the thread of a page, or fails the test.
func read(t *testing.T, name, page string, o webpage.Options) *corpus.Thread {
	t.Helper()
	for th, err := range webpage.Read(name, strings.NewReader(page), o) {
		if err != nil {
			t.Fatal(err)
		}
		return th
	}
	t.Fatal("no thread")
	return nil
}

// written is a thread as the goldens show it.
func written(th *corpus.Thread) string {
	var b strings.Builder
	a := &th.Article
	fmt.Fprintf(&b, "format %s, declared %d\ntitle %s\n", th.Format, th.DeclaredComments, a.Title)
	for _, f := range []struct{ name, value string }{{"url", a.URL}, {"site", a.Site}, {"published", a.Published}, {"text",
		strings.ReplaceAll(a.Text, "\n", "\n     ")}} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s %s\n", f.name, f.value)
		}
	}
	for i := range th.Comments {
		c := &th.Comments[i]
		fmt.Fprintf(&b, "\n%s", c.ID)
		if c.Parent != "" {
			fmt.Fprintf(&b, " to %s", c.Parent)
		}
		fmt.Fprintf(&b, ": %s; %s", c.Author, c.PostedAs)
		if !c.Posted.IsZero() {
			fmt.Fprintf(&b, " = %s", c.Posted.Format("2006-01-02 15:04"))
		}
		if c.Votes != nil {
			fmt.Fprintf(&b, "; %d votes", *c.Votes)
		}
		if c.Removed {
			b.WriteString("; removed")
		}
		fmt.Fprintf(&b, "\n     %s\n", strings.ReplaceAll(c.Text, "\n", "\n     "))
	}
	for i := range th.Problems {
		fmt.Fprintf(&b, "\n! %s\n", th.Problems[i].Message)
	}
	return b.String()
}

func TestPages(t *testing.T) {
	const file = "testdata/pages.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	var pages []txtar.File
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
			want[name] = string(f.Data)
			continue
		}
		pages = append(pages, f)
	}
	archive.Files = nil
	for _, page := range pages {
		name, _ := strings.CutSuffix(page.Name, ".html")
		t.Run(name, func(t *testing.T) {
			got := written(read(t, page.Name, string(page.Data), webpage.Options{}))
			if diff := cmp.Diff(want[name], got); diff != "" && !*update {
				t.Errorf("(-want +got):\n%s", diff)
			}
			archive.Files = append(archive.Files, page, txtar.File{Name: name + ".want", Data: []byte(got)})
		})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
