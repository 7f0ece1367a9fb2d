package serve

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browser is a headless browser at a server.
type browser struct {
	*site
	ctx   context.Context
	found []string // what no page may do: messages, dialogs, requests of other hosts
}

// browse starts a browser, and skips the test where there is none.
func browse(s *site) *browser {
	s.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		s.Skip("no browser is installed; apt-get install chromium brings one")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(s.Context(), options...)
	s.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	s.Cleanup(closeTab)
	if err := chromedp.Do(ctx); err != nil {
		s.Skipf("the browser doesn't start: %v", err)
	}
	limited, end := context.WithTimeout(ctx, 2*time.Minute)
	s.Cleanup(end)
	b := &browser{site: s, ctx: limited}
	listening, cancel := context.WithCancel(limited)
	messages := chromedp.Console(listening)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for m, err := range messages {
			if err != nil {
				return
			}
			b.found = append(b.found, string(m.Type)+": "+m.Text)
		}
	}()
	var asked []string
	err := chromedp.Listen(listening, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, s.url) && !strings.HasPrefix(e.Request.URL, "data:") { // as the browser's own icons are
				asked = append(asked, "asked for "+e.Request.URL)
			}
		case *cdppage.EventJavascriptDialogOpening:
			asked = append(asked, "opened a dialog")
		}
	})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		cancel()
		<-done
		for _, f := range append(b.found, asked...) {
			s.Errorf("a page did what none may: %s", f)
		}
	})
	return b
}

// run does steps in the browser.
func (b *browser) run(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// in returns the value of a script in the page.
func in[T any](b *browser, script string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return value
}

// until waits until a script in the page is true.
func (b *browser) until(script string) {
	b.Helper()
	for range 400 {
		if value, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+script+")")); err == nil && value { // no page may be there for a moment
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.Fatalf("it never came true: %s; the page is %s", script, in[string](b, `document.body.innerText.slice(0, 1000)`))
}

// set gives the field of that name a value, as the event of the browser tells of it.
func (b *browser) set(name, value, event string) {
	b.Helper()
	const script = `(() => { const s = document.querySelector("[name=%s]"); s.value = %q; s.dispatchEvent(new Event(%q, {bubbles: true})); return true; })()`
	in[bool](b, fmt.Sprintf(script, name, value, event))
}

// look checks the page for readers without sight, colours or a mouse, at the width of a
// telephone and of a desk, light and dark.
func (b *browser) look() {
	b.Helper()
	accessible, err := os.ReadFile("../reports/testdata/accessible.js")
	if err != nil {
		b.Fatal(err)
	}
	for _, width := range []int64{390, 1280, 1920} {
		for _, scheme := range []string{"light", "dark"} {
			media := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				return err
			})
			b.run(chromedp.EmulateViewport(width, 900), media)
			for _, fault := range in[[]string](b, string(accessible)) {
				b.Errorf("%s at %d, %s: %s", in[string](b, "location.pathname"), width, scheme, fault)
			}
			if over := in[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				b.Errorf("%s at %d is %d points too wide", in[string](b, "location.pathname"), width, over)
			}
		}
	}
}

