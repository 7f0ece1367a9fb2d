package markup_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"stance.example/stance/corpus/internal/markup"
)

func TestHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "No markup at all.", "No markup at all."},
		{"paragraphs", "<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."},
		{"unclosed paragraphs", "One.<p>Two.<p>Three.", "One.\n\nTwo.\n\nThree."},
		{"line breaks", "One.<br>Two.<br/>Three.<br><br>Four.", "One.\nTwo.\nThree.\n\nFour."},
		{"white space collapses", "<p>One \n\t two</p>", "One two"},
		{"inline elements glue", "<p>un<b>believ</b>able</p>", "unbelievable"},
		{"blocks don't glue", "<div>One</div><div>Two</div>", "One\nTwo"},
		{"list", "Two points:<ul><li>one</li><li>two</li></ul>Well?", "Two points:\n\n- one\n- two\n\nWell?"},
		{"numbered list", "<ol start=4><li>four<li>five</ol>", "4. four\n5. five"},
		{"nested list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"},
		{"quote", "<blockquote><p>He said so.</p><p>Twice.</p></blockquote><p>No.</p>", "> He said so.\n\n> Twice.\n\nNo."},
		{"line break in a quote", "<blockquote>a<br>b</blockquote>", "> a\n> b"},
		{"quote in a quote", "<blockquote>b<blockquote>a</blockquote></blockquote>c", "> b\n\n> > a\n\nc"},
		{"short quote", `<p>The <q>free</q> ride.</p>`, "The “free” ride."},
		{"link", `<p>See <a href="https://example.org/a?b=1&amp;c">the report</a>.</p>`, "See the report."},
		{"entities once", "AT&amp;T &lt;b&gt; &quot;x&quot; &#39;y&#x27; caf&eacute; &amp;amp;", `AT&T <b> "x" 'y' café &amp;`},
		{"smaller than", "2 < 3 and 5 > 4", "2 < 3 and 5 > 4"},
		{"emoji image", `<p>Ha <img class="wp-smiley" alt="😀" src=x>!</p>`, "Ha 😀!"},
		{"emoji of a server", `<p>Ha <img class="custom-emoji" alt=":blob_cat:"></p>`, "Ha :blob_cat:"},
		{"emoji by its sign alone", `<p>Ha <img alt="❤️"></p>`, "Ha ❤️"},
		{"picture", `<p>Look: <img alt="A cat on a roof" src=x></p>`, "Look:"},
		{"script and style", "<style>p{}</style><p>a</p><script>if (a<b) alert('<p>')</script><p>b</p>", "a\n\nb"},
		{"controls", "<p>a</p><button>Reply</button><select><option>1</select><iframe src=x>no</iframe>", "a"},
		{"nested silent elements", "<object><object>x</object>y</object>z", "z"},
		{"comment", "a<!-- b -->c", "ac"},
		{"code", "<p>So:</p><pre><code>if x {\n\ty()\n}</code></pre>", "So:\n\nif x {\n\ty()\n}"},
		{"line ends of a text without blocks", "One.\nTwo <em>words</em>.\r\n\r\nThree.", "One.\nTwo words.\n\nThree."},
		{"spaces around inline elements of such a text", "Not <em>that</em> one.", "Not that one."},
		{"no-break space alone", "<p>a</p><p>&nbsp;</p>", "a"},
		{"table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"ends that nothing began", "</ul></blockquote></li></pre></p>a", "a"},
		{"cut in a tag", "a <b", "a"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := markup.HTML(tt.in); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestNode(t *testing.T) {
	page, err := html.Parse(strings.NewReader(`<div><p>One <em>two</em>.</p><a class=reply>Reply</a><ul><li>three</ul></div><p>after</p>`))
	if err != nil {
		t.Fatal(err)
	}
	div := page.FirstChild.LastChild.FirstChild
	got := markup.Node(div, func(n *html.Node) bool { return n.Data == "a" })
	if want := "One two.\n\n- three"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := markup.Node(div.FirstChild, nil), "One two."; got != want {
		t.Errorf("got %q, want %q: what follows the node is not its text", got, want)
	}
}

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "Says who?", "Says who?"},
		{"paragraphs", "One.\n\nTwo\nlines.", "One.\n\nTwo lines."},
		{"hard line break", "One.  \nTwo.", "One.\nTwo."},
		{"quote", "> He said so.\n\nNo.", "> He said so.\n\nNo."},
		{"escaped quote of an export", "&gt; not a quote", "> not a quote"},
		{"emphasis", "**Not** _that_ ~~one~~ `x*y`", "Not that one x*y"},
		{"marks inside words", "snake_case_name and 2*3*4", "snake_case_name and 234"},
		{"link", "See [the report](https://example.org/x_y).", "See the report."},
		{"bare link", "See https://example.org/x_y.", "See https://example.org/x_y."},
		{"list", "* a\n* b", "- a\n- b"},
		{"a year is no item of its own", "1984. That was a year.", "1984. That was a year."},
		{"escapes", `1\* \_x\_ \#1`, "1* _x_ #1"},
		{"heading", "# Big\n\nsmall", "Big\n\nsmall"},
		{"tags are text", "Sure <sarcasm>, of course.\n\n<div>x</div>", "Sure <sarcasm>, of course.\n\n<div>x</div>"},
		{"spoiler", "He >!dies!< there.", "He dies there."},
		{"spoiler first", ">!He dies!<", "He dies"},
		{"code", "    x := 1", "x := 1"},
		{"nothing", " \n", ""},
		{"quotes no one means", strings.Repeat(">", 70) + "a", strings.Repeat(">", 70) + "a"},
		{"a line of dashes", "a\n\n" + strings.Repeat("-", 100) + "\n\nb", "a\n\nb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := markup.Markdown(tt.in); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestBBCode(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"emphasis and a link", "Why [b]not[/b] [url=http://example.org/a]here[/url]?\nOr [I]there[/I].", "Why not here?\nOr there."},
		{"a quote in a quote", "[quote=\"Ola\" post_id=7][quote]Why?[/quote]So.[/quote]\nNo.", "> > Why?\n\n> So.\n\nNo."},
		{"numbered as phpBB does, with entities", "[b:1a2b]a &amp; b[/b:1a2b] < c", "a & b < c"},
		{"a list and a picture", "[list][*]one[*]two[/list][img]http://example.org/a.png[/img]", "- one\n- two"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markup.BBCode(tt.in); !markup.IsBBCode(tt.in) && tt.name != "a list and a picture" || got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
	for _, in := range []string{"[sic] and [/s]", "a[i] = b[u]", "see [1]"} {
		if markup.IsBBCode(in) {
			t.Errorf("%q is taken for the markup of forums", in)
		}
	}
}

// Hostile depth costs neither stack nor, beyond what is shown, text.
// A text without marks is read without the parser of Markdown, to the same end.
func TestPlainMarkdown(t *testing.T) {
	for _, in := range []string{
		"Plain words, nothing else.", "two  blanks and\u00a0one that stays", "ends in a blank ", "a - b + c = d # 1", "Well! (really?)", "naïve 😀 €5",
	} {
		withMark := markup.Markdown("**x** " + in) // a mark sends it through the parser
		if got := markup.Markdown(in); "x "+got != withMark {
			t.Errorf("%q: got %q, with a mark before it %q", in, got, withMark)
		}
	}
}

func TestDepth(t *testing.T) {
	const deep = 100_000
	for _, tag := range []string{"div", "blockquote", "ul", "object", "b", "pre"} {
		got := markup.HTML(strings.Repeat("<"+tag+">", deep) + "x")
		if want := tag != "object"; strings.HasSuffix(got, "x") != want || len(got) > 200 {
			t.Errorf("%s: got %.40q", tag, got)
		}
	}
	for _, mark := range []string{">", "> ", "- ", "1. ", "[", "![", "*a ", "**a ", "`", "~~a ", "<", "&", "\\"} {
		if markup.Markdown("a"+strings.Repeat(mark, 20_000)) == "" {
			t.Errorf("%q: nothing left", mark)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p>a</p>b", "<blockquote><ul><li>a", "<pre>\n a", "a\n<b>b</b>", "<script>a", "<q><q>", "&#0;<ol start=9>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := markup.HTML(s)
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q became invalid", s)
		}
		if strings.Contains(got, "\n\n\n") {
			t.Errorf("%q: more than one blank line in %q", s, got)
		}
		// Without a tag or an entity it is text, and every word of it stays.
		if !strings.ContainsAny(s, "<&\x00\r") {
			if want := strings.Fields(s); strings.Join(strings.Fields(got), " ") != strings.Join(want, " ") && !strings.ContainsAny(s, "\u200b\ufeff") {
				t.Errorf("%q became %q", s, got)
			}
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"> a\n\nb", "* a\n  * b", ">!a!<", "[a](b)", "a\n---", "```\na", "<a", "1. > - x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := markup.Markdown(s); utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("%q became invalid: %q", s, got)
		}
	})
}
