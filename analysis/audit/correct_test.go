package audit

import (
	"math"
	"math/rand/v2"
	"testing"

	"stance.example/stance/corpus"
)

// nothing is expected of the shares.
var nothing [corpus.NumStances]Expected

// labelled returns comments of two stances: ys are the labels of the first, 1 for
// skeptical and 0 for none, and fs the predicted probabilities of skeptical of all.
func labelled(ys []int, fs []float64) []Comment {
	comments := make([]Comment, len(fs))
	for i, f := range fs {
		comments[i].Predicted = [corpus.NumStances]float64{corpus.Skeptical: f, corpus.None: 1 - f}
		if i < len(ys) {
			comments[i].Labelled = true
			comments[i].Label = corpus.None
			if ys[i] == 1 {
				comments[i].Label = corpus.Skeptical
			}
		}
	}
	return comments
}

// The sample of ten below, worked by hand: the labels' mean is 0.5, the predictions'
// mean over the sample 0.5 and over all twenty comments 0.6; (f−f̄)(y−ȳ) is 0.15 for
// each of eight comments and −0.15 for two, so the covariance is 0.09, (f−f̄)² is 0.09
// throughout, and the slope 1.
var (
	handYs = []int{1, 1, 1, 1, 1, 0, 0, 0, 0, 0}
	handFs = []float64{0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.2, 0.2, 0.8}
)

func handSample() []Comment {
	fs := append([]float64{}, handFs...)
	for range 5 {
		fs = append(fs, 0.8, 0.6) // ten more, of mean 0.7
	}
	return labelled(handYs, fs)
}

func TestCorrectByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		w      Weighting
		lambda float64
		share  float64
	}{
		{"labels alone", Without, 0, 0.5},
		{"PPI: 0.6 + mean(y − f) = 0.6 + 0", Full, 1, 0.6},
		{"tuned: the slope 1 of 10 labels drawn to 0.8 of 60 is 58/70; 0.5 + 58/70·(0.6 − 0.5)", Tuned, 58.0 / 70, 0.5 + 5.8/70},
	} {
		a, ok := Correct(handSample(), c.w, nothing)
		if !ok {
			t.Fatal("not corrected")
		}
		if math.Abs(a.Lambda-c.lambda) > 1e-12 {
			t.Errorf("%s: λ %v, want %v", c.name, a.Lambda, c.lambda)
		}
		if s := a.Shares[corpus.Skeptical].Share; math.Abs(s-c.share) > 1e-12 {
			t.Errorf("%s: share %v, want %v", c.name, s, c.share)
		}
		if s := a.Shares[corpus.Relativist]; s.Share != 0 || s.Low != 0 || s.High <= 0 {
			t.Errorf("%s: a stance never met has the share %v, but may be there", c.name, s)
		}
	}
}

// TestVarianceByHand: with λ = 1 the e are 0.2 or −0.2 in eight cases and 0.8 or −0.8
// in two, of mean 0 and sum of squares 1.6; the labels alone have the sum 2.5. Two
// labels more add ½² each, and make the variance of the labels ½·½.
func TestVarianceByHand(t *testing.T) {
	s := newSample(handSample())
	for _, c := range []struct{ lambda, squares float64 }{{1, 1.6}, {0, 2.5}} {
		want := (c.squares + 0.5) / (11 * 0.25)
		if got := s.ratio(int(corpus.Skeptical), c.lambda); math.Abs(got-want) > 1e-12 {
			t.Errorf("λ = %v: ratio %v, want %v", c.lambda, got, want)
		}
	}
}

