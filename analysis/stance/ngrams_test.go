package stance

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"stance/corpus"
)

// TestSumsAreThoseOfTheList compares what the n-grams of odd and of random comments
// come to when summed with what they come to when listed.
func TestSumsAreThoseOfTheList(t *testing.T) {
	e, thread := newEngine(t), council()
	for _, text := range []string{"", "?", "No, no, NO! I don’t believe a word of it...", "naïve “café” 😀 https://example.org/x",
		strings.Repeat("never believe them ", 40), strings.Repeat("x", 50) + " not ‘x’"} {
		thread.Comments = append(thread.Comments, corpus.Comment{ID: fmt.Sprint(len(thread.Comments) + 1), Text: text})
	}
	words := strings.Fields("the council lies . , ? ! not never n't buses Buses why doubt great says who they \"")
	for r := rand.New(rand.NewPCG(1, 2)); len(thread.Comments) < 60; {
		var text []string
		for range r.IntN(30) {
			text = append(text, words[r.IntN(len(words))])
		}
		thread.Comments = append(thread.Comments, corpus.Comment{
			ID: fmt.Sprint(len(thread.Comments) + 1), Parent: fmt.Sprint(r.IntN(len(thread.Comments))), Text: strings.Join(text, " "),
		})
	}
	in := newInput(t, newParser(t), thread)
	x, err := e.extractor()
	if err != nil {
		t.Fatal(err)
	}
	s, w := newScene(in), &weighing{}
	listed, summed := features{}, features{sums: &ngrams{}}
	for i := range thread.Comments {
		a, b := make([]float64, e.model.Classes()), make([]float64, e.model.Classes())
		x.extract(s, i, &listed)
		listed.score(e.model, a)
		x.extract(s, i, &summed)
		summed.score(e.model, b)
		for c := range a {
			if !near(a[c], b[c]) {
				t.Errorf("comment %d scores %v listed and %v summed", i, a, b)
			}
			one, other := e.evidence(w, &in.Comments[i], &listed, c), e.evidence(w, &in.Comments[i], &summed, c)
			if len(one) != len(other) {
				t.Fatalf("comment %d: evidence %v listed and %v summed", i, one, other)
			}
			for k := range one {
				if one[k].Span != other[k].Span || !near(one[k].Weight, other[k].Weight) {
					t.Errorf("comment %d: evidence %v listed and %v summed", i, one[k], other[k])
				}
			}
		}
	}
}

// near reports whether two numbers differ only by the rounding of their sums.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-5*(1+math.Abs(a)) }

func TestCounts(t *testing.T) {
	var c counts
	for round := range 3 {
		c.reset()
		if c.has(7) {
			t.Errorf("round %d: has what another round counted", round)
		}
		for n := 1; n <= 2; n++ {
			for id := range uint32(500) {
				if got := c.add(id * 64); got != n {
					t.Fatalf("round %d: feature %d was counted %d times, says %d", round, id, n, got)
				}
			}
		}
		if c.has(1) || !c.has(64) {
			t.Errorf("round %d: has(1) is %v, has(64) is %v", round, c.has(1), c.has(64))
		}
	}
	c.round = math.MaxUint32
	c.reset()
	if c.has(64) {
		t.Error("has what was counted before the rounds began again")
	}
}
