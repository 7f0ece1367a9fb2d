package evaluate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"stance.example/stance/analysis/evaluate"
)

// By hand: 4 of class 0 (3 found), 2 of class 1 (1 found), class 2 never occurs.
func sample() *evaluate.Confusion {
	c := evaluate.NewConfusion(3)
	for range 3 {
		c.Add(0, 0)
	}
	c.Add(0, 1)
	c.Add(1, 1)
	c.Add(1, 0)
	return c
}

func TestConfusion(t *testing.T) {
	c := sample()
	for _, q := range []struct {
		name      string
		got, want float64
	}{
		{"precision 0", c.Precision(0), 3.0 / 4},
		{"recall 0", c.Recall(0), 3.0 / 4},
		{"precision 1", c.Precision(1), 1.0 / 2},
		{"F1 1", c.F1(1), 1.0 / 2},
		{"macro-F1, over the two classes that occur", c.MacroF1(), (3.0/4 + 1.0/2) / 2},
		{"accuracy", c.Accuracy(), 4.0 / 6},
	} {
		if math.Abs(q.got-q.want) > 1e-12 {
			t.Errorf("%s is %g, want %g", q.name, q.got, q.want)
		}
	}
	if !math.IsNaN(c.Recall(2)) || !math.IsNaN(evaluate.NewConfusion(2).MacroF1()) {
		t.Error("a ratio without a denominator must be NaN")
	}
}

func TestMerge(t *testing.T) {
	c := sample()
	c.Merge(sample())
	if c.Total() != 12 || c.Support(0) != 8 || c.Predicted(1) != 4 {
		t.Errorf("merged totals are %d, %d, %d", c.Total(), c.Support(0), c.Predicted(1))
	}
}

func TestFolds(t *testing.T) {
	var names, reversed []string
	for i := range 23 {
		names = append(names, fmt.Sprint("thread ", i))
		reversed = append([]string{names[i]}, reversed...)
	}
	folds, back := evaluate.Folds(names, 5), evaluate.Folds(reversed, 5)
	size := make([]int, 5)
	for i, f := range folds {
		size[f]++
		if back[len(back)-1-i] != f {
			t.Errorf("the fold of %q depends on the order", names[i])
		}
	}
	for f, n := range size {
		if n < 4 || n > 5 {
			t.Errorf("fold %d has %d of 23 threads", f, n)
		}
	}
}

func TestFitTemperature(t *testing.T) {
	// Scores drawn to be calibrated and then doubled need a temperature of 2.
	rng := rand.New(rand.NewPCG(1, 1))
	var ps []evaluate.Prediction
	for range 20000 {
		s := rng.NormFloat64() * 1.5
		truth := 0
		if rng.Float64() > 1/(1+math.Exp(-s)) {
			truth = 1
		}
		ps = append(ps, evaluate.Prediction{Scores: []float64{2 * s, 0}, Truth: truth})
	}
	if got := evaluate.FitTemperature(ps); math.Abs(got-2) > 0.1 {
		t.Errorf("temperature is %.3f, want about 2", got)
	}
	// By hand: three of four are right at log-odds of 1, and are most likely at ln 3.
	ps = nil
	for i := range 4 {
		ps = append(ps, evaluate.Prediction{Scores: []float64{1, 0}, Truth: i / 3})
	}
	if got := evaluate.FitTemperature(ps); math.Abs(got-1/math.Log(3)) > 1e-5 {
		t.Errorf("temperature is %.6f, want 1/ln 3 = %.6f", got, 1/math.Log(3))
	}
}

func TestECE(t *testing.T) {
	// Ten at 0.75 of which five are right, and ten at 0.25 of which none is:
	// (10·0.25 + 10·0.25) / 20.
	var js []evaluate.Judged
	for i := range 10 {
		js = append(js, evaluate.Judged{Probability: 0.75, Right: i < 5}, evaluate.Judged{Probability: 0.25})
	}
	if got := evaluate.ECE(js); math.Abs(got-0.25) > 1e-12 {
		t.Errorf("ECE is %g, want 0.25", got)
	}
	if !math.IsNaN(evaluate.ECE(nil)) {
		t.Error("the ECE of nothing must be NaN")
	}
}

func TestBootstrap(t *testing.T) {
	// One hundred threads of ten comments, each right with probability 0.7: the
	// accuracy's standard error is √(0.7·0.3/1000) = 0.0145.
	rng := rand.New(rand.NewPCG(5, 6))
	all := evaluate.NewConfusion(2)
	var threads []*evaluate.Confusion
	for range 100 {
		c := evaluate.NewConfusion(2)
		for range 10 {
			given := 0
			if rng.Float64() > 0.7 {
				given = 1
			}
			c.Add(0, given)
		}
		threads = append(threads, c)
		all.Merge(c)
	}
	accuracy := func(drawn []int) float64 {
		sum := evaluate.NewConfusion(2)
		for _, i := range drawn {
			sum.Merge(threads[i])
		}
		return sum.Accuracy()
	}
	low, high := evaluate.Bootstrap(len(threads), accuracy)
	if low > all.Accuracy() || high < all.Accuracy() || math.Abs(high-low-2*1.96*0.0145) > 0.012 {
		t.Errorf("the interval of %.3f is [%.3f, %.3f]", all.Accuracy(), low, high)
	}
	if again, _ := evaluate.Bootstrap(len(threads), accuracy); again != low {
		t.Error("the same confusions gave another interval")
	}
	// A statistic that two draws of three leave undefined.
	n := 0
	undefined := func([]int) float64 {
		if n++; n%3 > 0 {
			return math.NaN()
		}
		return 1
	}
	if low, high := evaluate.Bootstrap(2, undefined); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("[%v, %v] of a statistic that is hardly ever defined", low, high)
	}
}

func TestRiskCoverage(t *testing.T) {
	// By hand: the surest of four is right, the second wrong, the third right.
	js := []evaluate.Judged{{Probability: 0.5, Right: true}, {Probability: 0.9, Right: true}, {Probability: 0.3}, {Probability: 0.7}}
	got := evaluate.RiskCoverage(js, []float64{0.25, 0.5, 0.75, 1})
	for i, want := range []evaluate.Point{{0.25, 0.9, 0}, {0.5, 0.7, 0.5}, {0.75, 0.5, 1.0 / 3}, {1, 0.3, 0.5}} {
		if math.Abs(got[i].Risk-want.Risk) > 1e-12 || got[i].Threshold != want.Threshold || got[i].Coverage != want.Coverage {
			t.Errorf("point %d is %+v, want %+v", i, got[i], want)
		}
	}
}
