// Package wellformed makes a thread that was just read keep the promises of the
// types in package corpus, whatever the input held:
//
//  1. A comment whose whole text is a site's mark for a removed one is Removed,
//     and an author who is only such a mark is unknown.
//  2. Every comment has an ID, and no two have the same.
//  3. Every Parent is the ID of another comment of the thread, and following
//     parents always ends at a top-level comment.
//
// A comment is never left out for it. What had to be changed is added to the
// thread's problems, one for each kind with the first case, so that an export
// that lacks half its comments doesn't fill the screen.
package wellformed

import (
	"fmt"
	"strings"
	"unicode"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
)

// Ensure makes the thread well formed. Problems are placed in the file, at the
// Line of the first comment concerned. A thread that is well formed stays as it is.
func Ensure(file string, t *corpus.Thread) {
	for i := range t.Comments {
		markRemoved(&t.Comments[i])
	}
	k := &knot{file: file, thread: t, index: make(map[string]int, len(t.Comments)), copies: make(map[string]int)}
	k.identify()
	k.connect()
	k.cut()
}

// removals are the notes that sites leave in place of a comment, in small letters and
// without marks.
var removals = commentline.WordSet("removed")

// IsRemoval reports whether s, a comment's whole text or its author, is only a
// site's note that a comment was taken away. A single word is one only in brackets.
func IsRemoval(s string) bool {
	const longest = 96
	s = strings.TrimSpace(s)
	if len(s) > longest || s == "" {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	return (len(words) > 1 || strings.ContainsRune("[(<", rune(s[0]))) && removals()[strings.Join(words, " ")]
}

func markRemoved(c *corpus.Comment) {
	if IsRemoval(c.Text) {
		c.Removed = true
	}
	if IsRemoval(c.Author) {
		c.Author = ""
	}
}

// knot ties the comments of one thread together.
type knot struct {
	file   string
	thread *corpus.Thread
	index  map[string]int // of the comment with that ID
	copies map[string]int // the last number given to a copy of that ID
}

// identify gives every comment an ID of its own. Of several with one ID the first
// keeps it, so that replies to it go there.
func (k *knot) identify() {
	comments := k.thread.Comments
	same := tally{}
	for i := range comments {
		id := comments[i].ID
		if id == "" {
			continue
		}
		if _, taken := k.index[id]; taken {
			same.add(i)
			continue
		}
		k.index[id] = i
	}
	first := ""
	for i := range comments {
		c := &comments[i]
		if owner, ok := k.index[c.ID]; ok && owner == i {
			continue
		}
		was := c.ID
		if was == "" {
			was = fmt.Sprintf("c%d", i+1)
		}
		c.ID = k.free(was)
		k.index[c.ID] = i
		if same.count > 0 && i == same.first {
			first = fmt.Sprintf("%q is now %q", was, c.ID)
		}
	}
	k.report(same, "1 comment has the ID of an earlier one: %s", "%d comments have the ID of an earlier one: the first, %s", first)
}

// free returns id, or id with the first number that nobody has.
func (k *knot) free(id string) string {
	try := id
	for n := max(k.copies[id], 1); ; {
		if _, taken := k.index[try]; !taken {
			return try
		}
		n++
		k.copies[id] = n
		try = fmt.Sprintf("%s#%d", id, n)
	}
}

// connect leaves replies to comments that aren't there without their parents, and makes
// those to themselves top-level comments.
func (k *knot) connect() {
	comments := k.thread.Comments
	lost, self := tally{}, tally{}
	parent := ""
	for i := range comments {
		c := &comments[i]
		if c.Parent == "" {
			continue
		}
		at, known := k.index[c.Parent]
		switch {
		case !known:
			if lost.add(i); lost.count == 1 {
				parent = fmt.Sprintf("%q, names %q", c.ID, c.Parent)
			}
			c.Parent, c.Reply = "", true
		case at == i:
			self.add(i)
			c.Parent = ""
		}
	}
	k.report(lost,
		"1 reply's parent is not in the thread, so it stays unknown: %s",
		"%d replies' parents are not in the thread, so they stay unknown: the first, %s", parent)
	k.report(self,
		"1 comment is a reply to itself, so it is taken as top-level: %s",
		"%d comments are replies to themselves, so they are taken as top-level: the first, %s", k.quoted(self))
}

// cut opens every cycle of replies at its first comment in the order of the input.
func (k *knot) cut() {
	comments := k.thread.Comments
	// walk is the number of the walk that passed a comment, from 1.
	walk := make([]int, len(comments))
	cycles := tally{}
	for start := range comments {
		for i := start; ; {
			walk[i] = start + 1
			if comments[i].Parent == "" {
				break
			}
			next := k.index[comments[i].Parent]
			if walk[next] == start+1 {
				first := k.firstOfCycle(next)
				comments[first].Parent = ""
				cycles.add(first)
				break
			}
			if walk[next] != 0 {
				break
			}
			i = next
		}
	}
	k.report(cycles,
		"1 comment is, through others, a reply to itself, so it is taken as top-level: %s",
		"%d comments are, through others, replies to themselves, so they are taken as top-level: the first, %s", k.quoted(cycles))
}

// firstOfCycle returns the least index of the cycle that holds the comment at i.
func (k *knot) firstOfCycle(i int) int {
	first := i
	for at := k.parent(i); at != i; at = k.parent(at) {
		first = min(first, at)
	}
	return first
}

func (k *knot) parent(i int) int { return k.index[k.thread.Comments[i].Parent] }

// tally counts comments with one trouble.
type tally struct{ count, first int }

func (t *tally) add(i int) {
	if t.count++; t.count == 1 {
		t.first = i
	}
}

func (k *knot) quoted(t tally) string {
	if t.count == 0 {
		return ""
	}
	return fmt.Sprintf("%q", k.thread.Comments[t.first].ID)
}

func (k *knot) report(t tally, one, many, first string) {
	if t.count == 0 {
		return
	}
	message := fmt.Sprintf(one, first)
	if t.count > 1 {
		message = fmt.Sprintf(many, t.count, first)
	}
	k.thread.Problems = append(k.thread.Problems, corpus.Problem{
		File: k.file, Line: k.thread.Comments[t.first].Line, Level: corpus.Warning, Message: message,
	})
}
