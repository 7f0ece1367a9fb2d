package plaintext_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/plaintext"
)

var update = flag.Bool("update", false, "rewrite the expected readings")

const pastes = "testdata/pastes.txtar"

// TestPastes reads every paste of the archive and compares what was found.
func TestPastes(t *testing.T) {
	archive, err := txtar.ParseFile(pastes)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
			want[name] = string(f.Data)
		}
	}
	var rewritten []txtar.File
	for _, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".txt")
		if !ok {
			continue
		}
		got := shown(read(t, name, string(f.Data)))
		rewritten = append(rewritten, f, txtar.File{Name: name + ".want", Data: []byte(got)})
		t.Run(name, func(t *testing.T) {
			if got != want[name] && !*update {
				t.Errorf("read as\n%s\nwant\n%s", got, want[name])
			}
		})
	}
	if *update {
		archive.Files = rewritten
		if err := os.WriteFile(pastes, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t testing.TB, name, text string) *corpus.Thread {
	t.Helper()
	thread, err := plaintext.Read(name, strings.NewReader(text), 0)
	if err != nil {
		t.Fatal(err)
	}
	return thread
}

// shown prints a thread for the goldens.
func shown(t *corpus.Thread) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %q, announced %d, article of %d bytes\n", t.Article.Title, t.DeclaredComments, len(t.Article.Text))
	for i := range t.Comments {
		c := &t.Comments[i]
		fmt.Fprintf(&b, "%s %q", c.ID, c.Author)
		if c.Parent != "" {
			fmt.Fprintf(&b, " to %s", c.Parent)
		}
		if c.PostedAs != "" {
			fmt.Fprintf(&b, " at %q", c.PostedAs)
		}
		if !c.Posted.IsZero() {
			fmt.Fprintf(&b, " = %s", c.Posted.Format("2006-01-02 15:04"))
		}
		if c.Votes != nil {
			fmt.Fprintf(&b, " votes %d", *c.Votes)
		}
		if c.Removed {
			b.WriteString(" removed")
		}
		fmt.Fprintf(&b, ": %q\n", c.Text)
	}
	for _, u := range t.Unused {
		fmt.Fprintf(&b, "unused %d %q: %s\n", u.Number, u.Text, u.Reason)
	}
	return b.String()
}
