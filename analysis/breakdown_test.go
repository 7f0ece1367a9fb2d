package analysis

import (
	"fmt"
	"testing"
	"time"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

func TestChanges(t *testing.T) {
	period := func(name string, judged int, share, deviation float64) Group {
		g := Group{Name: name, Judged: judged}
		for s := range g.Stance {
			g.Stance[s] = aggregate.Undefined(0)
		}
		if judged > 0 {
			g.Stance[corpus.Skeptical] = aggregate.Share{Share: share, Low: share - 1.96*deviation, High: share + 1.96*deviation}
		}
		return g
	}
	list := changes([]Group{
		period("", 9, 0.9, 0.01), period("2024-01", 9, 0.2, 0.03), period("2024-02", 0, 0, 0), period("2024-03", 9, 0.4, 0.04), period("2024-04", 9, 0.41, 0.5),
	})
	// √(0.03² + 0.04²) is 0.05, which reaches 0.098 to each side.
	for i, want := range []string{"none", "none", "none", "2024-01 0.200 [0.102 0.298] clear", "2024-03 0.010 [-0.973 0.993]"} {
		c := &list[i][corpus.Skeptical]
		got := "none"
		if c.Known() {
			got = fmt.Sprintf("%s %.3f [%.3f %.3f]", c.Before, c.Value, c.Low, c.High)
		}
		if c.Clear() {
			got += " clear"
		}
		if got != want {
			t.Errorf("period %d: %s, want %s", i, got, want)
		}
	}
	for day, want := range map[string]string{"2024-12-30": "2025-W01", "2021-01-03": "2020-W53", "": ""} {
		if got := (&Outline{Day: day}).Week(); got != want {
			t.Errorf("%q is in %q, want %q", day, got, want)
		}
	}
}

func TestStart(t *testing.T) {
	for by, names := range map[string]map[string]string{
		ByDay:   {"2024-02-29": "2024-02-29", "": "0001-01-01"},
		ByMonth: {"2024-02": "2024-02-01", "2024-2x": "0001-01-01"},
		ByWeek:  {"2024-W01": "2024-01-01", "2020-W53": "2020-12-28", "2025-W01": "2024-12-30", "2023-W01": "2023-01-02", "": "0001-01-01"},
		BySite:  {"2024-02": "0001-01-01"},
	} {
		for name, want := range names {
			if got := (&Breakdown{By: by}).Start(name).Format(time.DateOnly); got != want {
				t.Errorf("%s %q begins on %s, want %s", by, name, got, want)
			}
		}
	}
}

// TestOverTime: the longest period of which there are four shows the course, and days where
// there are too few of all.
func TestOverTime(t *testing.T) {
	for want, days := range map[string][]string{
		ByMonth: {"2024-01-31", "2024-02-01", "2024-03-01", "2024-04-01", ""},
		ByWeek:  {"2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"},
		ByDay:   {"2024-01-01", "2024-01-02", "2024-03-03"},
	} {
		o := &Overview{}
		for _, day := range days {
			o.Threads = append(o.Threads, Outline{Day: day, Judged: 1})
		}
		o.Complete()
		if got := o.OverTime(); got.By != want {
			t.Errorf("%v are shown by %s, want %s", days, got.By, want)
		}
	}
}