// TestTheWholeRoad drops a file, labels ten comments by keys, sees the share change, reloads,
// and finds nothing lost.
func TestTheWholeRoad(t *testing.T) {
	b := browse(start(t, nil))
	b.run(chromedp.Navigate(b.url))
	b.look()
	in[bool](b, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], "bridge.jsonl"));
		document.body.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}));
		return true;
	})()`, threadOf("bridge", 60)))
	b.until(`location.pathname.startsWith("/threads/") && document.querySelector("#list .comment")`)
	b.look()
	const share = `document.querySelector(".lead .chart").getAttribute("aria-label")`
	before := in[string](b, share)

	b.run(chromedp.Click(chromedp.CSS("nav .action"))) // the first of two actions
	b.until(`document.querySelector("#hand")`)
	b.look()
	for i, key := range "kkkkkkkkkk" { // the second is the first of these
		b.run(chromedp.KeyEvent(string(key)))
		b.until(fmt.Sprintf(`document.querySelector(".count").textContent.startsWith("%d of ")`, i+1))
	}
	b.until(`document.querySelector(".interval").textContent.includes("without labels")`)
	b.run(chromedp.KeyEvent("?"))
	b.until(`document.querySelector("#codebook").open`)
	b.run(chromedp.KeyEvent("+"))
	b.until(`document.querySelector("button[value='+']").getAttribute("aria-pressed") === "true" && document.querySelector("#codebook").open`)

	hand := in[string](b, `document.querySelector("[name=comment]").value`)
	b.run(chromedp.Reload())
	b.until(`document.querySelector("#hand")`)
	if now := in[string](b, `document.querySelector("[name=comment]").value`); now != hand {
		t.Errorf("comment %s was at hand before the reload, %s after it", hand, now)
	}
	if !in[bool](b, `document.querySelector(".count").textContent.startsWith("10 of ")`) {
		t.Error("labels were lost by a reload")
	}
	if rows, problems, err := b.labels.Read(); err != nil || len(problems) > 0 || len(rows) != 60 {
		t.Errorf("the file of labels: %d rows, %v, %v", len(rows), problems, err)
	}

	b.run(chromedp.Click(chromedp.CSS("nav .back")))
	b.until(`document.querySelector("#list .comment")`)
	if after := in[string](b, share); after == before {
		t.Errorf("ten labels left the shares at %s", after)
	}
	b.set("sentiment", "negative", "change")
	b.until(`document.querySelector(".found").textContent.includes(" of 60") && [...document.querySelectorAll("#list .comment")].every((c) => ` +
		`c.querySelector("summary em").textContent.startsWith("negative"))`)
}

// TestExploring finds topics and comments by keys alone, and goes to a comment's place.
func TestExploring(t *testing.T) {
	b := browse(start(t, nil))
	b.give("bridge.jsonl", threadOf("bridge", 240))
	b.give("ferry.jsonl", strings.ReplaceAll(threadOf("ferry", 60), "bridge", "ferry"))
	b.run(chromedp.Navigate(b.url + "/explore"))
	b.until(`document.querySelector("#list h2")`)
	b.look()
	in[bool](b, `(() => { document.querySelector("[name=words]").focus(); return true; })()`)
	for _, key := range "repairs 203" {
		b.run(chromedp.KeyEvent(string(key)))
	}
	b.until(`document.querySelector("#list .found")?.textContent === "0 comments" && location.search === "?words=repairs+203"`)
	b.set("words", "number 202", "input")
	b.until(`document.querySelector("#list .hit")?.textContent === "Number"`)
	b.look()
	b.run(chromedp.Click(chromedp.CSS("#list .byline a")))
	b.until(`location.hash === "#t-c202" && document.querySelector(":target")?.textContent.includes("Number 202.")`)
	b.run(chromedp.Click(chromedp.CSS("#list .more a")))
	b.until(`document.querySelector("#t-c1")`)
}

// TestComparing sets sites and threads against each other, and two annotators.
func TestComparing(t *testing.T) {
	b := browse(start(t, func(o *Options) { o.Annotator = "Ann" }))
	at := b.sited("bridge", "North Post", "2024-03-04", 40)
	b.sited("ferry", "South Post", "2024-04-02", 40)
	b.run(chromedp.Navigate(b.url + "/compare"))
	b.until(`document.querySelector("#list").textContent.includes("every two set against each other")`)
	b.look()
	b.set("by", "month", "change")
	b.until(`document.querySelector("#list h2").textContent === "By month" && location.search === "?by=month"`)
	b.look()
	for range 8 {
		b.press(at, "k")
	}
	hers := strings.ReplaceAll(strings.ReplaceAll(b.get("/labels.csv"), "skeptical", "none"), "Ann", "Bob")
	in[bool](b, fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], "bob.csv"));
		document.querySelector("[name=file]").files = data.files;
		return true;
	})()`, hers))
	b.run(chromedp.Click(chromedp.CSS("form.give button")))
	b.until(`document.body.textContent.includes("8 comments labelled by two annotators or more, 8 of them differently")`)
	b.look()
}

// TestHostileThread: what readers and file names say is text on every page.
func TestHostileThread(t *testing.T) {
	b := browse(start(t, nil))
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>bold</b>{{.}}\u202e\u0007`
	thread := `{"thread":"<b>t</b>","title":"` + evil + `","url":"javascript:alert(3)","text":"` + evil + `","comments":[` +
		`{"id":"<script>alert(7)</script>","author":"` + evil + `","posted_as":"` + evil + `","text":"` + evil + ` I don't believe it."},` +
		`{"id":"2","parent":"<script>alert(7)</script>","author":"x","text":"` + evil + ` Well done."}]}`
	at := b.give(`x"><script>alert(4)</script>.jsonl`, thread)
	for _, path := range []string{at, at + "/label", "/threads",
		at + "?words=%3Cscript%3Ealert(5)%3C/script%3E&author=%22%3E%3Cimg%20src=x%20onerror=alert(6)%3E",
		"/explore", "/explore?words=believe&site=%22%3E%3Cimg%20src=x%20onerror=alert(8)%3E", "/explore?words=believe"} {
		b.run(chromedp.Navigate(b.url + path))
		if n := in[int](b, `document.querySelectorAll("main script, main img, main iframe, bdi b, .words b:not(.hit), .text b, main [onerror], `+
			`a[href^=javascript]").length`); n != 0 {
			t.Errorf("%s: %d elements come from the thread", path, n)
		}
		const acting = `document.documentElement.textContent.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g) ?? []`
		if found := in[[]string](b, acting); len(found) > 0 {
			t.Errorf("%s: characters that act on the layout: %q", path, found)
		}
	}
}
