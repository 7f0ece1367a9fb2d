package commentline

import "strings"

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

// reasons are what is said of lines by their kind.
var reasons = [...]string{
	Plain: "text", Blank: "text", Opener: "author line without a comment", Signature: "author line without a comment", Stamp: "time",
	Action: "button or link", Votes: "number", Number: "number", Badge: "badge", Page: "page control", Expand: "link to unfold a text",
	Removed: "note that a comment was removed", Pingback: "pingback", End: "comment form or end of the thread",
	Count: "count line not used", Avatar: "picture", Field: "form field or rule",
}

// String returns the reason given for a line of this kind that is in neither
// the article nor a comment.
func (k Kind) String() string { return reasons[k] }

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

// editNote is what a program writes below a text that was changed.
var editNote = Pattern(`^[^\p{L}\p{N}]{0,4}(?:{edited})(?:[^\p{L}].{0,80})?\d.{0,40}$`)

func classifyShort(l *Line) {
	if bareNumber().MatchString(l.Clean) {
		l.Kind = Number
		return
	}
	if editNote().MatchString(l.Folded) {
		l.Kind = Action
		return
	}
	phrase := allPhrases(l.tokens)
	if l.Votes = votesOn(l.Folded); l.Votes != nil && (phrase == Votes || upAndDown().MatchString(l.Folded)) {
		l.Kind = Votes
		return
	}
	var counts bool
	if l.Count, counts = announces(l); counts {
		l.Kind, l.Button = Count, phrase == Action
		return
	}
	if phrase != Plain {
		l.Kind = phrase
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

// isField reports whether a line is an empty form field, a rule or other
// ornament: nothing that a reader wrote.
func isField(s string) bool {
	if strings.HasPrefix(s, "[") && (strings.Contains(s, "[   ") || strings.Contains(s, "[ ]")) {
		return true
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("━─═-_=*~•●○□☆│|┃·—–#<>×[]() ", r) && !isBlank(r)
	})
}

// isPingback reports whether a folded line announces a link from another site.
func isPingback(folded string) bool {
	for _, word := range Words("pingback") {
		rest, ok := strings.CutPrefix(folded, word)
		if !ok {
			continue
		}
		if strings.HasPrefix(strings.TrimLeft(rest, " s"), ":") {
			return true
		}
		if by, behind, _ := strings.Cut(strings.TrimPrefix(rest, " "), " "); word != "ping" && rest != by && behind != "" && byWords()[by] {
			return true
		}
	}
	return false
}
