package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPagesOfReport: the pages of threads that a database has kept are those of threads just
// judged, to the byte.
func TestPagesOfReport(t *testing.T) {
	long(t)
	dir := t.TempDir()
	db, kept, judged := filepath.Join(dir, "results.db"), filepath.Join(dir, "kept"), filepath.Join(dir, "judged")
	command(t, statusDone, "analyse", "-q", "-o", "html", "--out", judged, "../../examples")
	command(t, statusDone, "run", "-q", "--db", db, "../../examples")
	command(t, statusDone, "report", "--db", db, "-o", "html", "--out", kept)
	pages := func(dir string) map[string]string {
		content := map[string]string{}
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			page, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			content[filepath.Base(name)] = string(page)
		}
		return content
	}
	want := pages(judged)
	if len(want) < 7 { // six threads and the index
		t.Fatalf("only %d pages", len(want))
	}
	if diff := cmp.Diff(want, pages(kept)); diff != "" {
		t.Errorf("-judged +kept:\n%s", diff)
	}
}
