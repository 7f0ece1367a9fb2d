package commentline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a line can be by its form alone.
type Kind uint8

const (
	Plain     Kind = iota // text, or a name without any mark
	Blank                 // nothing visible
	Opener                // names an author with a mark: "X says:", "X · 2 hours ago"
	Signature             // "Comment by X – date"
	Stamp                 // a time alone
	Action                // Reply, Like, Report …
	Votes                 // "12 points"
	Number                // "12", "1.2K"
	Badge                 // Author, Top fan …
	Page                  // Sort by, Log in …
	Expand                // Read more
	Removed               // "This comment was deleted"
	Pingback              // "Pingback: …"
	End                   // "Leave a Reply", "Related posts" …
	Count                 // "6 Comments", or a bare "Comments"
	Avatar                // a picture name alone
	Field                 // a form field or a rule
)

// String returns the reason given for a line of this kind that is in neither
// the article nor a comment.
func (k Kind) String() string {
	switch k {
	case Opener, Signature:
		return "author line without a comment"
	case Stamp:
		return "time"
	case Action:
		return "button or link"
	case Votes, Number:
		return "number"
	case Badge:
		return "badge"
	case Page:
		return "page control"
	case Expand:
		return "link to unfold a text"
	case Removed:
		return "note that a comment was removed"
	case Pingback:
		return "pingback"
	case End:
		return "comment form or end of the thread"
	case Count:
		return "count line not used"
	case Avatar:
		return "picture"
	case Field:
		return "form field or rule"
	}
	return "text"
}

// classify decides the kind of a line from its own text.
func classify(l *Line) {
	switch {
	case l.Text == "":
		l.Kind = Blank
	case isField(l.Text):
		l.Kind = Field
	case l.Clean == "" && l.Avatar:
		l.Kind = Avatar
	case l.Clean == "":
		l.Kind = Field
	case l.Folded == "":
		l.Kind = Plain // too long for anything else
	case isPingback(l.Folded):
		l.Kind = Pingback
	case isRemovedNote(l):
		l.Kind = Removed
	default:
		classifyShort(l)
	}
}

func classifyShort(l *Line) {
	if bareNumber().MatchString(l.Clean) {
		l.Kind = Number
		return
	}
	if l.Votes = votesOn(l.Folded); l.Votes != nil && (upAndDown().MatchString(l.Folded) || votesOnly(l)) {
		l.Kind = Votes
		return
	}
	p, phrase := allPhrases(l.tokens)
	if a := announces(l); a.ok {
		l.Count = a.count
		if a.certain {
			l.Kind, l.Button = Count, phrase && p == actionPhrase
			return
		}
	}
	if phrase {
		l.Kind = phraseKinds[p]
		return
	}
	if isEnd(l) {
		l.Kind = End
		return
	}
	var m Mark
	if l.Kind, m = readMark(l); l.Kind != Plain || m.Costly {
		l.Mark = &m
	}
}

var phraseKinds = [...]Kind{
	notPhrase:    Plain,
	actionPhrase: Action,
	badgePhrase:  Badge,
	pagePhrase:   Page,
	expandPhrase: Expand,
	votePhrase:   Votes,
}

func votesOnly(l *Line) bool {
	p, ok := allPhrases(l.tokens)
	return ok && p == votePhrase
}

// isField reports whether a line is an empty form field, a rule or other
// ornament: nothing that a reader wrote.
func isField(s string) bool {
	if strings.HasPrefix(s, "[") && (strings.Contains(s, "[   ") || strings.Contains(s, "[ ]")) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	ornaments := 0
	for _, r := range s {
		if !strings.ContainsRune("━─═-_=*~•●○□☆│|┃·—–#<>×[]() ", r) && !isBlank(r) {
			return false
		}
		ornaments++
	}
	return ornaments > 0 && !unicode.IsLetter(first)
}

// isPingback reports whether a folded line announces a link from another site.
func isPingback(folded string) bool {
	for _, word := range Words("pingback") {
		if rest, ok := strings.CutPrefix(folded, word); ok && (strings.HasPrefix(strings.TrimLeft(rest, " s"), ":") || word != "ping" && (strings.HasPrefix(rest, " from ") || strings.HasPrefix(rest, " by ") || strings.HasPrefix(rest, " von "))) {
			return true
		}
	}
	return false
}
