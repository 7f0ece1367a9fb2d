package reports

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/chart"
)

// The page is one template, one style and one script. The style and the script stand
// in the page itself, which asks nothing of any host.
//
//go:embed web
var web embed.FS

// webFile returns an embedded file.
func webFile(name string) string {
	content, err := web.ReadFile("web/" + name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(content)
}

// pages renders the parts of the HTML report.
type pages struct {
	templates *template.Template
	style     string
	script    string
}

func newPages() *pages {
	return &pages{
		templates: template.Must(template.ParseFS(web, "web/*.html")),
		style: "\n:root{color-scheme:light dark;" + chart.Properties(false) + "}\n" +
			"@media screen and (prefers-color-scheme:dark){:root{" + chart.Properties(true) + "}}\n" +
			chart.Style() + webFile("style.css"),
		script: "\n" + webFile("script.js"),
	}
}

// page is a whole document.
type page struct {
	Title  string
	Policy string
	Style  template.CSS
	Script template.JS
	Index  *indexView // nil on a page of one thread
	Back   string     // address of the index, "" if there is none
	Body   template.HTML
}

// write writes a document around its body.
func (p *pages) write(w io.Writer, d page) error {
	d.Style, d.Script = template.CSS(p.style), template.JS(p.script)
	// Nothing may be loaded, sent or run but the style and the script of this very page.
	d.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
		digest(p.style), digest(p.script))
	if err := p.templates.ExecuteTemplate(w, "page.html", d); err != nil {
		return fmt.Errorf("writing HTML: %w", err)
	}
	return nil
}

// digest names a text in a Content-Security-Policy.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// thread renders one thread as a part of a page, with id before the anchors in it.
func (p *pages) thread(r *analysis.Result, id string) (template.HTML, error) {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, "thread.html", newThreadView(r, id)); err != nil {
		return "", fmt.Errorf("rendering %s: %w", r.Thread.Source, err)
	}
	return template.HTML(b.String()), nil
}

// htmlWriter writes all threads on one page, with an index if there are several. It
// keeps them until it is closed, because the index comes first.
type htmlWriter struct {
	w     io.Writer
	pages *pages
	index indexView
	body  strings.Builder
}

func newHTML(w io.Writer, _ Options) Writer { return &htmlWriter{w: w, pages: newPages()} }

// Write implements Writer.
func (h *htmlWriter) Write(r *analysis.Result) error {
	id := fmt.Sprintf("t%d", len(h.index.Rows)+1)
	part, err := h.pages.thread(r, id)
	if err != nil {
		return err
	}
	h.body.WriteString(string(part))
	h.index.add(r, "#"+id)
	return nil
}

// Close implements Writer.
func (h *htmlWriter) Close() error {
	d := page{Title: h.index.title(), Body: template.HTML(h.body.String())}
	if len(h.index.Rows) != 1 {
		d.Index = &h.index
	}
	return h.pages.write(h.w, d)
}

// Create opens a file of a site by its name, which has no directory in it.
type Create func(name string) (io.WriteCloser, error)

// site writes a page for each thread and an index of them.
type site struct {
	create Create
	pages  *pages
	index  indexView
}

// NewSite returns a writer that writes each thread to a page of its own and, when it
// is closed, index.html with small charts and a table of all of them.
func NewSite(create Create) Writer { return &site{create: create, pages: newPages()} }

// Write implements Writer.
func (s *site) Write(r *analysis.Result) error {
	name := fmt.Sprintf("%04d-%s.html", len(s.index.Rows)+1, slug(Title(r.Thread)))
	body, err := s.pages.thread(r, "t1")
	if err != nil {
		return err
	}
	s.index.add(r, name)
	return s.file(name, page{Title: Title(r.Thread), Back: "index.html", Body: body})
}

// Close implements Writer.
func (s *site) Close() error {
	return s.file("index.html", page{Title: s.index.title(), Index: &s.index})
}

func (s *site) file(name string, d page) error {
	w, err := s.create(name)
	if err != nil {
		return err
	}
	if err := s.pages.write(w, d); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// chartFiles writes each chart of each thread to a file of its own.
type chartFiles struct {
	create Create
	n      int // threads so far
}

// NewCharts returns a writer of the charts alone, as SVG files; it shows the parts
// Charted of the closer look.
func NewCharts(create Create) Writer { return &chartFiles{create: create} }

// Write implements Writer.
func (c *chartFiles) Write(r *analysis.Result) error {
	c.n++
	for _, drawing := range chartsOf(r) {
		if err := writeChart(c.create, fmt.Sprintf("%04d-%s-%s", c.n, slug(Title(r.Thread)), drawing.Name), &drawing); err != nil {
			return err
		}
	}
	return nil
}

// Close implements Writer.
func (c *chartFiles) Close() error { return nil }

// slug turns a title into a part of a file name: small letters, digits and hyphens.
func slug(title string) string {
	const most = 48
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= most {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "thread"
}
