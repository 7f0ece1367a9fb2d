package linear

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// Example is one training case.
type Example struct {
	X Vector
	// Y is the class, an index into the label set.
	Y int
	// Weight multiplies the example's loss; 1 for an ordinary example.
	Weight float64
	// Base are log-odds of the classes that are added to those of the model, for a
	// model that corrects another one; nil for none.
	Base []float64
}

// Options say how to train.
type Options struct {
	// L2 is the strength of the penalty L2/2·‖w‖² on all weights but the biases,
	// against a loss summed (not averaged) over the examples.
	L2 float64
	// MinExamples is the number of examples a feature must be active in to get a
	// weight; rarer ones are ignored. At least 1.
	MinExamples int
	// ClassBalance weighs class c by (n/(K·n_c))^ClassBalance: 0 leaves the classes
	// as frequent as they are, 1 makes them count alike.
	ClassBalance float64
	// Prior gives features the weights, one per class, that the penalty pulls them
	// to, instead of 0: L2/2·‖w−prior‖², a Gaussian prior with that mean. Such
	// features are kept however rare they are.
	Prior map[uint32][]float64
	// Ratios scales the values of each feature, and its prior, by its log-count ratio,
	// so that the penalty holds back what is as frequent in every class; see ratios.
	Ratios bool
	// MaxIterations and Tolerance end the optimisation; see minimise.
	MaxIterations int
	Tolerance     float64
}

// shards is the number of parts in which the gradient is summed. It is fixed, not
// the number of cores, so that rounding is the same everywhere.
const shards = 4

// Train fits a model for the labels to the examples.
// It fails if there is no example, one of a class outside the label set, or one
// whose base has another number of classes.
func Train(examples []Example, labels []string, o Options) (*Model, error) {
	if len(examples) == 0 {
		return nil, errors.New("no training examples")
	}
	for i, e := range examples {
		if e.Y < 0 || e.Y >= len(labels) {
			return nil, fmt.Errorf("example %d has class %d of %d", i, e.Y, len(labels))
		}
		if e.Base != nil && len(e.Base) != len(labels) {
			return nil, fmt.Errorf("example %d has a base of %d classes of %d", i, len(e.Base), len(labels))
		}
	}
	ids := frequentFeatures(examples, o.MinExamples)
	ids = withPriors(ids, o.Prior)
	p := problem{
		rows:    compact(examples, ids),
		weights: exampleWeights(examples, len(labels), o.ClassBalance),
		classes: len(labels),
		columns: len(ids),
		l2:      o.L2,
		prior:   make([]float64, len(ids)*len(labels)),
	}
	for i, id := range ids {
		copy(p.prior[i*len(labels):], o.Prior[id])
	}
	x := append(slices.Clone(p.prior), make([]float64, len(labels))...)
	var ratios []float64
	if o.Ratios {
		ratios = p.ratios()
		p.scale(ratios)
	}
	minimise(p.loss, x, o.MaxIterations, o.Tolerance)
	for i, r := range ratios {
		for c := range labels {
			x[i*len(labels)+c] *= r
		}
	}
	return newModel(labels, ids, x), nil
}

// frequentFeatures returns the sorted hashes active in at least n examples.
func frequentFeatures(examples []Example, n int) []uint32 {
	type count struct{ examples, last int }
	counts := map[uint32]count{}
	for i, e := range examples {
		for _, f := range e.X {
			if c := counts[f.ID]; c.examples == 0 || c.last != i {
				counts[f.ID] = count{c.examples + 1, i}
			}
		}
	}
	var ids []uint32
	for id, c := range counts {
		if c.examples >= n {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// withPriors adds the features that have a prior to the sorted ids.
func withPriors(ids []uint32, prior map[uint32][]float64) []uint32 {
	for id := range prior {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// row is an example with columns instead of hashes.
type row struct {
	columns []int32
	values  []float32
	class   int
	base    []float64
}

// compact drops the features without a column and numbers the others.
func compact(examples []Example, ids []uint32) []row {
	column := make(map[uint32]int32, len(ids))
	for i, id := range ids {
		column[id] = int32(i)
	}
	rows := make([]row, len(examples))
	for i, e := range examples {
		r := row{class: e.Y, base: e.Base}
		for _, f := range e.X {
			if c, ok := column[f.ID]; ok {
				r.columns = append(r.columns, c)
				r.values = append(r.values, f.Value)
			}
		}
		rows[i] = r
	}
	return rows
}

// exampleWeights multiplies the examples' own weights by those of their classes.
func exampleWeights(examples []Example, classes int, balance float64) []float64 {
	perClass := make([]float64, classes)
	total := 0.0
	for _, e := range examples {
		perClass[e.Y] += e.Weight
		total += e.Weight
	}
	weights := make([]float64, len(examples))
	for i, e := range examples {
		weights[i] = e.Weight * math.Pow(total/(float64(classes)*perClass[e.Y]), balance)
	}
	return weights
}

// problem is the penalised negative log-likelihood. Its parameters are laid out
// column by column, classes together, the biases as the last column.
type problem struct {
	rows    []row
	weights []float64
	classes int
	columns int
	l2      float64
	prior   []float64 // what the penalty pulls the weights to
}

// loss returns the value at x and writes its gradient.
func (p *problem) loss(x, gradient []float64) float64 {
	var values [shards]float64
	var gradients [shards][]float64
	var wait sync.WaitGroup
	for s := range shards {
		wait.Go(func() {
			gradients[s] = make([]float64, len(x))
			lo, hi := s*len(p.rows)/shards, (s+1)*len(p.rows)/shards
			values[s] = p.shardLoss(x, gradients[s], lo, hi)
		})
	}
	wait.Wait()
	value := 0.0
	clear(gradient)
	for s := range shards {
		value += values[s]
		axpy(1, gradients[s], gradient)
	}
	for i, mean := range p.prior {
		w := x[i] - mean
		value += p.l2 / 2 * w * w
		gradient[i] += p.l2 * w
	}
	return value
}

func (p *problem) shardLoss(x, gradient []float64, lo, hi int) float64 {
	value := 0.0
	k := p.classes
	bias := p.columns * k
	scores := make([]float64, k)
	for i := lo; i < hi; i++ {
		r := &p.rows[i]
		copy(scores, x[bias:])
		for c, b := range r.base {
			scores[c] += b
		}
		for j, column := range r.columns {
			v, at := float64(r.values[j]), int(column)*k
			for c, w := range x[at : at+k] {
				scores[c] += v * w
			}
		}
		Softmax(scores)
		value -= p.weights[i] * math.Log(max(scores[r.class], 1e-300))
		scores[r.class]--
		for c := range scores {
			scores[c] *= p.weights[i]
		}
		for j, column := range r.columns {
			v, at := float64(r.values[j]), int(column)*k
			g := gradient[at : at+k]
			for c, s := range scores {
				g[c] += v * s
			}
		}
		axpy(1, scores, gradient[bias:])
	}
	return value
}

// Best is the index of the largest value, the lowest where several are equal.
func Best[T cmp.Ordered](values []T) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}
