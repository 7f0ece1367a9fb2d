package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOneFieldIsFewFiles counts the files that take a field of a judgement from the engine that
// decides it to JSON, CSV, Parquet and the database, and back: by the example of sarcasm.
// Files that show it to people are not counted, nor those that read what people annotated.
func TestOneFieldIsFewFiles(t *testing.T) {
	want := []string{
		"analysis/analysis.go",
		"analysis/encoder/encoder.go",
		"analysis/engine/engine.go",
		"reports/schema/analyse.schema.json",
		"reports/serial/comment.go",
	}
	var got []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (slices.Contains([]string{"lab", "beam", "corpus", "training", ".git"}, name) || d.Name() == "testdata"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".schema.json"):
			content, err := os.ReadFile(path)
			if strings.Contains(string(content), `"sarcasm"`) {
				got = append(got, name)
			}
			return err
		case filepath.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") && filepath.Dir(name) != "reports":
			if named(t, path, "Sarcasm") {
				got = append(got, name)
			}
		}
		return nil
	})
	check(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// named reports whether a file has the identifier.
func named(t *testing.T, path, identifier string) (found bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	check(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		id, is := n.(*ast.Ident)
		found = found || is && id.Name == identifier
		return !found
	})
	return found
}
