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

func TestTrainOnlineErrors(t *testing.T) {
	if _, err := TrainOnline(nil, 3, OnlineOptions{Epochs: 1}); err == nil {
		t.Error("nothing was learnt from")
	}
	if _, err := TrainOnline([]Example{{Y: 3, Weight: 1}}, 3, OnlineOptions{Epochs: 1}); err == nil {
		t.Error("a class outside the labels was learnt")
	}
}
