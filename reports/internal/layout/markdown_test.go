package layout

import (
	"strings"
	"testing"
)

func TestEscapeMarkdown(t *testing.T) {
	cases := []struct{ name, reason, in, want string }{
		{"plain", "nothing to do", "Plain words, no markup.", "Plain words, no markup."},
		{"emphasis", "stars and underscores", "*a* _b_", `\*a\* \_b\_`},
		{"table", "a bar would end the cell", `a|b \| c`, `a\|b \\\| c`},
		{"code and HTML", "tags are text", "`x` <b>", "\\`x\\` \\<b\\>"},
		{"entity", "is shown as written", "&lt;", `\&lt;`},
		{"link", "brackets are enough", "[x](y)", `\[x\](y)`},
		{"address", "GitHub makes links of bare addresses", "see https://a.example and www.b.example", `see https\://a.example and www\.b.example`},
		{"mention", "and of names, which would notify somebody", "@somebody", `\@somebody`},
	}
	for _, c := range cases {
		if got := escapeMarkdown(c.in); got != c.want {
			t.Errorf("%s (%s): %q, want %q", c.name, c.reason, got, c.want)
		}
	}
}

// TestMarkdownMarks: blanks stay outside, where emphasis allows them.
func TestMarkdownMarks(t *testing.T) {
	for part, want := range map[string]string{" a*b ": ` **a\*b** `, " ": " ", "x": "**x**"} {
		if got := markdownStyle(part, Strong); got != want {
			t.Errorf("%q: %q, want %q", part, got, want)
		}
	}
}

// TestMarkdownCode: a command stands as code, whatever it holds; backticks of others are escaped.
func TestMarkdownCode(t *testing.T) {
	for _, c := range []struct {
		parts []Part
		want  string
	}{
		{[]Part{{Text: "*a* `x` says: "}, {Text: "cat _b_", Code: true}, {Text: "."}}, "\\*a\\* \\`x\\` says: `cat _b_`."},
		{[]Part{{Text: "Run "}, {Text: "cat 'a`b``c'", Code: true}, {Text: "!"}}, "Run ```cat 'a`b``c'```\\!"},
	} {
		var b strings.Builder
		if err := NewMarkdown(&b).Write(Document{Paragraph{Parts: c.parts}}); err != nil || b.String() != "\n"+c.want+"\n" {
			t.Errorf("%v: %q, want %q", err, b.String(), c.want)
		}
	}
}
