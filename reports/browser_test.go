package reports

import (
	"bytes"
	_ "embed"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/text"
	"stance.example/stance/internal/browser"
	"stance.example/stance/reports/account"
)

// open opens a page from disk, as a reader does, and sees to it that it does nothing but show itself.
func open(t *testing.T, b *browser.Browser, html string) *browser.Browser {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	b = b.Watch(t, address)
	b.Run(chromedp.Navigate(address))
	return b
}

// TestBrowser runs what needs a browser in one.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a browser")
	}
	b := browser.Start(t)
	t.Run("pages", func(t *testing.T) { pagesAreAccessible(t, b) })
	t.Run("filter and sort", func(t *testing.T) { commentsFilterAndSort(t, b) })
	t.Run("table", func(t *testing.T) { tableSorts(t, b) })
	t.Run("hostile", func(t *testing.T) { hostileTextIsText(t, b) })
}

// pagesAreAccessible opens the page of every fixture, of all of them and of none, at
// the width of a telephone and of a desk, light and dark. The script finds what
// people without sight, colours or a mouse would miss.
func pagesAreAccessible(t *testing.T, b *browser.Browser) {
	reportsOf := map[string][]*analysis.Result{"all": {ferry(), library(), hostile()}, "none": nil}
	for name, r := range fixtures() {
		reportsOf[name] = []*analysis.Result{r}
	}
	felt := library()
	for i := range felt.Judgements {
		felt.Judgements[i].Feeling = []text.Evidence{{Span: text.Span{End: len(felt.Thread.Comments[i].Text)}, Weight: -0.4}}
	}
	reportsOf["felt"] = []*analysis.Result{felt}
	written := map[string]string{
		"overview": overviewPage(t, overview(), 0),
		"months":   breakdownPage(t, monthly(24).Breakdown(analysis.ByMonth)),
		"summary":  summary(t, "html", Options{Length: account.Long}, library(), hostile()),
	}
	for name, results := range reportsOf {
		written[name] = write(t, "html", Options{}, results...)
	}
	for name, html := range written {
		t.Run(name, func(t *testing.T) {
			b := open(t, b, html)
			b.Look()
			const within = `[...document.querySelectorAll(".tree details > :not(summary)")].filter(e => e.children.length > 0).length`
			if n := browser.In[int](b, within); n > 0 {
				t.Errorf("%d parts of what is behind the lines of comments are within others", n)
			}
		})
	}
}

func breakdownPage(t *testing.T, b *analysis.Breakdown) string {
	t.Helper()
	var w bytes.Buffer
	if err := writeDocument(&w, "html", "By "+b.By, breakdownDocument(b, 0), Options{}); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

// commentsFilterAndSort uses the controls over the comments.
func commentsFilterAndSort(t *testing.T, b *browser.Browser) {
	b = open(t, b, write(t, "html", Options{}, library()))
	const shown = `[...document.querySelectorAll(".tree > li:not([hidden])")].map(c => c.id.replace("t1-c", ""))`
	choose := func(control, value string) {
		t.Helper()
		browser.In[bool](b, `(() => {
			const c = document.querySelector("form.controls").elements["`+control+`"];
			if (c.type === "checkbox") c.checked = "`+value+`" === "on"; else c.value = "`+value+`";
			c.dispatchEvent(new Event("input", {bubbles: true}));
			c.dispatchEvent(new Event("change", {bubbles: true}));
			return true;
		})()`)
	}
	for _, step := range []struct {
		reason, control, value string
		want                   []string
	}{
		{"one stance", "stance", "supportive", []string{"1", "2", "3"}},
		{"in another order: the least sure first", "order", "sure", []string{"2", "3", "1"}},
		{"and with a word of the comment", "words", "CAFÉ", []string{"3"}},
		{"a word of an author", "words", "bartholomew", []string{"1"}},
		{"every stance again", "stance", "", []string{"4", "1"}},
		{"those without a removed comment's values stand last", "words", "", []string{"4", "7", "2", "3", "6", "1", "8", "5"}},
		{"only unsure", "unsure", "on", []string{"4"}},
		{"all", "unsure", "off", []string{"4", "7", "2", "3", "6", "1", "8", "5"}},
		{"by feeling", "polarity", "negative", []string{"7", "6"}},
		{"most negative first", "order", "valence", []string{"6", "7"}},
	} {
		choose(step.control, step.value)
		if got := browser.In[[]string](b, shown); !slices.Equal(got, step.want) {
			t.Errorf("%s: comments %v are shown, want %v", step.reason, got, step.want)
		}
	}
	if got, want := browser.In[string](b, `document.querySelector("output").textContent`), "2 of 8 comments"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
}

// tableSorts sorts the table of all threads by its heads.
func tableSorts(t *testing.T, b *browser.Browser) {
	b = open(t, b, write(t, "html", Options{}, ferry(), library(), hostile()))
	const column = `[...document.querySelectorAll(".list tbody tr")].map(r => r.cells[2].textContent)`
	for _, want := range [][]string{{"6", "7", "8"}, {"8", "7", "6"}} {
		b.Run(chromedp.Click(chromedp.CSS(".list thead th:nth-child(3) button")))
		if got := browser.In[[]string](b, column); !slices.Equal(got, want) {
			t.Errorf("sorted by comments: %v, want %v", got, want)
		}
	}
}

// hostileTextIsText: what readers wrote adds nothing to the page but text, and no
// character that turns it round or hides.
func hostileTextIsText(t *testing.T, b *browser.Browser) {
	b = open(t, b, write(t, "html", Options{}, hostile()))
	const theirs = "li > p :is(b, i), img, iframe, code *, :is(li, q) code, li > p:nth-of-type(2) :is(script, a)"
	if n := browser.In[int](b, `document.querySelectorAll("`+theirs+`").length`); n > 0 {
		t.Errorf("%d elements come from the comments", n)
	}
	if n := browser.In[int](b, `document.scripts.length`); n != 1 {
		t.Errorf("%d scripts, want the page's own", n)
	}
	const acting = `document.documentElement.textContent.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/g) ?? []`
	if found := browser.In[[]string](b, acting); len(found) > 0 {
		t.Errorf("characters that act on the layout: %q", found)
	}
	got := browser.In[string](b, `document.querySelectorAll("li > p:nth-of-type(2)")[3].textContent`)
	if !strings.Contains(got, "<script>alert(1)</script> &lt; [x](javascript:y)") {
		t.Errorf("the fourth comment reads %q", got)
	}
}
