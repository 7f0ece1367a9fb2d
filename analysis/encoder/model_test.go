package encoder

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/jsonl"
)

// labelled are the threads of a file of labelled data beside the project; the test skips
// where it isn't there.
func labelled(t *testing.T, name string) []*corpus.Thread {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name))
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("no labelled data beside the project: %v", err)
	}
	defer file.Close()
	var threads []*corpus.Thread
	for thread, err := range jsonl.Read(path, file, jsonl.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, thread)
	}
	return threads
}

// A reply says what it says: without its parent nine in ten keep their label.
func TestLabelsHardlyHangOnTheParent(t *testing.T) {
	if testing.Short() {
		t.Skip("judges many threads twice")
	}
	e, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	replies, changed := 0, 0
	for _, thread := range labelled(t, "news/threads-more.jsonl") {
		with, without := *thread, *thread
		with.Comments, without.Comments = nil, nil
		above := corpus.Answered(thread.Comments)
		for i, c := range thread.Comments {
			if k := above[i]; k >= 0 {
				c.ParentText = thread.Comments[k].Text
			}
			if c.ParentText == "" || replies+len(with.Comments) >= 200 {
				continue
			}
			c.Parent = ""
			with.Comments = append(with.Comments, c)
			c.ParentText = ""
			without.Comments = append(without.Comments, c)
		}
		a, err := e.Judge(context.Background(), &with, engine.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := e.Judge(context.Background(), &without, engine.Ask{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range a {
			replies++
			if a[i].Stance != b[i].Stance {
				changed++
			}
		}
	}
	if replies < 100 {
		t.Fatalf("only %d replies were found", replies)
	}
	t.Logf("%d of %d labels change", changed, replies)
	if changed*10 > replies {
		t.Errorf("%d of %d replies change their label without their parent, want a tenth at most", changed, replies)
	}
}
