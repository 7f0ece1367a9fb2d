package aggregate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"stance.example/stance/corpus"
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
		low, high := jeffreys(float64(c.count)/float64(c.of), float64(c.of)).interval()
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%s (%s): [%.4f, %.4f], want [%.4f, %.4f]", c.name, c.reason, low, high, c.low, c.high)
		}
	}
}

// TestBeta checks the moments: mean 0.3 and variance 0.25 of 0.21 are those of
// Beta(0.9, 2.1).
func TestBeta(t *testing.T) {
	d := newBeta(0.3, 0.25)
	if math.Abs(d.a-0.9) > 1e-12 || math.Abs(d.b-2.1) > 1e-12 {
		t.Errorf("%+v, want Beta(0.9, 2.1)", d)
	}
	if v := d.deviation() * d.deviation(); math.Abs(v-0.25*0.21) > 1e-12 {
		t.Errorf("variance %g", v)
	}
	// Beta(1, 1) is uniform.
	if low, high := (beta{1, 1}).interval(); math.Abs(low-0.025) > 1e-9 || math.Abs(high-0.975) > 1e-9 {
		t.Errorf("the uniform distribution has [%g, %g]", low, high)
	}
}

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		d            beta
		share        float64
		comments     int
		low, high    float64
	}{
		{"near the ends", "an end within half a comment is the end", beta{1, 1}, 0.5, 10, 0, 1},
		{"not so near", "more than half a comment is not rounded away", beta{1, 1}, 0.5, 100, 0.025, 0.975},
		{"a mean in its tail", "nearly all is at 0, but the share is the mean", beta{0.001, 0.099}, 0.01, 1000, 0, 0.01},
		{"as on the other side", "nearly all is at 1", beta{0.099, 0.001}, 0.99, 1000, 0.99, 1},
	} {
		if low, high := settle(c.d, c.share, c.comments); math.Abs(low-c.low) > 1e-9 || math.Abs(high-c.high) > 1e-9 {
			t.Errorf("%s (%s): [%g, %g], want [%g, %g]", c.name, c.reason, low, high, c.low, c.high)
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

// TestEffective has cases that the formula settles by hand.
func TestEffective(t *testing.T) {
	const k, p = corpus.Skeptical, corpus.Supportive
	by := func(author string, branch int, s corpus.Stance) Observation {
		return Observation{Author: author, Branch: branch, Stance: s}
	}
	for _, c := range []struct {
		name, reason string
		list         []Observation
		want         float64
	}{
		{"independent", "every comment by a reader of its own in a branch of its own", []Observation{by("a", 0, k), by("b", 1, p), by("c", 2, k)}, 3},
		{"one reader", "all of one cluster hang together", []Observation{by("a", 0, k), by("a", 1, p), by("a", 2, k)}, 1},
		{"of one mind", "nothing tells how far pairs hang together, so wholly: Σ sizes²/n = 2",
			[]Observation{by("a", 0, k), by("a", 1, k), by("b", 2, k), by("b", 3, k)}, 2},
		{"pairs alike", "2/1 · 3/4 · (2·4·½²·2)/(4·2·½²) = 3", []Observation{by("a", 0, k), by("a", 1, k), by("b", 2, p), by("b", 3, p)}, 4. / 3},
		{"pairs opposed", "comments that balance tell no less than independent ones", []Observation{by("a", 0, k), by("a", 1, p), by("b", 2, k), by("b", 3, p)}, 4},
		{"branches", "the stronger of the two clusterings counts", []Observation{by("a", 0, k), by("b", 0, k), by("c", 1, p), by("d", 1, p)}, 4. / 3},
	} {
		if got := effective(c.list); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s (%s): %g, want %g", c.name, c.reason, got, c.want)
		}
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

// TestBoundsAreOrdered holds for any thread and any reliability.
func TestBoundsAreOrdered(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		r := Reliability{}
		if rng.IntN(3) > 0 {
			r = someReliability()
			for k := range r.Spread {
				r.Spread[k] = 0.01 + 0.9*rng.Float64()
			}
		}
		var list []Observation
		for range 1 + rng.IntN(30) {
			list = append(list, Observation{
				Author: []string{"", "a", "b", "c"}[rng.IntN(4)], Branch: rng.IntN(9),
				Stance: corpus.Stance(rng.IntN(corpus.NumStances)),
			})
		}
		total := 0.0
		for k, s := range Summarise(list, r).Stance {
			total += s.Share
			if !(0 <= s.Low && s.Low <= s.Share && s.Share <= s.High && s.High <= 1) || !(s.Error > 0) {
				t.Fatalf("%v: %+v of %v", corpus.Stance(k), s, list)
			}
		}
		if math.Abs(total-1) > 1e-9 {
			t.Fatalf("the shares sum to %g", total)
		}
	}
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
