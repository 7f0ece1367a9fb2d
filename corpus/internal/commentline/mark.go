package commentline

import (
	"slices"
	"strings"
)

// Family is the way in which a line names an author.
type Family uint8

const (
	Says  Family = iota // "Ada Weber says:", "Ada Weber a dit :", "Ada Weber wrote on May 3, 2020"
	Dated               // "Ada Weber · 3 hours ago", "ada on Oct 9, 2006"
	By                  // "Comment by Ada Weber – May 3, 2020"
)

// Mark is what an author line or a time line holds.
type Mark struct {
	Family   Family
	Name     string // as written, "" if only a time
	ReplyTo  string // the name after "→" or "in reply to"
	PostedAs string // the time as written
	Removed  bool   // "[dead]"
	Costly   bool   // "X says:" with an X so unlike a name that only a time behind it can vouch for it
	Month    bool   // the time is a month and its year, as in the list of an archive
}

// readMark reads a short line as an author line or a time line and returns the
// kind, Plain if it's neither.
func readMark(l *Line) (Kind, Mark) {
	all := l.tokens
	if len(all) == 0 || len(all) > 40 {
		return Plain, Mark{}
	}
	m := Mark{Removed: strings.Contains(l.Folded, "[dead]") || strings.Contains(l.Folded, "[flagged]")}
	if m.Removed {
		all = cutBrackets(l, all)
	}
	if m.readSays(l, all) {
		return Opener, m
	}
	if m.Costly {
		return Plain, m
	}
	tokens := trimTail(all)
	if at := timeAlone(tokens, all); at != nil {
		m.setTime(l, at)
		return Stamp, m
	}
	if m.readBy(l, tokens) {
		return Signature, m
	}
	if m.readDate(l, tokens) || m.readDate(l, all) {
		return Opener, m
	}
	return Plain, Mark{}
}

