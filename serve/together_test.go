package serve

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stance.example/stance/database"
	"stance.example/stance/labelling"
	"stance.example/stance/runs"
)

// pressTogether presses a key on the page of the sample of all threads.
func (s *site) pressTogether(key string) string {
	s.Helper()
	return s.press("", key)
}

// TestCountingIsSaid: the page of the sample doesn't keep a browser waiting for the comments to be
// counted; it says that they are, and shows the sample once they have been.
func TestCountingIsSaid(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a count")
	}
	s := start(t, nil)
	s.sited("bridge", "North Post", "2024-03-04", 20)
	counting := &count{done: make(chan struct{})}
	s.server.counted = counting
	answer, err := s.client.Get(s.url + "/label")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(page), "are being counted") || answer.Header.Get("Refresh") == "" {
		t.Errorf("while comments are counted: %s %v", page, err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	counting.population, counting.err = s.server.population(t.Context())
	close(counting.done)
	if page := s.get("/label"); !strings.Contains(page, "0 of 20 labelled") || !strings.Contains(page, "From 10 labels on they are corrected") {
		t.Errorf("once they are counted: %.3000s", page)
	}
	if page := s.get(s.give("mill.jsonl", threadOf("mill", 6)) + "/label"); !strings.Contains(page, "From 6 labels on they are corrected") {
		t.Errorf("a sample of all six comments: %.3000s", page)
	}
}

// TestSampleWaitsForAllThreads: while files are judged no sample is drawn, which would be one of
// some threads only; one that is there can be labelled.
func TestSampleWaitsForAllThreads(t *testing.T) {
	s := start(t, nil)
	s.sited("bridge", "North Post", "2024-03-04", 20)
	s.server.load(true)
	for range 2 {
		_, page := s.do(http.MethodPost, "/label", "key=k&comment=1-1", "Content-Type", "application/x-www-form-urlencoded")
		if !strings.Contains(page, "still being judged") {
			t.Errorf("while threads are judged: %.3000s", page)
		}
		s.sited("ferry", "South Post", "2024-04-02", 20)
	}
	if _, err := os.Stat(s.together.Path()); err == nil {
		t.Error("a sample was drawn of some threads")
	}
	s.server.load(false)
	if page := s.get("/label"); !strings.Contains(page, "0 of 40 labelled") {
		t.Errorf("once all are judged: %.3000s", page)
	}
	s.server.load(true)
	for i := range 3 { // however often threads come in
		s.sited(fmt.Sprint("late", i), "North Post", "2024-04-01", 12)
		if page := s.pressTogether("k"); !strings.Contains(page, fmt.Sprintf("%d of 40 labelled", i+1)) {
			t.Errorf("a sample that is drawn: %.3000s", page)
		}
		if page := s.get("/threads"); !strings.Contains(page, fmt.Sprint(52+12*i)+" judged comments") {
			t.Errorf("the page of all threads lacks one that came in: %.3000s", page)
		}
	}
}

// TestSampleOfAllThreads draws one sample of many threads, as the command does, labels it and finds
// the total corrected by it.
func TestSampleOfAllThreads(t *testing.T) {
	var db *database.Database
	s := start(t, func(o *Options) { db = o.Database })
	for i, n := range []int{80, 30, 50, 40} {
		s.sited(fmt.Sprint("thread", i), "North Post", fmt.Sprintf("2024-03-0%d", 9-i), n)
	}
	before := s.get("/compare?by=site")
	page := s.get("/label")
	for _, part := range []string{"A sample of all threads", "0 of 120 labelled", "A comment on <a href=\"/threads/", "without labels", `value="60"`} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(part)) {
			t.Errorf("the page lacks %q: %.4000s", part, page)
		}
	}
	status, page := s.do(http.MethodPost, "/label", "size=60", "Content-Type", "application/x-www-form-urlencoded")
	if status != http.StatusOK || !strings.Contains(page, "0 of 60 labelled") {
		t.Fatalf("another size: %d %.3000s", status, page)
	}

	// The command draws the same comments.
	var frame labelling.Frame
	for thread, err := range (&runs.Stored{Database: db}).Threads(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := frame.Add(thread); err != nil {
			t.Fatal(err)
		}
	}
	command := labelling.Open(filepath.Join(t.TempDir(), "audit.csv"))
	if err := command.SampleTogether(&frame, labelling.Sampling{Size: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(command.Path())
	if mine := s.get("/labels.csv?of=all"); err != nil || mine != string(want) {
		t.Errorf("the sample isn't that of the command (%v)", err)
	}

	for i := range 60 {
		page = s.pressTogether(string("kkp"[i%3]))
	}
	if !strings.Contains(page, "All comments of the sample are labelled") || !strings.Contains(page, "60 of 60 labelled") ||
		strings.Contains(page, `name="size"`) {
		t.Errorf("after sixty keys: %.4000s", page)
	}
	if after := s.get("/compare?by=site"); after == before || !strings.Contains(after, "corrected by 60 comments labelled by hand") {
		t.Errorf("the total isn't corrected: %.3000s", after)
	}
	if page := s.get("/threads"); !strings.Contains(page, "60 comments") {
		t.Errorf("the page of all threads doesn't know the labels: %.3000s", page)
	}
	status, page = s.do(http.MethodPost, "/label", "size=120", "Content-Type", "application/x-www-form-urlencoded")
	if status != http.StatusOK || !strings.Contains(page, "it stays as it was drawn") || !strings.Contains(page, "60 of 60 labelled") {
		t.Errorf("a sample with labels was drawn anew: %d %.3000s", status, page)
	}
	s.sited("late", "North Post", "2024-04-01", 12)
	if page := s.get("/label"); !strings.Contains(page, "drawn from 200 comments; there are others now") {
		t.Errorf("comments that came later aren't told: %.3000s", page)
	}
	first := strings.Split(strings.SplitAfter(s.get("/explore?words=thread0"), `<div class=of><a href="`)[1], `"`)[0]
	if page := s.get(first); !strings.Contains(page, "by hand") {
		t.Errorf("the page of a thread doesn't know the labels: %.3000s", page)
	}
	// A thread's own sample is another one, and a key for one counts in it alone.
	at := strings.Split(strings.SplitAfter(s.get("/explore?words=thread1"), `<div class=of><a href="`)[1], `"`)[0]
	if page := s.press(at, "n"); !strings.Contains(page, "1 of 30 labelled") {
		t.Errorf("the thread's own sample: %.3000s", page)
	}
}

// TestLabelFiles: a file holds labels of single threads or of all, and the others lie beside it.
func TestLabelFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.csv")
	for _, c := range []struct{ content, single, together string }{
		{"", "mine.csv", "mine-corpus.csv"},
		{"thread,id,stance,drawn\na,1,none,random\n", "mine.csv", "mine-corpus.csv"},
		{"thread,id,stance,drawn\na,1,none,corpus\n", "mine-threads.csv", "mine.csv"},
	} {
		if c.content != "" {
			if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		single, together, err := LabelFiles(path)
		if err != nil || filepath.Base(single.Path()) != c.single || filepath.Base(together.Path()) != c.together {
			t.Errorf("%q: %v %v %v", c.content, single, together, err)
		}
	}
}
