package clean

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var lines = []struct{ name, reason, in, want string }{
	{"plain", "nothing to do", "as it was", "as it was"},
	{"white space", "one line, single blanks, none at the ends", " \ta\r\n\u2028b\u00A0\u3000c \u0085", "a b c"},
	{"terminal escape", "the escape shows, the rest is harmless", "\x1b[31mred", "\uFFFD[31mred"},
	{"window title", "operating system commands too", "\x1b]0;x\x07", "\uFFFD]0;x\uFFFD"},
	{"one-byte escape", "U+009B starts a sequence by itself", "\u009b31m", "\uFFFD31m"},
	{"not UTF-8", "a stray byte is no C1 control", "a\x9bb", "a\uFFFDb"},
	{"override", "turned text shows where it was turned", "a\u202Eb\u202Cc\u2066d\u2069", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD"},
	{"invisible", "zero-width characters, soft hyphen, byte order mark, direction marks", "a\u200B\u200C\u2060\u00AD\uFEFF\u200E\u061Cb", "ab"},
	{"filler", "blank letters make empty names", "\u3164\u115F\uFFA0", ""},
	{"tags", "they smuggle text that nobody sees", "a\U000E0061\U000E007F", "a"},
	{"family", "joiners of emoji stay", "👨‍👩‍👧", "👨‍👩‍👧"},
	{"skin and gender", "after a modifier as well", "🤷🏽‍♀️", "🤷🏽‍♀️"},
	{"conjunct", "and after a virama", "क्\u200dष", "क्\u200dष"},
	{"loose joiner", "between Latin letters it does nothing", "a\u200Db\u200D", "ab"},
	{"accents", "up to four on a letter", "e\u0301\u0302\u0303\u0304\u0305\u0306", "e\u0301\u0302\u0303\u0304"},
	{"accent alone", "at the start or after a blank it would sit on the border", "\u0301a \u0301b", "a b"},
	{"verse sign", "a format character that shows", "\u06DD١", "\u06DD١"},
}

func TestLine(t *testing.T) {
	for _, c := range lines {
		if got := Line(c.in); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, c := range lines {
		f.Add(c.in + " x " + c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, at := LineOffsets(s)
		if !utf8.ValidString(clean) {
			t.Fatalf("%q is not UTF-8", clean)
		}
		if strings.ContainsFunc(clean, func(r rune) bool { return Disruptive(r) || unicode.IsSpace(r) && r != ' ' }) {
			t.Fatalf("%q still acts", clean)
		}
		if clean != strings.Join(strings.Fields(clean), " ") {
			t.Fatalf("%q has blanks to spare", clean)
		}
		if again := Line(clean); again != clean {
			t.Fatalf("%q becomes %q when cleaned twice", clean, again)
		}
		for i := range s {
			if at[i] > at[i+1] || !utf8.RuneStart((clean + " ")[at[i]]) {
				t.Fatalf("offset %d of %q goes to %d of %q", i, s, at[i], clean)
			}
		}
		if at[len(s)] != len(clean) {
			t.Fatalf("the end of %q goes to %d of %q", s, at[len(s)], clean)
		}
	})
}

// TestText: where there is room, line breaks stay, and one empty line of many.
func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"one\r\ntwo\nthree":      "one\ntwo\nthree",
		"one \n\n\n \t\n two":    "one\n\ntwo",
		"\n\n one  two \n":       "one two",
		"a\u2028b\u0085c\vd":     "a\nb\nc\nd",
		"\x1b[31m\n\u202Ered\r.": "\uFFFD[31m\n\uFFFDred\n.",
	} {
		if got, _ := TextOffsets(in); got != want {
			t.Errorf("%q is cleaned to %q, want %q", in, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	cases := []struct{ name, reason, in, want string }{
		{"plain", "nothing to do", "a = b", "a = b"},
		{"empty", "nothing to do", "", ""},
		{"equals", "a formula", "=1+1", "'=1+1"},
		{"plus", "a formula", "+1", "'+1"},
		{"minus", "a formula, or a dash that starts a sentence", "- no", "'- no"},
		{"at", "a function, or a mention", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "some programs drop it and read on", "\tx", "'\tx"},
		{"carriage return", "as the tab", "\rx", "'\nx"},
		{"blank first", "some programs trim", "  =1", "'  =1"},
		{"invisible first", "a zero-width space hides the sign", "\u200B=1", "'\u200B=1"},
		{"full width", "East Asian versions read these as the signs", "＝1", "'＝1"},
		{"apostrophe", "what was written with one stays", "'=1", "'=1"},
		{"line ends", "line feeds only, as a carriage return overwrites a line", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"escape", "a terminal may show the file", "a\x1b[2J\u202Eb", "a\uFFFD[2J\uFFFDb"},
		{"joiners", "Persian needs them", "می\u200cخواهم", "می\u200cخواهم"},
	}
	for _, c := range cases {
		if got := Cell(c.in); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}
