package reports

import (
	"bytes"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
)

// TestBreakdown has a change that is clear and names that would break a page.
func TestBreakdown(t *testing.T) {
	o := hostileOverview()
	for _, key := range analysis.Keys() {
		for _, out := range BreakdownOutputs() {
			b := o.Breakdown(key)
			b.Compare()
			var w bytes.Buffer
			if err := out.Write(&w, b, 0, Options{}); err != nil {
				t.Fatal(err)
			}
			if out.Name == "json" {
				if err := validate(t, compiled(t, schemaNamed(t, "breakdown")), w.String()); err != nil {
					t.Errorf("%s: %v in %s", key, err, &w)
				}
			}
			for _, c := range []string{"\x1b", "\x07", "\u202E"} {
				if strings.Contains(w.String(), c) {
					t.Errorf("%s by %s: %q came through:\n%s", out.Name, key, c, w.String())
				}
			}
		}
	}
	b := &analysis.Breakdown{By: analysis.ByWeek, Total: o.Total, Groups: []analysis.Group{{Name: "2024-W01"}, {Name: "2024-W02"}},
		Changes: make([][corpus.NumStances]analysis.Change, 2)}
	for s := range b.Changes[0] {
		unknown := analysis.Change{Difference: compare.Unknown()}
		b.Changes[0][s], b.Changes[1][s] = unknown,
			analysis.Change{Before: "2024-W01", Difference: compare.Difference{Value: -0.12, Low: -0.2, High: -0.04, P: 0.003, Q: 0.01}}
	}
	b.Changes[1][corpus.Relativist].Q = 0.06
	want := "Of 3 changes these are more than chance, at a false discovery rate of 5 %: skeptical in 2024-W02 against 2024-W01 by −12 points [−20 to −4]; " +
		"supportive in 2024-W02 against 2024-W01 by −12 points [−20 to −4]."
	if got := breakdownWords(b); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want at the end %q", got, want)
	}
}
