// Package project reads stance.toml, in which a project says what its command lines leave out
// and what its threads' texts don't say.
package project

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"

	"github.com/BurntSushi/toml"

	"stance.example/stance/corpus"
)

// Name is that of the file, which is read from the folder in which a command is started.
const Name = "stance.toml"

// File is what the file says.
type File struct {
	Paths []string
	Flags map[string][]string // their values by name, as a command line would give them
	Hash  string              // of the statements on threads, "" for none

	threads []statement
}

// statement is what is known of the articles of some threads.
type statement struct {
	Match   string   `toml:"match"` // the ID, title, address, site or source of a thread, or a pattern of these
	Case    string   `toml:"case"`
	For     []string `toml:"for"`
	Against []string `toml:"against"`
}

// Read reads the file; nil stands for none.
func Read() (*File, error) {
	content, err := os.ReadFile(Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := &File{Flags: map[string][]string{}}
	var keys map[string]any
	if _, err := toml.Decode(string(content), &keys); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%s:%d: %s", Name, syntax.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("%s: %w", Name, err)
	}
	if err := f.readThreads(string(content)); err != nil {
		return nil, fmt.Errorf("%s: %w", Name, err)
	}
	delete(keys, "thread")
	for key, value := range keys {
		if f.Flags[key], err = words(value); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", Name, key, err)
		}
	}
	f.Paths = f.Flags["paths"]
	delete(f.Flags, "paths")
	return f, nil
}

// readThreads reads the statements on threads.
func (f *File) readThreads(content string) error {
	var tables struct {
		Thread []statement `toml:"thread"`
	}
	meta, err := toml.Decode(content, &tables)
	if err != nil {
		return err
	}
	for _, k := range meta.Undecoded() {
		if len(k) > 1 && k[0] == "thread" {
			return fmt.Errorf("unknown key %q: a thread has match, case, for and against", k)
		}
	}
	if f.threads = tables.Thread; len(f.threads) == 0 {
		return nil
	}
	for _, s := range f.threads {
		if _, err := path.Match(s.Match, ""); err != nil || s.Match == "" {
			return fmt.Errorf("a thread needs a match, which %q can't be", s.Match)
		}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", f.threads))
	f.Hash = hex.EncodeToString(sum[:])
	return nil
}

// words are the values of a key as a command line would give them.
func words(value any) ([]string, error) {
	switch v := value.(type) {
	case []any:
		var list []string
		for _, one := range v {
			some, err := words(one)
			if err != nil {
				return nil, err
			}
			list = append(list, some...)
		}
		return list, nil
	case string, bool, int64, float64:
		return []string{fmt.Sprint(v)}, nil
	}
	return nil, errors.New("want a text, a number, true or false, or a list of them")
}

// State puts what the file says of a thread's article into it. The first statement that
// matches counts.
func (f *File) State(t *corpus.Thread) {
	for _, s := range f.threads {
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
