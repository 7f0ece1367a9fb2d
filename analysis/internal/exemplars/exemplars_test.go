package exemplars

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis/text"
	"stance.example/stance/analysis/vectors"
	"stance.example/stance/corpus"
)

// saying is a skeptical comment.
func saying(author, text string, probability float64) Comment {
	return Comment{Author: author, Text: text, Stance: corpus.Skeptical, Probability: probability, Sure: true}
}

// numbered gives the comments the numbers of their words.
func numbered(list []Comment) []Comment {
	var lexicon text.Lexicon
	for i := range list {
		list[i].Words = lexicon.Numbers(strings.Fields(list[i].Text)...)
	}
	return list
}

func TestChoose(t *testing.T) {
	other := saying("z", "trees lean over quiet water here", 0.9)
	other.Stance = corpus.None
	unsure := saying("u", "the ferry numbers are invented again", 0.9)
	unsure.Sure = false
	for _, c := range []struct {
		name, reason string
		comments     []Comment
		want         []int
	}{
		{"nothing", "no comment, nothing to choose", nil, nil},
		{
			"sure first", "equally central, so the surer one",
			[]Comment{saying("a", "the ferry numbers are invented", 0.5), saying("b", "ferry numbers are invented the", 0.8), other}, []int{1, 0},
		},
		{
			"central first", "two speak of the ferry, one of bread; then what is new",
			[]Comment{saying("a", "bread costs more every week", 0.8), saying("b", "the ferry numbers look invented", 0.8),
				saying("c", "these ferry numbers were invented", 0.8), other},
			[]int{2, 0, 1},
		},
		{
			"one per reader", "the second of ana's is left out",
			[]Comment{saying("ana", "the ferry numbers are invented", 0.8), saying("ana", "the ferry numbers are false", 0.8), other}, []int{0},
		},
		{
			"unknown readers", "may be different ones",
			[]Comment{saying("", "the ferry numbers are invented", 0.8), saying("", "the ferry numbers are false", 0.7), other}, []int{0, 1},
		},
		{
			"unfit", "unsure, too short, and too long",
			[]Comment{unsure, saying("b", "the ferry lies", 0.9), saying("c", strings.Repeat("the ferry numbers are invented ", 20), 0.9), other}, nil,
		},
	} {
		if got := Choose(numbered(c.comments))[corpus.Skeptical]; !slices.Equal(got, c.want) {
			t.Errorf("%s (%s): %v, want %v", c.name, c.reason, got, c.want)
		}
	}
}

// TestCentroid works the mean of two comments out by hand, of two words each, that share one; a third,
// without a word, makes the shared one weigh less than half as much.
func TestCentroid(t *testing.T) {
	list := []Comment{{Probability: 1, Words: []int32{0, 1}}, {Probability: 1, Words: []int32{1, 2}}, {}}
	var weights vectors.Weights
	for _, c := range list {
		weights.Add(c.Words)
	}
	// The vectors are (a, b, 0) and (0, b, a) over their length, with a = ln 3 and b = ln 3/2.
	a, b := math.Log(3), math.Log(1.5)
	want := (a*a + 2*b*b) / math.Sqrt((2*a*a+4*b*b)*(a*a+b*b))
	center := centroid(list, &weights, []int{0, 1})
	if got := center.cosine(weights.Of(nil, list[1].Words)); math.Abs(got-want) > 1e-12 {
		t.Errorf("cosine with the centroid %g, want %g", got, want)
	}
}

// TestDifferent: of two that say the same and one that adds something, the second pick
// is what is new.
func TestDifferent(t *testing.T) {
	list := []Comment{
		saying("a", "ferry numbers invented again clearly", 0.8),
		saying("b", "ferry numbers invented again clearly", 0.8),
		saying("c", "ferry numbers hide the bus losses", 0.8),
	}
	for i := range 6 {
		other := saying("z", fmt.Sprintf("unrelated word%d thing%d here%d", i, i, i), 0.9)
		other.Stance = corpus.None
		list = append(list, other)
	}
	if got := Choose(numbered(list))[corpus.Skeptical]; !slices.Equal(got, []int{0, 2, 1}) {
		t.Errorf("%v, want the third before the copy of the first", got)
	}
}

func BenchmarkChoose(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	list := make([]Comment, 10000)
	for i := range list {
		var words []string
		for range 40 {
			words = append(words, fmt.Sprint("w", int(math.Exp(9*rng.Float64()))))
		}
		list[i] = Comment{Author: fmt.Sprint(i / 2), Text: strings.Join(words, " "), Stance: corpus.Stance(i % 4), Probability: rng.Float64(),
			Sure: true}
	}
	numbered(list)
	for b.Loop() {
		Choose(list)
	}
}
