package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/corpus"
)

// method is a way to estimate shares with intervals.
type method struct {
	name string
	// shares are estimated from a uniform sample and, if stratified is set, from one
	// of those; blind are the predictions of a model that learned from other labels.
	stratified bool
	shares     func(h *heldOut, drawn []audit.Drawn, blind func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share
}

// Methods by their place in the list. Widths are set against the first three.
const (
	wilsonMethod = 1 + iota
	equalMethod
	shortestMethod
	fullMethod
	tunedMethod
	expectingMethod
)

// methods are those compared.
var methods = []method{
	{"counted judgements, textbook interval", false, func(h *heldOut, _ []audit.Drawn, _ func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
		return counted(h.base)
	}},
	wilsonMethod: {"labels alone, Wilson", false, func(h *heldOut, drawn []audit.Drawn, _ func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
		return wilson(h, drawn)
	}},
	equalMethod: {"labels alone, equal tails", false,
		func(h *heldOut, drawn []audit.Drawn, _ func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
			return equalTails(h, drawn)
		}},
	shortestMethod:  {"labels alone, shortest", false, corrected(audit.Without, asItIs)},
	fullMethod:      {"PPI, the model as it is", false, corrected(audit.Full, asItIs)},
	tunedMethod:     {"PPI++, the model as it is", false, corrected(audit.Tuned, asItIs)},
	expectingMethod: {"PPI++, the model as it is, with its expectation", false, corrected(audit.Tuned, expecting)},
	{"PPI, the model re-fitted", false, corrected(audit.Full, refitted)},
	{"PPI++, the model re-fitted", false, corrected(audit.Tuned, refitted)},
	{"PPI++, the model re-fitted, with its expectation (ours)", false, corrected(audit.Tuned, refitted|expecting)},
	{"DSL: stratified, the model re-fitted", true, corrected(audit.Full, refitted)},
	{"stratified, tuned, with the expectation (ours)", true, corrected(audit.Tuned, refitted|expecting)},
}

// use says what of the model an audit uses.
type use uint8

const (
	refitted  use = 1 << iota // its predictions after learning from other labels
	expecting                 // what it led to expect of the shares before any label
	asItIs    use = 0         // its predictions before any label, and nothing else
)

// corrected is the method of an audit.
func corrected(w audit.Weighting, u use) func(*heldOut, []audit.Drawn, func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
	return func(h *heldOut, drawn []audit.Drawn, blind func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
		if u&refitted == 0 {
			blind = func(i int) [corpus.NumStances]float64 { return h.base[i].Probabilities }
		}
		var expected [corpus.NumStances]audit.Expected
		if u&expecting != 0 {
			expected = h.expected
		}
		a, _ := audit.Correct(h.audited(drawn, blind), w, expected)
		return a.Shares
	}
}

// normal97 is the 97.5 % point of the normal distribution.
const normal97 = 1.959964

// counted are the judgements' shares with the interval p ± 1.96·√(p(1−p)/n).
func counted(base []engine.Decision) (shares [corpus.NumStances]audit.Share) {
	n := float64(len(base))
	for _, d := range base {
		shares[d.Stance].Share += 1 / n
	}
	for k := range shares {
		p := shares[k].Share
		half := normal97 * math.Sqrt(p*(1-p)/n)
		shares[k].Low, shares[k].High = p-half, p+half
	}
	return shares
}

// wilson are the labels' shares with Wilson's interval (1927), which takes the thread
// for a sample of an endless one.
func wilson(h *heldOut, drawn []audit.Drawn) (shares [corpus.NumStances]audit.Share) {
	n := float64(len(drawn))
	for _, d := range drawn {
		shares[h.truth[d.Index]].Share += 1 / n
	}
	for k := range shares {
		p := shares[k].Share
		middle := (p + normal97*normal97/(2*n)) / (1 + normal97*normal97/n)
		half := normal97 / (1 + normal97*normal97/n) * math.Sqrt(p*(1-p)/n+normal97*normal97/(4*n*n))
		shares[k].Low, shares[k].High = middle-half, middle+half
	}
	return shares
}

// tail is the probability left out on each side by a 95 % interval of equal tails.
const tail = 0.025

// equalTails are the labels' shares with the interval of equal tails from Jeffreys' prior
// for what the other comments of the thread are: the beta-binomial distribution (Geisser,
// Predictive Inference, 1993, section 3.2).
func equalTails(h *heldOut, drawn []audit.Drawn) (shares [corpus.NumStances]audit.Share) {
	var given [corpus.NumStances]int
	for _, d := range drawn {
		given[h.truth[d.Index]]++
	}
	all, rest := float64(len(h.truth)), len(h.truth)-len(drawn)
	for k, n := range given {
		a, b := float64(n)+0.5, float64(len(drawn)-n)+0.5
		low, high, sum := -1, rest, 0.0
		for hits := range rest + 1 {
			choose := -math.Log(float64(rest+1)) - mathext.Lbeta(float64(hits)+1, float64(rest-hits)+1)
			sum += math.Exp(choose + mathext.Lbeta(a+float64(hits), b+float64(rest-hits)) - mathext.Lbeta(a, b))
			if low < 0 && sum > tail {
				low = hits
			}
			if sum >= 1-tail {
				high = hits
				break
			}
		}
		shares[k] = audit.Share{
			Share: float64(n) / float64(len(drawn)),
			Low:   float64(n+max(low, 0)) / all,
			High:  float64(n+high) / all,
		}
	}
	return shares
}

// performance is how a method did.
type performance struct{ gap, held, width average }

func (p *performance) add(shares [corpus.NumStances]audit.Share, truth [corpus.NumStances]float64) {
	for k, s := range shares {
		p.gap.add(math.Abs(s.Share - truth[k]))
		p.width.add(s.High - s.Low)
		p.held.add(indicator(holds(s, truth[k])))
	}
}

// holds reports whether an interval holds the true share.
func holds(s audit.Share, truth float64) bool {
	const rounding = 1e-9
	return s.Low-rounding <= truth && truth <= s.High+rounding
}

func indicator(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

func (p *performance) merge(o *performance) {
	for _, pair := range [][2]*average{{&p.gap, &o.gap}, {&p.held, &o.held}, {&p.width, &o.width}} {
		pair[0].sum += pair[1].sum
		pair[0].n += pair[1].n
	}
}

// auditTable compares the methods on threads that can be audited.
func auditTable(ctx context.Context, w io.Writer, held []*heldOut) error {
	parts, err := eachThread(held, leastShared, func(h *heldOut) ([]performance, error) { return auditThread(ctx, h) })
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		fmt.Fprintf(w, "\n## Shares with an audit\n\nNo thread of the sources left out has %d comments to draw %d labels of.\n", leastShared, auditLabels)
		return nil
	}
	sums := make([]performance, len(methods))
	for _, p := range parts {
		for m := range sums {
			sums[m].merge(&p[m])
		}
	}
	fmt.Fprintf(w, `
## Shares with an audit

%d labels of each of the %d threads with %d comments or more, drawn %d times; the 95 %% intervals of four shares. What is
estimated is the share of these very comments, of which a part is labelled. Every method but the first two allows for that. The
widths are set against those from the labels alone: as textbooks have it (Wilson's); in a finite thread, with equal tails; and the
shortest of those, as ours are. The last ratio is what the model is worth, the others hold what the form of the interval is worth too.

| method | mean error | coverage | width | against Wilson | against equal tails | against shortest |
|---|--:|--:|--:|--:|--:|--:|
`, auditLabels, len(parts), leastShared, auditDraws)
	for m := range methods {
		writeMethod(w, sums, m)
	}
	return nil
}

// writeMethod writes the row of a method.
func writeMethod(w io.Writer, sums []performance, m int) {
	p := &sums[m]
	fmt.Fprintf(w, "| %s | %s | %s | %s |", methods[m].name, figure(p.gap.mean()), figure(p.held.mean()), figure(p.width.mean()))
	for _, against := range []int{wilsonMethod, equalMethod, shortestMethod} {
		fmt.Fprintf(w, " %.2f |", p.width.mean()/sums[against].width.mean())
	}
	fmt.Fprintln(w)
}

// auditThread audits one thread by every method.
func auditThread(ctx context.Context, h *heldOut) ([]performance, error) {
	results := make([]performance, len(methods))
	for d := range uint64(auditDraws) {
		for _, stratified := range []bool{false, true} {
			draw := audit.Uniform
			if stratified {
				draw = audit.Stratified
			}
			drawn := draw(h.candidates(), auditLabels, h.seed*auditDraws+d)
			l, _, err := h.learn(ctx, drawn)
			if err != nil {
				return nil, err
			}
			for m := range methods {
				if methods[m].stratified == stratified {
					results[m].add(methods[m].shares(h, drawn, func(i int) [corpus.NumStances]float64 { return l.Blind[i] }), h.shares())
				}
			}
		}
	}
	return results, nil
}

// worldTable compares the methods that need no re-fitting on simulated threads, made of
// comments of sources that the model hasn't seen.
func worldTable(w io.Writer, held []*heldOut) {
	var byStance [corpus.NumStances][]engine.Decision
	for _, h := range held {
		for i, s := range h.truth {
			byStance[s] = append(byStance[s], h.base[i])
		}
	}
	rng := rand.New(rand.NewPCG(23, 5))
	sums := make([]performance, len(methods))
	var far, held95 average
	for range worlds {
		h := world(rng, held[0].engine, &byStance)
		drawn := audit.Uniform(h.candidates(), auditLabels, rng.Uint64())
		truth := h.shares()
		for _, m := range worldMethods {
			sums[m].add(methods[m].shares(h, drawn, nil), truth)
		}
		for k, s := range methods[expectingMethod].shares(h, drawn, nil) {
			surprise := math.Abs(truth[k]-h.expected[k].Mean) > 2*h.expected[k].Deviation
			far.add(indicator(surprise))
			if surprise {
				held95.add(indicator(holds(s, truth[k])))
			}
		}
	}
	fmt.Fprintf(w, `
The same with %d simulated threads of %d comments, drawn from all threads so that every mixture of stances is as likely as any
other; the model can't be re-fitted to them, as they have no common article.

| method | mean error | coverage | width | against Wilson | against equal tails | against shortest |
|---|--:|--:|--:|--:|--:|--:|
`, worlds, worldSize)
	for _, m := range worldMethods {
		writeMethod(w, sums, m)
	}
	fmt.Fprintf(w, `
What the model leads to expect is wrong in such threads: %.0f %% of the shares lie more than two standard deviations from it. Of these
the last method's intervals hold %s.
`, 100*far.mean(), figure(held95.mean()))
}

// worldMethods are the methods that can be used on simulated threads.
var worldMethods = []int{0, wilsonMethod, equalMethod, shortestMethod, fullMethod, tunedMethod, expectingMethod}

// world draws a thread of random shares, uniform over all mixtures.
func world(rng *rand.Rand, e *encoder.Encoder, byStance *[corpus.NumStances][]engine.Decision) *heldOut {
	var weights [corpus.NumStances]float64
	total := 0.0
	for k := range weights {
		weights[k] = rng.ExpFloat64()
		total += weights[k]
	}
	h := &heldOut{engine: e}
	for range worldSize {
		at := rng.Float64() * total
		k := 0
		for ; k < len(weights)-1 && at >= weights[k]; k++ {
			at -= weights[k]
		}
		h.truth = append(h.truth, corpus.Stance(k))
		h.base = append(h.base, byStance[k][rng.IntN(len(byStance[k]))])
	}
	h.expect()
	return h
}
