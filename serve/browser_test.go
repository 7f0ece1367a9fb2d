package serve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stance.example/stance/internal/browser"
)

// tab is a browser at a server.
type tab struct {
	*site
	*browser.Browser
}

// browse starts a browser at a server, and skips the test where there is none and in short
// runs.
func browse(s *site) *tab {
	s.Helper()
	if testing.Short() {
		s.Skip("takes a browser")
	}
	return &tab{s, browser.Start(s.T).Watch(s.T, s.url)}
}

// set gives the field of that name a value, as the event of the browser tells of it.
func (b *tab) set(name, value, event string) {
	b.Helper()
	b.Do(fmt.Sprintf(`const s = document.querySelector("[name=%s]"); s.value = %q; s.dispatchEvent(new Event(%q, {bubbles: true}))`, name, value, event))
}

// TestTheWholeRoad drops a file, labels ten comments by keys, sees the share change, reloads,
// and finds nothing lost.
func TestTheWholeRoad(t *testing.T) {
	b := browse(start(t, nil))
	b.Run(chromedp.Navigate(b.url))
	b.Look()
	b.Do(fmt.Sprintf(`
		const data = new DataTransfer();
		data.items.add(new File([%q], "bridge.jsonl"));
		document.body.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}))`, threadOf("bridge", 60)))
	b.Until(`location.pathname.startsWith("/threads/") && document.readyState === "complete" && document.querySelector("#list .tree > li")`)
	b.Look()
	const share = `document.querySelector(".lead table").textContent`
	before := browser.In[string](b.Browser, share)

	b.Run(chromedp.Click(chromedp.CSS("nav .action"))) // the first of two actions
	b.Until(`document.querySelector("#hand")`)
	b.Look()
	for i, key := range "kkkkkkkkkk" { // the second is the first of these
		b.Run(chromedp.KeyEvent(string(key)))
		b.Until(fmt.Sprintf(`document.querySelector(".count").textContent.startsWith("%d of ")`, i+1))
	}
	b.Until(`document.querySelector(".interval").textContent.includes("without labels")`)
	b.Run(chromedp.KeyEvent("?"))
	b.Until(`document.querySelector("#codebook").open`)
	b.Run(chromedp.KeyEvent("+"))
	b.Until(`document.querySelector("button[value='+']").getAttribute("aria-pressed") === "true" && document.querySelector("#codebook").open`)

	hand := browser.In[string](b.Browser, `document.querySelector("[name=comment]").value`)
	b.Run(chromedp.Reload())
	b.Until(`document.querySelector("#hand")`)
	if now := browser.In[string](b.Browser, `document.querySelector("[name=comment]").value`); now != hand {
		t.Errorf("comment %s was at hand before the reload, %s after it", hand, now)
	}
	if !browser.In[bool](b.Browser, `document.querySelector(".count").textContent.startsWith("10 of ")`) {
		t.Error("labels were lost by a reload")
	}
	if rows, problems, err := b.labels.Read(); err != nil || len(problems) > 0 || len(rows) != 60 {
		t.Errorf("the file of labels: %d rows, %v, %v", len(rows), problems, err)
	}

	b.Run(chromedp.Click(chromedp.CSS("nav .back")))
	b.Until(`document.querySelector("#list .tree > li")`)
	if after := browser.In[string](b.Browser, share); after == before {
		t.Errorf("ten labels left the shares at %s", after)
	}
	b.set("sentiment", "negative", "change")
	b.Until(`document.querySelector(".found").textContent.includes(" of 60") && [...document.querySelectorAll("#list .tree > li")].every((c) => ` +
		`c.className[1] === "-")`)
}

