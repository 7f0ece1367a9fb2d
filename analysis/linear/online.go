package linear

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// OnlineOptions say how [TrainOnline] works.
type OnlineOptions struct {
	// Rate is the first step of a weight that has seen no gradient yet, in units of
	// the weight; it falls in a straight line over the epochs to the part Last of it.
	Rate, Last float64
	// Epochs is how often every example is seen.
	Epochs int
	// Orders is how many times to fit, each time with the examples in another order; the
	// weights are the means, in which chance matters less. 0 stands for 1.
	Orders int
	// L2 is the penalty on the weights of the features that an example has, each time
	// it is seen.
	L2 float64
	// MinExamples is the number of times a feature must occur to get a weight.
	MinExamples int
}

// Weights are the weights of a model before they are rounded to bytes: one row per
// feature, one column per class. They can be added up and joined before [NewModel]
// makes a model of them.
type Weights struct {
	Rows map[uint32][]float64
	Bias []float64
}

// TrainOnline fits the weights of multinomial logistic regression one example at a
// time with the steps of AdaGrad (Duchi, Hazan and Singer 2011), in an order that
// depends on nothing but the number of examples. Where there are tens of thousands
// of short texts it needs a tenth of the time of Train, and stopping after a few
// epochs keeps rare features small, which serves better there than the penalty of
// Train does.
//
// It fails as Train does.
func TrainOnline(examples []Example, classes int, o OnlineOptions) (*Weights, error) {
	if len(examples) == 0 {
		return nil, errors.New("no training examples")
	}
	for i, e := range examples {
		if e.Y < 0 || e.Y >= classes {
			return nil, fmt.Errorf("example %d has class %d of %d", i, e.Y, classes)
		}
	}
	ids := frequentFeatures(examples, o.MinExamples)
	rows := compact(examples, ids)
	mean := make([]float64, (len(ids)+1)*classes)
	orders := max(o.Orders, 1)
	for k := range orders {
		l := learner{
			rows:     rows,
			weights:  make([]float64, len(mean)),
			squares:  make([]float64, len(mean)),
			gradient: make([]float64, classes),
			l2:       o.L2,
		}
		l.fit(examples, o, shuffler(k+1))
		axpy(1/float64(orders), l.weights, mean)
	}
	w := &Weights{Rows: make(map[uint32][]float64, len(ids)), Bias: mean[len(ids)*classes:]}
	for i, id := range ids {
		w.Rows[id] = mean[i*classes : (i+1)*classes]
	}
	return w, nil
}

// learner is the state of online training. The biases are the last row of weights.
type learner struct {
	rows             []row
	weights, squares []float64 // squares are the sums of the squared gradients
	gradient         []float64
	rate, l2         float64
}

// fit takes the steps of all epochs.
func (l *learner) fit(examples []Example, o OnlineOptions, random shuffler) {
	order := make([]int, len(l.rows))
	for i := range order {
		order[i] = i
	}
	for epoch := range o.Epochs {
		random.shuffle(order)
		done := float64(epoch) / float64(max(o.Epochs-1, 1))
		l.rate = o.Rate * (1 - done*(1-o.Last))
		for _, i := range order {
			l.learn(&l.rows[i], examples[i].Weight)
		}
	}
}

// learn takes one step on an example.
func (l *learner) learn(r *row, weight float64) {
	g, k := l.gradient, len(l.gradient)
	bias := len(l.weights) - k
	copy(g, l.weights[bias:])
	for j, c := range r.columns {
		axpy(float64(r.values[j]), l.weights[int(c)*k:int(c+1)*k], g)
	}
	Softmax(g)
	g[r.class]--
	for c := range g {
		g[c] *= weight
	}
	for j, c := range r.columns {
		l.step(int(c)*k, float64(r.values[j]), l.l2)
	}
	l.step(bias, 1, 0)
}

// step moves the row of weights that begins at from.
func (l *learner) step(from int, value, l2 float64) {
	const start = 0.01 // keeps the first step finite
	for c, g := range l.gradient {
		i := from + c
		g = g*value + l2*l.weights[i]
		l.squares[i] += g * g
		l.weights[i] -= l.rate * g / math.Sqrt(l.squares[i]+start)
	}
}

// shuffler is a linear congruential generator with Knuth's constants (MMIX), so
// that the order is the same with every release of Go.
type shuffler uint64

func (s *shuffler) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		*s = *s*6364136223846793005 + 1442695040888963407
		j := int(uint64(*s>>33) % uint64(i+1))
		list[i], list[j] = list[j], list[i]
	}
}

// Scores are the linear scores of x, one per class.
func (w *Weights) Scores(x Vector) []float64 {
	s := slices.Clone(w.Bias)
	for _, f := range x {
		if r := w.Rows[f.ID]; r != nil {
			axpy(float64(f.Value), r, s)
		}
	}
	return s
}

// NewModel rounds weights to bytes and makes a model of them. The rows must have as
// many columns as there are labels.
func NewModel(labels []string, w *Weights) *Model {
	ids := make([]uint32, 0, len(w.Rows))
	for id := range w.Rows {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	x := make([]float64, 0, (len(ids)+1)*len(labels))
	for _, id := range ids {
		x = append(x, w.Rows[id]...)
	}
	return newModel(labels, ids, append(x, w.Bias...))
}
