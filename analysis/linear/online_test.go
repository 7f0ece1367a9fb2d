package linear

import (
	"math"
	"testing"
)

func TestTrainOnlineLearns(t *testing.T) {
	examples := toy(300)
	w, err := TrainOnline(examples, 3, OnlineOptions{Rate: 0.1, Last: 0.1, Epochs: 10, MinExamples: 1})
	if err != nil {
		t.Fatal(err)
	}
	m := NewModel([]string{"a", "b", "c"}, w)
	right := 0
	p := make([]float64, 3)
	for _, e := range examples {
		m.Scores(e.X, p)
		for c, s := range w.Scores(e.X) {
			if math.Abs(s-p[c]) > 0.2 {
				t.Fatalf("class %d scores %.3f by the weights and %.3f by the model", c, s, p[c])
			}
		}
		if Best(p) == e.Y {
			right++
		}
	}
	if right < len(examples)*9/10 {
		t.Errorf("%d of %d training examples are right", right, len(examples))
	}
}

// TestOrders holds that the weights of several orders are the mean of theirs, which is
// nearer to that of very many than one of them is.
func TestOrders(t *testing.T) {
	examples := toy(300)
	fit := func(orders int) *Weights {
		t.Helper()
		w, err := TrainOnline(examples, 3, OnlineOptions{Rate: 0.3, Last: 0.5, Epochs: 2, MinExamples: 1, Orders: orders})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	distance := func(a, b *Weights) float64 {
		sum := 0.0
		for id, row := range a.Rows {
			for c, v := range row {
				sum += (v - b.Rows[id][c]) * (v - b.Rows[id][c])
			}
		}
		return math.Sqrt(sum)
	}
	one, few, many := fit(1), fit(8), fit(200)
	if d := distance(one, fit(0)); d != 0 {
		t.Errorf("no number of orders is %.3f from one order", d)
	}
	if near, far := distance(few, many), distance(one, many); near > far/2 {
		t.Errorf("eight orders are %.3f from very many, one is %.3f", near, far)
	}
}

func TestTrainOnlineErrors(t *testing.T) {
	if _, err := TrainOnline(nil, 3, OnlineOptions{Epochs: 1}); err == nil {
		t.Error("nothing was learnt from")
	}
	if _, err := TrainOnline([]Example{{Y: 3, Weight: 1}}, 3, OnlineOptions{Epochs: 1}); err == nil {
		t.Error("a class outside the labels was learnt")
	}
}
