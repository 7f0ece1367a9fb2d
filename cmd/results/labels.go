package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"sync"

	"gonum.org/v1/gonum/mathext"

	"stance/analysis/aggregate"
	"stance/analysis/audit"
	"stance/analysis/evaluate"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
)

// How labels are measured.
const (
	labelFolds  = 2  // models trained on half of the threads, which costs little
	labelDraws  = 2  // random choices of the labels of each thread
	leastRest   = 5  // comments that must be left without a label
	leastShared = 80 // comments from which a thread's shares are compared
	auditLabels = 60
	auditDraws  = 5
	worlds      = 2000 // simulated threads
	worldSize   = 200
)

// heldOut is a thread with an engine that hasn't seen it, and what it decides without
// labels and leads to expect of the shares.
type heldOut struct {
	in       *stance.Input
	engine   *stance.Engine
	base     []stance.Decision
	expected [corpus.NumStances]audit.Expected
	truth    []corpus.Stance
	seed     uint64
}

func labelsSection(w io.Writer, data string) error {
	news, err := readThreads(filepath.Join(data, newsFile), nil)
	if err != nil {
		return err
	}
	held, err := holdOut(news)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Learning from a thread's own labels

Each thread was judged by a model trained on the half of the threads that it isn't in; %d times, 20 or 40 of its comments were chosen at random
and given their labels. Threads count that have at least %d comments left. Macro-F1 is over all threads' comments together: of
those without a label, judged without and with the labels of their thread, and of all with the labels counted as given. ECE is
of the comments without a label. The share error is the mean absolute error of the four shares, over threads of %d comments or
more: counted without labels, estimated from the labels alone, and as corrected.

| labels | threads | F1 before | F1 with labels | F1 all | ECE | share error before | labels alone | corrected |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`, labelDraws, leastRest, leastShared)
	for _, n := range []int{20, 40} {
		l, err := learning(held, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %d | %d | %s | %s | %s | %s | %s | %s | %s |\n", n, l.threads, figure(l.before.MacroF1()), figure(l.rest.MacroF1()),
			figure(l.all.MacroF1()), figure(evaluate.ECE(l.judged)), figure(l.counted.mean()), figure(l.alone.mean()), figure(l.corrected.mean()))
	}
	if err := auditTable(w, held); err != nil {
		return err
	}
	worldTable(w, held)
	return nil
}

// holdOut trains the models and prepares the threads.
func holdOut(news []*corpus.Thread) ([]*heldOut, error) {
	parser, err := text.NewParser()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, t := range news {
		names = append(names, t.ID)
	}
	folds := evaluate.Folds(names, labelFolds)
	held := make([]*heldOut, len(news))
	for k := range labelFolds {
		var others []*corpus.Thread
		for i, t := range news {
			if folds[i] != k {
				others = append(others, t)
			}
		}
		o := stance.DefaultTraining()
		o.Folds = 2 // they only calibrate
		m, _, err := stance.Train(parser, others, nil, o)
		if err != nil {
			return nil, err
		}
		engine, err := stance.New(m)
		if err != nil {
			return nil, err
		}
		for i, t := range news {
			if folds[i] != k {
				continue
			}
			if held[i], err = prepare(parser, engine, t); err != nil {
				return nil, err
			}
			held[i].seed = uint64(i)
		}
	}
	return held, nil
}

// prepare judges a thread and takes the annotations off it, so that nothing can learn
// from them by mistake.
func prepare(parser *text.Parser, engine *stance.Engine, t *corpus.Thread) (*heldOut, error) {
	h := &heldOut{engine: engine}
	bare := *t
	bare.Comments = append([]corpus.Comment(nil), t.Comments...)
	bare.Article.Case, bare.Article.For, bare.Article.Against = "", nil, nil
	for i := range bare.Comments {
		s, err := corpus.ParseStance(t.Comments[i].Annotation.Label)
		if err != nil {
			return nil, err
		}
		h.truth = append(h.truth, s)
		bare.Comments[i].Annotation = nil
	}
	var err error
	if h.in, err = stance.NewInput(parser, &bare); err != nil {
		return nil, err
	}
	if h.base, err = engine.Decide(h.in); err != nil {
		return nil, err
	}
	h.expect()
	return h, nil
}

// expect sets what is expected of the shares by the decisions. Every comment counts as a
// branch of its own, as in the fit of the reliability.
func (h *heldOut) expect() {
	obs := make([]aggregate.Observation, len(h.base))
	for i, d := range h.base {
		obs[i] = aggregate.Observation{Branch: i, Stance: d.Stance, Probabilities: d.Probabilities}
		if h.in != nil {
			obs[i].Author = h.in.Thread.Comments[i].Author
		}
	}
	for k, share := range aggregate.Summarise(obs, stance.Reliability(h.engine.Passport().Shares)).Stance {
		h.expected[k] = audit.Expected{Mean: share.Expected, Deviation: share.Error}
	}
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
		list[i] = audit.Candidate{Index: i, Predicted: d.Probabilities}
	}
	return list
}

// learn learns from a drawn sample.
func (h *heldOut) learn(drawn []audit.Drawn) (*stance.Learned, map[int]corpus.Stance, error) {
	known := map[int]corpus.Stance{}
	for _, d := range drawn {
		known[d.Index] = h.truth[d.Index]
	}
	l, err := h.engine.Learn(h.in, known)
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
	return &learned{before: evaluate.NewConfusion(corpus.NumStances), rest: evaluate.NewConfusion(corpus.NumStances), all: evaluate.NewConfusion(corpus.NumStances)}
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
func learning(held []*heldOut, n int) (*learned, error) {
	parts, err := eachThread(held, n+leastRest, func(h *heldOut) (*learned, error) {
		l := newLearned()
		l.threads = 1
		for d := range uint64(labelDraws) {
			if err := l.draw(h, audit.Uniform(h.candidates(), n, h.seed*labelDraws+d)); err != nil {
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
func (l *learned) draw(h *heldOut, drawn []audit.Drawn) error {
	result, known, err := h.learn(drawn)
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
	equalMethod: {"labels alone, equal tails", false, func(h *heldOut, drawn []audit.Drawn, _ func(int) [corpus.NumStances]float64) [corpus.NumStances]audit.Share {
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
func counted(base []stance.Decision) (shares [corpus.NumStances]audit.Share) {
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
func auditTable(w io.Writer, held []*heldOut) error {
	parts, err := eachThread(held, leastShared, auditThread)
	if err != nil {
		return err
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
func auditThread(h *heldOut) ([]performance, error) {
	results := make([]performance, len(methods))
	for d := range uint64(auditDraws) {
		for _, stratified := range []bool{false, true} {
			draw := audit.Uniform
			if stratified {
				draw = audit.Stratified
			}
			drawn := draw(h.candidates(), auditLabels, h.seed*auditDraws+d)
			l, _, err := h.learn(drawn)
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

// worldTable compares the methods that need no re-fitting on simulated threads, each made
// of comments that one of the models hasn't seen.
func worldTable(w io.Writer, held []*heldOut) {
	byStance := map[*stance.Engine]*[corpus.NumStances][]stance.Decision{}
	var engines []*stance.Engine
	for _, h := range held {
		if byStance[h.engine] == nil {
			byStance[h.engine] = new([corpus.NumStances][]stance.Decision)
			engines = append(engines, h.engine)
		}
		for i, s := range h.truth {
			byStance[h.engine][s] = append(byStance[h.engine][s], h.base[i])
		}
	}
	rng := rand.New(rand.NewPCG(23, 5))
	sums := make([]performance, len(methods))
	var far, held95 average
	for i := range worlds {
		engine := engines[i%len(engines)]
		h := world(rng, engine, byStance[engine])
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
func world(rng *rand.Rand, engine *stance.Engine, byStance *[corpus.NumStances][]stance.Decision) *heldOut {
	var weights [corpus.NumStances]float64
	total := 0.0
	for k := range weights {
		weights[k] = rng.ExpFloat64()
		total += weights[k]
	}
	h := &heldOut{engine: engine}
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
