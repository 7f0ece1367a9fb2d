package main

import (
	"regexp"

	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"stance.example/stance/internal/cli"
)

// root is the directory of the module, from this package.
const root = "../.."

// TestDocs runs every command that README.md and docs show as "$ stance …" and
// compares what it prints with what stands under it. With -update it writes that
// instead. Where a language model is asked, a scripted server answers.
func TestDocs(t *testing.T) {
	long(t)
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		shown := string(content)
		actual, n := execute(t, shown, workplace(t))
		ran += n
		if actual == shown {
			continue
		}
		if !*update {
			t.Errorf("%s shows what the program doesn't print; rewrite it with -update. It prints:\n%s", page, actual)
			continue
		}
		if err := os.WriteFile(page, []byte(actual), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if ran == 0 {
		t.Error("no command was found in the pages")
	}
}

// workplace is a directory with a copy of the examples, in which a page's commands run one
// after the other.
func workplace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	check(t, os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(root, "examples"))))
	return dir
}

// execute returns the page with the output of its commands, and their number. A
// block is a command if its first line begins with "$ stance ".
func execute(t *testing.T, page, dir string) (string, int) {
	t.Helper()
	const fence = "```\n"
	var b strings.Builder
	n := 0
	for {
		before, rest, found := strings.Cut(page, fence+"$ stance ")
		b.WriteString(before)
		if !found {
			return b.String(), n
		}
		n++
		line, rest, _ := strings.Cut(rest, "\n")
		_, page, found = strings.Cut(rest, fence)
		if !found {
			t.Fatalf("the block of %q isn't closed", line)
		}
		b.WriteString(fence + "$ stance " + line + "\n" + output(t, dir, line) + fence)
	}
}

// output runs a command line in the directory. What stands behind a "|" is the shell's.
func output(t *testing.T, dir, line string) string {
	t.Helper()
	line, filter, filtered := strings.Cut(line, " | ")
	args := strings.Fields(line)
	if slices.Contains(args, "llm") {
		args = append(args, "--llm-url", newModelServer(t).url)
	}
	home, err := os.Getwd()
	check(t, err)
	t.Chdir(dir)
	defer t.Chdir(home)
	var out, errs bytes.Buffer
	if status := run(context.Background(), args, &cli.App{In: strings.NewReader(""), Out: &out, Err: &errs}); status != statusDone {
		t.Fatalf("stance %s: status %d, %s", strings.Join(args, " "), status, &errs)
	}
	if !filtered {
		return out.String()
	}
	through := exec.Command("sh", "-c", filter)
	through.Stdin = &out
	shown, err := through.Output()
	if err != nil {
		t.Fatalf("%s: %v", filter, err)
	}
	return string(shown)
}

// TestReadmeCode holds the Go code that the README shows to a tested example.
func TestReadmeCode(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile(filepath.Join(root, "analysis", "example_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(readme), "```go\n")
	block, _, closed := strings.Cut(block, "```")
	if !found || !closed {
		t.Fatal("the README shows no Go code")
	}
	if !strings.Contains(unindented(string(example)), unindented(block)) {
		t.Error("the code in the README isn't that of the example in package analysis")
	}
}

// unindented removes the white space at the beginnings of lines.
func unindented(code string) string {
	lines := strings.Split(code, "\n")
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], "\t ")
	}
	return strings.Join(lines, "\n")
}

// TestHelpExamples holds each command's examples to commands and files that exist.
func TestHelpExamples(t *testing.T) {
	var examples []string
	for _, c := range newRoot(&cli.App{}).Commands() {
		if c.Example == "" {
			t.Errorf("%s has no example", c.Name())
		}
		examples = append(examples, strings.Split(c.Example, "\n")...)
	}
	for _, e := range examples {
		for _, word := range strings.Fields(e) {
			if strings.HasPrefix(word, "examples/") {
				if _, err := os.Stat(filepath.Join(root, word)); err != nil {
					t.Errorf("%q names a file that isn't there: %v", strings.TrimSpace(e), err)
				}
			}
		}
	}
}

// TestNamedCommands holds what the pages name without showing what it prints to commands,
// flags and targets of make that exist.
func TestNamedCommands(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	check(t, err)
	pages = append(pages, filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md"))
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	check(t, err)
	flags := map[string]bool{}
	for _, c := range newRoot(&cli.App{}).Commands() {
		c.InheritedFlags() // merges them
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
	}
	commands := 0
	for _, page := range pages {
		content, err := os.ReadFile(page)
		check(t, err)
		for _, m := range codeSpan.FindAllStringSubmatch(string(content), -1) {
			words := strings.Fields(m[1] + m[2])
			switch words[0] {
			case "stance":
				commands++
				c, rest, err := newRoot(&cli.App{}).Find(words[1:])
				if err != nil || !c.HasParent() && len(rest) > 0 && rest[0] != "FILE" {
					t.Errorf("%s: %q is no command: %v", page, words, err)
				} else if err := c.ParseFlags(rest); c.HasParent() && err != nil {
					t.Errorf("%s: %q: %v", page, words, err)
				}
			case "make":
				if !bytes.Contains(makefile, []byte("\n"+words[1]+":")) {
					t.Errorf("%s: %q is no target", page, words)
				}
			default:
				if filepath.Base(page) == "scale.md" { // they are Beam's
					continue
				}
				if name, _, _ := strings.Cut(strings.TrimPrefix(words[0], "--"), "="); !flags[name] {
					t.Errorf("%s: no command has the flag %q", page, words[0])
				}
			}
		}
	}
	if commands < 50 {
		t.Errorf("%d commands were found in the pages", commands)
	}
}

// codeSpan is a command, a target of make or a flag in a page: between backticks, or a line of
// a block of the shell's.
var codeSpan = regexp.MustCompile("`((?:stance |make |--[a-z])[^`]*)`|(?m:^((?:stance|make) [^#\\n]*))")

// TestReadmeTables runs the README's Python and R on the exports that it makes, where the
// tools are there.
func TestReadmeTables(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	check(t, err)
	dir := workplace(t)
	home, err := os.Getwd()
	check(t, err)
	for _, c := range []struct{ fence, name, probe string }{
		{"```python\n", "python3", "import pandas, pyarrow, duckdb"},
		{"```r\n", "Rscript", "library(arrow)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, block, found := strings.Cut(string(readme), c.fence)
			block, _, closed := strings.Cut(block, "```")
			if !found || !closed {
				t.Fatal("the README shows none")
			}
			flag := map[string]string{"python3": "-c", "Rscript": "-e"}[c.name]
			if exec.Command(c.name, flag, c.probe).Run() != nil {
				t.Skip("not installed here: " + c.probe)
			}
			t.Chdir(dir)
			defer t.Chdir(home)
			if _, err := os.Stat("comments.parquet"); err != nil {
				command(t, statusDone, "run", "examples", "--db", "results.db")
				command(t, statusDone, "report", "--db", "results.db", "--export", "comments.parquet")
			}
			out, err := exec.Command(c.name, flag, block).CombinedOutput()
			if err != nil || !strings.Contains(string(out), "skeptical") || !strings.Contains(string(out), "Walk-in clinic") {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
