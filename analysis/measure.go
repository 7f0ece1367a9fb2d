package analysis

import (
	"math"
	"slices"

	"stance/analysis/evaluate"
	"stance/analysis/stance"
	"stance/corpus"
)

// Measure compares judgements with the annotations of the same comments, thread by
// thread.
type Measure struct {
	Threads int // with at least one annotated comment
	Stance  Quality
	// Polarity is of the comments whose sentiment was annotated.
	Polarity Quality
	// Curve is the risk at falling coverages of the stance.
	Curve []evaluate.Point
	// ECE is the expected calibration error of the stance's probabilities.
	ECE float64
	// ShareError is the mean absolute error of the threads' four shares, over
	// threads of leastShared comments or more; NaN if there is none.
	ShareError float64
}

// Quality is a confusion with the interval of its macro-F1.
type Quality struct {
	Labels    []string
	Confusion *evaluate.Confusion
	// Low and High bound the 95 % interval of macro-F1, resampling whole threads.
	Low, High float64
}

// leastShared is the number of annotated comments from which a thread's shares are
// compared.
const leastShared = 20

// coverages are those of the risk–coverage curve.
var coverages = [...]float64{1, 0.8, 0.6, 0.4, 0.2}

// Gauge collects what a Measure is made of. The zero value is ready to use.
type Gauge struct {
	threads        int
	stances, feels []*evaluate.Confusion
	judged         []evaluate.Judged
	shares         int
	gap            float64
}

// Add takes the judgements of one thread. Comments without an annotation, or one
// that is no stance, don't count.
func (g *Gauge) Add(r *Result) {
	stances := evaluate.NewConfusion(corpus.NumStances)
	feels := evaluate.NewConfusion(corpus.NumPolarities)
	for i := range r.Judgements {
		j, a := &r.Judgements[i], r.Thread.Comments[i].Annotation
		if !j.Judged || a == nil {
			continue
		}
		if truth, err := corpus.ParseStance(a.Label); err == nil {
			stances.Add(int(truth), int(j.Stance))
			g.judged = append(g.judged, evaluate.Judged{Probability: j.Probabilities[j.Stance], Right: j.Stance == truth})
		}
		if truth, err := corpus.ParsePolarity(a.Sentiment); err == nil {
			feels.Add(int(truth), int(j.Polarity))
		}
	}
	if stances.Total()+feels.Total() == 0 {
		return
	}
	g.threads++
	g.stances = append(g.stances, stances)
	g.feels = append(g.feels, feels)
	if n := stances.Total(); n >= leastShared {
		for s := range corpus.NumStances {
			g.gap += math.Abs(float64(stances.Predicted(s)-stances.Support(s))) / float64(n)
		}
		g.shares += corpus.NumStances
	}
}

// Measure sums up what was added.
func (g *Gauge) Measure() Measure {
	m := Measure{
		Threads:    g.threads,
		Stance:     quality(g.stances, stance.Labels()),
		Polarity:   quality(g.feels, polarityLabels()),
		Curve:      evaluate.RiskCoverage(g.judged, coverages[:]),
		ECE:        evaluate.ECE(g.judged),
		ShareError: math.NaN(),
	}
	if g.shares > 0 {
		m.ShareError = g.gap / float64(g.shares)
	}
	return m
}

func quality(threads []*evaluate.Confusion, labels []string) Quality {
	q := Quality{Labels: labels, Confusion: evaluate.NewConfusion(len(labels)), Low: math.NaN(), High: math.NaN()}
	counted := slices.DeleteFunc(slices.Clone(threads), func(c *evaluate.Confusion) bool { return c.Total() == 0 })
	for _, c := range counted {
		q.Confusion.Merge(c)
	}
	if len(counted) > 1 {
		q.Low, q.High = evaluate.Bootstrap(counted, len(labels), (*evaluate.Confusion).MacroF1)
	}
	return q
}

func polarityLabels() []string {
	labels := make([]string, corpus.NumPolarities)
	for p := range labels {
		labels[p] = corpus.Polarity(p).String()
	}
	return labels
}
