package linear

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// toy makes examples of three classes told apart by two features each, with noise.
func toy(n int) []Example {
	rng := rand.New(rand.NewPCG(1, 2))
	examples := make([]Example, n)
	for i := range examples {
		y := i % 3
		x := Vector{{ID: uint32(100 + y), Value: 1}, {ID: uint32(200 + y), Value: 0.5}}
		x = append(x, Feature{ID: uint32(300 + rng.IntN(20)), Value: 1})
		if rng.IntN(10) == 0 {
			y = (y + 1) % 3
		}
		examples[i] = Example{X: x, Y: y, Weight: 1}
	}
	return examples
}

var (
	toyLabels  = []string{"a", "b", "c"}
	toyOptions = Options{L2: 1, MinExamples: 2, MaxIterations: 100, Tolerance: 1e-6}
)

func train(t testing.TB, examples []Example) *Model {
	t.Helper()
	m, err := Train(examples, toyLabels, toyOptions)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGradient(t *testing.T) {
	examples := toy(30)
	ids := frequentFeatures(examples, 1)
	p := problem{rows: compact(examples, ids), weights: exampleWeights(examples, 3, 0.5), classes: 3, columns: len(ids), l2: 0.7, prior: make([]float64, 3*len(ids))}
	rng := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, (len(ids)+1)*3)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	g, scratch := make([]float64, len(x)), make([]float64, len(x))
	p.loss(x, g)
	for i := range x {
		const h = 1e-5
		keep := x[i]
		x[i] = keep + h
		up := p.loss(x, scratch)
		x[i] = keep - h
		down := p.loss(x, scratch)
		x[i] = keep
		if numeric := (up - down) / (2 * h); math.Abs(numeric-g[i]) > 1e-4*max(1, math.Abs(numeric)) {
			t.Fatalf("gradient of parameter %d is %g, by differences %g", i, g[i], numeric)
		}
	}
}

func TestMinimise(t *testing.T) {
	// Rosenbrock's valley, whose minimum is 0 at (1, 1).
	x := []float64{-1.2, 1}
	minimise(func(x, g []float64) float64 {
		a, b := 1-x[0], x[1]-x[0]*x[0]
		g[0], g[1] = -2*a-400*x[0]*b, 200*b
		return a*a + 100*b*b
	}, x, 500, 1e-10)
	if math.Abs(x[0]-1) > 1e-4 || math.Abs(x[1]-1) > 1e-4 {
		t.Errorf("ended at %v, want (1, 1)", x)
	}
}

func TestTrainLearns(t *testing.T) {
	m := train(t, toy(300))
	p := make([]float64, 3)
	for y := range 3 {
		m.Predict(Vector{{ID: uint32(100 + y), Value: 1}, {ID: uint32(200 + y), Value: 0.5}}, p)
		if Best(p) != y || p[y] < 0.7 {
			t.Errorf("class %d has probabilities %.2f", y, p)
		}
	}
}

func TestPredictWithoutKnownFeatures(t *testing.T) {
	m := train(t, toy(300))
	p := make([]float64, 3)
	m.Predict(Vector{{ID: 999, Value: 1}}, p)
	sum := 0.0
	for _, v := range p {
		sum += v
	}
	if math.Abs(sum-1) > 1e-12 || p[0] < 0.2 || p[0] > 0.5 {
		t.Errorf("without evidence the classes should be about as frequent as in training, got %.3f", p)
	}
}

func TestLead(t *testing.T) {
	m := train(t, toy(300))
	want := m.Weight(101, 1) - (m.Weight(101, 0)+m.Weight(101, 2))/2
	if got := m.Lead(101, 1); math.Abs(got-want) > 1e-12 {
		t.Errorf("the lead is %g, want %g", got, want)
	}
	if m.Lead(999, 1) != 0 {
		t.Error("an unknown feature leads nowhere")
	}
}

func TestClassBalance(t *testing.T) {
	// Nine of ten are class a and nothing tells the classes apart, so the model can
	// only give their weights: 0.9 without balance, 1/2 with it.
	var examples []Example
	for i := range 100 {
		y := 0
		if i%10 == 0 {
			y = 1
		}
		examples = append(examples, Example{X: Vector{{ID: 1, Value: 1}}, Y: y, Weight: 1})
	}
	for _, c := range []struct{ balance, want float64 }{{0, 0.9}, {1, 0.5}} {
		o := toyOptions
		o.ClassBalance = c.balance
		m, err := Train(examples, []string{"a", "b"}, o)
		if err != nil {
			t.Fatal(err)
		}
		p := make([]float64, 2)
		m.Predict(Vector{{ID: 1, Value: 1}}, p)
		if math.Abs(p[0]-c.want) > 0.01 {
			t.Errorf("balance %g gives class a %.3f, want %.1f", c.balance, p[0], c.want)
		}
	}
}