// TestUnequalVarianceByHand: five of ten comments are labelled and all of the stance, five
// of twenty and none: weights 2 and 4, the mean of y a third. Σ w(w−1)(y − ⅓)² is
// 5·2·4/9 + 5·12/9 = 100/9, V = 10/9 · 100/9 / 900, and V·n(n−1)/(1 − n/N) = 135·V = 50/27;
// two labels more as above.
func TestUnequalVarianceByHand(t *testing.T) {
	comments := labelled([]int{1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, make([]float64, 30))
	for i := range comments[:10] {
		comments[i].Probability = 0.5
		if i >= 5 {
			comments[i].Probability = 0.25
		}
	}
	want := (50.0/27 + 0.5) / (11 * 0.25)
	if got := newSample(comments).ratio(int(corpus.Skeptical), 0); math.Abs(got-want) > 1e-12 {
		t.Errorf("ratio %v, want %v", got, want)
	}
}

// TestWeightsByHand draws one of two strata at twice the rate of the other: five of
// ten comments, all skeptical, and five of twenty, none skeptical. The share of the
// thirty is 10/30 and not the half that the labels show.
func TestWeightsByHand(t *testing.T) {
	comments := labelled([]int{1, 1, 1, 1, 1, 0, 0, 0, 0, 0}, make([]float64, 30))
	for i := range comments[:10] {
		comments[i].Probability = 0.5
		if i >= 5 {
			comments[i].Probability = 0.25
		}
	}
	for _, scale := range []float64{1, 0.4} { // a sample of which only a part was labelled
		for i := range comments[:10] {
			comments[i].Probability *= scale
		}
		a, _ := Correct(comments, Without, nothing)
		if s := a.Shares[corpus.Skeptical].Share; math.Abs(s-1.0/3) > 1e-12 || !a.Unequal {
			t.Errorf("share %v, unequal %v, want a third", s, a.Unequal)
		}
	}
}

// TestPrecisionByHand: 60 labels that are worth twice as many predict 40 others with
// ½·(1/60 + 1/40) = 1/48, so 1/m = 1/48 − 1/40 < 0 and the bound holds; with 400 others
// 1/m = ½·(1/60 + 1/400) − 1/400 = 17/2400.
func TestPrecisionByHand(t *testing.T) {
	for _, c := range []struct {
		comments    int
		ratio, want float64
	}{{100, 0.5, 240}, {460, 0.5, 2400.0 / 17}, {100, 1, 60}, {60, 0.5, 240}} {
		s := &sample{n: 60, comments: c.comments}
		if got := s.precision(c.ratio); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestCorrectNeedsLabels(t *testing.T) {
	if _, ok := Correct(labelled(handYs[:Least-1], make([]float64, 50)), Tuned, nothing); ok {
		t.Error("corrected by fewer labels than the least")
	}
	if _, ok := Correct(nil, Tuned, nothing); ok {
		t.Error("corrected a thread without comments")
	}
}

func TestAllLabelledLeavesNoDoubt(t *testing.T) {
	a, _ := Correct(labelled(handYs, handFs), Tuned, nothing)
	if s := a.Shares[corpus.Skeptical]; s != (Share{0.5, 0.5, 0.5}) {
		t.Errorf("all labels are known, but the share is %v", s)
	}
}

// TestPredictIsTheBetaBinomial compares the range with simulated predictions, whose code
// shares nothing with the recurrence.
func TestPredictIsTheBetaBinomial(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const draws = 40_000
	for _, c := range []struct {
		comments int
		mixture  []component
	}{
		{90, []component{{1, 18.5, 42.5}}},
		{20, []component{{1, 0.5, 60.5}}},
		{1000, []component{{1, 36.5, 4.5}}},
		{7, []component{{1, 6.5, 6.5}}},
		{90, []component{{0.25, 18.5, 42.5}, {0.75, 20, 60}}},
	} {
		low, high := predict(c.comments, c.mixture)
		hits := make([]float64, c.comments+1)
		for range draws {
			k, share := 0, mixtureDraw(rng, c.mixture)
			for range c.comments {
				if rng.Float64() < share {
					k++
				}
			}
			hits[k] += 1.0 / draws
		}
		within := 0.0
		for k := low; k <= high; k++ {
			within += hits[k]
		}
		const error3 = 3 * 0.0011 // three standard errors of 95 % of the draws
		if within < level-error3 {
			t.Errorf("%+v: [%d, %d] holds %.4f", c, low, high, within)
		}
		// Without the less probable of its ends it would hold too little.
		if low < high && within-min(hits[low], hits[high]) > level+error3 {
			t.Errorf("%+v: [%d, %d] holds %.4f and could be shorter", c, low, high, within)
		}
	}
	if low, high := predict(0, posterior(0.5, 60, Expected{})); low != 0 || high != 0 {
		t.Errorf("no comment left, but bounds %d and %d", low, high)
	}
}

func mixtureDraw(rng *rand.Rand, mixture []component) float64 {
	at := rng.Float64()
	k := 0
	for ; k < len(mixture)-1 && at >= mixture[k].part; k++ {
		at -= mixture[k].part
	}
	return betaDraw(rng, mixture[k].a, mixture[k].b)
}

// TestPredictByHand: of two comments, with Beta(1, 1) for the share, none, one and two
// are equally probable; with Beta(1, 2) for one comment the probabilities are ⅔ and ⅓.
func TestPredictByHand(t *testing.T) {
	for _, c := range []struct {
		of   component
		want []float64
	}{{component{1, 1, 1}, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}}, {component{0.5, 1, 2}, []float64{1.0 / 3, 1.0 / 6}}} {
		p := make([]float64, len(c.want))
		c.of.add(p)
		for k := range p {
			if math.Abs(p[k]-c.want[k]) > 1e-12 {
				t.Errorf("%+v: %v, want %v", c.of, p, c.want)
				break
			}
		}
	}
}

// TestPosteriorByHand: a mean of ½ with the deviation of √(1/12) is Beta(1, 1). One label
// of the stance has the probability ½ under it and under Jeffreys' Beta(½, ½), so that both
// keep half. Two labels have ⅓ and (½·1½)/(1·2) = ⅜: odds of 8 to 9.
func TestPosteriorByHand(t *testing.T) {
	e := Expected{0.5, math.Sqrt(1.0 / 12)}
	for _, c := range []struct{ labels, open float64 }{{1, 0.5}, {2, 9.0 / 17}} {
		want := []component{{c.open, c.labels + 0.5, 0.5}, {1 - c.open, c.labels + 1, 1}}
		got := posterior(1, c.labels, e)
		for k := range want {
			if math.Abs(got[k].part-want[k].part)+math.Abs(got[k].a-want[k].a)+math.Abs(got[k].b-want[k].b) > 1e-12 {
				t.Errorf("%v labels: %v, want %v", c.labels, got, want)
				break
			}
		}
	}
	if got := posterior(0.25, 60, Expected{}); len(got) != 1 || got[0] != (component{1, 15.5, 45.5}) {
		t.Errorf("nothing expected: %v", got)
	}
}

// TestWrongExpectationGivesWay: sixty labels that are far from what was expected leave
// it no part; near it they make the range shorter.
func TestWrongExpectationGivesWay(t *testing.T) {
	width := func(e Expected) int {
		low, high := predict(400, posterior(0.3, 60, e))
		return high - low
	}
	none, right, wrong := width(Expected{}), width(Expected{0.3, 0.06}), width(Expected{0.9, 0.06})
	if right >= none || wrong != none {
		t.Errorf("widths %d without an expectation, %d with a right one, %d with a wrong one", none, right, wrong)
	}
}

// betaDraw draws from the beta distribution as the ratio of gamma draws, those as sums
// of exponential and squared normal ones; parameters are rounded to halves.
func betaDraw(rng *rand.Rand, a, b float64) float64 {
	gamma := func(shape float64) float64 {
		sum := 0.0
		for ; shape >= 1; shape-- {
			sum += rng.ExpFloat64()
		}
		if shape >= 0.25 {
			z := rng.NormFloat64()
			sum += z * z / 2
		}
		return sum
	}
	x, y := gamma(a), gamma(b)
	return x / (x + y)
}

// world is a thread of comments with words that tell their stances.
type world struct {
	truth []corpus.Stance
	words [][]int
}

func newWorld(rng *rand.Rand, n int) world {
	var w world
	for range n {
		y := corpus.Stance(rng.IntN(corpus.NumStances) * rng.IntN(2)) // most are the first
		words := []int{rng.IntN(400)}
		if rng.IntN(2) == 0 {
			words = append(words, 1000+int(y))
		}
		w.truth, w.words = append(w.truth, y), append(w.words, words)
	}
	return w
}

// predict learns naive Bayes from the labels of some comments and predicts all.
func (w *world) predict(labels []int) [][corpus.NumStances]float64 {
	const added = 0.5
	stances := [corpus.NumStances]float64{}
	words := map[int]*[corpus.NumStances]float64{}
	for _, i := range labels {
		stances[w.truth[i]]++
		for _, word := range w.words[i] {
			if words[word] == nil {
				words[word] = new([corpus.NumStances]float64)
			}
			words[word][w.truth[i]]++
		}
	}
	p := make([][corpus.NumStances]float64, len(w.truth))
	for i := range p {
		for k, n := range stances {
			p[i][k] = math.Log(n + added)
			for _, word := range w.words[i] {
				if with := words[word]; with != nil {
					p[i][k] += math.Log((with[k] + added) / (n + 2*added))
				}
			}
		}
		softmax(p[i][:])
	}
	return p
}

// crossPredict predicts labelled comments by what the labels of other parts taught.
func (w *world) crossPredict(labels []int, parts int) [][corpus.NumStances]float64 {
	mean := make([][corpus.NumStances]float64, len(w.truth))
	for part := range parts {
		var rest []int
		out := map[int]bool{}
		for k, i := range labels {
			if k%parts == part {
				out[i] = true
			} else {
				rest = append(rest, i)
			}
		}
		known := map[int]bool{}
		for _, i := range labels {
			known[i] = true
		}
		for i, p := range w.predict(rest) {
			switch {
			case out[i]:
				mean[i] = p
			case !known[i]:
				for k := range p {
					mean[i][k] += p[k] / float64(parts)
				}
			}
		}
	}
	return mean
}

// TestCrossFittingIsNeeded audits simulated threads whose model is fitted to the very
// labels of the audit. With predictions that don't know the comment's own label the
// intervals hold; with those that do, the model seems to err less than it does on
// the others, and the intervals are too narrow.
func TestCrossFittingIsNeeded(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	const threads, comments, labels = 250, 400, 40
	var crossed, naive, total float64
	for range threads {
		w := newWorld(rng, comments)
		chosen := rng.Perm(comments)[:labels]
		crossed += w.covered(chosen, w.crossPredict(chosen, 8))
		naive += w.covered(chosen, w.predict(chosen))
		total++
	}
	crossed, naive = crossed/total, naive/total
	t.Logf("coverage of 95 %% intervals: %.3f cross-fitted, %.3f fitted to the labels themselves", crossed, naive)
	if crossed < 0.93 {
		t.Errorf("cross-fitted intervals hold %.3f of the true shares", crossed)
	}
	if naive > 0.9 {
		t.Errorf("predictions that know the labels hold %.3f: the simulation shows nothing", naive)
	}
}

// covered is the part of the shares whose interval holds the true one.
func (w *world) covered(labels []int, predicted [][corpus.NumStances]float64) float64 {
	comments := make([]Comment, len(w.truth))
	var truth [corpus.NumStances]float64
	for i, y := range w.truth {
		comments[i].Predicted = predicted[i]
		truth[y] += 1 / float64(len(w.truth))
	}
	for _, i := range labels {
		comments[i].Labelled, comments[i].Label = true, w.truth[i]
	}
	a, _ := Correct(comments, Full, nothing)
	held := 0.0
	for k, s := range a.Shares {
		if s.Low-1e-9 <= truth[k] && truth[k] <= s.High+1e-9 {
			held++
		}
	}
	return held / corpus.NumStances
}

// FuzzCorrect holds what must be true of any audit.
func FuzzCorrect(f *testing.F) {
	f.Add(uint64(1), uint8(60), uint8(200))
	f.Add(uint64(2), uint8(10), uint8(10))
	f.Fuzz(func(t *testing.T, seed uint64, labels, all uint8) {
		rng := rand.New(rand.NewPCG(seed, 0))
		comments := make([]Comment, all)
		var given [corpus.NumStances]int
		for i := range comments {
			c := &comments[i]
			for k := range c.Predicted {
				c.Predicted[k] = rng.NormFloat64() * 3
			}
			softmax(c.Predicted[:])
			c.Label = corpus.Stance(rng.IntN(corpus.NumStances))
			c.Labelled = i < int(labels)
			if seed%3 == 0 {
				c.Probability = 0.05 + 0.95*rng.Float64()
			}
			if c.Labelled {
				given[c.Label]++
			}
		}
		var expected [corpus.NumStances]Expected
		for k := range expected {
			expected[k] = Expected{rng.Float64(), rng.Float64() * float64(seed%2)}
		}
		for _, w := range []Weighting{Tuned, Full, Without} {
			a, ok := Correct(comments, w, expected)
			if ok != (min(labels, all) >= Least) {
				t.Fatalf("%d labels of %d: corrected %v", labels, all, ok)
			}
			if !ok {
				return
			}
			sum := 0.0
			for k, s := range a.Shares {
				if !(float64(given[k])/float64(all) <= s.Low+1e-9 && s.Low <= s.Share && s.Share <= s.High && s.High <= 1+1e-9) {
					t.Errorf("%+v with %d labels of the stance among %d comments", s, given[k], all)
				}
				sum += s.Share
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("the shares add up to %v", sum)
			}
			if !(a.Effective > 0) || a.Lambda < 0 || a.Lambda > 1 {
				t.Errorf("worth %v labels, λ %v", a.Effective, a.Lambda)
			}
		}
	})
}
