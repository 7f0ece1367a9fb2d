package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// tenths is the number of parts of the threads; the shares of each are bounded with the
// reliability that the others tell.
const tenths = 10

// Of the simulation: how many threads, of how many comments, from which seed.
const (
	simulated     = 2000
	simulatedSize = 50
	simulatedSeed = 2026
)

// estimate is the shares by one method, with bounds where it has any.
type estimate struct {
	shares, low, high [corpus.NumStances]float64
}

// sharesMethod is a way to tell the shares of a thread.
type sharesMethod struct {
	name    string
	bounded bool
	of      func(k aggregate.Known, r aggregate.Reliability) estimate
}

var sharesMethods = []sharesMethod{
	{"count, textbook interval", true, textbook},
	{"mean probability", false, func(k aggregate.Known, _ aggregate.Reliability) (e estimate) {
		for _, o := range k.Observations {
			for s, p := range o.Probabilities {
				e.shares[s] += p / float64(len(k.Observations))
			}
		}
		return e
	}},
	{"adjusted count", false, func(k aggregate.Known, r aggregate.Reliability) estimate {
		return estimate{shares: aggregate.NewSensitivity(k.Observations, r).Adjusted}
	}},
	{"SLD", false, func(k aggregate.Known, r aggregate.Reliability) estimate {
		return estimate{shares: aggregate.NewSensitivity(k.Observations, r).Shifted}
	}},
	{"expected share, our interval", true, func(k aggregate.Known, r aggregate.Reliability) (e estimate) {
		for s, share := range aggregate.Summarise(k.Observations, r).Stance {
			e.shares[s], e.low[s], e.high[s] = share.Share, share.Low, share.High
		}
		return e
	}},
}

// textbook is the counted share and 1.96 standard errors of a proportion.
func textbook(k aggregate.Known, _ aggregate.Reliability) (e estimate) {
	var counts [corpus.NumStances]int
	for _, o := range k.Observations {
		counts[o.Stance]++
	}
	n := float64(len(k.Observations))
	for s, count := range counts {
		share := float64(count) / n
		e.shares[s] = share
		half := 1.96 * math.Sqrt(share*(1-share)/n)
		e.low[s], e.high[s] = share-half, share+half
	}
	return e
}

// shareTally sums up how a method did.
type shareTally struct {
	shares, held int
	gap, width   float64
}

func (t *shareTally) add(e estimate, truth [corpus.NumStances]float64) {
	for s := range truth {
		t.shares++
		t.gap += math.Abs(e.shares[s] - truth[s])
		t.width += e.high[s] - e.low[s]
		if e.low[s] <= truth[s] && truth[s] <= e.high[s] {
			t.held++
		}
	}
}

// cells prints the error, and coverage and width of a method with intervals.
func (t *shareTally) cells(bounded bool) string {
	n := float64(t.shares)
	if !bounded {
		return fmt.Sprintf("%.3f | – | –", t.gap/n)
	}
	return fmt.Sprintf("%.3f | %.3f | %.2f", t.gap/n, float64(t.held)/n, t.width/n)
}

// leastKnown is the number of comments from which a thread's shares are compared.
const leastKnown = 20

// sharesSection measures what the methods make of the threads' shares, in the threads as
// they are and in threads drawn from them with other shares.
func sharesSection(ctx context.Context, w io.Writer, from folders) error {
	held, err := holdOut(ctx, from.data, from.held)
	if err != nil {
		return err
	}
	var all []aggregate.Known
	for _, h := range held {
		if len(h.truth) >= leastKnown {
			all = append(all, h.known())
		}
	}
	if len(all) < tenths {
		return fmt.Errorf("%d threads have %d comments, which make no %d parts", len(all), leastKnown, tenths)
	}
	natural, shifted := make([]shareTally, len(sharesMethods)), make([]shareTally, len(sharesMethods))
	rng := rand.New(rand.NewPCG(simulatedSeed, 0))
	for tenth := range tenths {
		var seen, unseen []aggregate.Known
		for i, k := range all {
			if i%tenths == tenth {
				unseen = append(unseen, k)
			} else {
				seen = append(seen, k)
			}
		}
		reliability := aggregate.FitReliability(seen).Widened(seen)
		for _, k := range unseen {
			addAll(natural, k, reliability)
		}
		for range simulated / tenths {
			addAll(shifted, resample(rng, unseen[rng.IntN(len(unseen))]), reliability)
		}
	}
	fmt.Fprintf(w, `
## Shares of threads

The mean absolute error of the four shares, how often the 95 %% interval holds the true share, and how wide it is. First of
the %d threads with %d comments or more of sources that the model wasn't trained on, as they are; then of %d threads of %d
comments, each drawn from one of these threads with shares drawn uniformly among the stances that it has. The reliability
that a thread's shares are told by was fitted to other threads.

| method | error | coverage | width | error, shifted | coverage | width |
|---|--:|--:|--:|--:|--:|--:|
`, len(all), leastKnown, simulated, simulatedSize)
	for i, m := range sharesMethods {
		fmt.Fprintf(w, "| %s | %s | %s |\n", m.name, natural[i].cells(m.bounded), shifted[i].cells(m.bounded))
	}
	return nil
}

func addAll(tallies []shareTally, k aggregate.Known, r aggregate.Reliability) {
	var truth [corpus.NumStances]float64
	for _, s := range k.Truth {
		truth[s] += 1 / float64(len(k.Truth))
	}
	for i, m := range sharesMethods {
		tallies[i].add(m.of(k, r), truth)
	}
}

// resample draws a thread from the comments of another, with replacement and with new
// shares, uniform on the simplex of the stances that it has.
func resample(rng *rand.Rand, k aggregate.Known) aggregate.Known {
	var byStance [corpus.NumStances][]int
	for i, s := range k.Truth {
		byStance[s] = append(byStance[s], i)
	}
	var weights [corpus.NumStances]float64
	total := 0.0
	for s := range weights {
		if len(byStance[s]) > 0 {
			weights[s] = rng.ExpFloat64()
			total += weights[s]
		}
	}
	var drawn aggregate.Known
	for branch := range simulatedSize {
		s, u := 0, rng.Float64()*total
		for u >= weights[s] && s < corpus.NumStances-1 {
			u -= weights[s]
			s++
		}
		if len(byStance[s]) == 0 { // u was rounded past the last stance there is
			continue
		}
		i := byStance[s][rng.IntN(len(byStance[s]))]
		o := k.Observations[i]
		o.Author, o.Branch = "", branch
		drawn.Observations = append(drawn.Observations, o)
		drawn.Truth = append(drawn.Truth, corpus.Stance(s))
	}
	return drawn
}
