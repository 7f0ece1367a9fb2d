package formats_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/jsonl"
)

// TestRoundTrip writes what is read of a file as the program's own lines and reads
// them again: nothing of its threads may differ, but for where in the file they stood.
func TestRoundTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every sample twice")
	}
	for name, content := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			first := threads(name, content)
			var lines bytes.Buffer
			w := jsonl.NewWriter(&lines)
			for _, th := range first {
				if err := w.Write(th); err != nil {
					t.Fatal(err)
				}
			}
			if len(first) == 0 {
				return // what can't be read is told elsewhere
			}
			again := threads(name+".jsonl", lines.Bytes())
			if diff := cmp.Diff(first, again, cmpopts.IgnoreFields(corpus.Thread{}, "Problems", "Unused"), cmpopts.IgnoreFields(corpus.Comment{}, "Line"),
				cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-file +lines):\n%s", diff)
			}
			for _, th := range again {
				if len(th.Problems) > 0 {
					t.Errorf("the lines: %v", th.Problems)
				}
			}
		})
	}
}

// archives returns the archives of fixtures that a pattern matches, of which there must be one, by the names of their files.
func archives(t testing.TB, pattern string) map[string]*txtar.Archive {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatal("no fixtures: ", err)
	}
	found := map[string]*txtar.Archive{}
	for _, path := range paths {
		if found[filepath.Base(path)], err = txtar.ParseFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// fixtures returns the fixtures of all forms by their names, and the saved files where they
// are beside the project.
func fixtures(t testing.TB) map[string][]byte {
	files := map[string][]byte{}
	for name, archive := range archives(t, "../*/testdata/*.txtar") {
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".want") {
				files[name+"/"+f.Name] = f.Data
			}
		}
	}
	real, err := filepath.Glob("../../../shared/data/formats/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range real {
		if name := filepath.Base(path); name == "SOURCE.txt" || name == "README.md" || name == "oracle.tsv" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path)] = content
	}
	return files
}

// threads returns the threads of an input that can be read.
func threads(name string, content []byte) []*corpus.Thread {
	var all []*corpus.Thread
	for th, err := range formats.Read(context.Background(), name, bytes.NewReader(content), formats.Options{}) {
		if err == nil {
			all = append(all, th)
		}
	}
	return all
}
