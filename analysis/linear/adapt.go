package linear

import (
	"cmp"
	"math"
	"slices"
)

// Anchored is a training case of which a model already has an opinion.
type Anchored struct {
	X Vector
	// LogOdds are the classes' log-odds before the case was seen, up to a constant.
	LogOdds []float64
	// Y is the class.
	Y int
}

// Adapter fits weights on top of given log-odds to a handful of cases, fewer than
// there are features. Make one with NewAdapter; it is safe for concurrent use.
//
// The weights δ are those most probable under a Gaussian prior of mean 0 and
// variance 1 for each: they maximise Σ log softmax(logOdds + δ·x)[y] − ‖δ‖²/2. How far a
// feature may move the log-odds is set by the size of its values. At the maximum
// δ = Σ (e_y − p)·x, so the cases' scores need only their dot products, and the
// problem has as many unknowns as cases, whatever the number of features (the
// representer theorem: Kimeldorf and Wahba, Journal of Mathematical Analysis and
// Applications 33, 1971).
type Adapter struct {
	cases   []Anchored // with sorted features
	classes int
	gram    [][]float64 // dot products of the cases
}

// NewAdapter returns an adapter to the cases, whose time and memory grow with the
// square of their number.
func NewAdapter(cases []Anchored, classes int) *Adapter {
	a := &Adapter{classes: classes, gram: make([][]float64, len(cases))}
	for i, c := range cases {
		c.X = merged(c.X)
		a.cases = append(a.cases, c)
		a.gram[i] = make([]float64, i+1)
		for k := range i + 1 {
			a.gram[i][k] = product(c.X, a.cases[k].X)
		}
	}
	return a
}

// merged is v sorted by feature with equal ones added up.
func merged(v Vector) Vector {
	v = slices.Clone(v)
	slices.SortFunc(v, func(a, b Feature) int { return cmp.Compare(a.ID, b.ID) })
	out := v[:0]
	for _, f := range v {
		if n := len(out); n > 0 && out[n-1].ID == f.ID {
			out[n-1].Value += f.Value
			continue
		}
		out = append(out, f)
	}
	return out
}

// product is the dot product of merged vectors.
func product(a, b Vector) float64 {
	sum := 0.0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i].ID < b[k].ID:
			i++
		case a[i].ID > b[k].ID:
			k++
		default:
			sum += float64(a[i].Value) * float64(b[k].Value)
			i, k = i+1, k+1
		}
	}
	return sum
}

// Delta holds weights that are added to a model's.
type Delta map[uint32][]float64

// Add adds what the weights make of x to the classes' log-odds.
func (d Delta) Add(x Vector, logOdds []float64) {
	for _, f := range x {
		if w, ok := d[f.ID]; ok {
			axpy(float64(f.Value), w, logOdds)
		}
	}
}

// How the search for the maximum ends; see minimise.
const (
	adaptIterations = 100
	adaptTolerance  = 1e-4
)

// Fit returns the weights fitted to the cases of those indices.
func (a *Adapter) Fit(cases []int) Delta {
	p := anchored{adapter: a, cases: cases, root: a.root(cases), odds: make([]float64, a.classes)}
	z := make([]float64, len(cases)*a.classes)
	minimise(p.loss, z, adaptIterations, adaptTolerance)
	delta := Delta{}
	for i, k := range cases {
		p.excess(i, z)
		for _, f := range a.cases[k].X {
			if delta[f.ID] == nil {
				delta[f.ID] = make([]float64, a.classes)
			}
			axpy(-float64(f.Value), p.odds, delta[f.ID])
		}
	}
	return delta
}

// ridge is added to the diagonal of the dot products, which are singular where two
// cases are alike.
const ridge = 1e-6

// root returns the lower triangle L with L·Lᵀ the cases' dot products (Cholesky).
func (a *Adapter) root(cases []int) [][]float64 {
	l := make([][]float64, len(cases))
	for i, at := range cases {
		l[i] = make([]float64, i+1)
		for k := range i + 1 {
			rest := a.gram[max(at, cases[k])][min(at, cases[k])] - dot(l[i][:k], l[k][:k])
			if k < i {
				l[i][k] = rest / l[k][k]
			} else {
				l[i][i] = math.Sqrt(max(rest+ridge, ridge))
			}
		}
	}
	return l
}

// anchored is the problem in whitened unknowns z: a class's scores of the cases are
// its log-odds + L·z, where the prior of z is Gaussian of variance 1. The z of one
// class stand together.
type anchored struct {
	adapter *Adapter
	cases   []int
	root    [][]float64
	odds    []float64 // of one case
}

// excess leaves in p.odds, for case i at z, the classes' probabilities less 1 for the
// true class, and returns the probability of that.
func (p *anchored) excess(i int, z []float64) float64 {
	c := &p.adapter.cases[p.cases[i]]
	copy(p.odds, c.LogOdds)
	for class := range p.odds {
		own := z[class*len(p.cases):]
		p.odds[class] += dot(p.root[i], own[:i+1])
	}
	Softmax(p.odds)
	truth := p.odds[c.Y]
	p.odds[c.Y]--
	return truth
}

// loss returns the penalised negative log-likelihood at z and writes its gradient.
func (p *anchored) loss(z, gradient []float64) float64 {
	copy(gradient, z)
	value := dot(z, z) / 2
	for i := range p.cases {
		value -= math.Log(max(p.excess(i, z), math.SmallestNonzeroFloat64))
		for class, e := range p.odds {
			axpy(e, p.root[i], gradient[class*len(p.cases):])
		}
	}
	return value
}
