package source_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
)

const (
	articles = "article_id,title,article_text\n7,Quay closes,It closes in May.\n"
	comments = "article_id,comment_id,author,comment_text\n7,1,Ola,Nobody asked us.\n7,2,Kari,They did.\n"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// told returns what is read, a line each.
func told(dir string, all func(func(*corpus.Thread, error) bool)) []string {
	var got []string
	for t, err := range all {
		if err != nil {
			got = append(got, strings.ReplaceAll(err.Error(), dir+"/", ""))
			continue
		}
		got = append(got, fmt.Sprintf("%s %q %q %d", strings.TrimPrefix(t.Source, dir+"/"), t.Article.Title, t.Article.Text, len(t.Comments)))
	}
	return got
}

// The articles of a table beside that of the comments come with the comments, in whatever
// order the files are named, and by an input that a run opens as by the set.
func TestCompanions(t *testing.T) {
	dir := folder(t, map[string]string{"a.csv": articles, "c.csv": comments})
	a, c := filepath.Join(dir, "a.csv"), filepath.Join(dir, "c.csv")
	want := []string{`c.csv "Quay closes" "It closes in May." 2`}
	var sums []string
	for _, paths := range [][]string{{dir}, {a, c}, {c, a}, {filepath.Join(dir, "*.csv"), a}} {
		set := source.Open(t.Context(), paths, nil, formats.Options{})
		if got := told(dir, set.All(t.Context())); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", paths, got, want)
		}
		for f := range set.Files() {
			in, err := set.Input(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(dir, in.Threads(t.Context())); !slices.Equal(got, want) {
				t.Errorf("%s, as an input: got %q, want %q", paths, got, want)
			}
			sums = append(sums, in.SHA256)
			in.Close()
		}
	}
	if len(slices.Compact(sums)) != 1 {
		t.Errorf("the same content has several hashes: %q", sums)
	}
	// Other articles make another input of the same comments.
	if err := os.WriteFile(a, []byte(strings.Replace(articles, "May", "June", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	set := source.Open(t.Context(), []string{dir}, nil, formats.Options{})
	for f := range set.Files() {
		in, err := set.Input(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if in.SHA256 == sums[0] {
			t.Error("the hash doesn't know the articles")
		}
		in.Close()
	}
	if got := told(dir, source.Open(t.Context(), []string{a}, nil, formats.Options{}).All(t.Context())); len(got) != 1 || !strings.Contains(got[0],
		"no column of comment texts") {
		t.Errorf("articles by themselves: got %q", got)
	}
}

// The same bytes give the same threads from a file, the standard input and a stream, and in
// an archive each of its files.
func TestSameFromEverywhere(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, name := range []string{"c.csv", "style.css", "page_files/x.csv"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, comments)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{"x.zip": packed.String(), "c.csv": comments, "sub/d.csv": comments, "sub/pic.png": "\x89PNG\r\n\x1a\n"})
	got := told(dir, source.Open(t.Context(), []string{dir}, nil, formats.Options{}).All(t.Context()))
	want := []string{`c.csv "" "" 2`, `sub/d.csv "" "" 2`, `x.zip/c.csv "" "" 2`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, in := range []string{comments, packed.String()} {
		first := told("", source.Stream(t.Context(), "in", strings.NewReader(in), formats.Options{}))
		second := told("", source.Open(t.Context(), []string{source.StandardInput}, iotest.OneByteReader(strings.NewReader(in)), formats.Options{}).All(t.Context()))
		if len(first) != 1 || !strings.HasSuffix(first[0], " 2") || len(second) != 1 || strings.TrimPrefix(first[0], "in") != strings.TrimPrefix(second[0], "-") {
			t.Errorf("from a stream %q, from the standard input %q", first, second)
		}
	}
}

// What isn't there is a problem, and the next path is read.
func TestMissing(t *testing.T) {
	dir := folder(t, map[string]string{"c.csv": comments, "empty/x.png": ""})
	got := told(dir, source.Open(t.Context(), []string{filepath.Join(dir, "no.csv"), filepath.Join(dir, "empty"), filepath.Join(dir, "c.csv")}, nil,
		formats.Options{}).All(t.Context()))
	want := []string{"no.csv: no such file or directory", "empty: a directory in which no file could hold a thread", `c.csv "" "" 2`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
