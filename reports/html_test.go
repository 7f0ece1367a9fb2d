package reports

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis"
)

var inlined = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>|sha256-[A-Za-z0-9+/=&#;]+`)

// bodyOf leaves out of a page what is the same on every page: style, script and their
// digests.
func bodyOf(html string) string {
	return inlined.ReplaceAllStringFunc(html, func(s string) string {
		name, _, found := strings.Cut(s, ">")
		if !found {
			return "sha256-…"
		}
		return name + ">…</" + name[1:] + ">"
	})
}

// TestPolicy: the page forbids everything but its own style and script, and holds
// nothing that the policy would have to forbid.
func TestPolicy(t *testing.T) {
	html := write(t, "html", Options{}, ferry(), hostile())
	if !strings.Contains(html, `content="default-src 'none';style-src 'sha256-`) {
		t.Error("no policy forbids everything by default")
	}
	for what, pattern := range map[string]string{
		"an attribute that holds a style":  `<[^>]*\sstyle="`,
		"an attribute that holds a script": `<[^>]*\son[a-z]+="`,
		"a resource from elsewhere":        `<[^>]*\ssrc="`,
		"a link to another style or icon":  `<link`,
		"a web font or an import":          `@import|@font-face|url\(`,
	} {
		if found := regexp.MustCompile(pattern).FindString(html); found != "" {
			t.Errorf("%s: %q", what, found)
		}
	}
}

// TestWithoutScript: what the script adds to is complete without it.
func TestWithoutScript(t *testing.T) {
	html := write(t, "html", Options{}, library())
	if strings.Contains(inlined.ReplaceAllString(html, ""), "<form") {
		t.Error("the controls show without the script that works them")
	}
	if n := strings.Count(html, "<li "); n != 8 {
		t.Errorf("%d comments, want 8", n)
	}
}

// memory keeps the files of a site.
type memory map[string]*bytes.Buffer

type inMemory struct{ *bytes.Buffer }

func (inMemory) Close() error { return nil }

func (m memory) create(name string) (io.WriteCloser, error) {
	m[name] = &bytes.Buffer{}
	return inMemory{m[name]}, nil
}

func TestSite(t *testing.T) {
	files := memory{}
	w := NewSite(files.create)
	for _, name := range slices.Sorted(maps.Keys(fixtures())) {
		if err := w.Write(fixtures()[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(files))
	want := []string{"0001.html", "0002.html", "0003.html", "0004.html", "index.html", "stance.css", "stance.js", "tables.html"}
	if !slices.Equal(names, want) {
		t.Fatalf("files %q, want %q", names, want)
	}
	for _, page := range want[:4] {
		if !strings.Contains(files["index.html"].String(), `href="`+page+`"`) {
			t.Errorf("the index doesn't lead to %s", page)
		}
		if !strings.Contains(files[page].String(), `href="index.html"`) {
			t.Errorf("%s doesn't lead back to the index", page)
		}
	}
	golden(t, "index.html", bodyOf(files["index.html"].String()))
}

// TestSiteOfMany: pages stay small however many threads there are, and every thread is in
// the list.
func TestSiteOfMany(t *testing.T) {
	if testing.Short() {
		t.Skip("writes hundreds of pages")
	}
	const threads = 700
	files := memory{}
	w := NewSite(files.create)
	for i := range threads {
		r := library()
		thread := *r.Thread
		thread.Article.Title = fmt.Sprintf("Thread %d: %s", i, thread.Article.Title)
		thread.Article.Published = fmt.Sprintf("%d-%02d-11", 2020+i%4, 1+i%12)
		r.Thread = &thread
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	listed := map[string]int{}
	for name, content := range files {
		if n := content.Len(); n > 60_000 {
			t.Errorf("%s has %d bytes", name, n)
		}
		if strings.HasPrefix(name, "threads") {
			for _, m := range regexp.MustCompile(`href="(\d{4}\.html)"`).FindAllStringSubmatch(content.String(), -1) {
				listed[m[1]]++
			}
		}
	}
	if len(listed) != threads {
		t.Errorf("%d of %d threads are listed", len(listed), threads)
	}
	for name, n := range listed {
		if n != 1 || files[name] == nil {
			t.Errorf("%s is listed %d times", name, n)
		}
	}
	index := files["index.html"].String()
	for _, want := range []string{`<a href="threads.html">All 700 threads, to sort and search</a>`, "Shares by month", `<a href="tables.html">`} {
		if !strings.Contains(index, want) {
			t.Errorf("the index lacks %q", want)
		}
	}
	if next := files["threads-2.html"].String(); !strings.Contains(next, `<a href="threads.html">1–`) {
		t.Error("the second page of the list doesn't lead to the first")
	}
}

// TestSiteOfComments: a thread of many comments has many small pages, each comment stands
// on one of them, and every address leads to a comment. A page leads to those near it.
func TestSiteOfComments(t *testing.T) {
	const comments = 6000
	r := library()
	thread := *r.Thread
	rng := rand.New(rand.NewPCG(4, 4))
	thread.Comments, r.Judgements = nil, nil
	for i := range comments {
		c := randomComment(rng, i)
		c.Removed, c.ID, c.Parent = false, fmt.Sprint("c", i), ""
		if i > 0 {
			c.Parent = fmt.Sprint("c", rng.IntN(i))
		}
		thread.Comments = append(thread.Comments, c)
		r.Judgements = append(r.Judgements, randomJudgement(rng, &c))
	}
	r.Thread = &thread
	files := memory{}
	w := NewSite(files.create)
	if err := cmp.Or(w.Write(r), w.Close()); err != nil {
		t.Fatal(err)
	}
	anchors := map[string]int{}
	for name, content := range files {
		if n := content.Len(); n > 60_000 {
			t.Errorf("%s has %d bytes", name, n)
		}
		for _, m := range regexp.MustCompile(`<li id=(c\d+)`).FindAllStringSubmatch(content.String(), -1) {
			anchors[name+"#"+m[1]]++
		}
	}
	if len(anchors) != comments || len(files) < 3*nearPages {
		t.Errorf("%d comments on %d files, want %d", len(anchors), len(files), comments)
	}
	_, links, _ := strings.Cut(files["0001-15.html"].String(), "<p class=pages>")
	links, _, _ = strings.Cut(links, "</p>")
	if n := strings.Count(links, "<a "); n != 2*nearPages+2 || !strings.HasPrefix(links, `<a href="0001.html">1–`) {
		t.Errorf("a page leads to %d others: %s", n, links)
	}
	for name, content := range files {
		for _, m := range regexp.MustCompile(`href="?([^"#>]*)(#c\d+)`).FindAllStringSubmatch(content.String(), -1) {
			if to := cmp.Or(m[1], name) + m[2]; anchors[to] != 1 {
				t.Errorf("%s: %s leads to %d comments", name, to, anchors[to])
			}
		}
	}
}

// overview is of two threads, of which one has a hostile title.
func overview() *analysis.Overview {
	o := &analysis.Overview{Total: analysis.Group{Threads: 2, Judged: 16}}
	for _, r := range []*analysis.Result{ferry(), hostile()} {
		o.Threads = append(o.Threads, analysis.Outline{Source: r.Thread.Source, Title: r.Thread.Article.Title, Judged: r.Summary.Judged(), Stance: r.Summary.Stance})
	}
	o.Sites = []analysis.Group{{Name: "<b>a</b>", Threads: 1, Judged: 8}, {Name: "", Threads: 1, Judged: 8}}
	return o
}

func overviewPage(t *testing.T, o *analysis.Overview, limit int) string {
	t.Helper()
	var b strings.Builder
	if err := overviewHTML(&b, o, limit, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOverviewPage(t *testing.T) {
	golden(t, "overview.html", bodyOf(overviewPage(t, overview(), 0)))
	if html := overviewPage(t, overview(), 1); !strings.Contains(html, "1 of 2 threads are listed.") || strings.Count(html, "\n<tr><th>") != 1 {
		t.Error("a limit of 1 doesn't list one thread and say so")
	}
	if html := overviewPage(t, &analysis.Overview{}, 0); !strings.Contains(html, "No thread was read") {
		t.Error("an overview of nothing doesn't say so")
	}
}

// TestChartFiles: every chart of a thread is a file that says what it shows.
func TestChartFiles(t *testing.T) {
	files := memory{}
	w := NewCharts(files.create)
	if err := w.Write(hostile()); err != nil {
		t.Fatal(err)
	}
	if len(files) != len(chartsOf(hostile())) {
		t.Errorf("%d files of %d charts", len(files), len(chartsOf(hostile())))
	}
	for name, content := range files {
		golden(t, name, content.String())
		if strings.Contains(content.String(), "var(--") {
			t.Errorf("%s holds custom properties, which programs other than browsers don't know", name)
		}
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Ferry: 41,000 on board": "ferry-41-000-on-board",
		"../../etc/passwd":       "etc-passwd",
		"図書館":                    "thread",
		"":                       "thread",
		"--a--":                  "a",
	} {
		if got := slug(in); got != want {
			t.Errorf("slug(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestWebAddress: only an address of the web becomes a link.
func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=c": "https://example.org/a?b=c",
		"javascript:alert(1)":       "",
		"data:text/html,x":          "",
		"//example.org":             "",
		"http:example.org":          "",
		" ":                         "",
	} {
		if got := webAddress(in); got != want {
			t.Errorf("webAddress(%q) = %q, want %q", in, got, want)
		}
	}
}
