package plaintext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a line can be by its form alone.
type kind uint8

const (
	kindPlain     kind = iota // text, or a name without any mark
	kindBlank                 // nothing visible
	kindOpener                // names an author with a mark: "X says:", "X · 2 hours ago"
	kindSignature             // "Comment by X – date"
	kindStamp                 // a time alone
	kindAction                // Reply, Like, Report …
	kindVotes                 // "12 points"
	kindNumber                // "12", "1.2K"
	kindBadge                 // Author, Top fan …
	kindPage                  // Sort by, Log in …
	kindExpand                // Read more
	kindRemoved               // "This comment was deleted"
	kindPingback              // "Pingback: …"
	kindEnd                   // "Leave a Reply", "Related posts" …
	kindCount                 // "6 Comments", or a bare "Comments"
	kindAvatar                // a picture name alone
	kindField                 // a form field or a rule
)

// String returns the reason given for a line of this kind that is in neither
// the article nor a comment.
func (k kind) String() string {
	switch k {
	case kindOpener, kindSignature:
		return "author line without a comment"
	case kindStamp:
		return "time"
	case kindAction:
		return "button or link"
	case kindVotes, kindNumber:
		return "number"
	case kindBadge:
		return "badge"
	case kindPage:
		return "page control"
	case kindExpand:
		return "link to unfold a text"
	case kindRemoved:
		return "note that a comment was removed"
	case kindPingback:
		return "pingback"
	case kindEnd:
		return "comment form or end of the thread"
	case kindCount:
		return "count line not used"
	case kindAvatar:
		return "picture"
	case kindField:
		return "form field or rule"
	}
	return "text"
}

// classify decides the kind of a line from its own text.
func classify(l *line) {
	switch {
	case l.text == "":
		l.kind = kindBlank
	case isField(l.text):
		l.kind = kindField
	case l.clean == "" && l.avatar:
		l.kind = kindAvatar
	case l.clean == "":
		l.kind = kindField
	case l.folded == "":
		l.kind = kindPlain // too long for anything else
	case isPingback(l.folded):
		l.kind = kindPingback
	case isRemovedNote(l):
		l.kind = kindRemoved
	default:
		classifyShort(l)
	}
}

func classifyShort(l *line) {
	if bareNumber.MatchString(l.clean) {
		l.kind = kindNumber
		return
	}
	if l.votes = votesOn(l.folded); l.votes != nil && (upAndDown.MatchString(l.folded) || votesOnly(l)) {
		l.kind = kindVotes
		return
	}
	p, phrase := allPhrases(l.tokens)
	if a := announces(l); a.ok {
		l.count = a.count
		if a.certain {
			l.kind, l.button = kindCount, phrase && p == actionPhrase
			return
		}
	}
	if phrase {
		l.kind = phraseKinds[p]
		return
	}
	if isEnd(l) {
		l.kind = kindEnd
		return
	}
	l.kind, l.mark = readMark(l)
}

var phraseKinds = [...]kind{
	notPhrase:    kindPlain,
	actionPhrase: kindAction,
	badgePhrase:  kindBadge,
	pagePhrase:   kindPage,
	expandPhrase: kindExpand,
	votePhrase:   kindVotes,
}

func votesOnly(l *line) bool {
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
	for _, word := range []string{"pingback", "trackback", "ping:", "rétrolien", "retroenlace"} {
		if rest, ok := strings.CutPrefix(folded, word); ok && (word == "ping:" || strings.HasPrefix(strings.TrimLeft(rest, " s"), ":") || strings.HasPrefix(rest, " from ") || strings.HasPrefix(rest, " by ") || strings.HasPrefix(rest, " von ")) {
			return true
		}
	}
	return false
}
