package structure

import (
	"math"
	"testing"
	"time"

	"stance.example/stance/corpus"
)

const (
	k = corpus.Skeptical
	r = corpus.Relativist
	p = corpus.Supportive
	n = corpus.None
)

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-6 || math.IsNaN(a) && math.IsNaN(b)
}

// TestAgreement has the figures that the documentation of R's package agrmt gives,
// and cases that the definition settles.
func TestAgreement(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts []int
		want   float64
		reason string
	}{
		{"published", []int{30, 40, 210, 130, 530, 50, 10}, 0.6113333, "the example of agrmt"},
		{"one class", []int{0, 7, 0}, 1, "all agree"},
		{"uniform", []int{5, 5, 5}, 0, "nothing to agree on"},
		{"two ends", []int{4, 0, 4}, -1, "as far apart as can be"},
		{"neighbours", []int{4, 4, 0}, 0.5, "one unimodal layer of two of three: 1·(1−1/2)"},
		{"layers", []int{3, 1, 0}, 0.75, "(1, 1, 0) is half of it with 0.5, (2, 0, 0) the other half with 1"},
		{"nobody", []int{0, 0, 0}, math.NaN(), "no stance, no agreement"},
	} {
		if got := Agreement(c.counts); !near(got, c.want) {
			t.Errorf("%s (%s): %.7f, want %.7f", c.name, c.reason, got, c.want)
		}
	}
	if got := (1 - Agreement([]int{30, 40, 210, 130, 530, 50, 10})) / 2; !near(got, 0.1943333) {
		t.Errorf("polarisation of the published example is %.7f, want 0.1943333", got)
	}
}

func TestEntropy(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts []int
		want   float64
		reason string
	}{
		{"one class", []int{9, 0, 0, 0}, 0, "no surprise"},
		{"uniform", []int{8, 8, 8, 8}, math.Log(4), "the correction can't lift it above the logarithm of the classes"},
		{"corrected", []int{3, 1, 0, 0}, 0.562335 + 1.0/8, "0.75·ln(4/3) + 0.25·ln 4, and (2−1)/(2·4) for Miller"},
		{"nobody", []int{0, 0, 0, 0}, math.NaN(), "nothing drawn"},
	} {
		if got := Entropy(c.counts); !near(got, c.want) {
			t.Errorf("%s (%s): %.6f, want %.6f", c.name, c.reason, got, c.want)
		}
	}
}

// under makes comments that reply to a comment of their own: pairs of the parent's
// and the reply's stance.
func under(pairs ...[2]corpus.Stance) []Comment {
	var list []Comment
	for _, pair := range pairs {
		list = append(list, Comment{Parent: -1, Judged: true, Stance: pair[0]}, Comment{Parent: len(list), Judged: true, Stance: pair[1]})
	}
	return list
}

func TestReplies(t *testing.T) {
	list := under([2]corpus.Stance{k, p}, [2]corpus.Stance{k, k}, [2]corpus.Stance{p, p}, [2]corpus.Stance{p, k})
	list = append(list,
		Comment{Parent: -1},                         // removed
		Comment{Parent: 8, Judged: true, Stance: k}, // a reply to it
	)
	got := Of(list).Replies
	want := replyTable{k: {k: 1, p: 1}, p: {k: 1, p: 1}}
	if got.Table != want || got.Pairs != 4 || got.Opposing != 2 {
		t.Errorf("%+v", got)
	}
	// Both margins are two and two: 2·2/4 + 2·2/4 opposing at random, and half of
	// the pairs alike, as at random.
	if !near(got.Expected, 2) || !near(got.Assortativity, 0) {
		t.Errorf("expected %g, assortativity %g, want 2 and 0", got.Expected, got.Assortativity)
	}
	if got.P != 1 || got.OpposingP != 1 {
		t.Errorf("p-values %g and %g of a table that is exactly independent, want 1", got.P, got.OpposingP)
	}
}

