package commentline

import (
	"strings"
	"time"

	"stance.example/stance/corpus/internal/scalar"
)

// Reading is what a line says, for readers of other forms that meet the same lines.
type Reading struct {
	// Kind is one of Plain, Blank, Opener for any author line, Stamp, Action for buttons,
	// badges and other furniture, Votes, Removed, Pingback, End and Count.
	Kind     Kind
	Author   string // of an Opener
	ReplyTo  string // the author who is answered, where an Opener names one
	PostedAs string // the time of an Opener or a Stamp, as written
	// Posted is the same if it is stated with its year without doubt, in UTC because pages
	// don't say their zone; otherwise zero.
	Posted time.Time
	Votes  *int // where the line states them
	Count  int  // of a Count line, 0 if it states no number
}

// coarse are the kinds of a Reading.
var coarse = [...]Kind{
	Plain: Plain, Blank: Blank, Opener: Opener, Signature: Opener, Stamp: Stamp, Action: Action,
	Votes: Votes, Number: Action, Badge: Action, Page: Action, Expand: Action,
	Removed: Removed, Pingback: Pingback, End: End, Count: Count, Avatar: Blank, Field: Blank,
}

// Read reads one line of a page by its form alone. A long line is Plain.
func Read(s string) Reading {
	l := newLine(s)
	r := Reading{Kind: coarse[l.Kind], Votes: l.Votes, Count: l.Count}
	if l.Button {
		r.Kind = Action
	}
	if r.Kind == Plain && l.readTimeFirst() {
		r.Kind = Opener
		if l.Mark.Name == "" {
			r.Kind = Stamp
		}
	}
	r.Author, r.ReplyTo, r.PostedAs = l.Mark.Name, l.Mark.ReplyTo, l.Mark.PostedAs
	r.Posted, _ = scalar.Time(r.PostedAs)
	return r
}

// readTimeFirst reads a time and an author behind it: "May 3, 2020 | Ada", "le 3 mai 2020,
// par Ada", or only the word before the author, whose name is another element's. In running
// text that is rare enough only where something stands between.
func (l *Line) readTimeFirst() bool {
	const mostCost = 1.3
	at, rest, ok := scalar.TimePrefix(l.tokens)
	apart := false
	rest = trimTail(rest)
	for len(rest) > 0 && (rest[0].IsMark() || byWords()[rest[0].Word]) {
		rest, apart = rest[1:], true
	}
	if !ok || !apart || !hasFigure(at) {
		return false
	}
	m := Mark{}
	m.setTime(l, at)
	if len(rest) > 0 && (updateWords()[rest[0].Word] || !m.setName(l, rest, Dated) || NameCost(m.Name) > mostCost) {
		return false
	}
	l.Mark = &m
	return true
}

// LooksLikeName reports whether s could be the name of a reader: no sentence, no
// time, no button.
func LooksLikeName(s string) bool {
	s = Clean(strings.TrimSpace(s))
	const mostCost = 1.3
	return s != "" && len(s) <= shortLine && NameCost(s) < mostCost
}
