package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"sync"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// How labels are measured.
const (
	labelDraws  = 2  // random choices of the labels of each thread
	leastRest   = 5  // comments that must be left without a label
	leastShared = 80 // comments from which a thread's shares are compared
	auditLabels = 60
	auditDraws  = 5
	worlds      = 2000 // simulated threads
	worldSize   = 200
)

func labelsSection(ctx context.Context, w io.Writer, from folders) error {
	held, err := holdOut(ctx, from.data, from.held)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Learning from a thread's own labels

Each of the threads is of a source that the model wasn't trained on; %d times, 20 or 40 of its comments were chosen at random and given
their labels. Threads count that have at least %d comments left. Macro-F1 is over all threads' comments together: of
those without a label, judged without and with the labels of their thread, and of all with the labels counted as given. ECE is
of the comments without a label. The share error is the mean absolute error of the four shares, over threads of %d comments or
more: counted without labels, estimated from the labels alone, and as corrected.

| labels | threads | F1 before | F1 with labels | F1 all | ECE | share error before | labels alone | corrected |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`, labelDraws, leastRest, leastShared)
	for _, n := range []int{20, 40} {
		l, err := learning(ctx, held, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %d | %d | %s | %s | %s | %s | %s | %s | %s |\n", n, l.threads, figure(l.before.MacroF1()), figure(l.rest.MacroF1()),
			figure(l.all.MacroF1()), figure(evaluate.ECE(l.judged)), figure(l.counted.mean()), figure(l.alone.mean()), figure(l.corrected.mean()))
	}
	if err := auditTable(ctx, w, held); err != nil {
		return err
	}
	worldTable(w, held)
	return nil
}

// shares are the true ones.
func (h *heldOut) shares() (shares [corpus.NumStances]float64) {
	for _, s := range h.truth {
		shares[s] += 1 / float64(len(h.truth))
	}
	return shares
}

// candidates are the comments as a sample is drawn from.
func (h *heldOut) candidates() []audit.Candidate {
	list := make([]audit.Candidate, len(h.base))
	for i, d := range h.base {
		list[i] = audit.Candidate{Index: i, Stance: d.Stance, Predicted: d.Probabilities}
	}
	return list
}

// learn learns from a drawn sample.
func (h *heldOut) learn(ctx context.Context, drawn []audit.Drawn) (*engine.Learned, map[int]corpus.Stance, error) {
	known := map[int]corpus.Stance{}
	for _, d := range drawn {
		known[d.Index] = h.truth[d.Index]
	}
	l, err := h.engine.Learn(ctx, h.thread, known, engine.Ask{})
	return l, known, err
}

// audited returns the comments of an audit with these predictions.
func (h *heldOut) audited(drawn []audit.Drawn, predicted func(i int) [corpus.NumStances]float64) []audit.Comment {
	comments := make([]audit.Comment, len(h.truth))
	for i := range comments {
		comments[i].Predicted = predicted(i)
	}
	for _, d := range drawn {
		c := &comments[d.Index]
		c.Labelled, c.Label, c.Probability = true, h.truth[d.Index], d.Probability
	}
	return comments
}

// average is a mean in the making.
type average struct{ sum, n float64 }

func (a *average) add(v float64) { a.sum += v; a.n++ }

func (a *average) mean() float64 { return a.sum / a.n }

// learned is what learning from so many labels gave.
type learned struct {
	threads                   int
	before, rest, all         *evaluate.Confusion
	judged                    []evaluate.Judged
	counted, alone, corrected average
}

func newLearned() *learned {
	return &learned{before: evaluate.NewConfusion(corpus.NumStances), rest: evaluate.NewConfusion(corpus.NumStances),
		all: evaluate.NewConfusion(corpus.NumStances)}
}

func (l *learned) merge(o *learned) {
	l.threads += o.threads
	l.before.Merge(o.before)
	l.rest.Merge(o.rest)
	l.all.Merge(o.all)
	l.judged = append(l.judged, o.judged...)
	for _, pair := range [][2]*average{{&l.counted, &o.counted}, {&l.alone, &o.alone}, {&l.corrected, &o.corrected}} {
		pair[0].sum += pair[1].sum
		pair[0].n += pair[1].n
	}
}

// learning measures what n labels of each thread teach.
func learning(ctx context.Context, held []*heldOut, n int) (*learned, error) {
	parts, err := eachThread(held, n+leastRest, func(h *heldOut) (*learned, error) {
		l := newLearned()
		l.threads = 1
		for d := range uint64(labelDraws) {
			if err := l.draw(ctx, h, audit.Uniform(h.candidates(), n, h.seed*labelDraws+d)); err != nil {
				return nil, err
			}
		}
		return l, nil
	})
	sum := newLearned()
	for _, p := range parts {
		sum.merge(p)
	}
	return sum, err
}

// draw adds one choice of labels.
func (l *learned) draw(ctx context.Context, h *heldOut, drawn []audit.Drawn) error {
	result, known, err := h.learn(ctx, drawn)
	if err != nil {
		return err
	}
	var counts [corpus.NumStances]float64
	for i, truth := range h.truth {
		given := result.Decisions[i].Stance
		l.all.Add(int(truth), int(given))
		counts[h.base[i].Stance] += 1 / float64(len(h.truth))
		if _, labelled := known[i]; labelled {
			continue
		}
		l.before.Add(int(truth), int(h.base[i].Stance))
		l.rest.Add(int(truth), int(given))
		l.judged = append(l.judged, evaluate.Judged{Probability: result.Decisions[i].Probabilities[given], Right: given == truth})
	}
	if len(h.truth) < leastShared {
		return nil
	}
	comments := h.audited(drawn, func(i int) [corpus.NumStances]float64 { return result.Blind[i] })
	alone, _ := audit.Correct(comments, audit.Without, h.expected)
	corrected, _ := audit.Correct(comments, audit.Tuned, h.expected)
	for k, truth := range h.shares() {
		l.counted.add(math.Abs(counts[k] - truth))
		l.alone.add(math.Abs(alone.Shares[k].Share - truth))
		l.corrected.add(math.Abs(corrected.Shares[k].Share - truth))
	}
	return nil
}

// eachThread calls use for the threads of that size or more on all cores and returns
// what it gave in their order.
func eachThread[T any](held []*heldOut, least int, use func(*heldOut) (T, error)) ([]T, error) {
	var chosen []*heldOut
	for _, h := range held {
		if len(h.truth) >= least {
			chosen = append(chosen, h)
		}
	}
	results, errs := make([]T, len(chosen)), make([]error, len(chosen))
	var wait sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, h := range chosen {
		free <- struct{}{}
		wait.Go(func() {
			results[i], errs[i] = use(h)
			<-free
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}
