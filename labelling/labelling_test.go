package labelling

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// sheet is a new file of so many open rows.
func sheet(t *testing.T, n int) *File {
	t.Helper()
	thread := &corpus.Thread{ID: "t"}
	var candidates []audit.Candidate
	for i := range n {
		thread.Comments = append(thread.Comments, corpus.Comment{ID: fmt.Sprint(i + 1)})
		candidates = append(candidates, audit.Candidate{Index: i})
	}
	rows, err := Draw(thread, candidates, Designs()[0], n, 1)
	if err != nil {
		t.Fatal(err)
	}
	f := Open(filepath.Join(t.TempDir(), "labels.csv"))
	if _, _, err := f.Read(); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("reading no file: %v", err)
	}
	if _, err := f.Draw(Of(thread), rows); err != nil {
		t.Fatal(err)
	}
	return f
}

func sit(t *testing.T, f *File, annotator string) *Session {
	t.Helper()
	s, err := f.Sit(annotator, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read are the rows of the file by the comment's ID.
func read(t *testing.T, f *File) map[string]labels.Label {
	t.Helper()
	rows, problems, err := f.Read()
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	byID := map[string]labels.Label{}
	for _, l := range rows {
		byID[l.Comment] = l
	}
	return byID
}

// TestTwoSessionsLoseNothing lets several sessions, each with its own view of the file as
// different processes have, label one file at the same time.
func TestTwoSessionsLoseNothing(t *testing.T) {
	const comments, sessions = 60, 3
	f := sheet(t, comments)
	var mu sync.Mutex
	given := map[string]corpus.Stance{}
	var all sync.WaitGroup
	for k := range sessions {
		all.Go(func() {
			s, err := Open(f.Path()).Sit(fmt.Sprint("annotator ", k), nil)
			if err != nil {
				t.Error(err)
				return
			}
			for {
				l, _, ok := s.Hand()
				if !ok {
					break
				}
				err := s.Give(corpus.Stance(k))
				var quicker *LabelledError
				if errors.As(err, &quicker) {
					continue // said, and not counted as given
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if before, twice := given[l.Comment]; twice && before != corpus.Stance(k) {
					t.Errorf("comment %s was taken from two sessions", l.Comment)
				}
				given[l.Comment] = corpus.Stance(k)
				mu.Unlock()
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	rows := read(t, f)
	if len(rows) != comments || len(given) != comments {
		t.Fatalf("%d rows and %d answers, want %d of each", len(rows), len(given), comments)
	}
	for id, stance := range given {
		if l := rows[id]; l.State != labels.Given || l.Stance != stance {
			t.Errorf("comment %s was answered %s, the file has %+v", id, stance, l)
		}
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(f.Path()), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left beside the file: %v, %v", left, err)
	}
}

// TestTwoSessionsGetDifferentComments and the one that is late is told.
func TestTwoSessionsGetDifferentComments(t *testing.T) {
	f := sheet(t, 2)
	first, second := sit(t, f, "a"), sit(t, f, "b")
	l, place, _ := first.Hand()
	m, other, _ := second.Hand()
	if l.Comment == m.Comment || place != 1 || other != 2 {
		t.Fatalf("the sessions have %s (%d) and %s (%d) at hand", l.Comment, place, m.Comment, other)
	}
	third := sit(t, f, "c") // nothing is left, so it has what the first has
	if n, _, _ := third.Hand(); n.Comment != l.Comment {
		t.Fatalf("the third has %s at hand, want %s", n.Comment, l.Comment)
	}
	if err := first.Give(corpus.Supportive); err != nil {
		t.Fatal(err)
	}
	var quicker *LabelledError
	if err := third.Give(corpus.Skeptical); !errors.As(err, &quicker) || quicker.Label.Annotator != "a" {
		t.Fatalf("the late answer: %v", err)
	}
	if got := read(t, f)[l.Comment]; got.Stance != corpus.Supportive || got.Annotator != "a" {
		t.Errorf("the first label was changed to %+v", got)
	}
	if err := third.Undo(); err != nil {
		t.Fatal(err)
	}
	if err := third.Give(corpus.Skeptical); err != nil {
		t.Fatal(err)
	}
	if got := read(t, f)[l.Comment]; got.Stance != corpus.Skeptical || got.Annotator != "c" {
		t.Errorf("after undo and another answer the file has %+v", got)
	}
}

// TestKeys walks through a sample with every key.
func TestKeys(t *testing.T) {
	f := sheet(t, 3)
	s := sit(t, f, "a")
	first, _, _ := s.Hand()
	if err := s.Feel(corpus.Negative); err != nil {
		t.Fatal(err)
	}
	if l, _, _ := s.Hand(); l.Comment != first.Comment || *l.Sentiment != corpus.Negative {
		t.Fatalf("after a sentiment %+v is at hand", l)
	}
	if err := errors.Join(s.Give(corpus.Relativist), s.Skip(), s.Give(corpus.None)); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := s.Hand(); ok {
		t.Error("all are answered, but one is at hand")
	}
	if err := s.Give(corpus.None); err == nil {
		t.Error("an answer to nothing was taken")
	}
	if given, skipped, of := s.Count(); given != 2 || skipped != 1 || of != 3 {
		t.Errorf("%d given, %d skipped, of %d", given, skipped, of)
	}
	if l := read(t, f)[first.Comment]; l.Stance != corpus.Relativist || *l.Sentiment != corpus.Negative {
		t.Errorf("the file has %+v", l)
	}
	for range 3 {
		if err := s.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Undo(); !errors.Is(err, ErrNothing) {
		t.Errorf("undoing nothing: %v", err)
	}
	for id, l := range read(t, f) {
		if l.State != labels.Open || l.Sentiment != nil || l.Annotator != "" {
			t.Errorf("comment %s is %+v, want it as it was drawn", id, l)
		}
	}
}

// TestACutFileIsNotWrittenOver: what is left of it may be all there is.
func TestACutFileIsNotWrittenOver(t *testing.T) {
	f := sheet(t, 5)
	content, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	for at := len(content) - 2; at > len("thread,id,stance,sentiment,probability,drawn,annotator,row\n")+20; at-- {
		if err := os.WriteFile(f.Path(), content[:at], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Sit("", nil); err == nil || !strings.Contains(err.Error(), "cut") {
			t.Fatalf("cut to %q: %v", content[:at], err)
		}
		if now, _ := os.ReadFile(f.Path()); string(now) != string(content[:at]) {
			t.Fatalf("the file was changed to %q", now)
		}
	}
}

func TestCodebook(t *testing.T) {
	book := Codebook()
	for _, s := range []string{"Stance is always taken toward the case", "skeptical:", "relativist:", "supportive:", "none:", "Apply these rules", "Examples"} {
		if !strings.Contains(book, s) {
			t.Errorf("the codebook lacks %q", s)
		}
	}
	if strings.Contains(book, "JSON") {
		t.Error("the codebook tells people of JSON")
	}
}
