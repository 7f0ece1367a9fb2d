package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLinesAreShort holds that no line of code has more than 160 characters, tests included.
func TestLinesAreShort(t *testing.T) {
	const longest = 160
	check(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		content, err := os.ReadFile(path)
		n := 0
		for l := range strings.Lines(string(content)) {
			if n++; utf8.RuneCountInString(strings.TrimSuffix(l, "\n")) > longest {
				t.Errorf("%s:%d has more than %d characters", path, n, longest)
			}
		}
		return err
	}))
}
