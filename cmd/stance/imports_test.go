package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the module's rooms, from the bottom. A package may import packages of
// its own layer and of those below, never of those above. The database and the client of
// language models are adapters beside the reports: none of them knows another.
var layers = []string{"corpus", "analysis", "reports", "database", "chat", "labelling", "serve", "cmd", "training"}

// listed is a package as "go list -json" prints it.
type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// layerOf is the index of the package's layer, -1 for a package of another module.
func layerOf(path string) int {
	rest, ok := strings.CutPrefix(path, "stance.example/stance/")
	if !ok {
		return -1
	}
	first, _, _ := strings.Cut(rest, "/")
	return slices.Index(layers, first)
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		own := layerOf(p.ImportPath)
		if own < 0 {
			t.Errorf("%s belongs to no layer", p.ImportPath)
		}
		for _, imported := range p.Imports {
			if layerOf(imported) > own {
				t.Errorf("%s imports %s, which lies above it", p.ImportPath, imported)
			}
		}
	}
}

// touching are the packages below the commands that touch the system, and by what: the way
// from paths to threads and the files of labels open files, the client of language models
// knows the network.
var touching = map[string]string{
	"stance.example/stance/corpus/source": "os",
	"stance.example/stance/labelling":     "os",
	"stance.example/stance/chat":          "net/http",
	"stance.example/stance/serve":         "net/http",
}

// TestOnlyCommandsTouchTheSystem holds the lower layers to values and readers; they know no
// flag and no terminal.
func TestOnlyCommandsTouchTheSystem(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.ImportPath, "stance.example/stance/cmd/") || strings.HasPrefix(p.ImportPath, "stance.example/stance/training/") {
			continue
		}
		for _, forbidden := range []string{"os", "os/exec", "flag", "log", "net/http", "github.com/spf13/cobra", "golang.org/x/term"} {
			if slices.Contains(p.Imports, forbidden) && touching[p.ImportPath] != forbidden {
				t.Errorf("%s imports %s", p.ImportPath, forbidden)
			}
		}
	}
}

// TestAdaptersKnowTheDomainAlone holds the adapters to the domain types.
func TestAdaptersKnowTheDomainAlone(t *testing.T) {
	adapters := []string{"stance.example/stance/database", "stance.example/stance/chat", "stance.example/stance/labelling"}
	for _, p := range packages(t) {
		if !slices.Contains(adapters, p.ImportPath) {
			continue
		}
		for _, other := range append(adapters, "stance.example/stance/reports") {
			if slices.Contains(p.Imports, other) {
				t.Errorf("%s imports %s", p.ImportPath, other)
			}
		}
	}
}

func TestModelIsALeaf(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == "stance.example/stance/analysis/encoder/model" && !slices.Equal(p.Imports, []string{"embed"}) {
			t.Errorf("the package of the model's bytes imports %v, want embed alone", p.Imports)
		}
	}
}