func TestPrior(t *testing.T) {
	// Nothing in the examples speaks of feature 7, so it keeps its prior; feature 100
	// has one against the evidence and must move from it.
	o := toyOptions
	o.Prior = map[uint32][]float64{7: {1, 0, -1}, 100: {-2, 1, 1}}
	m, err := Train(toy(300), toyLabels, o)
	if err != nil {
		t.Fatal(err)
	}
	if a, c := m.Weight(7, 0), m.Weight(7, 2); math.Abs(a-1) > 0.02 || math.Abs(c+1) > 0.02 {
		t.Errorf("an unseen feature has weights %.2f and %.2f, want 1 and -1", a, c)
	}
	if w := m.Weight(100, 0); w <= 0 {
		t.Errorf("the evidence didn't move the weight from its prior: %.2f", w)
	}
}

func TestRatios(t *testing.T) {
	// Of the six examples of class a, five have feature 1 and three feature 2; of the six
	// of class b, none has feature 1 and three have feature 2.
	var examples []Example
	for i := range 12 {
		e := Example{Y: i / 6, Weight: 1}
		if i < 5 {
			e.X = append(e.X, Feature{ID: 1, Value: 1}, Feature{ID: 1, Value: 1})
		}
		if i%2 == 0 {
			e.X = append(e.X, Feature{ID: 2, Value: 1})
		}
		examples = append(examples, e)
	}
	ids := frequentFeatures(examples, 1)
	p := problem{rows: compact(examples, ids), classes: 2, columns: len(ids)}
	ratios := p.ratios()
	if want := math.Log(6); math.Abs(ratios[0]-want) > 1e-12 || ratios[1] != 0 {
		t.Errorf("the ratios are %v, want %v and 0", ratios, want)
	}
	o := toyOptions
	o.Ratios = true
	m, err := Train(examples, []string{"a", "b"}, o)
	if err != nil {
		t.Fatal(err)
	}
	if m.Weight(1, 0) <= 0 || m.row(2) != nil {
		t.Errorf("the weights are %.2f of what tells the classes apart and %v of what doesn't, want more than 0 and none", m.Weight(1, 0), m.row(2))
	}
	// A ratio above 1 makes the penalty lighter.
	o.Ratios = false
	plain, err := Train(examples, []string{"a", "b"}, o)
	if err != nil {
		t.Fatal(err)
	}
	if m.Weight(1, 0) <= plain.Weight(1, 0) {
		t.Errorf("the weight is %.2f with ratios and %.2f without", m.Weight(1, 0), plain.Weight(1, 0))
	}
}

func TestBase(t *testing.T) {
	// Even labels on a base that prefers the first class by 2: the bias takes it back.
	var examples []Example
	for i := range 200 {
		examples = append(examples, Example{Y: i % 2, Weight: 1, Base: []float64{2, 0}})
	}
	m, err := Train(examples, []string{"a", "b"}, toyOptions)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.bias[0] - m.bias[1]; math.Abs(got+2) > 1e-3 {
		t.Errorf("the bias corrects by %.4f, want -2", got)
	}
	examples[0].Base = []float64{1}
	if _, err := Train(examples, []string{"a", "b"}, toyOptions); err == nil {
		t.Error("a base of too few classes: want an error")
	}
}

