package analysis

import (
	"math"
	"slices"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// Measure compares judgements with the annotations of the same comments, thread by
// thread.
type Measure struct {
	Threads int // with at least one annotated comment that was judged
	// Withheld counts the annotated comments that were not judged because of
	// Options.MaxError, Alien those with a label that the model doesn't know; neither
	// counts in what follows.
	Withheld, Alien int
	// Stance is of the stance, or of the labels of the model if it has others.
	Stance Quality
	// Polarity is of the comments whose sentiment was annotated.
	Polarity Quality
	// Curve is the risk at falling coverages of the stance. It and ECE are of
	// nothing if a judgement has no probabilities.
	Curve []evaluate.Point
	// ECE is the expected calibration error of the stance's probabilities.
	ECE float64
	// ShareError is the mean absolute error of the threads' shares of each label, over
	// threads of leastShared comments or more; NaN if there is none.
	ShareError float64
}

// Quality is a confusion with the interval of its macro-F1.
type Quality struct {
	Labels    []string
	Confusion *evaluate.Confusion
	// Low and High bound the 95 % interval of macro-F1, resampling whole threads, or the
	// comments of the only one.
	Low, High float64
	ByComment bool // comments were resampled
}

// leastShared is the number of annotated comments from which a thread's shares are
// compared.
const leastShared = 20

// coverages are those of the risk–coverage curve.
var coverages = [...]float64{1, 0.8, 0.6, 0.4, 0.2}

// Gauge collects what a Measure is made of, for judgements of one label set.
type Gauge struct {
	labels          []string
	threads         int
	withheld, alien int
	classes, feels  []*evaluate.Confusion
	judged          []evaluate.Judged
	improbable      bool // a judgement without probabilities came
	shares          int
	gap             float64
}

// NewGauge returns an empty gauge for judgements with these labels.
func NewGauge(labels []string) *Gauge { return &Gauge{labels: labels} }

// Add takes the judgements of one thread by stance and polarity. Comments without
// an annotation don't count.
func (g *Gauge) Add(r *Result) {
	classes := evaluate.NewConfusion(len(g.labels))
	feels := evaluate.NewConfusion(corpus.NumPolarities)
	for i := range r.Judgements {
		j, a := &r.Judgements[i], r.Thread.Comments[i].Annotation
		if a == nil || j.Annotated || !j.Judged && !j.Withheld {
			continue
		}
		g.count(classes, a.Label, int(j.Stance), j.Probabilities[:], j.Withheld)
		if truth, err := corpus.ParsePolarity(a.Sentiment); err == nil {
			feels.Add(int(truth), int(j.Polarity))
		}
	}
	g.close(classes, feels)
}

// AddClassified takes the judgements of one thread by any label set.
func (g *Gauge) AddClassified(c *Classification) {
	classes := evaluate.NewConfusion(len(g.labels))
	for i := range c.Comments {
		k, a := &c.Comments[i], c.Thread.Comments[i].Annotation
		if a != nil && k.Probabilities != nil {
			g.count(classes, a.Label, k.Class, k.Probabilities, k.Withheld)
		}
	}
	g.close(classes, evaluate.NewConfusion(corpus.NumPolarities))
}

// count compares one judgement with the label annotated.
func (g *Gauge) count(classes *evaluate.Confusion, label string, given int, probabilities []float64, withheld bool) {
	truth := slices.Index(g.labels, label)
	switch {
	case label == "":
	case truth < 0:
		g.alien++
	case withheld:
		g.withheld++
	default:
		classes.Add(truth, given)
		g.judged = append(g.judged, evaluate.Judged{Probability: probabilities[given], Right: given == truth})
		g.improbable = g.improbable || slices.Max(probabilities) == 0
	}
}

// close ends a thread.
func (g *Gauge) close(classes, feels *evaluate.Confusion) {
	if classes.Total()+feels.Total() == 0 {
		return
	}
	g.threads++
	g.classes = append(g.classes, classes)
	g.feels = append(g.feels, feels)
	if n := classes.Total(); n >= leastShared {
		for c := range g.labels {
			g.gap += math.Abs(float64(classes.Predicted(c)-classes.Support(c))) / float64(n)
		}
		g.shares += len(g.labels)
	}
}

// Validated is what cross-validation measured of a model in training.
func Validated(v *encoder.Validation) Measure {
	g := NewGauge(v.Labels)
	g.judged = v.Judged
	for _, c := range v.ByThread {
		g.close(c, evaluate.NewConfusion(corpus.NumPolarities))
	}
	return g.Measure()
}

// Measure sums up what was added.
func (g *Gauge) Measure() Measure {
	if g.improbable {
		g.judged = nil // the surest of some of them would tell nothing
	}
	m := Measure{
		Threads:    g.threads,
		Withheld:   g.withheld,
		Alien:      g.alien,
		Stance:     quality(g.classes, g.labels),
		Polarity:   quality(g.feels, corpus.PolarityNames()),
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
	if len(counted) == 1 {
		q.ByComment, counted = true, counted[0].Single()
	}
	if len(counted) > 1 {
		q.Low, q.High = evaluate.Bootstrap(len(counted), func(drawn []int) float64 {
			sum := evaluate.NewConfusion(len(labels))
			for _, i := range drawn {
				sum.Merge(counted[i])
			}
			return sum.MacroF1()
		})
	}
	return q
}
