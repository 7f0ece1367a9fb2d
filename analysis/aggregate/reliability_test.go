package aggregate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"stance.example/stance/corpus"
)

// someReliability is that of a middling classifier.
func someReliability() Reliability {
	r := Reliability{
		Spread: stanceRow{0.15, 0.05, 0.15, 0.1},
		Prior:  stanceRow{0.25, 0.25, 0.25, 0.25},
	}
	for s := range r.Confusion {
		for given := range r.Confusion[s] {
			r.Confusion[s][given] = 0.1
		}
		r.Confusion[s][s] = 0.7
	}
	return r
}

// forged draws threads from a reliability: mean probabilities at random, true shares
// from the Dirichlet distribution about them, with one spread for all stances.
func forged(spread float64, threads, comments int) []Known {
	rng := rand.New(rand.NewPCG(5, 6))
	list := make([]Known, threads)
	for i := range list {
		means := dirichlet(rng, stanceRow{2, 2, 2, 2})
		alpha := means
		for k := range alpha {
			alpha[k] *= 1/spread - 1
		}
		truth := dirichlet(rng, alpha)
		for c := range comments {
			list[i].Observations = append(list[i].Observations, Observation{
				Author: fmt.Sprint(c), Branch: c, Probabilities: means, Stance: categorical(means, rng.Float64()),
			})
			list[i].Truth = append(list[i].Truth, categorical(truth, rng.Float64()))
		}
	}
	return list
}

