package reports

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"iter"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/layout"
)

// Create opens a file of a site by its name, which has no directory in it.
type Create func(name string) (io.WriteCloser, error)

// write writes a file.
func (c Create) write(name, content string) error {
	w, err := c(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, content)
	if err = cmp.Or(err, w.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// site writes a page for each thread and an index of them, which share a style and a script.
type site struct {
	create Create
	pages  *pages
	all    analysis.Overview
}

// The files of a site beside the pages of threads.
const (
	siteIndex  = "index.html"
	siteTables = "tables.html"
	siteStyle  = "stance.css"
	siteScript = "stance.js"
)

// NewSite returns a writer that writes each thread to a page of its own and, when it is
// closed, index.html with the shares of all, in words, numbers and over time, and a list of
// the threads.
func NewSite(create Create) Writer {
	p := newPages()
	p.shared = true
	return &site{create: create, pages: p}
}

// threadPage is the name of the page of the thread at an index.
func threadPage(i int) string { return fmt.Sprintf("%04d.html", i+1) }

// listPage is that of a page of the list of threads.
func listPage(i int) string {
	if i == 0 {
		return "threads.html"
	}
	return fmt.Sprintf("threads-%d.html", i+1)
}

// Write implements Writer. Comments that have no room on the page of the thread go on on
// others.
func (s *site) Write(r *analysis.Result) error {
	number := len(s.all.Threads)
	s.all.Add(r)
	view := newThreadView(r, siteAnchor)
	var body measured
	layout.RenderTo(&body, s.pages.templates, "thread.html", view)
	if body.size+shell <= mostOfPage {
		return s.file(threadPage(number), page{Title: view.Title, Back: siteIndex, Body: template.HTML(body.kept.String())})
	}
	pages, pageOf := s.cut(view.Comments, body.size)
	tree := newPlaces(r.Thread.Comments)
	for p, indices := range pages {
		at := func(i int) string {
			if pageOf[i] == p {
				return here(siteAnchor)(i)
			}
			return commentsPage(number, pageOf[i]) + here(siteAnchor)(i)
		}
		v, name := threadView{Title: view.Title}, "rest"
		if p == 0 {
			v, name = newFrontView(r, siteAnchor, at), "thread.html"
		}
		v.Comments, v.Pages = commentViews(r, tree, siteAnchor, indices, at), pageLinks(pages, p, func(p int) string { return commentsPage(number, p) })
		if err := s.file(commentsPage(number, p), page{Title: view.Title, Back: siteIndex, Body: s.pages.render(name, v)}); err != nil {
			return err
		}
	}
	return nil
}

// measured is the size of what is written to it, which it keeps as far as a page has room.
type measured struct {
	kept strings.Builder
	size int
}

// Write implements io.Writer.
func (m *measured) Write(p []byte) (int, error) {
	if m.size += len(p); m.size <= mostOfPage {
		m.kept.Write(p)
	}
	return len(p), nil
}

// siteAnchor begins the anchors of comments, of which a page has those of one thread.
const siteAnchor = ""

// commentsPage is the name of a page of the comments of the thread at an index.
func commentsPage(thread, page int) string {
	if page == 0 {
		return threadPage(thread)
	}
	return fmt.Sprintf("%04d-%d.html", thread+1, page+1)
}

// cut spreads comments over pages: it returns those of each page, and the page of each. Size is that of all of them on one
// page.
func (s *site) cut(comments iter.Seq[commentView], size int) (pages [][]int, pageOf []int) {
	var sizes []int
	for c := range comments {
		const link = 24 // bytes that addresses on other pages take more
		n := len(s.pages.render("comment", c))
		sizes, size = append(sizes, n+link), size-n
	}
	pages = split(sizes, mostOfPage-shell-size, mostOfPage-2*shell)
	pageOf = make([]int, len(sizes))
	for p, indices := range pages {
		for _, i := range indices {
			pageOf[i] = p
		}
	}
	return pages, pageOf
}

// split puts what has those sizes on as few pages as there is room for, of which the first has another room than the rest.
func split(sizes []int, first, rest int) [][]int {
	pages, room := [][]int{nil}, first
	for i, n := range sizes {
		if room -= n; room < 0 && i > 0 {
			pages, room = append(pages, nil), rest-n
		}
		last := &pages[len(pages)-1]
		*last = append(*last, i)
	}
	return pages
}

// mostOfPage is the size in bytes that a page of the index reaches, and shell what is around
// a list; mostLarge is how many threads the index names where it has no room for all.
const (
	mostOfPage = 60_000
	shell      = 2_500
	mostLarge  = 20
)

// Close implements Writer.
func (s *site) Close() error {
	s.all.Complete()
	v := s.pages.newOverviewView(&s.all, 0, threadPage)
	title := overviewTitle(&s.all)
	if v.Tables != nil {
		if err := s.tables(title, overviewTables(&s.all, 0)[1:]); err != nil {
			return err
		}
		v.Tables, v.Links = nil, []linkView{{"Tables by stance, site, month and author", siteTables}}
	}
	index := s.pages.render("overview", v)
	if len(index)+shell > mostOfPage {
		if err := s.list(title, &v.List); err != nil {
			return err
		}
		index = s.pages.render("overview", v)
	}
	if err := s.file(siteIndex, page{Title: title, Body: index}); err != nil {
		return err
	}
	return cmp.Or(s.create.write(siteStyle, s.pages.style), s.create.write(siteScript, s.pages.script))
}

// list writes the list on pages of its own, and leaves of it the threads with the most
// comments.
func (s *site) list(title string, v *listView) error {
	sizes := make([]int, len(v.Rows))
	for i, row := range v.Rows {
		sizes[i] = len(row)
	}
	parts := split(sizes, mostOfPage-shell, mostOfPage-shell)
	for i, part := range parts {
		rows := v.Rows[part[0] : part[len(part)-1]+1]
		list := listView{Heading: v.Heading, Days: v.Days, Rows: rows, Pages: pageLinks(parts, i, listPage)}
		if err := s.file(listPage(i), page{Title: title, Back: siteIndex, Body: s.pages.render("list", list)}); err != nil {
			return err
		}
	}
	order := all(len(s.all.Threads))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.all.Threads[b].Judged, s.all.Threads[a].Judged) })
	rows := make([]template.HTML, mostLarge)
	for i := range rows {
		rows[i] = v.Rows[order[i]]
	}
	v.Heading, v.Rows = "Threads with the most comments", rows
	v.Pages = []linkView{{fmt.Sprintf("All %d threads, to sort and search", len(order)), listPage(0)}}
	return nil
}

// nearPages is how many pages before and behind it a page leads to, beside the first and the last.
const nearPages = 10

// pageLinks lead from one of the pages of a list to others; nil of a single one.
func pageLinks(pages [][]int, from int, name func(page int) string) []linkView {
	if len(pages) == 1 {
		return nil
	}
	var links []linkView
	first := 1
	for i, items := range pages {
		if i == 0 || i == len(pages)-1 || max(i-from, from-i) <= nearPages {
			link := linkView{Label: fmt.Sprintf("%d–%d", first, first+len(items)-1)}
			if i != from {
				link.Href = name(i)
			}
			links = append(links, link)
		}
		first += len(items)
	}
	return links
}

// tables writes the page of the tables.
func (s *site) tables(title string, tables []table) error {
	body := layout.Section(append(layout.Document{layout.Heading{Text: "Tables"}}, layout.Tables(tables...)...), 1)
	return s.file(siteTables, page{Title: title, Back: siteIndex, Body: body})
}

// file writes a page.
func (s *site) file(name string, d page) error { return s.create.write(name, s.pages.document(d)) }
