package vectors

import (
	"math"
	"testing"
)

// TestWeights works the weights out by hand: word 0 stands in both texts and weighs
// nothing; word 1, twice in one, weighs (1 + ln 2)·ln 2 against ln 2 for word 2.
func TestWeights(t *testing.T) {
	text := []int32{0, 1, 2, 1}
	var weights Weights
	weights.Add(text)
	weights.Add([]int32{0})
	got := weights.Of(Words{{7, 7}}, text)
	b := 1 + math.Log(2)
	length := math.Sqrt(b*b + 1)
	for i, want := range []float64{0, b / length, 1 / length} {
		if math.Abs(got[i].Weight-want) > 1e-12 {
			t.Errorf("weight %d is %g, want %g", i, got[i].Weight, want)
		}
	}
}

func TestCosine(t *testing.T) {
	one := Words{{0, math.Sqrt(0.5)}, {1, math.Sqrt(0.5)}}
	other := Words{{1, math.Sqrt(0.5)}, {2, math.Sqrt(0.5)}}
	if got := Cosine(one, other); math.Abs(got-0.5) > 1e-12 {
		t.Errorf("cosine %g, want ½", got)
	}
}

func TestCentred(t *testing.T) {
	got := Centred([][]float32{{1, 2}, nil, {3, 6}})
	if got[1] != nil || got[0][0] != -1 || got[0][1] != -2 || got[2][0] != 1 || got[2][1] != 2 {
		t.Errorf("%v, want [-1 -2], nil and [1 2]", got)
	}
	if Centred([][]float32{nil})[0] != nil {
		t.Error("a vector out of nothing")
	}
}
