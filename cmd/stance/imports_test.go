package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the module's rooms, from the bottom. A package may import packages of
// its own layer and of those below, never of those above. The database and the client of
// language models are adapters beside the reports: none of them knows another.
var layers = []string{"corpus", "analysis", "reports", "database", "chat", "labelling", "runs", "serve", "internal", "cmd", "training"}

// listed is a package as "go list -json" prints it.
type listed struct {
	ImportPath, Dir  string
	Imports, GoFiles []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "./...")
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
	first, _, _ := strings.Cut(roomOf(path), "/")
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
// from paths to threads, the files of labels and the database open files, the client of
// language models knows the network.
var touching = map[string]string{
	"stance.example/stance/corpus/source": "os",
	"stance.example/stance/labelling":     "os",
	"stance.example/stance/database":      "os",
	"stance.example/stance/chat":          "net/http",
	"stance.example/stance/serve":         "net/http",
}

// system are the rooms that touch it by their nature.
var system = []string{"internal", "cmd", "training"}

// TestOnlyCommandsTouchTheSystem holds the lower layers to values and readers; they know no
// flag and no terminal.
func TestOnlyCommandsTouchTheSystem(t *testing.T) {
	for _, p := range packages(t) {
		if room, _, _ := strings.Cut(roomOf(p.ImportPath), "/"); slices.Contains(system, room) {
			continue
		}
		for _, forbidden := range []string{"os", "os/exec", "flag", "log", "net/http", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"} {
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

// TestLayoutKnowsNoDomain: what lays documents out, what draws and what cleans texts know nothing
// of what is said.
func TestLayoutKnowsNoDomain(t *testing.T) {
	const module = "stance.example/stance/"
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, module+"reports/internal/") {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) && !strings.HasPrefix(imported, module+"reports/internal/") {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// forTests are the packages that nothing but tests may import.
var forTests = []string{"stance.example/stance/internal/browser", "stance.example/stance/internal/soon"}

// TestFewModules bounds how many modules a user has to load, this one included.
func TestFewModules(t *testing.T) {
	const most = 60
	args := []string{"list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}"}
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if slices.Contains(forTests, imported) {
				t.Errorf("%s imports %s, which is for tests", p.ImportPath, imported)
			}
		}
		if !slices.Contains(forTests, p.ImportPath) {
			args = append(args, p.ImportPath)
		}
	}
	modules := map[string]bool{}
	for path := range strings.FieldsSeq(goTool(t, root, nil, args...)) {
		modules[path] = true
	}
	if len(modules) > most {
		t.Errorf("the program takes %d modules, more than %d", len(modules), most)
	}
}

func TestModelIsALeaf(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == "stance.example/stance/analysis/encoder/model" && !slices.Equal(p.Imports, []string{"embed"}) {
			t.Errorf("the package of the model's bytes imports %v, want embed alone", p.Imports)
		}
	}
}

// TestArchitecture holds the picture of rooms and arrows in docs/architecture.md to what the
// packages import. With -update, as make architecture runs it, it draws the picture.
func TestArchitecture(t *testing.T) {
	const page, begin, end = "../../docs/architecture.md", "```mermaid\n", "```\n"
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(content), begin)
	drawn, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		t.Fatalf("%s has no picture", page)
	}
	picture := architecture(packages(t))
	switch {
	case drawn == picture:
	case !*update:
		t.Errorf("%s shows other arrows than there are; make architecture draws it anew:\n%s", page, picture)
	default:
		if err := os.WriteFile(page, []byte(before+begin+picture+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// architecture draws rooms as boxes with their lesser rooms, and an arrow from one to each
// that it imports, as Mermaid. Arrows within a room are those between its lesser rooms.
func architecture(all []listed) string {
	rooms, arrows := map[string]map[string]bool{}, map[string]bool{}
	for _, p := range all {
		from := roomOf(p.ImportPath)
		top, _, _ := strings.Cut(from, "/")
		if rooms[top] == nil {
			rooms[top] = map[string]bool{}
		}
		rooms[top][from] = true
		for _, imported := range p.Imports {
			to := roomOf(imported)
			above, _, _ := strings.Cut(to, "/")
			switch {
			case to == "" || to == from:
			case above != top:
				arrows[top+" --> "+above] = true
			default:
				arrows[node(from)+" --> "+node(to)] = true
			}
		}
	}
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, top := range slices.Sorted(maps.Keys(rooms)) {
		fmt.Fprintf(&b, "  subgraph %s\n", top)
		for _, r := range slices.Sorted(maps.Keys(rooms[top])) {
			_, name, lesser := strings.Cut(r, "/")
			if !lesser {
				name = top
			}
			fmt.Fprintf(&b, "    %s[%s]\n", node(r), name)
		}
		b.WriteString("  end\n")
	}
	for _, a := range slices.Sorted(maps.Keys(arrows)) {
		fmt.Fprintf(&b, "  %s\n", a)
	}
	return b.String()
}

// roomOf is the room of a package, with the lesser room where it lies in one: the first two
// parts of its path; "" for a package of another module.
func roomOf(path string) string {
	rest, ok := strings.CutPrefix(path, "stance.example/stance/")
	if !ok {
		return ""
	}
	parts := strings.Split(rest, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// node is the name of a room's box; the box of the room's own package has another name than
// the frame around all of the room.
func node(room string) string {
	if !strings.Contains(room, "/") {
		return room + "_"
	}
	return strings.ReplaceAll(room, "/", "_")
}
