package commentline

import (
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/scalar"
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
func cutBrackets(l *Line, tokens []scalar.Token) []scalar.Token {
	at := strings.LastIndexByte(l.Clean, '[')
	for at >= 0 && len(tokens) > 0 && tokens[len(tokens)-1].Start >= at {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// setTime takes a time.
func (m *Mark) setTime(l *Line, at []scalar.Token) {
	m.Month = len(at) == 2 && scalar.KindOf(at[0].Word)&scalar.Month != 0 && at[1].IsDigits() && len(at[1].Word) == 4
	m.PostedAs = l.Clean[at[0].Start:at[len(at)-1].End]
}

// timeAlone returns the time of a line that is nothing else, between buttons or after a post
// number or "Posted by" at most, whose name is in another element; nil for any other line.
func timeAlone(tokens, all []scalar.Token) []scalar.Token {
	may := [][]scalar.Token{tokens, all}
	for n := min(3, len(tokens)-1); n > 1; n-- {
		if byPhrases()[key(tokens[:n])] {
			may = append(may, tokens[n:])
		}
	}
	for i := 0; i < len(tokens); {
		n, _ := longestPhraseAt(tokens[i:])
		if n == 0 && (tokens[i].IsMark() || i > 0 && tokens[i-1].Word == "#") {
			n = 1
		}
		if n == 0 {
			break
		}
		i += n
		may = append(may, tokens[i:])
	}
	for _, tokens := range may {
		if at, s := scalar.WholeTime(tokens); s != scalar.NoTime {
			return at
		}
	}
	return nil
}

// readSays reads "X says:", "X says: May 3, 2020 at 5 pm", "X wrote…" and the
// mail form "On May 3, 2020, X wrote:".
func (m *Mark) readSays(l *Line, tokens []scalar.Token) bool {
	const colons = ":.…"
	for i := len(tokens) - 1; i > 0; i-- {
		n := verbBefore(tokens[:i])
		if n == 0 || !strings.Contains(colons, tokens[i].Word) {
			continue
		}
		after := tokens[i:]
		for len(after) > 0 && strings.Contains(colons, after[0].Word) {
			after = after[1:]
		}
		rest := trimTail(after)
		at, s := scalar.WholeTime(rest)
		if len(rest) > 0 && s == scalar.NoTime || len(after) > 0 && tokens[i].Word == "." {
			return false
		}
		if len(rest) > 0 {
			m.setTime(l, at)
		}
		return m.setName(l, tokens[:i-n], Says)
	}
	return false
}

// verbBefore returns the number of tokens of the verb of saying at the end of
// tokens, 0 if there is none.
func verbBefore(tokens []scalar.Token) int {
	for n := min(2, len(tokens)); n > 0; n-- {
		if sayVerbs()[key(tokens[len(tokens)-n:])] && !tokens[len(tokens)-n].IsMark() {
			return n
		}
	}
	return 0
}

// setName stores the author before a verb or a time. A time in front ("On May
// 3, 2020 Ada wrote:") is taken out of it.
func (m *Mark) setName(l *Line, tokens []scalar.Token, f Family) bool {
	m.Family = f
	if at, after, ok := scalar.TimePrefix(tokens); ok && len(after) > 0 && m.PostedAs == "" {
		m.setTime(l, at)
		tokens = after
		for len(tokens) > 0 && tokens[0].IsMark() {
			tokens = tokens[1:]
		}
	}
	if len(tokens) == 0 {
		return f == Says && m.PostedAs == ""
	}
	m.Name, m.ReplyTo = splitReply(l.Clean[tokens[0].Start:tokens[len(tokens)-1].End])
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
func (m *Mark) readBy(l *Line, tokens []scalar.Token) bool {
	from := 0
	for from < len(tokens) && (tokens[from].IsMark() || tokens[from].IsNumber()) {
		from++
	}
	for n := min(5, len(tokens)-from-1); n > 1; n-- {
		if !byPhrases()[key(tokens[from:from+n])] && (n != 2 || !commentWords()[tokens[from].Word] || !byWords()[tokens[from+1].Word]) {
			continue
		}
		rest := tokens[from+n:]
		for len(rest) > 0 && rest[0].Word == ":" {
			rest = rest[1:]
		}
		if before, at, s := scalar.TimeSuffix(rest); s != scalar.NoTime {
			m.setTime(l, at)
			rest = before
		}
		rest = trimNameTail(rest)
		return len(rest) > 0 && m.setName(l, rest, By) && NameCost(m.Name) < 2.5
	}
	return false
}

// readDate reads an author and a time on one line.
func (m *Mark) readDate(l *Line, tokens []scalar.Token) bool {
	before, at, s := scalar.TimeSuffix(tokens)
	name := nameBefore(l, before)
	if len(name) == 0 {
		return false
	}
	between := l.Clean[name[len(name)-1].End:at[0].Start]
	f := Dated
	if n := verbBefore(name); n > 0 && n < len(name) {
		if f, name = Says, trimNameTail(name[:len(name)-n]); len(name) == 0 {
			return false
		}
	}
	limit, figure := 1.9, hasFigure(at)
	switch {
	case !figure && EndsSentence(l.Clean): // "now" and "yesterday" end sentences too
		return false
	case s == scalar.Weak && between != "" && !strings.ContainsAny(between, "|·•—–-,@"): // and so does a clock time, if nothing points to it
		return false
	case !figure || s == scalar.Weak:
		limit = 0.8
	}
	m.setTime(l, at)
	if !m.setName(l, name, f) || NameCost(firstPart(m.Name)) > limit {
		*m = Mark{Removed: m.Removed}
		return false
	}
	return true
}

// nameBefore is the name in the tokens before a time, without what stands before and behind
// it; empty if there is none.
func nameBefore(l *Line, tokens []scalar.Token) []scalar.Token {
	name := trimNameTail(tokens)
	for len(name) > 1 && (strings.Contains("—–-|·•", name[0].Word) || IsBy(l.Clean[name[0].Start:name[0].End], name[0].Word)) {
		name = name[1:]
	}
	if len(name) > 0 && updateWords()[name[0].Word] {
		return nil
	}
	return name
}

// hasFigure reports whether a time holds a number.
func hasFigure(tokens []scalar.Token) bool {
	return slices.ContainsFunc(tokens, func(t scalar.Token) bool { return t.IsNumber() })
}

// trimNameTail removes what stands between a name and a time: punctuation,
// prepositions, badges, votes.
func trimNameTail(tokens []scalar.Token) []scalar.Token {
	for {
		before := len(tokens)
		tokens = trimTail(tokens)
		for len(tokens) > 1 {
			last := tokens[len(tokens)-1]
			if !betweenWords()[last.Word] && !strings.Contains("|·•—–-,:(»«@", last.Word) {
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
	folded := scalar.Fold(name)
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