// cutBrackets removes a final "[dead]" or "[flagged]".
func cutBrackets(l *Line, tokens []token) []token {
	at := strings.LastIndexByte(l.Clean, '[')
	for at >= 0 && len(tokens) > 0 && tokens[len(tokens)-1].start >= at {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// setTime takes the time in tokens, without the punctuation and the "on", "am", "le" around it.
func (m *Mark) setTime(l *Line, tokens []token) {
	for len(tokens) > 1 && (tokens[0].class == 'c' || tokens[0].class == 'p') && tokens[0].word != "le" {
		tokens = tokens[1:]
	}
	for len(tokens) > 1 && tokens[len(tokens)-1].isMark() {
		tokens = tokens[:len(tokens)-1]
	}
	m.Month = len(tokens) == 2 && tokens[0].class == 'M' && tokens[1].isNumber() && len(tokens[1].word) == 4
	m.PostedAs = l.Clean[tokens[0].start:tokens[len(tokens)-1].end]
}

// timeAlone returns the tokens of a line that is a time, between buttons or after a post
// number or "Posted by" at most, whose name is in another element; nil for any other line.
func timeAlone(tokens, all []token) []token {
	may := [][]token{tokens, all}
	for n := min(3, len(tokens)-1); n > 1; n-- {
		if byPhrases()[key(tokens[:n])] {
			may = append(may, tokens[n:])
		}
	}
	for i := 0; i < len(tokens); {
		n, _ := longestPhraseAt(tokens[i:])
		if n == 0 && (tokens[i].isMark() || i > 0 && tokens[i-1].word == "#") {
			n = 1
		}
		if n == 0 {
			break
		}
		i += n
		may = append(may, tokens[i:])
	}
	for _, tokens := range may {
		if isTime(tokens) != notTime {
			return tokens
		}
	}
	return nil
}

// readSays reads "X says:", "X says: May 3, 2020 at 5 pm", "X wrote…" and the
// mail form "On May 3, 2020, X wrote:".
func (m *Mark) readSays(l *Line, tokens []token) bool {
	const colons = ":.…"
	for i := len(tokens) - 1; i > 0; i-- {
		n := verbBefore(tokens[:i])
		if n == 0 || !strings.Contains(colons, tokens[i].word) {
			continue
		}
		after := tokens[i:]
		for len(after) > 0 && strings.Contains(colons, after[0].word) {
			after = after[1:]
		}
		rest := trimTail(after)
		if len(rest) > 0 && isTime(rest) == notTime || len(after) > 0 && tokens[i].word == "." {
			return false
		}
		if len(rest) > 0 {
			m.setTime(l, rest)
		}
		return m.setName(l, tokens[:i-n], Says)
	}
	return false
}

// verbBefore returns the number of tokens of the verb of saying at the end of
// tokens, 0 if there is none.
func verbBefore(tokens []token) int {
	for n := min(2, len(tokens)); n > 0; n-- {
		if sayVerbs()[key(tokens[len(tokens)-n:])] && !tokens[len(tokens)-n].isMark() {
			return n
		}
	}
	return 0
}

// setName stores the author before a verb or a time. A time in front ("On May
// 3, 2020 Ada wrote:") is taken out of it.
func (m *Mark) setName(l *Line, tokens []token, f Family) bool {
	m.Family = f
	if at := timePrefix().FindStringIndex(classes(tokens)); at != nil && at[1] < len(tokens) && m.PostedAs == "" {
		m.setTime(l, tokens[:at[1]])
		tokens = tokens[at[1]:]
		for len(tokens) > 0 && tokens[0].isMark() {
			tokens = tokens[1:]
		}
	}
	if len(tokens) == 0 {
		return f == Says && m.PostedAs == ""
	}
	m.Name, m.ReplyTo = splitReply(l.Clean[tokens[0].start:tokens[len(tokens)-1].end])
	m.Name = stripMail(m.Name)
	// A line that begins with a picture is an author's whatever the name looks like.
	if f == Says && !l.Avatar && NameCost(m.Name) > mostNameCost {
		m.Costly = true
		return false
	}
	return true
}

// mostNameCost is what the name before a verb of saying may cost.
const mostNameCost = 3.2

// readBy reads "Comment by X – time", "#3 Kommentar von X" and "Posté par X le …".
func (m *Mark) readBy(l *Line, tokens []token) bool {
	from := 0
	for from < len(tokens) && (tokens[from].isMark() || tokens[from].isNumber()) {
		from++
	}
	for n := min(5, len(tokens)-from-1); n > 1; n-- {
		if !byPhrases()[key(tokens[from:from+n])] && (n != 2 || !commentWords()[tokens[from].word] || !byWords()[tokens[from+1].word]) {
			continue
		}
		rest := tokens[from+n:]
		for len(rest) > 0 && rest[0].word == ":" {
			rest = rest[1:]
		}
		if at, s := endsInTime(rest); s != notTime {
			m.setTime(l, rest[at:])
			rest = rest[:at]
		}
		rest = trimNameTail(rest)
		return len(rest) > 0 && m.setName(l, rest, By) && NameCost(m.Name) < 2.5
	}
	return false
}

// readDate reads an author and a time on one line.
func (m *Mark) readDate(l *Line, tokens []token) bool {
	at, s := endsInTime(tokens)
	name := nameBefore(l, tokens[:at])
	if len(name) == 0 {
		return false
	}
	between := l.Clean[name[len(name)-1].end:tokens[at].start]
	f := Dated
	if n := verbBefore(name); n > 0 && n < len(name) {
		if f, name = Says, trimNameTail(name[:len(name)-n]); len(name) == 0 {
			return false
		}
	}
	limit, figure := 1.9, hasFigure(tokens[at:])
	switch {
	case !figure && EndsSentence(l.Clean): // "now" and "yesterday" end sentences too
		return false
	case s == weakTime && between != "" && !strings.ContainsAny(between, "|·•—–-,@"): // and so does a clock time, if nothing points to it
		return false
	case !figure || s == weakTime:
		limit = 0.8
	}
	m.setTime(l, tokens[at:])
	if !m.setName(l, name, f) || NameCost(firstPart(m.Name)) > limit {
		*m = Mark{Removed: m.Removed}
		return false
	}
	return true
}

// nameBefore is the name in the tokens before a time, without what stands before and behind
// it; empty if there is none.
func nameBefore(l *Line, tokens []token) []token {
	name := trimNameTail(tokens)
	for len(name) > 1 && (strings.Contains("—–-|·•", name[0].word) || IsBy(l.Clean[name[0].start:name[0].end], name[0].word)) {
		name = name[1:]
	}
	if len(name) > 0 && updateWords()[name[0].word] {
		return nil
	}
	return name
}

// hasFigure reports whether a time holds a number.
func hasFigure(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.isNumber() })
}

// trimNameTail removes what stands between a name and a time: punctuation,
// prepositions, badges, votes.
func trimNameTail(tokens []token) []token {
	for {
		before := len(tokens)
		tokens = trimTail(tokens)
		for len(tokens) > 1 {
			last := tokens[len(tokens)-1]
			if !betweenWords()[last.word] && !strings.Contains("|·•—–-,:(»«@", last.word) {
				break
			}
			tokens = tokens[:len(tokens)-1]
		}
		if len(tokens) == before {
			return tokens
		}
	}
}

// arrows stand between an author and the one who is answered, as words do.
var arrows = []string{"→", "➝", "➔", "▸", "►", ">", "->", "»"}

// splitReply cuts "Ada → Bo" into the author and the one answered.
func splitReply(name string) (author, replyTo string) {
	folded := Fold(name)
	for _, arrow := range slices.Concat(arrows, Words("answers")) {
		arrow = " " + arrow + " "
		if i := strings.Index(folded, arrow); i > 0 && len(folded) == len(name) {
			return strings.TrimSpace(name[:i]), strings.Trim(name[i+len(arrow):], " :")
		}
	}
	return name, ""
}

// firstPart returns the name without the place some sites put after it.
func firstPart(name string) string {
	const longestPlace = 30
	if i := strings.Index(name, ", "); i > 0 && len(name)-i < longestPlace {
		return name[:i]
	}
	return name
}

// stripMail removes the e-mail addresses that some text browsers put before a
// name for its picture.
func stripMail(name string) string {
	first, rest, ok := strings.Cut(name, " ")
	if ok && strings.Count(first, "@") > 1 && strings.Contains(first, ".") {
		return strings.TrimSpace(rest)
	}
	return name
}
