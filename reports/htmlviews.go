package reports

import (
	"html/template"
	"iter"
	"net/url"
	"regexp"
	"slices"

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
		Facts    []fact
		Summary  template.HTML
		Lead     *chartView // beside the words, nil without a judged comment
		Charts   []chartView
		Tables   []*layout.TableView // that have no chart
		Comments iter.Seq[commentView]
		Pages    []linkView // of the comments, if they have several
		Notes    []string
	}
	// chartView is a chart and its table: behind the drawing, or drawn on row by row, or shaded.
	chartView struct {
		*chart.Chart
		SVG   template.HTML
		Table *layout.TableView
	}
)

// addresses are those of a thread's comments by their indices.
type addresses func(i int) string

// here are the addresses of comments on the same page, whose anchors begin with id.
func here(id string) addresses { return func(i int) string { return "#" + anchor(id, i) } }

// newThreadView is the view of a thread with its comments, of which those have an anchor to which something on the page
// leads. The script gives one to the others.
func newThreadView(r *analysis.Result, id string) threadView {
	led := make([]bool, len(r.Thread.Comments))
	v := newFrontView(r, id, func(i int) string {
		led[i] = true
		return here(id)(i)
	})
	tree := newPlaces(r.Thread.Comments)
	for _, p := range tree.parent {
		if p >= 0 {
			led[p] = true
		}
	}
	v.Comments = func(yield func(commentView) bool) {
		for c := range commentViews(r, tree, id, all(len(r.Thread.Comments)), here(id)) {
			if !led[c.Number-1] {
				c.ID = ""
			}
			if !yield(c) {
				return
			}
		}
	}
	return v
}

// newFrontView is the view of a thread without its comments, which have those addresses.
func newFrontView(r *analysis.Result, id string, at addresses) threadView {
	byID := map[string]int{}
	for i := range r.Thread.Comments {
		byID[r.Thread.Comments[i].ID] = i
	}
	summary := account.Of(r, account.Normal)
	summary.Paragraphs = slices.DeleteFunc(summary.Paragraphs, func(p account.Paragraph) bool { return p.Topic == account.Limits }) // as in the notes
	told := prose(summary, func(id string) string { return at(byID[id]) })
	v := threadView{
		ID:      id,
		Title:   Title(r.Thread),
		Counts:  counts(r),
		Facts:   factViews(r),
		Summary: layout.Section(told, 3),
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
		if !t.Empty() {
			v.Tables = append(v.Tables, layout.View(t))
		}
	}
	return v
}

func chartViews(charts []chart.Chart) []chartView {
	views := make([]chartView, len(charts))
	for i := range charts {
		c := &charts[i]
		v := chartView{Chart: c, Table: layout.View(c.Table)}
		for k, row := range v.Table.Rows {
			if c.Kind != "" {
				row[0].Drawing = unquoted(c.Row(k))
			}
			if c.Shades != nil {
				for n, shade := range c.Shades[k] {
					row[n+1].Shade = shade
				}
			}
		}
		if c.Kind == "" && c.Shades == nil {
			v.SVG = unquoted(c.Inline(c.Title))
		}
		views[i] = v
	}
	return views
}

// unquoted is a drawing without the quotation marks that HTML doesn't need.
func unquoted(svg string) template.HTML { return template.HTML(bare.ReplaceAllString(svg, "=$1 ")) }

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
func factViews(r *analysis.Result) []fact {
	a := &r.Thread.Article
	list := []fact{{Label: "Site", Value: clean.Line(a.Site)}, {"Address", clean.Line(a.URL), webAddress(clean.Line(a.URL))},
		{Label: "Published", Value: clean.Line(a.Published)}}
	return slices.DeleteFunc(append(list, facts(r)...), func(f fact) bool { return f.Value == "" })
}

// webAddress returns an address that is safe to follow, "" for any other.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
