package aggregate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"stance/corpus"
)

// TestJeffreys compares the interval of independent comments with certain labels
// with quantiles of the Beta distributions that Jeffreys' prior gives, worked out
// elsewhere: the share of a stance with x of n comments is Beta(x+1/2, n-x+3/2).
func TestJeffreys(t *testing.T) {
	cases := []struct {
		name, reason string
		count, of    int
		low, high    float64
	}{
		{"half of 100", "close to the textbook interval", 50, 100, 0.3988, 0.5915},
		{"nobody of 20", "an upper bound for what was never seen", 0, 20, 0.0000, 0.1115},
		{"all of 20", "and a lower one for what was seen always", 20, 20, 0.7982, 0.9948},
		{"four of six", "wide, as six comments deserve", 4, 6, 0.2345, 0.8611},
	}
	for _, c := range cases {
		list := many(c.of, corpus.None)
		for i := range c.count {
			list[i].Stance = corpus.Skeptical
		}
		got := simulate(branched(list...), Reliability{}, 200_000)[corpus.Skeptical]
		const monteCarlo = 0.002
		if math.Abs(got.low-c.low) > monteCarlo || math.Abs(got.high-c.high) > monteCarlo {
			t.Errorf("%s (%s): [%.4f, %.4f], want about [%.4f, %.4f]", c.name, c.reason, got.low, got.high, c.low, c.high)
		}
	}
}

func TestSettle(t *testing.T) {
	cases := []struct {
		name, reason string
		drawn        interval
		count, of    int
		fitted       bool
		want         interval
	}{
		{"near the ends", "an end within half a comment is the end", interval{0.02, 0.98}, 5, 10, true, interval{0, 1}},
		{"not so near", "more than half a comment is not rounded away", interval{0.06, 0.94}, 5, 10, true, interval{0.06, 0.94}},
		{"count just outside", "half a comment is finer than the data", interval{0.24, 0.6}, 2, 10, true, interval{0.2, 0.6}},
		{"count outside", "the classifier is known to err, so the doubt is shown", interval{0.3, 0.6}, 2, 10, true, interval{0.3, 0.6}},
		{"count above", "as on the other side", interval{0.3, 0.6}, 8, 10, true, interval{0.3, 0.6}},
		{"nothing known", "without a reliability nothing speaks against the count", interval{0.3, 0.6}, 2, 10, false, interval{0.2, 0.6}},
		{"nothing known above", "as on the other side", interval{0.3, 0.6}, 8, 10, false, interval{0.3, 0.8}},
	}
	for _, c := range cases {
		var got interval
		got.low, got.high = c.drawn.settle(float64(c.count)/float64(c.of), c.of, c.fitted)
		if got != c.want {
			t.Errorf("%s (%s): %v, want %v", c.name, c.reason, got, c.want)
		}
	}
}

// TestClusteringWidens compares a thread with the same thread written by fewer
// readers, or in fewer branches: less is known, so the interval is wider.
func TestClusteringWidens(t *testing.T) {
	width := func(authors, branches int) float64 {
		var list []Observation
		for i := range 60 {
			list = append(list, Observation{
				Author: fmt.Sprint(i % authors), Branch: i % branches,
				Stance: corpus.Stance(i % 6 % 2), // equal within an author and a branch
			})
		}
		s := Summarise(list, Reliability{}).Stance[corpus.Skeptical]
		return s.High - s.Low
	}
	independent := width(60, 60)
	if got := width(6, 60); got < 1.5*independent {
		t.Errorf("six authors: width %.3f, independent %.3f", got, independent)
	}
	if got := width(60, 6); got < 1.5*independent {
		t.Errorf("six branches: width %.3f, independent %.3f", got, independent)
	}
}

// TestUnknownAuthorsClusterByBranch: without names a branch is the best guess at
// who hangs together.
func TestUnknownAuthorsClusterByBranch(t *testing.T) {
	list := []Observation{{Branch: 1}, {Branch: 1}, {Branch: 2}, {Author: "ana", Branch: 1}, {Author: "ana", Branch: 2}}
	got := clusterings(list)[0].of
	want := []int{0, 0, 1, 2, 2}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("clusters %v, want %v", got, want)
		}
	}
}

func TestDeterministic(t *testing.T) {
	if a, b := Summarise(sixByFour(), someReliability()), Summarise(sixByFour(), someReliability()); a.Stance != b.Stance {
		t.Errorf("two runs differ: %v, %v", a.Stance, b.Stance)
	}
}

