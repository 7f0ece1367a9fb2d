package reports

import (
	"html/template"
	"net/url"
	"regexp"

	"stance.example/stance/analysis"
	"stance.example/stance/reports/account"
	"stance.example/stance/reports/internal/chart"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

// The views are what the templates print: clean strings, and drawings that escaped
// theirs.
type (
	threadView struct {
		ID       string // before the anchors of the thread
		Title    string
		Counts   string
		Facts    []factView
		Summary  summaryView
		Lead     *chartView // beside the words, nil without a judged comment
		Charts   []chartView
		Tables   []*layout.TableView // that have no chart
		Comments []commentView
		Pages    []linkView // of the comments, if they have several
		Notes    []string
	}
	factView struct{ Label, Value, Href string }
	// chartView is a chart and, behind it, its table, or a table that is the chart.
	chartView struct {
		Title, Caption string
		SVG            template.HTML
		Table          layout.TableView
		Heat           []heatRow
	}
	heatRow struct {
		Head  string
		Cells []heatCell
	}
	heatCell struct {
		Text  string
		Shade int
	}
)

// addresses are those of a thread's comments by their indices.
type addresses func(i int) string

// here are the addresses of comments on the same page, whose anchors begin with id.
func here(id string) addresses { return func(i int) string { return "#" + anchor(id, i) } }

func newThreadView(r *analysis.Result, id string) threadView {
	v := newFrontView(r, id, here(id))
	v.Comments = commentViews(r, id, all(len(r.Thread.Comments)), here(id))
	return v
}

// newFrontView is the view of a thread without its comments.
func newFrontView(r *analysis.Result, id string, at addresses) threadView {
	v := threadView{
		ID:      id,
		Title:   Title(r.Thread),
		Counts:  counts(r),
		Facts:   factViews(r),
		Summary: newSummaryView(r, account.Normal, at),
		Notes:   limits(r),
	}
	v.Charts = chartViews(chartsOf(r))
	if len(v.Charts) > 0 {
		v.Lead, v.Charts = &v.Charts[0], v.Charts[1:]
	}
	tables := []table{auditTable(r), sensitivityTable(r), authorTable(r)}
	if x := r.Examination; x != nil {
		tables = append(tables, threadTopics(r), measureTable(&x.Structure))
	}
	for _, t := range tables {
		if len(t.Rows) > 0 {
			v.Tables = append(v.Tables, layout.View(t))
		}
	}
	return v
}

func chartViews(charts []chart.Chart) []chartView {
	views := make([]chartView, len(charts))
	for i := range charts {
		views[i] = newChartView(&charts[i])
	}
	return views
}

// newChartView is the view of a chart.
func newChartView(c *chart.Chart) chartView {
	v := chartView{Title: c.Title, Caption: c.Caption, Table: plainTable(c.Table)}
	if c.Shades == nil {
		v.SVG = template.HTML(bare.ReplaceAllString(c.Inline(c.Title), "=$1 "))
	}
	for i, shades := range c.Shades {
		row := heatRow{Head: c.Table.Rows[i][0]}
		for k, shade := range shades {
			row.Cells = append(row.Cells, heatCell{c.Table.Rows[i][k+1], shade})
		}
		v.Heat = append(v.Heat, row)
	}
	return v
}

// bare is the value of an attribute before another one that needs no quotation marks in HTML.
// Those of a text are escaped.
var bare = regexp.MustCompile(`="([^"\s=<>'\x60]+)" `)

// all are the indices of a list of so many.
func all(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func cleanLines(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = clean.Line(s)
	}
	return out
}

// factViews are the facts of the article, with the address of the page as a link.
func factViews(r *analysis.Result) []factView {
	var list []factView
	a := &r.Thread.Article
	if s := clean.Line(a.Site); s != "" {
		list = append(list, factView{Label: "Site", Value: s})
	}
	if s := clean.Line(a.URL); s != "" {
		list = append(list, factView{Label: "Address", Value: s, Href: webAddress(s)})
	}
	if s := clean.Line(a.Published); s != "" {
		list = append(list, factView{Label: "Published", Value: s})
	}
	for _, f := range labelledFacts(r) {
		list = append(list, factView{Label: f.label, Value: f.value})
	}
	return list
}

// webAddress returns an address that is safe to follow, "" for any other.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func plainTable(t chart.Table) layout.TableView {
	v := layout.TableView{}
	for i, s := range t.Head {
		v.Head = append(v.Head, layout.Cell{Text: s, Number: i > 0 && len(t.Rows) > 0 && numeric(t.Rows[0][i])})
	}
	for _, row := range t.Rows {
		cells := make([]layout.Cell, len(row))
		for i, s := range row {
			cells[i] = layout.Cell{Text: s, Number: i > 0 && numeric(s)}
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

// numeric reports whether a cell begins like a number, an interval or a missing one.
func numeric(s string) bool {
	return s == undefined || s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '[' || s[0] == '+' || s[0] == '-')
}
