// Package browser runs the tests of pages in a headless browser. It is a part of no program.
//
//	b := browser.Start(t)             // skips the test where there is no browser
//	b = b.Watch(t, "http://127.0.0.1:1234/")
//	b.Run(chromedp.Navigate("http://127.0.0.1:1234/threads"))
//	b.Until(`document.querySelector(".comment")`)
//	b.Look()
package browser

import (
	"context"
	_ "embed" // for the script
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Browser is a tab of a headless browser, as a test uses it. What fails, fails the test.
type Browser struct {
	testing.TB
	ctx context.Context
}

// names are those of the programs that are looked for.
var names = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// limit is how long a browser may be used.
const limit = 5 * time.Minute

// Start starts a browser that ends with the test. It skips the test where none is installed.
func Start(t testing.TB) *Browser {
	t.Helper()
	var path string
	for _, name := range names {
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
	ctx, end := context.WithTimeout(ctx, limit)
	t.Cleanup(end)
	return &Browser{t, ctx}
}

// Watch is the same browser for a test, which fails if a page says anything on the console, opens a
// dialog, or asks for an address that doesn't begin as its own do.
func (b *Browser) Watch(t testing.TB, own string) *Browser {
	t.Helper()
	listening, cancel := context.WithCancel(b.ctx)
	messages := chromedp.Console(listening)
	var said, did []string
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range messages {
			if err != nil {
				return
			}
			said = append(said, string(m.Type)+": "+m.Text)
		}
	}()
	err := chromedp.Listen(listening, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, own) && !strings.HasPrefix(e.Request.URL, "data:") { // as the browser's own icons are
				did = append(did, "asked for "+e.Request.URL)
			}
		case *page.EventJavascriptDialogOpening:
			did = append(did, "opened a dialog")
		}
	})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		<-done
		for _, found := range append(said, did...) {
			t.Errorf("a page did what none may: %s", found)
		}
	})
	return &Browser{t, b.ctx}
}

// Run does steps.
func (b *Browser) Run(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// In is the value of a script in the page.
func In[T any](b *Browser, script string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return value
}

// Do runs statements in the page.
func (b *Browser) Do(statements string) {
	b.Helper()
	In[bool](b, "(() => { "+statements+"; return true; })()")
}

// Until waits until a script in the page is true.
func (b *Browser) Until(script string) {
	b.Helper()
	for range 400 {
		if value, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+script+")")); err == nil && value { // no page may be there for a moment
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.Fatalf("it never came true: %s; the page is %s", script, In[string](b, `document.body.innerText.slice(0, 1000)`))
}

// accessible lists what is wrong with a page for readers without sight, colours or a mouse.
//
//go:embed accessible.js
var accessible string

// Look checks the page for such readers at the width of a telephone and of desks, light and dark.
func (b *Browser) Look() {
	b.Helper()
	b.Until(`document.readyState === "complete"`) // a page is measured with its style
	for _, width := range []int64{390, 1280, 1920} {
		for _, scheme := range []string{"light", "dark"} {
			media := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				return err
			})
			b.Run(chromedp.EmulateViewport(width, 900), media)
			for _, fault := range In[[]string](b, accessible) {
				b.Errorf("%s at %d, %s: %s", In[string](b, "location.pathname"), width, scheme, fault)
			}
			if over := In[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				b.Errorf("%s at %d is %d points too wide", In[string](b, "location.pathname"), width, over)
			}
		}
	}
}
