package analysis_test

import (
	"math"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// outline has a share of skeptical comments in the middle of its interval, and the rest
// none.
func outline(site, day string, judged, skeptical int, low, high float64) analysis.Outline {
	o := analysis.Outline{Source: "f", Site: site, Day: day, Judged: judged}
	if judged == 0 {
		for s := range o.Stance {
			o.Stance[s] = aggregate.Undefined(0)
		}
		return o
	}
	share, err := (low+high)/2, (high-low)/4
	o.Stance[corpus.Skeptical] = aggregate.Share{Count: skeptical, Share: share, Low: low, High: high, Error: err}
	o.Stance[corpus.None] = aggregate.Share{Count: judged - skeptical, Share: 1 - share, Low: 1 - high, High: 1 - low, Error: err}
	return o
}

// By hand: 30 comments with 0.4 ± 0.2 and 10 with 0.8 ± 0.2 have 0.75·0.4 + 0.25·0.8 = 0.5
// together; the distances are 0.15 and 0.05, and the interval reaches
// √((1−ρ)·(0.15² + 0.05²) + ρ·0.2²) to each side. Of all, the third thread with 0.3 ± 0.1
// adds a distance of a third of that.
func TestComplete(t *testing.T) {
	o := &analysis.Overview{
		Threads: []analysis.Outline{
			outline("north", "2024-01-05", 30, 12, 0.2, 0.6),
			outline("", "", 0, 0, 0, 0),
			outline("north", "2024-02-01", 10, 8, 0.6, 1),
			outline("south", "", 20, 2, 0.2, 0.4),
		},
		Authors: []analysis.Group{{Name: "Ann", Threads: 3, Judged: 5, Stance: [corpus.NumStances]aggregate.Share{{Count: 5}}}},
	}
	o.Complete()
	within := func(x float64, distances ...float64) (low, high float64) {
		const rho = 0.75
		sum, squares := 0.0, 0.0
		for _, d := range distances {
			sum += d
			squares += d * d
		}
		half := math.Sqrt((1-rho)*squares + rho*sum*sum)
		return x - half, x + half
	}
	northLow, northHigh := within(0.5, 0.15, 0.05)
	allLow, allHigh := within((30*0.4+10*0.8+20*0.3)/60, 0.1, 0.1/3, 0.1/3)
	for _, c := range []struct {
		name             string
		got              aggregate.Share
		share, low, high float64
	}{
		{"north", o.Sites[1].Stance[corpus.Skeptical], 0.5, northLow, northHigh},
		{"south", o.Sites[2].Stance[corpus.Skeptical], 0.3, 0.2, 0.4},
		{"January", o.Months[1].Stance[corpus.Skeptical], 0.4, 0.2, 0.6},
		{"all", o.Total.Stance[corpus.Skeptical], (30*0.4 + 10*0.8 + 20*0.3) / 60, allLow, allHigh},
	} {
		if math.Abs(c.got.Share-c.share) > 1e-9 || math.Abs(c.got.Low-c.low) > 1e-9 || math.Abs(c.got.High-c.high) > 1e-9 {
			t.Errorf("%s: got %+v, want %v [%v, %v]", c.name, c.got, c.share, c.low, c.high)
		}
	}
	if s := o.Total; s.Judged != 60 || s.Threads != 4 || s.Stance[corpus.Skeptical].Count != 22 || o.Sites[1].Judged != 40 {
		t.Errorf("all are %+v", s)
	}
	if s := o.Sites[0].Stance[corpus.Skeptical]; !math.IsNaN(s.Share) || !math.IsNaN(s.Low) {
		t.Errorf("a site without a judged comment has the share %+v", s)
	}
	if c := o.Threads[1].Compared[0]; !math.IsNaN(c.Pooled) || c.Differs {
		t.Errorf("a thread without a judged comment is compared: %+v", c)
	}
	if !(o.Sites[1].Compared[0].Pooled > o.Sites[2].Compared[0].Pooled) {
		t.Errorf("north %+v isn't above south %+v", o.Sites[1].Compared[0], o.Sites[2].Compared[0])
	}
	if s := o.Authors[0].Stance[corpus.Skeptical]; s.Count != 5 || !math.IsNaN(s.Share) {
		t.Errorf("an author has the share %+v", s)
	}
}

// Where one of many threads is of another kind, it is marked, and only it.
func TestCompleteMarksWhatDiffers(t *testing.T) {
	o := &analysis.Overview{}
	for range 11 {
		o.Threads = append(o.Threads, outline("", "", 100, 40, 0.3, 0.5))
	}
	o.Threads = append(o.Threads, outline("", "", 100, 100, 0.95, 1))
	o.Complete()
	for i := range o.Threads {
		if got := o.Threads[i].Compared[corpus.Skeptical].Differs; got != (i == 11) {
			t.Errorf("thread %d: differs is %v", i, got)
		}
	}
}
