package gather

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"stance.example/stance/corpus"
)

// gaps are what a form says of comments that aren't in its file, or aren't readers'.
type gaps struct {
	// Absent is how many comments the file says there are but doesn't hold, and Why which they are, "" for those that
	// have to be loaded.
	Absent int
	Why    string
	// More is what the file says of others without their number.
	More string
	// Ignored is how many entries are no comments of readers.
	Ignored int
	// Idle says that nobody wants the thread without comments.
	Idle bool

	tops    map[string]bool   // parents that are none
	replies map[string]int    // how many replies the file says that a comment has
	passed  map[string]string // the parents of the entries without a text, by their IDs
	empty   int               // how many they are
}

// join adds those of comments that come to the others.
func (a *gaps) join(b *gaps) {
	a.Absent += b.Absent
	a.empty += b.empty
	maps.Copy(a.replies, b.replies)
	maps.Copy(a.passed, b.passed)
}

// Top makes comments whose parent has this ID top-level ones: it is the article's.
func (a *gaps) Top(id string) { a.tops[id] = true }

// Promise notes how many replies the file says that a comment has.
func (a *gaps) Promise(id string, n int) { a.replies[id] = n }

// LeaveOut counts an entry without a text, such as a picture. Replies to it answer what it answers.
func (a *gaps) LeaveOut(c *corpus.Comment) {
	a.empty++
	if c.ID != "" {
		a.passed[c.ID] = c.Parent
	}
}

// Say adds to the thread's problems.
func (p *Thread) Say(level corpus.Level, format string, args ...any) {
	p.Problems = append(p.Problems, corpus.Problem{File: p.file, Level: level, Message: fmt.Sprintf(format, args...)})
}

// Page returns the thread of an ID, a new one if there is none. The line is that of its first comment.
func (g *Gatherer) Page(id string, line int) *Thread {
	if p := g.Begun(id); p != nil {
		return p
	}
	return g.begin(id, id, line)
}

// Begun returns the thread of a key, which has a new item, if it is being gathered, else nil.
func (g *Gatherer) Begun(key string) *Thread { return g.held.get(key) }

// Threads is the number of threads so far.
func (g *Gatherer) Threads() int { return g.held.count }

// Put adds a comment, which takes so much memory beside its text and its author's name.
func (g *Gatherer) Put(p *Thread, c corpus.Comment) {
	const beside = 200
	g.items++
	p.append(c, g.items)
	g.held.hold(p, len(c.Text)+len(c.Author)+beside)
}

// Merge puts the comments of one thread among those of another, which takes its place.
func (g *Gatherer) Merge(into, from *Thread) {
	g.held.remove(from)
	g.held.hold(into, from.bytes)
	into.take(from)
	into.sort()
}

// once leaves out comments that stand in the file a second time, with the same ID and text, as in pages of a list that was
// asked for anew.
func (p *Thread) once() {
	first := make(map[string]int, len(p.Comments))
	kept := p.Comments[:0]
	for _, c := range p.Comments {
		if at, met := first[c.ID]; met && c.ID != "" && kept[at].Text == c.Text && kept[at].Author == c.Author {
			continue
		} else if !met {
			first[c.ID] = len(kept)
		}
		kept = append(kept, c)
	}
	if twice := len(p.Comments) - len(kept); twice > 0 {
		p.Say(corpus.Assumption, "comments that stand twice in the file with the same ID and text, read once: %d", twice)
	}
	p.Comments = kept
}

// answered is the parent of a comment past the entries that were left out. What was promised of it is there.
func (a *gaps) answered(parent string) string {
	a.found(parent)
	for range len(a.passed) {
		above, out := a.passed[parent]
		if !out {
			break
		}
		parent = above
	}
	return parent
}

// found counts an answer that was promised.
func (a *gaps) found(parent string) {
	if n := a.replies[parent]; n > 0 {
		a.replies[parent] = n - 1
	}
}

// leftOut says what of the file is no comment.
func (p *Thread) leftOut() []string {
	var messages []string
	if p.Ignored > 0 {
		messages = append(messages, Unwritten(p.Ignored))
	}
	if p.empty > 0 {
		messages = append(messages, Plural(p.empty, "entry without a text, such as a picture, is", "entries without a text, such as pictures, are")+" left out")
	}
	return messages
}

// Unwritten says that so many entries are no comments of readers.
func Unwritten(n int) string {
	return Plural(n, "entry is", "entries are") + " left out that no reader wrote, such as pingbacks and notes of the site"
}

// bare reports whether nothing is known of the article, but that there is something else than
// comments under it.
func (p *Thread) bare() bool {
	return p.Ignored+p.empty > 0 && p.Article.Title+p.Article.Text+p.Article.URL == "" && p.DeclaredComments == 0
}

// tellAbsent says how many comments are not in the file.
func (p *Thread) tellAbsent() {
	for _, parent := range p.passed {
		p.found(parent)
	}
	for _, n := range p.replies {
		p.Absent += n
	}
	var why []string
	n := p.Absent
	if n > 0 {
		why = append(why, cmp.Or(p.Why, "the site gives more only when asked"))
	}
	if d := p.DeclaredComments - len(p.Comments) - p.Ignored - p.empty; d > n {
		n = d
		why = []string{fmt.Sprintf("the site counts %d", p.DeclaredComments)}
	}
	switch {
	case n > 0:
		if p.More != "" {
			why = append(why, p.More)
		}
		p.Say(corpus.Warning, "%s not in the file: %s", Plural(n, "comment is", "comments are"), strings.Join(why, ", and "))
	case p.More != "":
		p.Say(corpus.Warning, "an unknown number of comments is not in the file: %s", p.More)
	}
}

// Plural is a number with the word for one or for many.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
