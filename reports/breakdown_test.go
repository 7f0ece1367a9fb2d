package reports

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// TestBreakdown has a change that is clear and names that would break a page.
func TestBreakdown(t *testing.T) {
	o := hostileOverview()
	for _, key := range analysis.Keys() {
		for _, out := range BreakdownOutputs() {
			b := o.Breakdown(key)
			var w bytes.Buffer
			if err := out.Write(&w, b, 0, Options{}); err != nil {
				t.Fatal(err)
			}
			for _, c := range []string{"\x1b", "\x07", "\u202E"} {
				if strings.Contains(w.String(), c) {
					t.Errorf("%s by %s: %q came through:\n%s", out.Name, key, c, w.String())
				}
			}
		}
	}
	b := &analysis.Breakdown{By: analysis.ByWeek, Total: o.Total, Groups: []analysis.Group{{Name: "2024-W01"}, {Name: "2024-W02"}}, Changes: make([][corpus.NumStances]analysis.Change, 2)}
	for s := range b.Changes[0] {
		unknown := analysis.Change{Difference: math.NaN(), Low: math.NaN(), High: math.NaN()}
		b.Changes[0][s], b.Changes[1][s] = unknown, analysis.Change{Before: "2024-W01", Difference: -0.12, Low: -0.2, High: -0.04}
	}
	b.Changes[1][corpus.Relativist].High = 0.01
	want := "Of 3 changes these have an interval without 0: skeptical in 2024-W02 against 2024-W01 by −12 points [−20 to −4]; " +
		"supportive in 2024-W02 against 2024-W01 by −12 points [−20 to −4]."
	if got := breakdownWords(b); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want at the end %q", got, want)
	}
}
