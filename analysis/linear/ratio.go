package linear

import "math"

// This file scales features by their log-count ratios (Wang and Manning 2012, "Baselines
// and bigrams: simple, good sentiment and topic classification"). The penalty then holds
// back the features that are about as frequent in every class, which have large weights
// by chance alone, and lets those speak that go with one class.

// ratioSmoothing is added to every count, so that a feature that a class never has gets
// a finite ratio, and a rare feature a small one.
const ratioSmoothing = 1.0

// scale multiplies the values in all rows by the ratios of their features. The weights
// fitted to them are then to be multiplied by these, too.
func (p *problem) scale(ratios []float64) {
	for _, r := range p.rows {
		for j, c := range r.columns {
			r.values[j] *= float32(ratios[c])
		}
	}
}

// ratios returns for each column the largest of the classes' log-count ratios: that of the
// share of its examples in which the feature is active to the same share of all others.
func (p *problem) ratios() []float64 {
	active, examples := p.counts()
	all := float64(len(p.rows))
	ratios := make([]float64, p.columns)
	for i := range ratios {
		counts := active[i*p.classes : (i+1)*p.classes]
		total := 0.0
		for _, n := range counts {
			total += n
		}
		for c, n := range counts {
			if examples[c] == 0 || examples[c] == all {
				continue
			}
			within := (n + ratioSmoothing) / (examples[c] + 2*ratioSmoothing)
			without := (total - n + ratioSmoothing) / (all - examples[c] + 2*ratioSmoothing)
			ratios[i] = max(ratios[i], math.Abs(math.Log(within/without)))
		}
	}
	return ratios
}

// counts returns in how many examples of each class each feature is active, laid out as
// the weights are, and how many examples each class has.
func (p *problem) counts() (active, examples []float64) {
	active, examples = make([]float64, p.columns*p.classes), make([]float64, p.classes)
	last := make([]int, p.columns) // the example, plus one, in which it was counted last
	for i, r := range p.rows {
		examples[r.class]++
		for _, c := range r.columns {
			if last[c] != i+1 {
				last[c] = i + 1
				active[int(c)*p.classes+r.class]++
			}
		}
	}
	return active, examples
}
