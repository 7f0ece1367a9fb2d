package reports

import (
	"bytes"
	"context"
	_ "embed"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
)

// browse starts a headless browser for the test, and skips it where there is none.
func browse(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no browser is installed; apt-get install chromium brings one")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("the browser doesn't start: %v", err)
	}
	return ctx
}

// visit is what happened while a page was open.
type visit struct {
	console, requests []string
	dialogs           int
}

// open opens a page from disk, as a reader does, and records what it does.
func open(t *testing.T, ctx context.Context, html string) *visit {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	var v visit
	listening, cancel := context.WithCancel(ctx)
	t.Cleanup(cancel)
	messages := chromedp.Console(listening)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range messages {
			if err != nil {
				return
			}
			v.console = append(v.console, string(m.Type)+": "+m.Text)
		}
	}()
	err := chromedp.Listen(listening, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address && !strings.HasPrefix(e.Request.URL, address+"#") {
				v.requests = append(v.requests, e.Request.URL)
			}
		case *cdppage.EventJavascriptDialogOpening:
			v.dialogs++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	limited, stop := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	if err := chromedp.Do(limited, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		<-done
		if len(v.console) > 0 || len(v.requests) > 0 || v.dialogs > 0 {
			t.Errorf("the page said %q, asked for %q and opened %d dialogs; it must do none of these", v.console, v.requests, v.dialogs)
		}
	})
	return &v
}

// inPage returns the value of a script in the page.
func inPage[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return value
}

// look sets the width of the page and its colours.
func look(t *testing.T, ctx context.Context, width int64, scheme string) {
	t.Helper()
	media := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), media); err != nil {
		t.Fatal(err)
	}
}

//go:embed testdata/accessible.js
var accessible string

// TestBrowser runs what needs a browser in one.
func TestBrowser(t *testing.T) {
	ctx := browse(t)
	t.Run("pages", func(t *testing.T) { pagesAreAccessible(t, ctx) })
	t.Run("filter and sort", func(t *testing.T) { commentsFilterAndSort(t, ctx) })
	t.Run("table", func(t *testing.T) { tableSorts(t, ctx) })
	t.Run("hostile", func(t *testing.T) { hostileTextIsText(t, ctx) })
}

// pagesAreAccessible opens the page of every fixture, of all of them and of none, at
// the width of a telephone and of a desk, light and dark. The script finds what
// people without sight, colours or a mouse would miss.
func pagesAreAccessible(t *testing.T, ctx context.Context) {
	reportsOf := map[string][]*analysis.Result{"all": {ferry(), library(), hostile()}, "none": nil}
	for name, r := range fixtures() {
		reportsOf[name] = []*analysis.Result{r}
	}
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
			open(t, ctx, html)
			for _, width := range []int64{390, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					look(t, ctx, width, scheme)
					for _, fault := range inPage[[]string](t, ctx, accessible) {
						t.Errorf("at %d, %s: %s", width, scheme, fault)
					}
				}
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
func commentsFilterAndSort(t *testing.T, ctx context.Context) {
	open(t, ctx, write(t, "html", Options{}, library()))
	const shown = `[...document.querySelectorAll(".comment:not([hidden])")].map(c => c.id.replace("t1-c", ""))`
	choose := func(control, value string) {
		t.Helper()
		inPage[bool](t, ctx, `(() => {
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
		if got := inPage[[]string](t, ctx, shown); !slices.Equal(got, step.want) {
			t.Errorf("%s: comments %v are shown, want %v", step.reason, got, step.want)
		}
	}
	if got, want := inPage[string](t, ctx, `document.querySelector("output").textContent`), "2 of 8 comments"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
}

// tableSorts sorts the table of all threads by its heads.
func tableSorts(t *testing.T, ctx context.Context) {
	open(t, ctx, write(t, "html", Options{}, ferry(), library(), hostile()))
	const column = `[...document.querySelectorAll(".list tbody tr")].map(r => r.cells[2].textContent)`
	for _, want := range [][]string{{"6", "7", "8"}, {"8", "7", "6"}} {
		if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(".list thead th:nth-child(3) button"))); err != nil {
			t.Fatal(err)
		}
		if got := inPage[[]string](t, ctx, column); !slices.Equal(got, want) {
			t.Errorf("sorted by comments: %v, want %v", got, want)
		}
	}
}

// hostileTextIsText: what readers wrote adds nothing to the page but text, and no
// character that turns it round or hides.
func hostileTextIsText(t *testing.T, ctx context.Context) {
	open(t, ctx, write(t, "html", Options{}, hostile()))
	if n := inPage[int](t, ctx, `document.querySelectorAll("b, i, img, iframe, code, .words script, .words a").length`); n > 0 {
		t.Errorf("%d elements come from the comments", n)
	}
	if n := inPage[int](t, ctx, `document.scripts.length`); n != 1 {
		t.Errorf("%d scripts, want the page's own", n)
	}
	const acting = `document.documentElement.textContent.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/g) ?? []`
	if found := inPage[[]string](t, ctx, acting); len(found) > 0 {
		t.Errorf("characters that act on the layout: %q", found)
	}
	if got := inPage[string](t, ctx, `document.querySelectorAll(".words")[3].textContent`); !strings.Contains(got, "<script>alert(1)</script> &lt; [x](javascript:y)") {
		t.Errorf("the fourth comment reads %q", got)
	}
}
