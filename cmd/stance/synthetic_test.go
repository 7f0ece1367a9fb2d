package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/jsonl"
)

// sayings are what the synthetic readers choose from.
var sayings = []string{
	"I don't believe a word of this.", "Where is the proof?", "Who paid for that study?", "What about the north bank, nobody counts there.",
	"Every town does the same.", "Finally somebody says it.", "I saw it myself last winter, it is true.", "Well done to the crew.",
	"Does the late bus still run?", "lol", "They always exaggerate these numbers.", "It was worse under the old council.",
	"Good news for the island.", "This will never work.", "My neighbour told me the same.", "So typical of this paper.",
}

// synthetic is a thread made from its number, the same every time.
func synthetic(number, comments int) *corpus.Thread {
	rng := rand.New(rand.NewPCG(1, uint64(number)))
	t := &corpus.Thread{
		ID: fmt.Sprint("t", number), Format: "jsonl",
		Article: corpus.Article{
			Title: fmt.Sprintf("Council plans ferry number %d", number), Text: "The council wants another ferry. Critics call it too dear.",
			Site: fmt.Sprint("site", number%3), Published: time.Date(2024, 1+time.Month(number%12), 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339),
		},
	}
	for i := range comments {
		c := corpus.Comment{ID: fmt.Sprint("c", i+1), Author: fmt.Sprint("reader", rng.IntN(comments+3)), Removed: rng.IntN(40) == 0}
		if i > 0 && rng.IntN(3) == 0 {
			c.Parent = fmt.Sprint("c", 1+rng.IntN(i))
		}
		if !c.Removed {
			var text []string
			for range 1 + rng.IntN(4) {
				text = append(text, sayings[rng.IntN(len(sayings))])
			}
			c.Text = strings.Join(text, " ")
		}
		t.Comments = append(t.Comments, c)
	}
	return t
}

// writeSynthetic writes a file of threads with the numbers from first on.
func writeSynthetic(t testing.TB, path string, first, threads, comments int) {
	t.Helper()
	var b bytes.Buffer
	w := jsonl.NewWriter(&b)
	for n := range threads {
		if err := w.Write(synthetic(first+n, comments)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
