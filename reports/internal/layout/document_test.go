package layout

import (
	"html/template"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// every has each kind of block.
var every = Document{
	Heading{Text: "Head <1>"},
	Lead{Head: "Over it", Text: "What it comes to"},
	Says("A paragraph"),
	Facts{"One fact", "Another"},
	Table{Title: "Table", Columns: []Column{{Head: "Name"}, {Head: "n", Right: true}},
		Rows: [][]Line{{Plain("a|b"), Plain("10")}, {Plain("c").Followed(" d", Strong), Plain("2")}}, Total: []Line{Plain("all"), Plain("12")}},
	Picture{
		Lines: func(int) []Line { return []Line{Plain("──●──").Followed(" 1", Red)} },
		HTML:  func(level int) template.HTML { return template.HTML(strings.Repeat("#", level) + " <svg>\n") },
	},
	Passages{Title: "Passages", List: []Passage{{Head: "Who", About: "On what", Text: "Said"}, {Head: "Alone"}}},
	Verbatim{"  as it is <b>"},
	Notes{"A note & more"},
	Blank{},
	Break{},
	Paragraph{Parts: []Part{{Text: "Prose & "}, {Text: "a`b", Code: true}, {Text: " end", HTML: "<q>end</q>"}}, Prose: true, Quiet: true},
}

func TestEveryBlock(t *testing.T) {
	var text, colored, markdown strings.Builder
	for _, err := range []error{NewText(&text, 60, false, false).Write(every), NewText(&colored, 60, true, true).Write(every[5:6]),
		NewMarkdown(&markdown).Write(every)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	html := Section(every, 2)
	for _, c := range []struct{ form, got, want string }{
		{"text", text.String(), `Head <1>
What it comes to
A paragraph
One fact
Another

Table

Name   n
────────
a|b   10
c d    2
────────
all   12

Passages

Who
  On what
  Said
Alone
  as it is <b>

* A note & more




Prose & ` + "`a`b`" + ` end
`},
		{"color", colored.String(), "\n──●──\x1b[31m 1\x1b[0m\n"},
		{"markdown", markdown.String(), `## Head \<1\>
What it comes to

A paragraph

- One fact
- Another

### Table

| Name    |  n |
|:--------|---:|
| a\|b    | 10 |
| c **d** |  2 |
| all     | 12 |

### Passages

Who

> On what

> Said

Alone

      as it is <b>

- A note \& more



Prose \& ` + "``a`b``" + ` end
`},
		{"html", string(html), `<h2>Head &lt;1&gt;</h2>
<h2>Over it</h2>
<p>What it comes to
<p>A paragraph
<p class=quiet>One fact
<p class=quiet>Another
<section class="group">
<div class=scroll tabindex=0 role=region aria-label="Table"><table class=f1 ><caption>Table</caption>
<thead><tr><th>Name<th>n
<tbody>
<tr><td>a|b<td>10
<tr><td>c d<td>2
<tfoot><tr><td>all<td>12
</table></div>
</section>
### <svg>
<h3>Passages</h3>
<h4>Who</h4>
<p>On what
<p>Said
<h4>Alone</h4>
<pre>  as it is &lt;b&gt;</pre>
<p class=quiet>A note &amp; more
<p class=quiet>Prose &amp; <code>a` + "`" + `b</code><q>end</q>
`},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.form, diff)
		}
	}
}
