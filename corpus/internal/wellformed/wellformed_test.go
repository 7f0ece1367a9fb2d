package wellformed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/wellformed"
)

// thread makes a thread from "id<parent" pairs, one comment a line.
func thread(pairs ...string) *corpus.Thread {
	t := new(corpus.Thread)
	for i, pair := range pairs {
		id, parent, _ := strings.Cut(pair, "<")
		t.Comments = append(t.Comments, corpus.Comment{ID: id, Parent: parent, Line: i + 1})
	}
	return t
}

func pairs(t *corpus.Thread) []string {
	var all []string
	for _, c := range t.Comments {
		all = append(all, c.ID+"<"+c.Parent)
	}
	return all
}

func TestEnsure(t *testing.T) {
	tests := []struct {
		name, why string
		in, want  []string
		problems  []string
	}{
		{"sound", "nothing to do, replies before their parents included", []string{"b<a", "a<", "c<b"}, []string{"b<a", "a<", "c<b"}, nil},
		{"no IDs", "they are named by their place", []string{"<", "<"}, []string{"c1<", "c2<"}, nil},
		{"some IDs", "a name made up never takes one that is given", []string{"c2<", "<", "<c2"}, []string{"c2<", "c2#2<", "c3<c2"}, nil},
		{"the same ID", "the first keeps it, with its replies", []string{"a<", "a<", "b<a", "a<"}, []string{"a<", "a#2<", "b<a", "a#3<"},
			[]string{`f:2: 2 comments have the ID of an earlier one: the first, "a" is now "a#2"`}},
		{"lost parent", "an export of a part", []string{"a<x", "b<a", "c<y"}, []string{"a<", "b<a", "c<"},
			[]string{`f:1: 2 replies' parents are not in the thread, so they stay unknown: the first, "a", names "x"`}},
		{"own parent", "some exports mark top-level ones so", []string{"a<a", "b<a"}, []string{"a<", "b<a"},
			[]string{`f:1: 1 comment is a reply to itself, so it is taken as top-level: "a"`}},
		{"cycle", "opened at its first comment, tails untouched", []string{"t<c", "b<a", "c<b", "a<c"}, []string{"t<c", "b<", "c<b", "a<c"},
			[]string{`f:2: 1 comment is, through others, a reply to itself, so it is taken as top-level: "b"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			th := thread(tt.in...)
			wellformed.Ensure("f", th)
			if diff := cmp.Diff(tt.want, pairs(th)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			var problems []string
			for _, p := range th.Problems {
				problems = append(problems, p.Error())
			}
			if diff := cmp.Diff(tt.problems, problems); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestRemoved(t *testing.T) {
	for text, want := range map[string]bool{
		"[deleted]":   true,
		" [Removed] ": true,
		"This comment has been removed by a moderator.": true,
		"":                                false,
		"They [deleted] the whole report": false,
		"This comment was deleted, and I would like to ask why": false,
	} {
		if got := wellformed.IsRemoval(text); got != want {
			t.Errorf("IsRemoval(%q) = %t", text, got)
		}
	}
	th := &corpus.Thread{Comments: []corpus.Comment{{Text: "[removed]", Author: "[deleted]"}, {Text: "Fine.", Author: "[deleted]"}}}
	wellformed.Ensure("f", th)
	if c := th.Comments[0]; !c.Removed || c.Author != "" || c.Text != "[removed]" {
		t.Errorf("removed comment became %+v", c)
	}
	if c := th.Comments[1]; c.Removed || c.Author != "" {
		t.Errorf("comment of a deleted account became %+v", c)
	}
}

func FuzzEnsure(f *testing.F) {
	f.Add([]byte{0, 1, 1, 2, 2, 0, 3, 3})
	f.Fuzz(func(t *testing.T, in []byte) {
		th := new(corpus.Thread)
		name := func(b byte) string {
			if b%16 == 0 {
				return ""
			}
			return fmt.Sprintf("c%d", b%16)
		}
		for pair := range slices.Chunk(in, 2) {
			th.Comments = append(th.Comments, corpus.Comment{ID: name(pair[0]), Parent: name(pair[len(pair)-1])})
		}
		wellformed.Ensure("f", th)
		parents := make(map[string]string)
		for _, c := range th.Comments {
			if _, twice := parents[c.ID]; twice || c.ID == "" {
				t.Fatalf("ID %q is empty or not unique", c.ID)
			}
			parents[c.ID] = c.Parent
		}
		for id := range parents {
			for steps, at := 0, id; at != ""; at = parents[at] {
				if _, known := parents[at]; !known {
					t.Fatalf("unknown parent %q", at)
				}
				if steps++; steps > len(parents) {
					t.Fatalf("cycle at %q", id)
				}
			}
		}
		again := &corpus.Thread{Comments: slices.Clone(th.Comments)}
		wellformed.Ensure("f", again)
		if diff := cmp.Diff(th.Comments, again.Comments); diff != "" || len(again.Problems) > 0 {
			t.Fatalf("a well-formed thread was changed: %s %v", diff, again.Problems)
		}
	})
}
