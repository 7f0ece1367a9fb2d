package commentline

import (
	"html"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/corpus/internal/scalar"
)

// shortLine is the number of bytes up to which a line can be anything but
// text. No author line, count line or button of a page comes near it, and
// longer lines are never tokenised, so a line of megabytes costs one pass.
const shortLine = 240

// Line is one line of a page with everything that was recognised in it.
type Line struct {
	*features
	Kind Kind
}

// features are what was recognised in a line. Lines that are the same share it.
type features struct {
	Text string // as written, without indentation and trailing blanks

	// What follows is matched on and never shown: Body is Text without list
	// bullet, list number and bracketed picture names; Clean is Body without
	// invisible characters, blanks collapsed; Folded is Clean in lower case with
	// plain apostrophes, "" for a line too long to be anything but text.
	Body       string
	ItemColumn int // where the line goes on behind its bullet or number, tabs to the next multiple of 8
	Clean      string
	Folded     string
	tokens     []scalar.Token // until the line is classified

	Item    bool // Text began with a bullet or a list number
	Ordinal bool // … with a list number
	Avatar  bool // Text began with a bracketed picture name

	Button bool  // a count line that may be a button as well: "Antworten", "2 replies"
	Mark   *Mark // of openers, stamps and signatures, and of what is unlike a name before "says:"; else empty
	Count  int   // of count lines, 0 if the number isn't stated
	Votes  *int  // where the line states them
}

// noMark is the mark of all lines that have none. It is never written to.
var noMark = new(Mark)

// WithText is the line with another text in place of its own.
func (l Line) WithText(text string) Line {
	f := *l.features
	f.Text, f.Avatar = text, false
	l.features = &f
	return l
}

// splitLines yields the lines of a text, which end at LF, CR LF and lone CR. It keeps blank
// lines, because they separate paragraphs.
func splitLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			i := strings.IndexAny(text, "\r\n")
			if i < 0 {
				yield(text)
				return
			}
			if !yield(text[:i]) {
				return
			}
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			text = text[i+1:]
		}
	}
}

// mostShared is how many different lines are remembered for those that are the same.
const mostShared = 1 << 16

// Lines reads every line of a text by its form alone.
func Lines(text string) []Line {
	lines := make([]Line, 0, strings.Count(text, "\n")+strings.Count(text, "\r")+1)
	known := map[string]Line{}
	for raw := range splitLines(text) {
		l, met := known[raw]
		if !met {
			l = newLine(raw)
			l.tokens = nil
			if len(known) < mostShared && len(raw) <= shortLine {
				known[raw] = l
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// newLine reads one line, and keeps its tokens.
func newLine(raw string) Line {
	l := measure(raw)
	classify(&l)
	return l
}

// measure measures and normalises one line; its kind is decided later.
func measure(raw string) Line {
	l := Line{features: &features{Text: strings.TrimFunc(raw, isBlank), Mark: noMark}}
	l.ItemColumn = columns(raw[:len(raw)-len(strings.TrimLeftFunc(raw, isBlank))])
	l.Body = l.Text
	if len(raw) > 4*shortLine {
		l.Clean = l.Body
		return l
	}
	l.stripPrefixes()
	l.Clean = Clean(l.Body)
	if len(l.Clean) <= shortLine {
		l.Folded = scalar.Fold(l.Clean)
		l.tokens = scalar.Tokens(l.Clean)
	}
	return l
}

// stripPrefixes removes what a text browser puts before an author: a list
// bullet or number, and picture names in brackets, in any order.
func (l *Line) stripPrefixes() {
	for range 4 {
		rest := l.Body
		if n := bulletLen(rest); n > 0 {
			l.Item = true
			rest = rest[n:]
		} else if n := ordinalLen(rest); n > 0 && !isDayOfMonth(rest[n:]) {
			l.Item, l.Ordinal = true, true
			rest = rest[n:]
		} else if n := avatarLen(rest); n > 0 {
			l.Avatar = true
			rest = rest[n:]
		} else {
			return
		}
		trimmed := strings.TrimLeftFunc(rest, isBlank)
		taken := l.Body[:len(l.Body)-len(trimmed)]
		if !l.Avatar {
			l.ItemColumn += columns(taken)
		}
		l.Body = trimmed
	}
}

// bulletLen returns the length of a list bullet with a blank after it (or
// nothing), 0 if there is none.
func bulletLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if !strings.ContainsRune("•□☆●○◦▪■►▶‣·*", r) || n < len(s) && !isBlank(next) {
		return 0
	}
	return n
}

// ordinalLen returns the length of a list number such as "12." or "#3", 0 if
// there is none.
func ordinalLen(s string) int {
	digits := strings.TrimPrefix(s, "#")
	rest := strings.TrimLeft(digits, "0123456789")
	if n := len(digits) - len(rest); n == 0 || n > 4 {
		return 0
	}
	if digits == s {
		if rest == "" || rest[0] != '.' && rest[0] != ')' {
			return 0
		}
		rest = rest[1:]
	}
	if r, _ := utf8.DecodeRuneInString(rest); !isBlank(r) {
		return 0
	}
	return len(s) - len(rest)
}

// isDayOfMonth reports whether what follows a number and a full stop is a month: "1.
// November" is a date, not the first item of a list.
func isDayOfMonth(rest string) bool {
	word, _, _ := strings.Cut(strings.TrimLeftFunc(rest, isBlank), " ")
	return scalar.KindOf(scalar.Fold(strings.TrimRight(word, ",.")))&scalar.Month != 0
}

// avatarLen returns the length of a picture name in brackets, such as "[b38]",
// 0 if there is none. Markers like "[deleted]" and form fields aren't pictures.
func avatarLen(s string) int {
	if !strings.HasPrefix(s, "[") {
		return 0
	}
	end := strings.IndexByte(s, ']')
	if end < 0 || end > 80 {
		return 0
	}
	name := strings.ToLower(s[1:end])
	if strings.ContainsAny(name, " \t\u00a0") || removedBracket(name) || strings.Trim(name, ".…") == "" {
		return 0
	}
	return end + 1
}

// isBlank reports whether r shows as nothing: white space of any kind, zero
// width characters, direction marks, soft hyphens and control characters.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || isInvisible(r)
}

func isInvisible(r rune) bool {
	switch {
	case r == 0x00ad, r == 0x034f, r == 0x061c, r == 0x180e, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return unicode.IsControl(r) && !unicode.IsSpace(r)
}

// Clean returns s as a reader sees it: invisible characters gone, blanks of
// every kind one space, character references resolved.
func Clean(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		// The zero width joiner holds emoji of several people together.
		if isInvisible(r) && r != 0x200d {
			continue
		}
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// columns returns the width of leading blanks and list marks in columns.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\t':
			n += 8 - n%8
		case !isInvisible(r):
			n++
		}
	}
	return n
}
