package reports

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
)

// monthly has a thread of a different share in each of so many months, and one without a day.
func monthly(months int) *analysis.Overview {
	o := &analysis.Overview{}
	for i := range months + 1 {
		t := analysis.Outline{Title: fmt.Sprint("Thread ", i), Judged: 10, Day: fmt.Sprintf("%d-%02d-15", 2020+i/12, 1+i%12)}
		if i == months {
			t.Day = ""
		}
		for s := range t.Stance {
			share := 0.1 + 0.01*float64(i) + 0.001*float64(s)
			t.Stance[s] = aggregate.Share{Count: i, Share: share, Low: share - 0.05, High: share + 0.07, Error: 0.03}
		}
		o.Threads = append(o.Threads, t)
	}
	o.Complete()
	return o
}

// TestTrend: the shares over time are the same figures in text, on a page, in its table for
// those who don't see the drawing, and in the SVG file.
func TestTrend(t *testing.T) {
	b := monthly(40).Breakdown(analysis.ByMonth)
	forms := map[string]string{}
	for _, out := range BreakdownOutputs() {
		var w bytes.Buffer
		if err := out.Write(&w, b, 1, Options{Plot: true}); err != nil {
			t.Fatal(err)
		}
		forms[out.Name] = w.String()
	}
	files := memory{}
	if err := BreakdownCharts(files.create, b); err != nil {
		t.Fatal(err)
	}
	svg := files["all-by-month.svg"]
	if svg == nil || files["all-shares.svg"] == nil {
		t.Fatalf("the files are %v", files)
	}
	page := forms["html"]
	forms["svg"], forms["rows"] = svg.String(), page[strings.LastIndex(page, "The numbers behind it"):]
	forms["rows"] = forms["rows"][:strings.Index(forms["rows"], "</table>")]
	for i, g := range b.Groups {
		for _, s := range sided {
			share, interval := percent(g.Stance[s].Share), bounds(g.Stance[s])
			drawn := map[string]string{
				"text": fmt.Sprintf("(?m)^%s .*●.* %s  %s$", g.Name, share, regexp.QuoteMeta(interval)),
				"html": fmt.Sprintf("<title>%s: %s %s<", g.Name, share, regexp.QuoteMeta(interval)),
				"svg":  fmt.Sprintf("<title>%s: %s %s<", g.Name, share, regexp.QuoteMeta(interval)),
				"rows": fmt.Sprintf("<td>%s<td>.*%s %s", g.Name, share, regexp.QuoteMeta(interval)),
			}
			for form, pattern := range drawn {
				// The first group has no month, and the last 36 of 40 are drawn.
				if got := regexp.MustCompile(pattern).MatchString(forms[form]); got != (i > 4) {
					t.Errorf("%s: %s %s of %q is drawn: %t", form, share, interval, g.Name, got)
				}
			}
		}
	}
	if !strings.Contains(page, "The last 36 of 40 are shown.") || !strings.Contains(forms["text"], "The last 36 of 40 months are drawn.") {
		t.Error("nothing says that not all months are drawn")
	}
	for l := range strings.Lines(forms["text"]) {
		if n := len([]rune(strings.TrimRight(l, "\n"))); n > 80 {
			t.Errorf("%d columns: %s", n, l)
		}
	}
	for name, b := range map[string]*analysis.Breakdown{"one month": monthly(1).Breakdown(analysis.ByMonth), "sites": monthly(3).Breakdown(analysis.BySite)} {
		if list := togetherCharts(b); len(list) != 1 {
			t.Errorf("%s: %d charts, want that of all together", name, len(list))
		}
	}
	if list := togetherCharts((&analysis.Overview{}).Breakdown(analysis.ByMonth)); list != nil {
		t.Errorf("%d charts of nothing", len(list))
	}
}
