package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/formats"
	"stance.example/stance/corpus/source"
)

// The threads of a directory, whatever their forms. What can't be read is a problem, whose
// kind errors.Is tells.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "saved")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for name, content := range map[string]string{
		"a.csv": "author,comment\nMette,Where is the proof?\nJon,Well done.\n",
		"b.txt": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			fmt.Println(err)
		}
	}
	ctx := context.Background()
	for thread, err := range source.Open(ctx, []string{dir}, nil, formats.Options{}).All(ctx) {
		if errors.Is(err, corpus.Empty) {
			fmt.Println("an empty file")
			continue
		}
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(thread.Format, len(thread.Comments))
	}
	// Output:
	// csv 2
	// an empty file
}