// TestPermutation has three skeptical and three supportive parents, answered in kind.
// Of the 20 ways to deal the replies out, 2 are as far from independence.
func TestPermutation(t *testing.T) {
	kk, pp := [2]corpus.Stance{k, k}, [2]corpus.Stance{p, p}
	got := Of(under(kk, kk, kk, pp, pp, pp)).Replies
	const exact, monteCarlo = 0.1, 0.03
	if math.Abs(got.P-exact) > monteCarlo || math.Abs(got.OpposingP-exact) > monteCarlo {
		t.Errorf("p-values %g and %g, want about %g", got.P, got.OpposingP, exact)
	}
	if !near(got.Assortativity, 1) {
		t.Errorf("assortativity %g, want 1", got.Assortativity)
	}
}

// TestUnevenReplies: of eight replies five agree with their parent; the parents are five
// and three, the replies four and four. 5·4/8 + 3·4/8 = 4 would oppose at random, and as
// many agree: (5/8 − 4/8)/(1 − 4/8) = ¼.
func TestUnevenReplies(t *testing.T) {
	kk, kp, pk, pp := [2]corpus.Stance{k, k}, [2]corpus.Stance{k, p}, [2]corpus.Stance{p, k}, [2]corpus.Stance{p, p}
	got := Of(under(kk, kk, kk, kp, kp, pk, pp, pp)).Replies
	if got.Opposing != 3 || !near(got.Expected, 4) || !near(got.Assortativity, 0.25) {
		t.Errorf("%d opposing, %g expected, assortativity %g; want 3, 4 and 0.25", got.Opposing, got.Expected, got.Assortativity)
	}
	// Dealt out at random, the skeptical parents would get 2½ of the skeptical replies; they
	// got 3, and no number is nearer.
	if got.P != 1 || got.OpposingP != 1 {
		t.Errorf("p-values %g and %g, want 1", got.P, got.OpposingP)
	}
}

func TestNoReplies(t *testing.T) {
	got := Of([]Comment{{Parent: -1, Judged: true}}).Replies
	if got.Pairs != 0 || !math.IsNaN(got.P) || !math.IsNaN(got.Assortativity) {
		t.Errorf("%+v", got)
	}
}

func TestDrift(t *testing.T) {
	var list []Comment
	day := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	// On the page the skeptical comments stand first; by their times they come last.
	for i, s := range []corpus.Stance{k, k, k, p, p, p, p} {
		hours := 10 - i
		list = append(list, Comment{Parent: -1, Judged: true, Stance: s, Posted: day.Add(time.Duration(hours) * time.Hour)})
	}
	got := Of(list).Drift
	if !got.ByTime || got.Halves != [2][corpus.NumStances]int{{p: 4}, {k: 3}} {
		t.Errorf("%+v", got)
	}
	// U = 12 of 12 pairs, mean 6, variance 3·4·8/12 = 8: z = 6/√8 = 2.1213.
	if trend := got.Trends[k]; trend.Later != 1 || !near(trend.P, 0.0338949) || !near(trend.Q, 0.0338949) {
		t.Errorf("trend of skeptical %+v, want 1, 0.0338949", trend)
	}
	if !math.IsNaN(got.Trends[n].Later) || !math.IsNaN(got.Trends[r].Q) {
		t.Error("a stance that nobody takes has no trend")
	}
	list[2].Posted = time.Time{}
	if got := Of(list).Drift; got.ByTime || got.Halves[0] != [corpus.NumStances]int{k: 3, p: 1} {
		t.Errorf("with a time missing the order of the page holds: %+v", got)
	}
}

func BenchmarkOf(b *testing.B) {
	list := make([]Comment, 10000)
	for i := range list {
		list[i] = Comment{Parent: i/2 - 1, Judged: true, Stance: corpus.Stance(i * 7 % 5 % 4)}
	}
	for b.Loop() {
		Of(list)
	}
}
