package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// hostileOverview has two threads, one with names that would break a page.
func hostileOverview() *analysis.Overview {
	share := func(n int) aggregate.Share {
		return aggregate.Share{Count: n, Share: 0.5, Low: 0.1, High: 0.9, Error: 0.2}
	}
	stances := [corpus.NumStances]aggregate.Share{share(4), share(1), share(2), share(3)}
	g := func(name string) analysis.Group {
		return analysis.Group{Name: name, Threads: 1, Judged: 10, Stance: stances, Polarity: [corpus.NumPolarities]int{5, 3, 2}}
	}
	o := &analysis.Overview{
		Threads: []analysis.Outline{
			{Source: "=cmd.csv", Title: "\x1b[2J| <b>bold</b>\n`x`", Site: "=SUM(A1)", Day: "2024-01-02", Judged: 10, Stance: stances},
			{Source: "plain.txt", ID: "t2", Judged: 10, Stance: stances},
		},
		Authors: []analysis.Group{g("@evil\u202E\x1b]0;t\x07")},
	}
	o.Complete()
	o.Threads[0].Compared[corpus.Skeptical].Differs = true
	return o
}

func written(t *testing.T, name string, limit int) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(OverviewOutputs(), name, &b, hostileOverview(), limit, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOverviewIsHarmless(t *testing.T) {
	for _, name := range []string{"text", "markdown", "json", "csv"} {
		got := written(t, name, 0)
		for _, c := range []string{"\x1b", "\x07", "\u202E"} {
			if strings.Contains(got, c) {
				t.Errorf("%s: %q came through:\n%s", name, c, got)
			}
		}
	}
	if md := written(t, "markdown", 0); strings.Contains(md, "<b>") || strings.Contains(md, " | \\<b") {
		t.Errorf("markup came through:\n%s", md)
	}
	if table := written(t, "csv", 0); strings.Contains(table, ",=") || strings.Contains(table, ",@") {
		t.Errorf("a formula came through:\n%s", table)
	}
}

func TestOverviewText(t *testing.T) {
	got := written(t, "text", 1)
	for _, want := range []string{
		"2 threads, 20 judged comments", "1 of 2 threads are listed.", "≠", "By site", "By month",
		"All comments by stance and sentiment", "Readers who wrote most",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q isn't in:\n%s", want, got)
		}
	}
	for l := range strings.Lines(got) {
		if n := len([]rune(strings.TrimRight(l, "\n"))); n > 80 {
			t.Errorf("%d columns: %s", n, l)
		}
	}
	if strings.Contains(got, "plain.txt") {
		t.Errorf("the limit doesn't hold:\n%s", got)
	}
}

func TestOverviewJSON(t *testing.T) {
	var d struct {
		Threads []struct {
			Title  string
			Stance map[string]struct{ Count int }
		}
		Total struct {
			Stance map[string]struct{ Share, Low, High float64 }
		}
		Authors []struct {
			Stance map[string]struct{ Share *float64 }
		}
	}
	if err := json.Unmarshal([]byte(written(t, "json", 1)), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Threads) != 2 || d.Threads[0].Title != "\x1b[2J| <b>bold</b>\n`x`" || d.Threads[0].Stance["skeptical"].Count != 4 {
		t.Errorf("threads are %+v", d.Threads)
	}
	if s := d.Total.Stance["skeptical"]; s.Share != 0.5 || s.Low != 0.1258 || s.High != 0.8742 { // 0.5 ± 0.4·√(¼·½ + ¾)
		t.Errorf("the share of all is %+v", s)
	}
	if d.Authors[0].Stance["none"].Share != nil {
		t.Error("an author has a share without an interval")
	}
}

func TestOverviewSchema(t *testing.T) {
	s := compiled(t, overviewSchema)
	if err := validate(t, s, written(t, "json", 1)); err != nil {
		t.Error(err)
	}
	bare := &analysis.Overview{Threads: []analysis.Outline{{Source: "empty.txt"}}, Total: analysis.Group{Threads: 1}}
	bare.Complete()
	for name, o := range map[string]*analysis.Overview{"of nothing": {}, "of a thread without comments": bare} {
		var b bytes.Buffer
		if err := Print(OverviewOutputs(), "json", &b, o, 0, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, b.String()); err != nil {
			t.Errorf("%s: %v in %s", name, err, &b)
		}
	}
	for _, wrong := range []string{`{}`, strings.Replace(written(t, "json", 1), `"judged":10`, `"judged":-1`, 1)} {
		if validate(t, s, wrong) == nil {
			t.Errorf("the schema admits %.80s", wrong)
		}
	}
}
