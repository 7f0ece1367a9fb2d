package linear

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAdaptByHand has one case, one feature of value 1 and two classes with even
// log-odds. The scores are then ±δ with δ = 1 − p and p = 1/(1+e^(−2δ)), which
// bisection solves to δ = 0.337416.
func TestAdaptByHand(t *testing.T) {
	const want = 0.337416
	if p := 1 / (1 + math.Exp(-2*want)); math.Abs(want-(1-p)) > 1e-6 {
		t.Fatalf("the hand-worked value solves nothing: %v against %v", want, 1-p)
	}
	x := Vector{{ID: 7, Value: 1}}
	d := NewAdapter([]Anchored{{X: x, LogOdds: []float64{0, 0}, Y: 1}}, 2).Fit([]int{0})
	odds := []float64{0, 0}
	d.Add(x, odds)
	if math.Abs(odds[1]-want) > 1e-3 || math.Abs(odds[0]+want) > 1e-3 {
		t.Errorf("log-odds %v, want ±%v", odds, want)
	}
}

// randomCases draws cases over few features, so that many share some.
func randomCases(rng *rand.Rand, n, classes int) []Anchored {
	cases := make([]Anchored, n)
	for i := range cases {
		c := Anchored{LogOdds: make([]float64, classes), Y: rng.IntN(classes)}
		for k := range c.LogOdds {
			c.LogOdds[k] = rng.NormFloat64()
		}
		for range 5 {
			c.X = append(c.X, Feature{ID: rng.Uint32N(12), Value: float32(rng.NormFloat64())})
		}
		cases[i] = c
	}
	return cases
}

// TestAdaptIsAMaximum compares the penalised likelihood of the weights themselves
// with that of weights near them, which shares no code with the fit.
func TestAdaptIsAMaximum(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const classes = 3
	cases := randomCases(rng, 30, classes)
	chosen := []int{2, 29, 3, 11, 17, 0, 8}
	d := NewAdapter(cases, classes).Fit(chosen)
	objective := func(d Delta) float64 {
		sum := 0.0
		for _, w := range d {
			sum -= dot(w, w) / 2
		}
		for _, i := range chosen {
			odds := append([]float64(nil), cases[i].LogOdds...)
			d.Add(cases[i].X, odds)
			Softmax(odds)
			sum += math.Log(odds[cases[i].Y])
		}
		return sum
	}
	best := objective(d)
	for range 500 {
		near := Delta{}
		for id := range uint32(12) {
			near[id] = make([]float64, classes)
			copy(near[id], d[id])
			for c := range classes {
				near[id][c] += 0.02 * rng.NormFloat64()
			}
		}
		if v := objective(near); v > best+1e-5 {
			t.Fatalf("%v at the fit, %v near it", best, v)
		}
	}
}

func TestAdaptWithoutCases(t *testing.T) {
	a := NewAdapter(randomCases(rand.New(rand.NewPCG(1, 1)), 3, 2), 2)
	if d := a.Fit(nil); len(d) != 0 {
		t.Errorf("no case moved the weights: %v", d)
	}
}

// TestAdaptToTwins has one case many times over, whose dot products are singular.
func TestAdaptToTwins(t *testing.T) {
	twin := Anchored{X: Vector{{1, 2}, {2, 1}}, LogOdds: []float64{0, 0}, Y: 1}
	cases := make([]Anchored, 20)
	all := make([]int, len(cases))
	for i := range cases {
		cases[i], all[i] = twin, i
	}
	odds := []float64{0, 0}
	NewAdapter(cases, 2).Fit(all).Add(twin.X, odds)
	Softmax(odds)
	if math.IsNaN(odds[1]) || odds[1] < 0.9 {
		t.Errorf("after 20 equal cases of class 1 its probability is %v", odds[1])
	}
}

func BenchmarkAdapt(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	cases := make([]Anchored, 60)
	all := make([]int, len(cases))
	for i := range cases {
		all[i] = i
		cases[i] = Anchored{LogOdds: make([]float64, 4), Y: rng.IntN(4)}
		for range 300 {
			cases[i].X = append(cases[i].X, Feature{ID: rng.Uint32N(3000), Value: 0.05})
		}
	}
	for b.Loop() {
		NewAdapter(cases, 4).Fit(all)
	}
}