func TestCorrected(t *testing.T) {
	first := train(t, toy(300))
	var examples []Example
	for i, e := range toy(300) {
		base := make([]float64, 3)
		first.Scores(e.X, base)
		examples = append(examples, Example{X: Vector{{ID: uint32(1000 + i%2), Value: 1}}, Y: (e.Y + i%2) % 3, Weight: 1, Base: base})
	}
	second := train(t, examples)
	const constant = 5000
	shift := []float64{0.5, 0, -0.25}
	both := first.Corrected(second, constant, shift)
	for i, e := range toy(50) {
		var a, b, c, alone [3]float64
		own := Vector{{ID: uint32(1000 + i%2), Value: 1}}
		first.Scores(e.X, a[:])
		second.Scores(own, b[:])
		both.Scores(append(append(e.X, own...), Feature{ID: constant, Value: 1}), c[:])
		both.Scores(e.X, alone[:])
		for k := range c {
			step := float64(len(e.X)+2) * both.scale[k] // of quantising twice
			if want := a[k] + b[k] + shift[k]; math.Abs(c[k]-want) > step {
				t.Errorf("example %d, class %d: both passes give %.4f, want %.4f", i, k, c[k], want)
			}
			if math.Abs(alone[k]-a[k]) > step {
				t.Errorf("example %d, class %d: the first pass gives %.4f in the corrected model, %.4f alone", i, k, alone[k], a[k])
			}
		}
	}
	if _, err := ReadModel(encode(t, both)); err != nil {
		t.Error(err)
	}
}

func TestTrainRefuses(t *testing.T) {
	if _, err := Train(nil, toyLabels, toyOptions); err == nil {
		t.Error("no examples: want an error")
	}
	if _, err := Train([]Example{{Y: 3, Weight: 1}}, toyLabels, toyOptions); err == nil {
		t.Error("a class outside the label set: want an error")
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	var want []byte
	for _, procs := range []int{1, 2, 7} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		got := encode(t, train(t, toy(301)))
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("with %d processors the model differs", procs)
		}
	}
}

func encode(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestModelRoundTrip(t *testing.T) {
	m := train(t, toy(300))
	m.Passport.Temperature = 1.5
	m.Passport.Sources = []Source{{Name: "x", SHA256: "00", Threads: 1, Examples: 300}}
	data := encode(t, m)
	back, err := ReadModel(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, back), data) {
		t.Error("writing what was read gives other bytes")
	}
	p, q := make([]float64, 3), make([]float64, 3)
	for _, e := range toy(50) {
		m.Predict(e.X, p)
		back.Predict(e.X, q)
		for c := range p {
			if p[c] != q[c] {
				t.Fatalf("predictions differ: %v and %v", p, q)
			}
		}
	}
}

func TestReadModelRefuses(t *testing.T) {
	good := encode(t, train(t, toy(300)))
	swapped := bytes.Clone(good)
	swapped[8] = 9
	long := append(bytes.Clone(good), 0)
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"nothing", nil},
		{"another kind of file", []byte("PK\x03\x04 not a model at all")},
		{"another version", swapped},
		{"cut short", good[:len(good)-1]},
		{"cut in the passport", good[:20]},
		{"something after the end", long},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadModel(c.data)
			var format *FormatError
			if !errors.As(err, &format) {
				t.Errorf("got %v, want a *FormatError", err)
			}
		})
	}
}

func FuzzReadModel(f *testing.F) {
	good := encode(f, train(f, toy(60)))
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadModel(data)
		if err != nil {
			return
		}
		p := make([]float64, m.Classes())
		m.Predict(Vector{{ID: 101, Value: 1}}, p)
		m.Weight(101, 0)
	})
}

func BenchmarkPredict(b *testing.B) {
	m := train(b, toy(300))
	x := toy(1)[0].X
	p := make([]float64, 3)
	b.ReportAllocs()
	for b.Loop() {
		m.Predict(x, p)
	}
}

func TestAppendRowsIsRow(t *testing.T) {
	w := &Weights{Rows: map[uint32][]float64{}, Bias: []float64{0, 0}}
	for i := range uint32(300) {
		w.Rows[Hash(fmt.Sprint("known ", i))] = []float64{float64(i), -1}
	}
	m := NewModel([]string{"a", "b"}, w)
	var ids []uint32
	for i := range 400 {
		ids = append(ids, Hash(fmt.Sprint("known ", i)), Hash(fmt.Sprint("unknown ", i)))
	}
	for _, n := range []int{0, 1, rowsAtOnce, rowsAtOnce + 1, len(ids)} {
		rows := m.AppendRows(nil, ids[:n])
		if len(rows) != n {
			t.Fatalf("%d rows of %d features", len(rows), n)
		}
		for i, row := range rows {
			if want := m.Row(ids[i]); !slices.Equal(row, want) || (row == nil) != (want == nil) {
				t.Errorf("row %d of %d is %v, alone %v", i, n, row, want)
			}
		}
	}
}
