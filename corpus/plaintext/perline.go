package plaintext

import (
	"regexp"
	"strings"

	"stance.example/stance/corpus/internal/commentline"
)

// labelled is a comment on one line behind its author, with a label in front:
// "1:Ada that will never work".
var labelled = regexp.MustCompile(`^(\d{1,2}):(\S+)(?:\s+(.*))?$`)

// spoken is a comment on one line behind its author and a colon: "Ada: never".
var spoken = regexp.MustCompile(`^([^:]{1,40}):\s+(\S.*)$`)

// readPerLine reads a list of one comment a line. Lines without a name go on with
// the comment before.
func (p *page) readPerLine() bool {
	for _, form := range []func(*commentline.Line) (author, text string, ok bool){labelledLine, spokenLine} {
		if start, ok := p.listStart(form); ok {
			p.readList(start, form)
			p.assume(start, "read as one comment a line, its author in front")
			return true
		}
	}
	return false
}

func labelledLine(l *commentline.Line) (author, text string, ok bool) {
	m := labelled.FindStringSubmatch(l.Text)
	if m == nil {
		return "", "", false
	}
	return commentline.Clean(m[2]), m[3], true
}

func spokenLine(l *commentline.Line) (author, text string, ok bool) {
	m := spoken.FindStringSubmatch(l.Text)
	if m == nil || commentline.NameCost(m[1]) > 0.6 || strings.HasPrefix(m[2], "//") {
		return "", "", false
	}
	return commentline.Clean(m[1]), m[2], true
}

// listStart returns the first line of a list if one is there: at least three lines
// of the form, four of five lines from the first one on, by two authors or more.
func (p *page) listStart(form func(*commentline.Line) (string, string, bool)) (int, bool) {
	first, lines, hits := -1, 0, 0
	authors := map[string]bool{}
	for i := range p.lines {
		if p.lines[i].Text == "" {
			continue
		}
		author, _, ok := form(&p.lines[i])
		if ok && first < 0 {
			first = i
		}
		if first >= 0 {
			lines++
		}
		if ok {
			hits++
			authors[author] = true
		}
	}
	return first, hits >= 3 && 5*hits >= 4*lines && len(authors) >= 2
}

func (p *page) readList(start int, form func(*commentline.Line) (string, string, bool)) {
	p.start = start
	for i := start; i < len(p.lines); i++ {
		l := &p.lines[i]
		author, text, ok := form(l)
		switch {
		case ok:
			p.lines[i] = l.WithText(text) // the author has a field of his own
			p.blocks = append(p.blocks, block{author: author, first: i, column: -1, text: []int{i}})
			p.used[i] = true
		case l.Text != "":
			b := &p.blocks[len(p.blocks)-1]
			b.text = append(b.text, i)
		}
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
