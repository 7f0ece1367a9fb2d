package corpus_test

import (
	"slices"
	"testing"
	"time"

	"stance.example/stance/corpus"
)

func TestLabelsRoundTrip(t *testing.T) {
	for s := range corpus.Stance(corpus.NumStances) {
		if back, err := corpus.ParseStance(s.String()); err != nil || back != s {
			t.Errorf("%v is read back as %v, %v", s, back, err)
		}
	}
	for p := range corpus.Polarity(corpus.NumPolarities) {
		if back, err := corpus.ParsePolarity(p.String()); err != nil || back != p {
			t.Errorf("%v is read back as %v, %v", p, back, err)
		}
	}
	for _, name := range []string{"Skeptical", "sceptical", " SCEPTICAL"} {
		if s, err := corpus.ParseStance(name); err != nil || s != corpus.Skeptical || corpus.StanceLabel(name) != "skeptical" {
			t.Errorf("%q is read as %v, %v", name, s, err)
		}
	}
	if got := corpus.StanceLabel("scenic"); got != "scenic" {
		t.Errorf("another label is read as %q", got)
	}
	for _, name := range []string{"", "skeptically", "scupportive", "neutral"} {
		if s, err := corpus.ParseStance(name); err == nil {
			t.Errorf("%q is read as %v", name, s)
		}
	}
	if got := corpus.Stance(9).String(); got != "Stance(9)" {
		t.Errorf("a stance that doesn't exist is %q", got)
	}
}

func TestProblem(t *testing.T) {
	for _, c := range []struct {
		problem corpus.Problem
		want    string
	}{
		{corpus.Problem{File: "a.csv", Line: 7, Message: "a row is short"}, "a.csv:7: a row is short"},
		{corpus.Problem{File: "a.csv", Message: "is empty"}, "a.csv: is empty"},
	} {
		if got := c.problem.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestIsReply(t *testing.T) {
	for _, c := range []struct {
		comment corpus.Comment
		want    bool
	}{
		{corpus.Comment{ID: "a"}, false},
		{corpus.Comment{ID: "a", Parent: "b"}, true},
		{corpus.Comment{ID: "a", ParentText: "Who says so?"}, true},
	} {
		if got := c.comment.IsReply(); got != c.want {
			t.Errorf("%+v is a reply: %t", c.comment, got)
		}
	}
}

func TestParents(t *testing.T) {
	comments := []corpus.Comment{{ID: "a"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "c"}, {ID: "d", Parent: "gone"}, {ID: "e", Parent: "f"},
		{ID: "f", Parent: "e"}, {}}
	if got, want := corpus.Parents(comments), []int{-1, 0, -1, -1, 5, 4, -1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: top level, reply, itself, nobody, a circle, no ID", got, want)
	}
}

func TestAnswered(t *testing.T) {
	comments := []corpus.Comment{
		{ID: "a", Text: "One."},
		{ID: "b", Text: "Two.", Parent: "a"},
		{ID: "c", Text: "Three.", ParentText: "Two."},
		{ID: "d", Text: "Four.", ParentText: "Nowhere to be found."},
		{ID: "e", Text: "Five.", ParentText: "Five."},
		{ID: "f", Text: "Six.", Parent: "z"},
		{ID: "g", Text: "Seven.", Parent: "a", ParentText: "Two."},
	}
	if got, want := corpus.Answered(comments), []int{-1, 0, 1, -1, -1, -1, 0}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: by ID, else by text, never itself", got, want)
	}
}

func TestWhen(t *testing.T) {
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		as   string
		at   time.Time
		want string
	}{
		{"2 hours ago", time.Time{}, "2 hours ago"}, {"May 1", at, "May 1"}, {"1714557600", at, "1 May 2024, 10:00"}, {"1714557600", time.Time{}, "1714557600"},
		{"/Date(1714557600000)/", at, "1 May 2024, 10:00"}, {"", at, "1 May 2024, 10:00"}, {"", time.Time{}, ""},
	} {
		if got := (&corpus.Comment{Posted: tt.at, PostedAs: tt.as}).When(); got != tt.want {
			t.Errorf("%q at %v: %q, want %q", tt.as, tt.at, got, tt.want)
		}
	}
}
