package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance.example/stance/corpus"
)

// projectFile is read from the folder in which a command is started, if it is there. It
// says what the command line leaves out; what the command line says wins.
const projectFile = "stance.toml"

// project is what the file says.
type project struct {
	paths   []string
	flags   map[string][]string // by the name of the flag
	threads []statement
	hash    string // of the statements, "" for none
}

// statement is what is known of the articles of some threads.
type statement struct {
	Match   string   `toml:"match"` // the ID, title, address, site or source of a thread, or a pattern of these
	Case    string   `toml:"case"`
	For     []string `toml:"for"`
	Against []string `toml:"against"`
}

// readProject reads the file, if there is one, and lets it say what the command line of the
// commands leaves out.
func (a *app) readProject(root *cobra.Command) (err error) {
	if a.project, err = openProject(); err == nil && a.project != nil {
		err = a.project.apply(root)
	}
	return err
}

// openProject reads the file; a nil project stands for none.
func openProject() (*project, error) {
	content, err := os.ReadFile(projectFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var file map[string]any
	if _, err := toml.Decode(string(content), &file); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%s:%d: %s", projectFile, syntax.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("%s: %w", projectFile, err)
	}
	var tables struct {
		Thread []statement `toml:"thread"`
	}
	meta, err := toml.Decode(string(content), &tables)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", projectFile, err)
	}
	for _, k := range meta.Undecoded() {
		if len(k) > 1 && k[0] == "thread" {
			return nil, fmt.Errorf("%s: unknown key %q: a thread has match, case, for and against", projectFile, k)
		}
	}
	p := &project{flags: map[string][]string{}, threads: tables.Thread}
	for _, s := range p.threads {
		if _, err := path.Match(s.Match, ""); err != nil || s.Match == "" {
			return nil, fmt.Errorf("%s: a thread needs a match, which %q can't be", projectFile, s.Match)
		}
	}
	if len(p.threads) > 0 {
		sum := sha256.Sum256(fmt.Appendf(nil, "%q", p.threads))
		p.hash = hex.EncodeToString(sum[:])
	}
	delete(file, "thread")
	for key, value := range file {
		if p.flags[key], err = wordsOf(value); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", projectFile, key, err)
		}
	}
	p.paths = p.flags["paths"]
	delete(p.flags, "paths")
	return p, nil
}

// wordsOf are the values of a key as a command line would give them.
func wordsOf(value any) ([]string, error) {
	switch v := value.(type) {
	case []any:
		var list []string
		for _, one := range v {
			words, err := wordsOf(one)
			if err != nil {
				return nil, err
			}
			list = append(list, words...)
		}
		return list, nil
	case string, bool, int64, float64:
		return []string{fmt.Sprint(v)}, nil
	}
	return nil, fmt.Errorf("want a text, a number, true or false, or a list of them")
}

// state puts what the file says of a thread's article into it. The first statement that
// matches counts.
func (p *project) state(t *corpus.Thread) {
	for _, s := range p.threads {
		if !slices.ContainsFunc([]string{t.ID, t.Article.Title, t.Article.URL, t.Article.Site, t.Source}, s.matches) {
			continue
		}
		if s.Case != "" {
			t.Article.Case = s.Case
		}
		if len(s.For) > 0 {
			t.Article.For = s.For
		}
		if len(s.Against) > 0 {
			t.Article.Against = s.Against
		}
		return
	}
}

func (s *statement) matches(name string) bool {
	matched, _ := path.Match(s.Match, name)
	return name != "" && (matched || name == s.Match)
}

// walking are the commands whose paths the file may give.
var walking = []string{"analyse", "summary", "run", "serve", "label", "eval"}

// printingAll are the commands that print every output.
var printingAll = []string{"analyse", "report"}

// apply lets the file say what the command line of the commands leaves out.
func (p *project) apply(root *cobra.Command) error {
	known := map[string]bool{}
	for _, c := range append(root.Commands(), root) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
	}
	for key := range p.flags {
		if !known[key] {
			var names []string
			for name := range known {
				names = append(names, name)
			}
			slices.Sort(names)
			return usageError{fmt.Errorf("%s: unknown key %q%s: keys are paths, thread and the names of flags", projectFile, key, didYouMean(key, "", names))}
		}
	}
	for _, c := range root.Commands() {
		if len(p.paths) > 0 && slices.Contains(walking, c.Name()) {
			p.walk(c)
		}
	}
	check := root.PersistentPreRunE
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		return cmp.Or(p.set(cmd), check(cmd, args))
	}
	return nil
}

// walk gives a command the paths where it was given none.
func (p *project) walk(c *cobra.Command) {
	check, run := c.Args, c.RunE
	with := func(args []string) []string {
		if len(args) == 0 {
			return p.paths
		}
		return args
	}
	if check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error { return check(cmd, with(args)) }
	}
	c.RunE = func(cmd *cobra.Command, args []string) error { return run(cmd, with(args)) }
}

// set sets the flags of a command that the command line leaves out.
func (p *project) set(cmd *cobra.Command) error {
	for key, words := range p.flags {
		name := key
		if key == "labels" && cmd.Name() == "label" {
			name = "out" // the file that it writes
		}
		f := cmd.Flags().Lookup(name)
		switch {
		case f == nil || f.Changed || key == "output" && !slices.Contains(printingAll, cmd.Name()):
			continue
		case name == "labels" && cmd.Name() != "serve":
			if _, err := os.Stat(strings.Join(words, "")); errors.Is(err, fs.ErrNotExist) {
				continue // nothing is labelled yet
			}
		}
		for _, w := range words {
			if err := cmd.Flags().Set(name, w); err != nil {
				return usageError{fmt.Errorf("%s: %s: %w", projectFile, key, err)}
			}
		}
	}
	return nil
}
