package plaintext

import (
	"regexp"
	"strings"

	"stance.example/stance/corpus/internal/commentline"
	"stance.example/stance/corpus/internal/scalar"
)

// labelled is a comment on one line behind its author, with a label in front:
// "1:Ada that will never work".
var labelled = regexp.MustCompile(`^(\d{1,2}):(\S+)(?:\s+(.*))?$`)

// spoken is a comment on one line behind its author and a colon: "Ada: never".
var spoken = regexp.MustCompile(`^([^:]{1,40}):\s+(\S.*)$`)

// messages are the lines of chats that begin with a time, as WhatsApp writes them: "[12.03.24, 18:02:11] Ada: never"
// and "12/03/2024, 18:02 - Ada: never". What has no author, the mark of a direction (U+200E) before its text, or a text
// in angle brackets, as in place of a picture, was written by the program.
var messages = regexp.MustCompile(`^(?:\[(\d[^\]]{5,30})\]|(\d.{5,30}?) -) (?:([^:]{1,60}):(?: (.*))?|.*)$`)

// said is what a line of a list tells.
type said struct {
	author, posted, text string
	notice               bool // nobody said it
}

// perLine reads a line in one form of lists. It is false for a line that doesn't have it.
type perLine func(*commentline.Line) (said, bool)

// readPerLine reads a list of one comment a line. Lines without a name go on with
// the comment before.
func (p *page) readPerLine() bool {
	for _, form := range []perLine{messageLine, labelledLine, spokenLine} {
		if start, ok := p.listStart(form); ok {
			p.readList(start, form)
			p.assume(start, "read as one comment a line, its author in front")
			return true
		}
	}
	return false
}

func messageLine(l *commentline.Line) (said, bool) {
	m := messages.FindStringSubmatch(l.Text)
	if m == nil {
		return said{}, false
	}
	posted := commentline.Clean(m[1] + m[2])
	_, s := scalar.WholeTime(scalar.Tokens(posted))
	notice := m[3] == "" || strings.HasPrefix(m[4], "\u200e") || strings.HasPrefix(m[4], "<") && strings.Index(m[4], ">") == len(m[4])-1
	return said{author: commentline.Clean(m[3]), posted: posted, text: m[4], notice: notice}, s == scalar.Strong
}

func labelledLine(l *commentline.Line) (said, bool) {
	m := labelled.FindStringSubmatch(l.Text)
	if m == nil {
		return said{}, false
	}
	return said{author: commentline.Clean(m[2]), text: m[3]}, true
}

func spokenLine(l *commentline.Line) (said, bool) {
	m := spoken.FindStringSubmatch(l.Text)
	if m == nil || commentline.NameCost(m[1]) > 0.6 || strings.HasPrefix(m[2], "//") {
		return said{}, false
	}
	return said{author: commentline.Clean(m[1]), text: m[2]}, true
}

// listStart returns the first line of a list if one is there: at least three lines
// of the form by two authors or more, and four of five lines from the first one on where
// no time says so too.
func (p *page) listStart(form perLine) (int, bool) {
	first, lines, hits, timed := -1, 0, 0, false
	authors := map[string]bool{}
	for i := range p.lines {
		if p.lines[i].Text == "" {
			continue
		}
		one, ok := form(&p.lines[i])
		if ok && first < 0 {
			first = i
		}
		if first >= 0 {
			lines++
		}
		if ok && !one.notice {
			hits++
			timed = one.posted != ""
			authors[one.author] = true
		}
	}
	return first, hits >= 3 && (timed || 5*hits >= 4*lines) && len(authors) >= 2
}

func (p *page) readList(start int, form perLine) {
	p.start = start
	notices := 0
	for i := start; i < len(p.lines); i++ {
		l := &p.lines[i]
		one, ok := form(l)
		switch {
		case ok && one.notice:
			notices++
		case ok:
			p.lines[i] = l.WithText(one.text) // the author has a field of his own
			p.blocks = append(p.blocks, block{author: one.author, posted: one.posted, first: i, column: -1, text: []int{i}})
			p.used[i] = true
		case len(p.blocks) > 0:
			b := &p.blocks[len(p.blocks)-1]
			b.text = append(b.text, i)
		}
	}
	if notices > 0 {
		p.assume(start, "lines of the program that wrote the chat are no comments: %d", notices)
	}
	p.useCountBefore(start)
}

// useCountBefore takes the last count line before the section for its heading.
func (p *page) useCountBefore(start int) {
	for i := start - 1; i >= 0; i-- {
		if p.lines[i].Kind == commentline.Count {
			p.announce(i)
			return
		}
	}
}
