package reports

import (
	"html/template"
	"io"
	"slices"
	"strings"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/internal/layout"
)

type (
	// overviewView is what a page shows of many threads.
	overviewView struct {
		Heading, Words string
		Charts         []chartView
		List           listView
		Links          []linkView // to other pages
		Tables         []*layout.TableView
		Notes          []string
	}
	// listView is the list of the threads, or a part of it.
	listView struct {
		Heading string
		Pages   []linkView // of the list, if it has several
		Days    bool       // some threads have one
		Rows    []template.HTML
	}
	// linkView leads to another page, or names this one.
	linkView struct{ Label, Href string }
	// rowView is a thread of the list.
	rowView struct {
		Href, Title string
		Dated       bool // the list has days
		Day         string
		Comments    int
		Shares      []string
	}
)

// Stances are the heads of the columns of shares.
func (listView) Stances() []string { return stanceHeads[:len(sided)] }

// overviewHTML writes an overview as a page.
func overviewHTML(w io.Writer, o *analysis.Overview, limit int, _ Options) error {
	p := newPages()
	return p.write(w, page{Title: overviewTitle(o), Body: p.overview(o, limit, nil)})
}

func overviewTitle(o *analysis.Overview) string { return "Stance report: " + overviewCounts(o) }

// overview is what a page shows of many threads: the shares of all, in words, numbers and over
// time, the list of the threads, of which no more than the limit are listed, 0 for all, and
// the tables of sites, months and authors. href is the address of the page of a thread, nil if
// they have none.
func (p *pages) overview(o *analysis.Overview, limit int, href func(int) string) template.HTML {
	return p.render("overview", p.newOverviewView(o, limit, href))
}

func (p *pages) newOverviewView(o *analysis.Overview, limit int, href func(int) string) *overviewView {
	v := &overviewView{Heading: "No thread was read", Notes: overviewNotes(o, limit)}
	if len(o.Threads) == 0 {
		return v
	}
	over := o.OverTime()
	v.Heading, v.Words, v.Charts = overviewCounts(o), breakdownWords(over), chartViews(togetherCharts(over))
	for _, t := range overviewTables(o, limit)[1:] {
		v.Tables = append(v.Tables, layout.View(t))
	}
	v.List = listView{Heading: "Threads", Days: slices.ContainsFunc(o.Threads, func(t analysis.Outline) bool { return t.Day != "" })}
	for i := range o.Threads {
		if limit > 0 && i == limit {
			break
		}
		t := &o.Threads[i]
		row := rowView{Title: outlineName(t).Text, Dated: v.List.Days, Day: t.Day, Comments: t.Judged}
		if href != nil {
			row.Href = href(i)
		}
		for _, cell := range shareCells(t.Stance, t.Compared) {
			row.Shares = append(row.Shares, strings.TrimRight(cell, " "))
		}
		v.List.Rows = append(v.List.Rows, p.render("row", row))
	}
	return v
}
