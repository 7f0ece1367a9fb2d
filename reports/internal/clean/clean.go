// Package clean makes texts from strangers harmless where they are shown: on one line, in a
// paragraph, in a cell of a spreadsheet. It escapes no markup.
package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// replacement stands for a character that would act on the terminal or the layout.
const replacement = '\uFFFD'

// mostMarks is how many combining marks one character keeps. Written languages
// stack three at most; towers of them cover the lines above.
const mostMarks = 4

// ZeroWidthJoiner joins emoji, and letters of Indic scripts.
const ZeroWidthJoiner = '\u200D'

// emojiSelector asks for a character's emoji.
const emojiSelector = '\uFE0F'

// Line returns s as one harmless line: white space of every kind becomes
// single spaces, none at the ends; control characters and bidirectional controls
// become U+FFFD; invisible characters and excess combining marks are dropped.
func Line(s string) string {
	if isLine(s) {
		return s
	}
	c := cleaner{}
	return c.clean(s)
}

// Text returns what a stranger wrote with its line breaks and without what acts on a
// terminal or turns the direction of writing. It isn't escaped.
func Text(s string) string {
	clean, _ := TextOffsets(s)
	return clean
}

// isLine reports whether Line would change nothing, as it wouldn't in most
// lines: visible characters of ASCII and single blanks between them.
func isLine(s string) bool {
	blank := true // before, or at the start
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= unicode.MaxASCII || blank && s[i] == ' ' {
			return false
		}
		blank = s[i] == ' '
	}
	return !blank || s == ""
}

// LineOffsets also returns where each byte of s went: at[i] is the offset in
// line of the character at s[i], for every i up to and including len(s).
func LineOffsets(s string) (line string, at []int) {
	c := cleaner{at: make([]int, len(s)+1)}
	return c.clean(s), c.at
}

// TextOffsets is LineOffsets for where there is room: it keeps line breaks
// as "\n" and one empty line where there are several.
func TextOffsets(s string) (clean string, at []int) {
	c := cleaner{at: make([]int, len(s)+1), breaks: true}
	return c.clean(s), c.at
}

func (c *cleaner) clean(s string) string {
	for i := 0; i < len(s); {
		if s[i] > ' ' && s[i] < unicode.MaxASCII { // visible by itself; most are
			c.marks = 0
			c.write(i, rune(s[i]))
			c.fill(i)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		c.add(i, r, next)
		i += size
	}
	c.fill(len(s))
	return c.out.String()
}

// cleaner builds a clean text rune by rune.
type cleaner struct {
	out    strings.Builder
	at     []int  // the offsets, nil if nobody asks for them
	breaks bool   // line breaks are kept
	known  int    // at is filled below this offset
	space  string // white space that is due before the next visible rune
	last   rune   // the last rune written, 0 at the start and after white space
	marks  int    // combining marks on the current character
}

// fill records that the runes up to offset i end where the line now ends.
func (c *cleaner) fill(i int) {
	for ; c.known <= i && c.at != nil; c.known++ {
		c.at[c.known] = c.out.Len()
	}
}

// add takes the rune at offset i of the source.
func (c *cleaner) add(i int, r, next rune) {
	switch {
	case unicode.IsSpace(r):
		c.wait(r, next)
	case Disruptive(r):
		c.write(i, replacement)
	case r == ZeroWidthJoiner && joins(c.last, next):
		c.write(i, r)
	case invisible(r):
	case unicode.In(r, unicode.Mn, unicode.Me):
		if c.marks++; c.last != 0 && c.marks <= mostMarks {
			c.write(i, r)
		}
	default:
		c.marks = 0
		c.write(i, r)
	}
	c.fill(i)
}

// wait notes white space, of which the next visible rune shows how much is due.
func (c *cleaner) wait(r, next rune) {
	c.last, c.marks = 0, 0
	switch {
	case c.out.Len() == 0:
	case c.breaks && breaksLine(r) && (r != '\r' || next != '\n'):
		if c.space = "\n" + strings.TrimLeft(c.space, " "); len(c.space) > 2 {
			c.space = "\n\n"
		}
	case c.space == "":
		c.space = " "
	}
}

func breaksLine(r rune) bool {
	return r >= '\n' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

func (c *cleaner) write(i int, r rune) {
	if c.space != "" {
		c.fill(i - 1) // a span that ends at the white space ends before it here
		c.out.WriteString(c.space)
		c.space = ""
	}
	c.fill(i)
	c.out.WriteRune(r)
	c.last = r
}

// Disruptive reports whether r acts on a terminal or on the order of the text
// around it: control characters of both sets and bidirectional controls. Bytes
// that aren't UTF-8 arrive as U+FFFD and stay so.
func Disruptive(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// invisible reports whether r shows nothing by itself: format characters, tags,
// variation selectors but the one that asks for an emoji, and fillers.
func invisible(r rune) bool {
	switch {
	case r == emojiSelector:
		return false
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // number and verse signs of several scripts, which do show
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// joins reports whether a zero-width joiner between the two does its work: it joins
// emoji, and letters of Indic scripts after a virama.
func joins(before, after rune) bool {
	return unicode.In(before, unicode.So, unicode.Sk, unicode.Mn) && unicode.In(after, unicode.So, unicode.Lo)
}

// Cell makes a text harmless in a spreadsheet and on a terminal. An apostrophe
// goes before a text whose first visible character starts a formula, or that
// starts with a tab or a carriage return, as spreadsheets run those. Control
// characters other than tab and line break, and bidirectional controls, become
// U+FFFD; line ends become line feeds. Everything else stays as written.
func Cell(s string) string {
	starts := startsFormula(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\n' && r != '\t' && Disruptive(r):
			return replacement
		}
		return r
	}, s)
	if starts {
		return "'" + s
	}
	return s
}

// startsFormula reports whether a spreadsheet may take the text for a formula.
func startsFormula(s string) bool {
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || Disruptive(r) || invisible(r) })
	return strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@") ||
		strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}
