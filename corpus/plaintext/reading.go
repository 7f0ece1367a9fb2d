package plaintext

import (
	"strings"
	"time"
)

// LineKind is what a line of a page can be by its form alone.
type LineKind uint8

const (
	Text      LineKind = iota // text, or a name without any mark
	Blank                     // nothing visible, or an ornament
	Signed                    // an author with a mark: "X says:", "X · 2 hours ago", "Comment by X"
	Stamp                     // a time alone
	Furniture                 // buttons, badges, sort orders, numbers
	Votes                     // "12 points"
	Removed                   // "This comment was deleted"
	Pingback                  // "Pingback: …"
	End                       // "Leave a Reply", "Related posts" …
	Count                     // "6 Comments", or a bare "Comments"
)

// Reading is what a line says, for readers of other forms that meet the same lines.
type Reading struct {
	Kind     LineKind
	Author   string    // of a Signed line
	ReplyTo  string    // the author who is answered, where a Signed line names one
	PostedAs string    // the time of a Signed line or a Stamp, as written
	Posted   time.Time // the same, zero if it isn't absolute
	Votes    *int      // where the line states them
	Count    int       // of a Count line, 0 if it states no number
}

var lineKinds = [...]LineKind{
	kindPlain: Text, kindBlank: Blank, kindOpener: Signed, kindSignature: Signed, kindStamp: Stamp, kindAction: Furniture,
	kindVotes: Votes, kindNumber: Furniture, kindBadge: Furniture, kindPage: Furniture, kindExpand: Furniture,
	kindRemoved: Removed, kindPingback: Pingback, kindEnd: End, kindCount: Count, kindAvatar: Blank, kindField: Blank,
}

// ReadLine reads one line of a page by its form alone. A long line is Text.
func ReadLine(s string) Reading {
	l := newLine(s)
	classify(&l)
	r := Reading{Kind: lineKinds[l.kind], Author: l.mark.name, ReplyTo: l.mark.replyTo, Votes: l.votes, Count: l.count}
	if l.button {
		r.Kind = Furniture
	}
	if r.Kind == Text && l.readTimeFirst() {
		r.Kind, r.Author = Signed, l.mark.name
		if l.mark.name == "" {
			r.Kind = Stamp
		}
	}
	if l.mark.time != notTime {
		r.PostedAs, r.Posted = l.mark.posted, absoluteTime(l.mark.when)
	}
	return r
}

// readTimeFirst reads a time and an author behind it: "May 3, 2020 | Ada", "le 3 mai 2020,
// par Ada", or only the word before the author, whose name is another element's. In running text that is rare enough only where something stands between.
func (l *line) readTimeFirst() bool {
	at := timePrefix.FindStringIndex(classes(l.tokens))
	if at == nil || at[1] == len(l.tokens) {
		return false
	}
	time, rest := l.tokens[:at[1]], trimTail(l.tokens[at[1]:])
	apart := time[len(time)-1].isMark()
	for len(rest) > 0 && (rest[0].isMark() || rest[0].word == "uhr" || byWords[rest[0].word]) {
		apart = apart || rest[0].isMark() || byWords[rest[0].word]
		rest = rest[1:]
	}
	if !apart || !hasFigure(time) {
		return false
	}
	m := mark{}
	m.setTime(l, trimConnectors(time), strongTime)
	if len(rest) == 0 {
		l.mark = m
		return true
	}
	const mostCost = 1.3
	if !m.setName(l, rest, dateName) || nameCost(m.name) > mostCost {
		return false
	}
	l.mark = m
	return true
}

// LooksLikeName reports whether s could be the name of a reader: no sentence, no
// time, no button.
func LooksLikeName(s string) bool {
	s = clean(strings.TrimSpace(s))
	const mostCost = 1.3
	return s != "" && len(s) <= shortLine && nameCost(s) < mostCost
}
