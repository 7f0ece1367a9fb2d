package reports

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/chart"
	"stance.example/stance/reports/internal/layout"
)

// The page is one template, one style and one script. The style and the script stand
// in the page itself or, where many pages share them, beside it; it asks nothing of any host.
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
	shared    bool // they are files beside the pages
}

func newPages() *pages {
	return &pages{
		templates: template.Must(layout.Templates().ParseFS(web, "web/*.html")),
		style: "\n:root{color-scheme:light dark;" + chart.Properties(false) + "}\n" +
			"@media screen and (prefers-color-scheme:dark){:root{" + chart.Properties(true) + "}}\n" +
			chart.Style() + webFile("style.css"),
		script: "\n" + webFile("script.js"),
	}
}

// newPicture is charts in a page and lines in a terminal.
func newPicture(charts []chart.Chart, lines func(width int) []line) layout.Picture {
	p := layout.Picture{Lines: lines}
	if charts != nil {
		p.HTML = func(level int) template.HTML {
			return template.HTML(fmt.Sprintf("<h%[1]d>In numbers</h%[1]d>\n%s\n", level, newPages().render("grid", chartViews(charts))))
		}
	}
	return p
}

// page is a whole document.
type page struct {
	Title  string
	Policy template.HTMLAttr
	Shared bool // style and script are files
	Style  template.CSS
	Script template.JS
	Back   string // address of the index, "" if there is none
	Body   template.HTML
}

// write writes a document around its body.
func (p *pages) write(w io.Writer, d page) error {
	if _, err := io.WriteString(w, p.document(d)); err != nil {
		return fmt.Errorf("writing HTML: %w", err)
	}
	return nil
}

// document is a document around its body.
func (p *pages) document(d page) string {
	// Nothing may be loaded, sent or run but the style and the script of this very page, or
	// of the folder it lies in.
	style, script := "'self'", "'self'"
	if d.Shared = p.shared; !d.Shared {
		d.Style, d.Script = template.CSS(p.style), template.JS(p.script)
		style, script = digest(p.style), digest(p.script)
	}
	d.Policy = template.HTMLAttr(fmt.Sprintf(`content="default-src 'none';style-src %s;script-src %s;base-uri 'none';form-action 'none'"`, style, script))
	return string(p.render("page.html", d))
}

// around are what stands before the body of a document and behind it.
func (p *pages) around(d page) (before, after string) {
	d.Body = "<!-- body -->" // which no other part can hold
	before, after, _ = strings.Cut(p.document(d), string(d.Body))
	return before, after
}

// digest names a text in a Content-Security-Policy.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// render renders a template.
func (p *pages) render(name string, view any) template.HTML {
	return layout.Render(p.templates, name, view)
}

// htmlWriter writes all threads on one page, after what several come to together. It keeps
// them packed until it is closed, because that comes first.
type htmlWriter struct {
	w      io.Writer
	pages  *pages
	all    analysis.Overview
	packed bytes.Buffer
	packer *flate.Writer // to packed
	title  string        // of the last thread
}

func newHTML(w io.Writer, _ Options) Writer {
	h := &htmlWriter{w: w, pages: newPages()}
	h.packer, _ = flate.NewWriter(&h.packed, flate.BestSpeed) // it fails for other levels only
	return h
}

// Write implements Writer.
func (h *htmlWriter) Write(r *analysis.Result) error {
	h.all.Add(r)
	layout.RenderTo(h.packer, h.pages.templates, "thread.html", newThreadView(r, threadAnchor(len(h.all.Threads)-1)))
	h.title = Title(r.Thread)
	return nil
}

// threadAnchor is the anchor of the thread at an index on a page of several.
func threadAnchor(i int) string { return fmt.Sprintf("t%d", i+1) }

// Close implements Writer.
func (h *htmlWriter) Close() error {
	title, together := h.title, template.HTML("")
	if len(h.all.Threads) != 1 {
		h.all.Complete()
		title, together = overviewTitle(&h.all), h.pages.overview(&h.all, 0, func(i int) string { return "#" + threadAnchor(i) })
	}
	if err := h.packer.Close(); err != nil {
		return fmt.Errorf("packing the threads: %w", err)
	}
	before, after := h.pages.around(page{Title: title})
	parts := io.MultiReader(strings.NewReader(before+string(together)), flate.NewReader(&h.packed), strings.NewReader(after))
	if _, err := io.Copy(h.w, parts); err != nil {
		return fmt.Errorf("writing HTML: %w", err)
	}
	return nil
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
		if err := c.create.write(fmt.Sprintf("%04d-%s-%s.svg", c.n, slug(Title(r.Thread)), drawing.Name), drawing.Standalone()); err != nil {
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
