package sentiment

import (
	"errors"
	"strings"
	"sync"

	"stance/analysis/evaluate"
	"stance/analysis/linear"
	"stance/corpus"
)

// Validation is what cross-validation measured: every sample was judged by a model
// that had seen no sample of its group.
type Validation struct {
	// Collections are the confusions of the polarities by collection.
	Collections map[string]*evaluate.Confusion
	// ECE is the expected calibration error of the polarities by collection.
	ECE map[string]float64
	// Sarcasm has the probability of the likelier answer for each sample that was
	// asked for it, and whether it was right; SarcasmFound counts the answers.
	Sarcasm      []evaluate.Judged
	SarcasmFound *evaluate.Confusion
}

// calibration has the divisors of the scores that make them log-odds.
type calibration struct {
	places  [numPlaces]float64
	sarcasm float64
}

// validate returns the scores of every sample, and of every one asked for sarcasm,
// from models that were trained without its fold, all folds at once.
func (t *trainer) validate() (polarities, sarcasms []evaluate.Prediction, err error) {
	polarities = make([]evaluate.Prediction, len(t.samples))
	sarcasms = make([]evaluate.Prediction, len(t.samples))
	errs := make([]error, t.o.Folds)
	var wait sync.WaitGroup
	for k := range t.o.Folds {
		wait.Go(func() { errs[k] = t.judge(k, polarities, sarcasms) })
	}
	wait.Wait()
	return polarities, sarcasms, errors.Join(errs...)
}

// judge writes the scores of the samples of fold k.
func (t *trainer) judge(k int, polarities, sarcasms []evaluate.Prediction) error {
	j, err := t.fit(k, calibration{places: [numPlaces]float64{1, 1}, sarcasm: 1})
	if err != nil {
		return err
	}
	for i, fold := range t.folds {
		if fold != k {
			continue
		}
		s := &t.samples[i]
		scores := j.w.Scores(t.base[i])
		first := int(placeOf(s.Topic)) * corpus.NumPolarities
		polarities[i] = evaluate.Prediction{Scores: scores[first : first+corpus.NumPolarities], Truth: int(s.Polarity)}
		if s.Sarcasm != nil {
			sarcasms[i] = evaluate.Prediction{Scores: []float64{0, scores[sarcasmColumn]}, Truth: index(*s.Sarcasm)}
		}
	}
	return nil
}

// calibrate fits a temperature for each place and for sarcasm. Foreign texts and
// comments without their article don't count: the program is seldom asked about them.
func (t *trainer) calibrate(polarities, sarcasms []evaluate.Prediction) calibration {
	var byPlace [numPlaces][]evaluate.Prediction
	for i, p := range polarities {
		if r := t.register(i); r < numPlaces && !strings.HasSuffix(t.samples[i].Collection, alone) {
			byPlace[r] = append(byPlace[r], p)
		}
	}
	var asked []evaluate.Prediction
	for _, i := range t.sarcasm {
		asked = append(asked, sarcasms[i])
	}
	c := calibration{sarcasm: evaluate.FitTemperature(asked)}
	for r, list := range byPlace {
		c.places[r] = evaluate.FitTemperature(list)
	}
	return c
}

// settle turns the scores into calibrated probabilities, settles those of a thread
// together, and returns the usual ones under an article.
func (t *trainer) settle(polarities []evaluate.Prediction, c calibration) (judged []probabilities, usual probabilities) {
	judged = make([]probabilities, len(polarities))
	type thread struct {
		group string
		ties  *Ties
	}
	threads := map[thread][]int{}
	n := 0.0
	for i, p := range polarities {
		place := placeOf(t.samples[i].Topic)
		for k, s := range p.Scores {
			judged[i][k] = s / c.places[place]
		}
		linear.Softmax(judged[i][:])
		if place == underArticle {
			of := thread{t.samples[i].Group, t.samples[i].Ties}
			threads[of] = append(threads[of], i)
			for k, v := range judged[i] {
				usual[k] += v
			}
			n++
		}
	}
	for k := range usual {
		if n > 0 {
			usual[k] /= n
		} else {
			usual[k] = 1. / corpus.NumPolarities
		}
	}
	for of, members := range threads {
		var before []probabilities
		var places []int
		for _, i := range members {
			before = append(before, judged[i])
			places = append(places, t.samples[i].At)
		}
		circles := of.ties.circles(places, before)
		for k, p := range settled(before, circles, usual) {
			judged[members[k]] = p
		}
	}
	return judged, usual
}

// measure sums up the cross-validated predictions.
func (t *trainer) measure(polarities []probabilities, sarcasms []evaluate.Prediction, c calibration) *Validation {
	v := &Validation{
		Collections:  map[string]*evaluate.Confusion{},
		ECE:          map[string]float64{},
		SarcasmFound: evaluate.NewConfusion(2),
	}
	judged := map[string][]evaluate.Judged{}
	for i, s := range t.samples {
		name := s.Collection
		if v.Collections[name] == nil {
			v.Collections[name] = evaluate.NewConfusion(corpus.NumPolarities)
		}
		p := polarities[i][:]
		best := linear.Best(p)
		v.Collections[name].Add(int(s.Polarity), best)
		judged[name] = append(judged[name], evaluate.Judged{Probability: p[best], Right: best == int(s.Polarity)})
	}
	for name, list := range judged {
		v.ECE[name] = evaluate.ECE(list)
	}
	for _, i := range t.sarcasm {
		p := []float64{0, sarcasms[i].Scores[1] / c.sarcasm}
		linear.Softmax(p)
		best := linear.Best(p)
		v.SarcasmFound.Add(sarcasms[i].Truth, best)
		v.Sarcasm = append(v.Sarcasm, evaluate.Judged{Probability: p[best], Right: best == sarcasms[i].Truth})
	}
	return v
}
