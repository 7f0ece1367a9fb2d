package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files of a thread as they may lie beside each other: comments whose articles are in a
// table of their own, an archive of a forum with its posts, a workbook's neighbour, a paste.
var mixed = map[string]string{
	"a/articles.csv": "article_id,title,article_text\n7,Quay closes in May,The council closes the east quay in May.\n",
	"b/comments.csv": "article_id,comment_id,parent_id,author,comment_text,likes,date\n" +
		"7,1,,Ola,Nobody asked us. I doubt that it is true.,3,3/04/2024\n7,2,1,Kari,They did ask and it is a fine plan.,1.2K,13/04/2024\n8,3,99,Nils,Who " +
		"pays?,,4/04/2024\n",
	"c/RC.jsonl": `{"id":"c1","link_id":"t3_x1y2","parent_id":"t3_x1y2","author":"Ada","body":"Is that so? I don't believe it."}` + "\n",
	"d/RS.jsonl": `{"id":"x1y2","title":"Ferry runs on Sundays","selftext":"From June ` +
		`on.","subreddit":"coast","num_comments":1,"permalink":"/r/coast/x1y2"}` + "\n",
	"e/tree.json": `{"title":"Mill to become flats","comments":[{"id":1,"user":{"name":"Una"},"body":"Good ` +
		`news.","replies":[{"id":2,"user":{"name":"Ben"},"body":"Not for us."}]}]}`,
}

// The same paths give the same threads with the same judgements by every command, in any
// order of the arguments.
func TestOneWayIn(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var paths []string
	for name, content := range mixed {
		paths = append(paths, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(paths)
	backward := slices.Clone(paths)
	slices.Reverse(backward)
	want := analysed(t, paths)
	if len(want) != 6 {
		t.Errorf("got %d comments: %q", len(want), want)
	}
	for name, got := range map[string][]string{
		"analyse, backward":   analysed(t, backward),
		"analyse, the folder": analysed(t, []string{"."}),
		"run and report":      reported(t, paths, "forward"),
		"run, backward":       reported(t, backward, "backward"),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-analyse +got):\n%s", name, diff)
		}
	}
	converted, _ := command(t, 0, append([]string{"convert"}, paths...)...)
	if err := os.WriteFile("all.jsonl", []byte(converted), 0o644); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, analysed(t, []string{"all.jsonl"})); diff != "" {
		t.Errorf("convert, then analyse (-analyse +got):\n%s", diff)
	}
	summary, _ := command(t, 0, append([]string{"summary", "-q"}, paths...)...)
	for _, title := range []string{"Quay closes in May", "Ferry runs on Sundays", "Mill to become flats"} {
		if !strings.Contains(summary, title) {
			t.Errorf("the summary doesn't tell of %q", title)
		}
	}
}

// analysed returns the judged comments of the paths, sorted, a line each.
func analysed(t *testing.T, paths []string) []string {
	t.Helper()
	out, _ := command(t, 0, append([]string{"analyse", "-q", "-o", "json"}, paths...)...)
	var lines []string
	for d := json.NewDecoder(strings.NewReader(out)); d.More(); {
		var a struct {
			Thread   struct{ Source, Title string }
			Comments []judgedComment
		}
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		for _, c := range a.Comments {
			lines = append(lines, c.line(a.Thread.Source))
		}
	}
	slices.Sort(lines)
	return lines
}

// reported returns those that a run stores and a report gives out.
func reported(t *testing.T, paths []string, name string) []string {
	t.Helper()
	command(t, 0, append([]string{"run", "-q", "--db", name + ".db"}, paths...)...)
	rows := name + ".jsonl"
	command(t, 0, "report", "--db", name+".db", "--export", "comments="+rows)
	content, err := os.ReadFile(rows)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(rows); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for row := range bytes.Lines(content) {
		var c struct {
			Source string
			judgedComment
		}
		if err := json.Unmarshal(row, &c); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, c.line(c.Source))
	}
	slices.Sort(lines)
	return lines
}

// judgedComment is what every command must tell alike.
type judgedComment struct{ ID, Parent, Author, Posted, Text, Stance, Polarity string }

func (c *judgedComment) line(source string) string { return fmt.Sprintf("%s %+v", source, *c) }
