package sentiment

import (
	"stance/analysis/linear"
	"stance/corpus"
)

// A text under an article and one by itself share most of what words mean. So every
// feature is trained twice, once for all texts and once for those of its register,
// and the model adds the two up (Daumé, Frustratingly Easy Domain Adaptation, 2007).

// copyOf names the copy of a feature for a register.
func copyOf(id uint32, register place) uint32 {
	return (id ^ uint32(register+1)*0x9E3779B1) * 0x85EBCA6B
}

var seedCollection = linear.Hash("collection:")

// withCopies appends the copies for a register. The collection gets a bias of its
// own, so that what is common in it alone isn't learned as the meaning of its words.
func withCopies(v linear.Vector, register place, collection string) linear.Vector {
	x := make(linear.Vector, 0, 2*len(v)+1)
	x = append(x, v...)
	for _, f := range v {
		x = append(x, linear.Feature{ID: copyOf(f.ID, register), Value: f.Value})
	}
	return append(x, linear.Feature{ID: linear.HashString(seedCollection, collection), Value: 0.5})
}

// join gathers the weights of several fits as the columns of one model.
type join struct {
	w *linear.Weights
	c calibration
}

func newJoin(c calibration) *join {
	return &join{&linear.Weights{Rows: map[uint32][]float64{}, Bias: make([]float64, numColumns)}, c}
}

func (j *join) row(id uint32) []float64 {
	r := j.w.Rows[id]
	if r == nil {
		r = make([]float64, numColumns)
		j.w.Rows[id] = r
	}
	return r
}

// polarity adds the weights of a fit for the polarities: in each place what a feature
// of ids weighs everywhere and what it weighs there besides.
func (j *join) polarity(w *linear.Weights, ids map[uint32]bool) {
	for id := range ids {
		for p := range place(numPlaces) {
			for _, from := range [][]float64{w.Rows[id], w.Rows[copyOf(id, p)]} {
				j.add(id, int(p)*corpus.NumPolarities, from, 1/j.c.places[p])
			}
		}
	}
}

// add adds a row of weights to the columns of a feature that begin at first.
func (j *join) add(id uint32, first int, from []float64, factor float64) {
	if from == nil {
		return
	}
	r := j.row(id)
	for c, v := range from {
		r[first+c] += v * factor
	}
}

// bias adds the biases of a fit for the polarities.
func (j *join) bias(w *linear.Weights) {
	for p := range place(numPlaces) {
		for c, b := range w.Bias {
			j.w.Bias[int(p)*corpus.NumPolarities+c] += b / j.c.places[p]
		}
	}
}

// sarcasm adds the weights of a fit for no and yes as their difference.
func (j *join) sarcasm(w *linear.Weights) {
	for id, r := range w.Rows {
		j.add(id, sarcasmColumn, []float64{r[1] - r[0]}, 1/j.c.sarcasm)
	}
	j.w.Bias[sarcasmColumn] = (w.Bias[1] - w.Bias[0]) / j.c.sarcasm
}

// fold adds the weights of its letters to every word that has a row, so that a
// reader of the model needs the letters of unknown words only.
func (j *join) fold(letters map[uint32][]uint32) {
	for word, runs := range letters {
		row := j.w.Rows[word]
		if row == nil {
			continue
		}
		for _, run := range runs {
			for c, v := range j.w.Rows[run] {
				row[c] += v * spelledShare
			}
		}
	}
}
