package formats_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"stance/corpus"
	"stance/corpus/formats"
	"stance/corpus/jsonl"
)

// TestPagesRoundTrip writes what is read of a page as the program's own lines and reads
// them again: nothing of the thread may differ, but for where in the file it stood.
func TestPagesRoundTrip(t *testing.T) {
	pages := map[string][]byte{}
	fixtures, err := txtar.ParseFile("../webpage/testdata/pages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fixtures.Files {
		if strings.HasSuffix(f.Name, ".html") {
			pages[f.Name] = f.Data
		}
	}
	real, err := filepath.Glob("../../../shared/data/formats/h*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range real { // none where they aren't beside the project
		if pages[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			first := one(t, name, page)
			var lines bytes.Buffer
			if err := jsonl.NewWriter(&lines).Write(first); err != nil {
				t.Fatal(err)
			}
			again := one(t, name+".jsonl", lines.Bytes())
			if diff := cmp.Diff(first, again, cmpopts.IgnoreFields(corpus.Thread{}, "Problems"), cmpopts.IgnoreFields(corpus.Comment{}, "Line"), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-page +lines):\n%s", diff)
			}
			if len(again.Problems) > 0 {
				t.Errorf("the lines: %v", again.Problems)
			}
		})
	}
}

// one returns the only thread of an input.
func one(t *testing.T, name string, content []byte) *corpus.Thread {
	t.Helper()
	var threads []*corpus.Thread
	for th, err := range formats.Read(name, bytes.NewReader(content), formats.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	if len(threads) != 1 {
		t.Fatalf("%d threads", len(threads))
	}
	return threads[0]
}