// TestExploring finds topics and comments by keys alone, and goes to a comment's place.
func TestExploring(t *testing.T) {
	b := browse(start(t, nil))
	b.give("bridge.jsonl", threadOf("bridge", 240))
	b.give("ferry.jsonl", strings.ReplaceAll(threadOf("ferry", 60), "bridge", "ferry"))
	b.Run(chromedp.Navigate(b.url + "/explore"))
	b.Until(`document.querySelector("#list h2")`)
	b.Look()
	b.Do(`document.querySelector("[name=words]").focus()`)
	for _, key := range "repairs 203" {
		b.Run(chromedp.KeyEvent(string(key)))
	}
	b.Until(`document.querySelector("#list .found")?.textContent === "0 comments" && location.search === "?words=repairs+203"`)
	b.set("words", "number 202", "input")
	b.Until(`document.querySelector("#list .hit")?.textContent === "Number"`)
	b.Look()
	b.Run(chromedp.Click(chromedp.CSS("#list .tree p a")))
	b.Until(`location.hash === "#t-c202" && document.querySelector(":target")?.textContent.includes("Number 202.")`)
	b.Do(`document.querySelector("#list .more a").click()`) // the page may still be scrolling to the comment
	b.Until(`document.querySelector("#t-c1")`)
}

// TestComparing sets sites and threads against each other, and two annotators.
func TestComparing(t *testing.T) {
	b := browse(start(t, func(o *Options) { o.Annotator = "Ann" }))
	at := b.sited("bridge", "North Post", "2024-03-04", 40)
	b.sited("ferry", "South Post", "2024-04-02", 40)
	b.Run(chromedp.Navigate(b.url + "/compare"))
	b.Until(`document.querySelector("#list").textContent.includes("every two set against each other")`)
	b.Look()
	b.set("by", "month", "change")
	b.Until(`document.querySelector("#list h2").textContent === "By month" && location.search === "?by=month"`)
	b.Look()
	for range 8 {
		b.press(at, "k")
	}
	hers := strings.ReplaceAll(strings.ReplaceAll(b.get("/labels.csv"), "skeptical", "none"), "Ann", "Bob")
	b.Do(fmt.Sprintf(`
		const data = new DataTransfer();
		data.items.add(new File([%q], "bob.csv"));
		document.querySelector("[name=file]").files = data.files`, hers))
	b.Run(chromedp.Click(chromedp.CSS("form.give button")))
	b.Until(`document.body.textContent.includes("8 comments labelled by two annotators or more, 8 of them differently")`)
	b.Look()
}

// TestLabellingAllThreads labels a sample of all threads by keys, from the page of all threads on.
func TestLabellingAllThreads(t *testing.T) {
	b := browse(start(t, nil))
	b.sited("bridge", "North Post", "2024-03-04", 20)
	b.sited("ferry", "South Post", "2024-04-02", 20)
	b.Run(chromedp.Navigate(b.url + "/threads"))
	b.Look()
	b.server.load(true)
	b.Run(chromedp.Click(chromedp.CSS("nav .action")))
	b.Until(`document.querySelector("[role=status]")?.textContent.includes("still being judged")`)
	b.Look()
	b.server.load(false) // and the page follows
	b.Until(`document.querySelector("#hand")`)
	b.Look()
	for i, key := range "kkppnnrrkkkk" {
		b.Run(chromedp.KeyEvent(string(key)))
		b.Until(fmt.Sprintf(`document.querySelector(".count").textContent.startsWith("%d of 40")`, i+1))
	}
	b.Until(`document.querySelector(".interval").textContent.includes("without labels")`)
	b.Run(chromedp.KeyEvent("u"))
	b.Until(`document.querySelector(".count").textContent.startsWith("11 of 40")`)
	if rows, problems, err := b.together.Read(); err != nil || len(problems) > 0 || len(rows) != 40 || !rows[0].Together {
		t.Errorf("the file of labels: %d rows, %v, %v", len(rows), problems, err)
	}
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
		"/explore", "/explore?words=believe&site=%22%3E%3Cimg%20src=x%20onerror=alert(8)%3E", "/explore?words=believe",
		"/compare?by=thread&title=%22%3E%3Cscript%3Ealert(9)%3C/script%3E", "/compare?by=thread", "/label"} {
		b.Run(chromedp.Navigate(b.url + path))
		if n := browser.In[int](b.Browser, `document.querySelectorAll("main script, main img, main iframe, bdi b, .words b:not(.hit), .text b, main [onerror], `+
			`a[href^=javascript]").length`); n != 0 {
			t.Errorf("%s: %d elements come from the thread", path, n)
		}
		const acting = `document.documentElement.textContent.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g) ?? []`
		if found := browser.In[[]string](b.Browser, acting); len(found) > 0 {
			t.Errorf("%s: characters that act on the layout: %q", path, found)
		}
	}
}
