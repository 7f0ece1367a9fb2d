package labels

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
)

// set reads a set from CSV that is without fault.
func set(t *testing.T, text string) *Set {
	t.Helper()
	list, problems, err := Read("f", strings.NewReader(text))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	s, problems := NewSet(list)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func thread(id, source string, comments ...string) *corpus.Thread {
	t := &corpus.Thread{ID: id, Source: source}
	for _, c := range comments {
		t.Comments = append(t.Comments, corpus.Comment{ID: c})
	}
	return t
}

// stances lists what Of found, "" where it found nothing.
func stances(found []*Label) []string {
	list := make([]string, len(found))
	for i, l := range found {
		if l != nil {
			list[i] = l.Stance.String()
		}
	}
	return list
}

func TestOf(t *testing.T) {
	s := set(t, "thread,id,stance\nt1,1,none\n,1,skeptical\npage.html,2,supportive\n,3,\n")
	for _, c := range []struct {
		name   string
		thread *corpus.Thread
		want   []string
	}{
		{"a label of the thread comes before one of any", thread("t1", "x", "1", "2"), []string{"none", ""}},
		{"a label without a thread fits any", thread("t2", "x", "2", "1"), []string{"", "skeptical"}},
		{"a thread is also known by its source", thread("", "page.html", "2", "3"), []string{"supportive", ""}},
	} {
		if diff := cmp.Diff(c.want, stances(s.Of(c.thread))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	if got := s.Unplaced(); len(got) > 0 {
		t.Errorf("all labels were placed once, but: %v", messages(got))
	}
}

func TestUnplaced(t *testing.T) {
	s := set(t, "thread,id,stance\n,1,none\nt1,9,none\n,8,none\n,7,none\n")
	a, b := thread("t1", "x", "1", "7"), thread("t2", "x", "1")
	a.Comments[1].Removed = true
	for range 2 { // judging a thread twice counts once
		s.Of(a)
		if got := s.Of(b)[0]; got != nil {
			t.Errorf("the label counts twice: %+v", got)
		}
	}
	want := []string{
		`f:5: comment "7" was removed, so its label can't count`,
		`f:2: comment "1" stands in 2 threads (x, thread t1; x, thread t2), and the label counted for the first: add a column thread`,
		`f:3: thread "t1" has no comment "9", or wasn't read`,
		`f:4: no comment has the ID "8"`,
	}
	if diff := cmp.Diff(want, messages(s.Unplaced())); diff != "" {
		t.Error(diff)
	}
}

// TestLook: an ID of several threads is a label of none of them.
func TestLook(t *testing.T) {
	s := set(t, "thread,id,stance\n,1,none\nt2,1,supportive\n,2,skeptical\n")
	threads := []*corpus.Thread{thread("t1", "x", "1", "2"), thread("t2", "x", "1"), thread("", "y", "1")}
	if !s.Bare() {
		t.Error("a label names no thread")
	}
	for _, thread := range threads {
		s.Look(thread)
	}
	for i, want := range [][]string{{"", "skeptical"}, {"supportive"}, {""}} {
		if diff := cmp.Diff(want, stances(s.Of(threads[i]))); diff != "" {
			t.Errorf("thread %d: %s", i, diff)
		}
	}
	want := []string{`f:2: comment "1" stands in 3 threads (x, thread t1; x, thread t2; y), so the label counts for none: add a column thread`}
	if diff := cmp.Diff(want, messages(s.Unplaced())); diff != "" {
		t.Error(diff)
	}
}

func TestNewSetTellsContradictions(t *testing.T) {
	list, _, err := Read("f", strings.NewReader("id,stance,annotator\n1,none,a\n1,none,a\n1,skeptical,a\n1,supportive,b\n2,none,\n"))
	if err != nil {
		t.Fatal(err)
	}
	s, problems := NewSet(list)
	want := []string{
		`f:4: comment "1" is skeptical here, but none at f:2, which stands`,
		`f:5: comment "1" is supportive here, but none at f:2, which stands`,
	}
	if diff := cmp.Diff(want, messages(problems)); diff != "" {
		t.Error(diff)
	}
	if problems[0].Level != corpus.Failure || problems[1].Level != corpus.Warning {
		t.Error("one annotator's contradiction is a failure, that of two a warning")
	}
	if s.Len() != 2 {
		t.Errorf("%d labels stand, want 2", s.Len())
	}
}
