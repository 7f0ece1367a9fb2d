package plaintext

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/commentline"
)

// MaxText is the longest text read, in bytes, unless more is asked for: twenty times what is
// copied from the longest pages. Reading takes up to sixty times as much memory.
const MaxText = 4 << 20

// Read returns the one thread of a text of at most so many bytes, 0 for MaxText. The text
// must be UTF-8; the name is for messages. The error is of r, or a *corpus.Problem for a text
// that is longer.
func Read(name string, r io.Reader, most int) (*corpus.Thread, error) {
	if most == 0 {
		most = MaxText
	}
	content, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	var problem *corpus.Problem
	switch {
	case errors.As(err, &problem):
		return nil, problem // it names the file and the line itself
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	case len(content) > most:
		return nil, &corpus.Problem{
			File: name, Level: corpus.Failure, Oversize: true,
			Message: fmt.Sprintf("a text of more than %d MB without the form of a table, JSON or a page: not read", most>>20),
		}
	}
	p := newPage(name, string(content))
	p.readComments()
	p.readArticle()
	return p.thread(), nil
}

// page is a text on its way to a thread.
type page struct {
	file     string
	lines    []commentline.Line
	used     []bool // the lines of the article, of comments, and those that count them
	start    int    // the first line of the comment section, len(lines) if there is none
	end      int    // behind its last line
	declared int
	blocks   []block
	title    string
	article  []string
	problems []corpus.Problem
}

// block is a comment made of lines.
type block struct {
	author  string
	replyTo string
	posted  string
	votes   *int
	removed bool
	first   int   // the line it begins at
	column  int   // where its author line begins, -1 if that tells nothing
	text    []int // its lines, blank ones within included
}

func newPage(name, content string) *page {
	p := &page{file: name, lines: commentline.Lines(content)}
	p.demoteButtons()
	p.used = make([]bool, len(p.lines))
	p.reset()
	return p
}

// demoteButtons makes buttons of the count lines that have the form of one, such as
// "Antworten" or "2 replies": all of them if another line announces the comments,
// otherwise all but the first.
func (p *page) demoteButtons() {
	announced := slices.ContainsFunc(p.lines, func(l commentline.Line) bool { return l.Kind == commentline.Count && !l.Button })
	for i := range p.lines {
		if l := &p.lines[i]; l.Kind == commentline.Count && l.Button {
			if announced {
				l.Kind = commentline.Action
			}
			announced = true
		}
	}
}

// mostCandidates is how many lines are tried for the beginning of the comments, so
// that a page made of headings costs no more than its length.
const mostCandidates = 50

// countLines returns the last lines that may announce the comments, the last first.
func (p *page) countLines() []int {
	var found []int
	for i := len(p.lines) - 1; i >= 0 && len(found) < mostCandidates; i-- {
		if p.lines[i].Kind == commentline.Count {
			found = append(found, i)
		}
	}
	return found
}

// assume notes how the text was read; line is an index, -1 for the whole file.
func (p *page) assume(line int, format string, args ...any) {
	p.note(corpus.Assumption, line, format, args...)
}

func (p *page) note(level corpus.Level, line int, format string, args ...any) {
	p.problems = append(p.problems, corpus.Problem{File: p.file, Line: line + 1, Level: level, Message: fmt.Sprintf(format, args...)})
}

// readComments tries the layouts in the order of how much they prove: a name on
// each line, signed texts, marked author lines, then the bare alternation of names
// and texts. A reading that falls short of what the page announces yields to one that
// doesn't.
func (p *page) readComments() {
	switch {
	case p.try(p.readPerLine), p.try(p.readSigned):
	case p.try(p.readOpened) && !p.fallsShort():
	case p.try(p.readAlternating) && !p.fallsShort():
	case p.try(p.readOpened), p.try(p.readAlternating):
	default:
		p.reset()
		p.findAnnounced()
		return
	}
	p.claimComments()
}

// try reads the page afresh in one layout and reports whether that fits.
func (p *page) try(layout func() bool) bool {
	p.reset()
	return layout()
}

// reset forgets what a layout made of the lines.
func (p *page) reset() {
	clear(p.used)
	p.start, p.end = len(p.lines), len(p.lines)
	p.declared, p.blocks, p.problems = 0, nil, nil
}

