package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/internal/cli"
)

// TestUsersThread analyses the thread that the program was made for, from the file
// to the JSON. It lies beside the project.
func TestUsersThread(t *testing.T) {
	files, err := filepath.Glob("../../../shared/seeds/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the user's thread isn't here")
	}
	var out, errs bytes.Buffer
	if status := run(context.Background(), []string{"analyse", "-o", "json", files[0]},
		&cli.App{In: strings.NewReader(""), Out: &out, Err: &errs}); status != statusDone {
		t.Fatalf("status %d: %s", status, &errs)
	}
	var result struct {
		Thread   struct{ Text string }
		Comments []struct{ Author, Text, Stance string }
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	var stances []string
	authors := map[string]bool{}
	for _, c := range result.Comments {
		stances = append(stances, c.Stance)
		authors[c.Author] = true
		if strings.Contains(result.Thread.Text, c.Text) {
			t.Errorf("a comment of %s stands in the article", c.Author)
		}
	}
	want := []string{"skeptical", "skeptical", "relativist", "skeptical", "relativist", "skeptical"}
	if !slices.Equal(stances, want) {
		t.Errorf("stances are %v, want %v", stances, want)
	}
	if len(authors) != 4 {
		t.Errorf("%d authors, want 4", len(authors))
	}
}
