package plaintext

import (
	"html"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortLine is the number of bytes up to which a line can be anything but
// text. No author line, count line or button of a page comes near it, and
// longer lines are never tokenised, so a line of megabytes costs one pass.
const shortLine = 240

// line is one line of the input with everything that was recognised in it.
type line struct {
	*features
	kind kind
}

// features are what was recognised in a line. Lines that are the same share it.
type features struct {
	text   string // as written, without indentation and trailing blanks
	column int    // where text begins, tabs to the next multiple of 8

	// What follows is matched on and never shown: body is text without list
	// bullet, list number and bracketed picture names; clean is body without
	// invisible characters, blanks collapsed; folded is clean in lower case with
	// plain apostrophes.
	body       string
	itemColumn int // where the line goes on behind its bullet or number
	clean      string
	folded     string
	tokens     []token

	item    bool // text began with a bullet or a list number
	ordinal bool // … with a list number
	avatar  bool // text began with a bracketed picture name

	button bool // a count line that may be a button as well: "Antworten", "2 replies"
	mark   mark // for openers, stamps and signatures
	count  int  // for count lines, 0 if the number isn't stated
	votes  *int // where the line states them
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

// readLines reads every line of a text by its form alone.
func readLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+strings.Count(text, "\r")+1)
	known := map[string]line{}
	for raw := range splitLines(text) {
		l, met := known[raw]
		if !met {
			l = newLine(raw)
			classify(&l)
			if len(known) < mostShared && len(raw) <= shortLine {
				known[raw] = l
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// newLine measures and normalises one line; its kind is decided later.
func newLine(raw string) line {
	l := line{features: &features{text: strings.TrimFunc(raw, isBlank)}}
	l.column = columns(raw[:len(raw)-len(strings.TrimLeftFunc(raw, isBlank))])
	l.body, l.itemColumn = l.text, l.column
	if len(raw) > 4*shortLine {
		l.clean = l.body
		return l
	}
	l.stripPrefixes()
	l.clean = clean(l.body)
	if len(l.clean) <= shortLine {
		l.folded = fold(l.clean)
		l.tokens = tokenize(l.clean)
	}
	return l
}

// stripPrefixes removes what a text browser puts before an author: a list
// bullet or number, and picture names in brackets, in any order.
func (l *line) stripPrefixes() {
	for range 4 {
		rest := l.body
		if n := bulletLen(rest); n > 0 {
			l.item = true
			rest = rest[n:]
		} else if n := ordinalLen(rest); n > 0 && !isDayOfMonth(rest[n:]) {
			l.item, l.ordinal = true, true
			rest = rest[n:]
		} else if n := avatarLen(rest); n > 0 {
			l.avatar = true
			rest = rest[n:]
		} else {
			return
		}
		trimmed := strings.TrimLeftFunc(rest, isBlank)
		taken := l.body[:len(l.body)-len(trimmed)]
		if !l.avatar {
			l.itemColumn += columns(taken)
		}
		l.body = trimmed
	}
}

// bulletLen returns the length of a list bullet with a blank after it (or
// nothing), 0 if there is none.
func bulletLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !strings.ContainsRune("•□☆●○◦▪■►▶‣·*", r) {
		return 0
	}
	if n < len(s) {
		if next, _ := utf8.DecodeRuneInString(s[n:]); !isBlank(next) {
			return 0
		}
	}
	return n
}

// ordinalLen returns the length of a list number such as "12." or "#3", 0 if
// there is none.
func ordinalLen(s string) int {
	i := 0
	if strings.HasPrefix(s, "#") {
		i = 1
	}
	digits := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == digits || i-digits > 4 {
		return 0
	}
	if digits == 0 {
		if i == len(s) || (s[i] != '.' && s[i] != ')') {
			return 0
		}
		i++
	}
	if i == len(s) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); !isBlank(r) {
		return 0
	}
	return i
}

// isDayOfMonth reports whether what follows a number and a full stop is a month: "1.
// November" is a date, not the first item of a list.
func isDayOfMonth(rest string) bool {
	word, _, _ := strings.Cut(strings.TrimLeftFunc(rest, isBlank), " ")
	return monthOf(fold(strings.TrimRight(word, ",."))) > 0
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
	if strings.ContainsAny(name, " \t") || strings.ContainsRune(name, '\u00a0') || removedBracket(name) || strings.Trim(name, ".…") == "" {
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

// clean returns s as a reader sees it: invisible characters gone, blanks of
// every kind one space, character references resolved.
func clean(s string) string {
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

// fold returns clean text in lower case with plain apostrophes and colons.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '´', '`':
			return '\''
		case '：':
			return ':'
		}
		return unicode.ToLower(r)
	}, s)
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