// fallsShort reports whether less than half of the announced comments were found.
func (p *page) fallsShort() bool { return 2*len(p.blocks) < p.declared }

// findAnnounced tells what a page without comments announces of them. Where several
// lines give different numbers, they are of other articles.
func (p *page) findAnnounced() {
	announced := -1
	for i := range p.lines {
		l := &p.lines[i]
		if l.Kind != commentline.Count || l.Count == 0 || l.Button {
			continue
		}
		if announced >= 0 && l.Count != p.lines[announced].Count {
			announced = -1
			break
		}
		announced = i
	}
	if announced < 0 {
		p.note(corpus.Warning, -1, "no comment was found in the text")
	} else {
		p.announce(announced)
		p.note(corpus.Warning, announced, "the page announces %d comments here, but none was found in the text", p.declared)
	}
	p.problems[len(p.problems)-1].Kind = corpus.NoComments
}

// claimComments gives the lines of the blocks their role and tells how the numbers
// compare.
func (p *page) claimComments() {
	for _, b := range p.blocks {
		for _, i := range b.text {
			p.used[i] = true
		}
	}
	if p.declared > 0 && p.declared != len(p.blocks) {
		level := corpus.Assumption
		if p.declared > len(p.blocks) {
			level = corpus.Warning
		}
		p.note(level, -1, "the page announces %d comments, %d were found in the text", p.declared, len(p.blocks))
	}
	isPingback := func(l commentline.Line) bool { return l.Kind == commentline.Pingback }
	if n := count(p.lines[p.start:], isPingback); n > 0 {
		p.assume(-1, "%d links from other sites (pingbacks) are not counted as comments", n)
	}
}

// thread puts the result together.
func (p *page) thread() *corpus.Thread {
	t := &corpus.Thread{
		Article:          corpus.Article{Title: p.title, Text: strings.Join(p.article, "\n\n")},
		DeclaredComments: p.declared,
		Problems:         p.problems,
	}
	for i := range p.blocks {
		t.Comments = append(t.Comments, p.comment(i))
	}
	commentline.SetTimes(t.Comments)
	p.linkReplies(t.Comments)
	isUnused := func(i int) bool { return !p.used[i] && p.lines[i].Text != "" }
	spare := 0
	for i := range p.lines {
		if isUnused(i) {
			spare++
		}
	}
	t.Unused = slices.Grow(t.Unused, spare)
	for i := range p.lines {
		if isUnused(i) {
			t.Unused = append(t.Unused, corpus.Line{Number: i + 1, Text: p.lines[i].Text, Reason: p.reason(i)})
		}
	}
	return t
}

// reason says why a line was not used.
func (p *page) reason(i int) string {
	if p.lines[i].Kind != commentline.Plain {
		return p.lines[i].Kind.String()
	}
	switch {
	case i < p.start:
		return "around the article"
	case i < p.end:
		return "between the comments"
	}
	return "after the comments"
}

func (p *page) comment(i int) corpus.Comment {
	b := &p.blocks[i]
	text := p.text(b)
	if b.removed && len(b.text) == 1 && p.lines[b.text[0]].Kind == commentline.Removed {
		text = "" // the page's note in place of the comment
	}
	return corpus.Comment{
		ID:       fmt.Sprintf("c%d", i+1),
		Author:   b.author,
		PostedAs: b.posted,
		Votes:    b.votes,
		Removed:  b.removed,
		Text:     text,
		Line:     b.first + 1,
	}
}

// text joins the lines of a comment as they were written. A blank line stays one
// blank line; other line breaks stay line breaks.
func (p *page) text(b *block) string {
	var s strings.Builder
	blank := false
	for _, i := range b.text {
		l := &p.lines[i]
		shown := l.Text
		if l.Avatar {
			shown = l.Body
		}
		if shown == "" {
			blank = s.Len() > 0
			continue
		}
		if s.Len() > 0 {
			s.WriteByte('\n')
		}
		if blank {
			s.WriteByte('\n')
		}
		blank = false
		s.WriteString(shown)
	}
	return s.String()
}

// announce takes line i for the one that announces the comments.
func (p *page) announce(i int) {
	p.declared = p.lines[i].Count
	p.used[i] = true
}

// count is how many are such.
func count[T any](all []T, is func(T) bool) int {
	n := 0
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
}