// TestBoundsAreOrdered holds for any thread and any reliability.
func TestBoundsAreOrdered(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		r := Reliability{}
		if rng.IntN(3) > 0 {
			for i := range r.Alpha {
				for k := range r.Alpha[i] {
					r.Alpha[i][k] = math.Exp(8*rng.Float64() - 4)
				}
			}
		}
		var list []Observation
		for range 1 + rng.IntN(30) {
			list = append(list, Observation{
				Author: []string{"", "a", "b", "c"}[rng.IntN(4)], Branch: rng.IntN(9),
				Stance: corpus.Stance(rng.IntN(corpus.NumStances)),
			})
		}
		for k, s := range Summarise(list, r).Stance {
			if !(0 <= s.Low && s.Low <= s.High && s.High <= 1) {
				t.Fatalf("%v: %+v of %v", corpus.Stance(k), s, list)
			}
			if !r.Fitted() && (s.Share < s.Low || s.Share > s.High) {
				t.Fatalf("%v: %+v leaves out its count without a reason", corpus.Stance(k), s)
			}
		}
	}
}

func someReliability() Reliability {
	return Reliability{Alpha: [corpus.NumStances][corpus.NumStances]float64{
		{6, 2, 1, 2}, {2, 4, 1, 2}, {1, 1, 5, 2}, {1, 1, 1, 8},
	}}
}

// TestCoverage draws threads from the model's own assumptions, comments that are
// independent with labels confused as the reliability says, and counts how often the
// interval holds the truth: the share among the readers there might have been, and the
// share among the comments of the thread.
func TestCoverage(t *testing.T) {
	cases := []struct {
		name, reason       string
		reliability        Reliability
		comments           int
		floor, ceil        float64 // of the coverage of the share among possible readers
		sampleFloor, sceil float64 // of the coverage of the share among these comments
	}{
		{"certain labels", "Jeffreys' interval is calibrated on average", Reliability{}, 40, 0.93, 0.97, 1, 1},
		{"confused labels, small thread", "right for these comments, wide for all who might have written", someReliability(), 20, 0.97, 1, 0.93, 0.97},
		{"confused labels, large thread", "only the classifier's error is left, so right for both", someReliability(), 1500, 0.93, 0.97, 0.93, 0.97},
	}
	for _, c := range cases {
		threads := 1000
		if c.comments > 1000 {
			threads = 250
		}
		superpopulation, sample := coverage(c.reliability, c.comments, threads)
		if superpopulation < c.floor || superpopulation > c.ceil {
			t.Errorf("%s (%s): holds the share of possible readers in %.3f of threads, want %.3f to %.3f", c.name, c.reason, superpopulation, c.floor, c.ceil)
		}
		if sample < c.sampleFloor || sample > c.sceil {
			t.Errorf("%s (%s): holds the share of these comments in %.3f of threads, want %.3f to %.3f", c.name, c.reason, sample, c.sampleFloor, c.sceil)
		}
		t.Logf("%s: %.3f of possible readers, %.3f of these comments", c.name, superpopulation, sample)
	}
}

// coverage returns how often the intervals of simulated threads hold the two true
// shares, over all stances.
func coverage(r Reliability, comments, threads int) (superpopulation, sample float64) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range threads {
		given := dirichlet(rng, [corpus.NumStances]float64{1, 1, 1, 1})
		var rows [corpus.NumStances][corpus.NumStances]float64
		for p := range rows {
			if r.Fitted() {
				rows[p] = dirichlet(rng, r.Alpha[p])
			} else {
				rows[p][p] = 1
			}
		}
		list := make([]Observation, comments)
		var counts, truth [corpus.NumStances]int
		for i := range list {
			p := categorical(&given, rng.Float64())
			list[i] = Observation{Author: fmt.Sprint(i), Branch: i, Stance: p}
			counts[p]++
			truth[categorical(&rows[p], rng.Float64())]++
		}
		bounds := simulate(list, r, 400)
		for k := range bounds {
			low, high := bounds[k].settle(float64(counts[k])/float64(comments), comments, r.Fitted())
			expected := 0.0
			for p := range rows {
				expected += given[p] * rows[p][k]
			}
			if low <= expected && expected <= high {
				superpopulation++
			}
			if x := float64(truth[k]) / float64(comments); low <= x && x <= high {
				sample++
			}
		}
	}
	n := float64(threads * corpus.NumStances)
	return superpopulation / n, sample / n
}

func BenchmarkSummarise(b *testing.B) {
	for _, n := range []int{6, 100, 10000} {
		list := make([]Observation, n)
		for i := range list {
			list[i] = Observation{Author: fmt.Sprint(i * 7 % (n/2 + 1)), Branch: i / 3, Stance: corpus.Stance(i % corpus.NumStances)}
		}
		b.Run(fmt.Sprintf("comments=%d", n), func(b *testing.B) {
			for b.Loop() {
				Summarise(list, someReliability())
			}
		})
	}
}

// categorical is the stance at which the cumulated probabilities pass u, a number
// in [0, 1).
func categorical(p *stanceRow, u float64) corpus.Stance {
	for k := range corpus.NumStances - 1 {
		if u < p[k] {
			return corpus.Stance(k)
		}
		u -= p[k]
	}
	return corpus.NumStances - 1
}