// dirichlet draws independent gamma variables and normalises them.
func dirichlet(rng *rand.Rand, alpha stanceRow) (p stanceRow) {
	total := 0.0
	for k, a := range alpha {
		p[k] = gamma(rng, a)
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// gamma draws by the method of Marsaglia and Tsang, ACM TOMS 26, 2000, without its
// squeeze.
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(1-rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := rng.NormFloat64()
		v := 1 + x/math.Sqrt(9*d)
		if v > 0 && math.Log(1-rng.Float64()) < x*x/2+d-d*v*v*v+3*d*math.Log(v) {
			return d * v * v * v
		}
	}
}

// categorical is the stance at which the cumulated probabilities pass u, a number
// in [0, 1).
func categorical(p stanceRow, u float64) corpus.Stance {
	for k := range corpus.NumStances - 1 {
		if u < p[k] {
			return corpus.Stance(k)
		}
		u -= p[k]
	}
	return corpus.NumStances - 1
}

// TestFitRecovers draws threads of a known spread and asks for it back.
func TestFitRecovers(t *testing.T) {
	const spread = 0.1
	got := FitReliability(forged(spread, 400, 40))
	for k, rho := range got.Spread {
		if math.Abs(rho-spread) > 0.02 {
			t.Errorf("the spread of %v is %.3f, want %.3f", corpus.Stance(k), rho, spread)
		}
	}
}

// TestCoverage fits on one half of forged threads and counts how often the intervals of
// the other half hold, for the true share among these comments.
func TestCoverage(t *testing.T) {
	for _, comments := range []int{8, 25, 200} {
		threads := forged(0.12, 400, comments)
		r := FitReliability(threads[:200]).Widened(threads[:200])
		if held := r.holds(threads[200:]); held < 0.93 || held > 0.99 {
			t.Errorf("with %d comments the intervals hold %.3f of the shares, want about 0.95", comments, held)
		}
	}
}

// TestFitSpreadByHand: of four independent comments, each skeptical with a probability of a
// quarter, three are skeptical in one thread and none in the other, so the squares of the
// residuals are ¼/(3/16) and (1/16)/(3/16), and ρ = (4/3 + 1/3 − 2·¼)/(2·¾) = 7/9.
func TestFitSpreadByHand(t *testing.T) {
	const k, n = corpus.Skeptical, corpus.None
	four := branched(obs("a", n, 0), obs("b", n, 0), obs("c", n, 0), obs("d", n, 0))
	for i := range four {
		four[i].Probabilities = stanceRow{0.25, 0.25, 0.25, 0.25}
	}
	var r Reliability
	r.fitSpread([]Known{{four, []corpus.Stance{k, k, k, n}}, {four, []corpus.Stance{n, n, n, n}}})
	if math.Abs(r.Spread[k]-7.0/9) > 1e-12 {
		t.Errorf("spread %g, want 7/9", r.Spread[k])
	}
}

func TestFitConfusion(t *testing.T) {
	const k, p = corpus.Skeptical, corpus.Supportive
	r := FitReliability([]Known{{
		Observations: branched(obs("a", k, 0), obs("b", k, 0), obs("c", p, 0), obs("d", k, 0)),
		Truth:        []corpus.Stance{k, k, k, p},
	}})
	// Of three skeptical comments two were called so and one supportive, each pair
	// with one half added: 2.5, 0.5, 1.5, 0.5 of 5. Of four comments three were called
	// so for certain.
	if want := (stanceRow{0.5, 0.1, 0.3, 0.1}); r.Confusion[k] != want {
		t.Errorf("confusion of skeptical %v, want %v", r.Confusion[k], want)
	}
	if math.Abs(r.Prior[k]-3./4) > 1e-12 {
		t.Errorf("prior of skeptical %g, want 3/4", r.Prior[k])
	}
}

func TestWidened(t *testing.T) {
	threads := forged(0.2, 200, 30)
	r := FitReliability(threads)
	for s := range r.Spread {
		r.Spread[s] /= 4
	}
	if held := r.holds(threads); held > 0.9 {
		t.Fatalf("a quarter of the spread holds %.3f of the shares; the test needs one that holds less", held)
	}
	widened := r.Widened(threads)
	if held := widened.holds(threads); held <= r.holds(threads) {
		t.Errorf("widened intervals hold %.3f", held)
	}
	if got := r.Widened(nil); got != r {
		t.Error("without threads nothing changes")
	}
	if (Reliability{}).Widened(threads).Fitted() {
		t.Error("what isn't known can't be widened")
	}
	if FitReliability(nil).Fitted() {
		t.Error("nothing was fitted, but it says so")
	}
}

// TestSensitivity works the adjusted count of two stances out by hand: with
// sensitivity 0.8 and specificity 0.9 and 38 of 100 called skeptical, Rogan and Gladen
// give (0.38 + 0.9 − 1)/(0.8 + 0.9 − 1) = 0.4.
func TestSensitivity(t *testing.T) {
	const k, p = corpus.Skeptical, corpus.Supportive
	r := Reliability{Prior: stanceRow{0.5, 1e-9, 0.5, 1e-9}, Spread: stanceRow{0.1, 0.1, 0.1, 0.1}}
	r.Confusion[k] = stanceRow{0.8, 0, 0.2, 0}
	r.Confusion[p] = stanceRow{0.1, 0, 0.9, 0}
	list := append(many(38, k), many(62, p)...)
	if got := NewSensitivity(list, r).Adjusted[k]; math.Abs(got-0.4) > 1e-3 {
		t.Errorf("adjusted count %.4f, want 0.4", got)
	}
	// Probabilities that are right for equal shares, of comments that come 3 to 1: the
	// likelihood is largest where 0.8q + 0.2(1−q) = 0.65, that is q = 0.75.
	list = nil
	for i := range 100 {
		o := Observation{Probabilities: stanceRow{0.8, 0, 0.2, 0}}
		if i >= 65 {
			o = Observation{Probabilities: stanceRow{0.2, 0, 0.8, 0}}
		}
		list = append(list, o)
	}
	if got := NewSensitivity(list, r).Shifted[k]; math.Abs(got-0.75) > 1e-3 {
		t.Errorf("shifted %.4f, want 0.75", got)
	}
	if got := NewSensitivity(nil, r).Adjusted[k]; !math.IsNaN(got) {
		t.Errorf("adjusted count of nothing is %g", got)
	}
}

// TestFitSure by hand: of 40 supportive comments at 0.8 three were skeptical, and such may be
// quoted; 40 more at 0.6, of which 20 were skeptical, may not. Comments without a stance
// don't count against it. Fourteen comments of another stance tell too little, whatever they
// say, and twenty of a third, of which half were skeptical, that it is never sure.
func TestFitSure(t *testing.T) {
	const k, p = corpus.Skeptical, corpus.Supportive
	var known Known
	add := func(s corpus.Stance, probability float64, right, wrong int, other corpus.Stance) {
		for i := range right + wrong {
			o := Observation{Branch: len(known.Truth), Stance: s, Probabilities: stanceRow{}}
			o.Probabilities[s], o.Probabilities[corpus.None] = probability, 1-probability
			known.Observations = append(known.Observations, o)
			truth := s
			if i >= right {
				truth = other
			}
			known.Truth = append(known.Truth, truth)
		}
	}
	add(p, 0.8, 37, 3, k)
	add(p, 0.8, 0, 20, corpus.None)
	add(p, 0.6, 20, 20, k)
	add(k, 0.9, 14, 0, p)
	add(corpus.Relativist, 0.9, 10, 10, k)
	r := FitReliability([]Known{known})
	if r.Sure[p] != 0.8 || r.Sure[k] != 0 || r.Sure[corpus.Relativist] <= 1 {
		t.Errorf("sure from %v", r.Sure)
	}
}
