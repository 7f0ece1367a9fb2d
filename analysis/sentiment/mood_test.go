package sentiment_test

import (
	"math"
	"testing"

	"stance/analysis/sentiment"
	"stance/corpus"
)

// TestSettle holds that a comment whose words leave it open follows the others of its
// thread, that the decision still adds up, and that texts by themselves stay apart.
func TestSettle(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	topic := sentiment.TopicOf(p, &corpus.Article{Title: "Council meets on Monday"})
	measure := func(topic *sentiment.Topic, others string) []sentiment.Decision {
		var decisions []sentiment.Decision
		for range 20 {
			doc := p.Parse(others)
			decisions = append(decisions, h.Justify(&doc, topic))
		}
		doc := p.Parse("The council met on Monday then")
		decisions = append(decisions, h.Justify(&doc, topic), sentiment.Decision{})
		h.Settle(decisions, topic, nil)
		return decisions
	}
	angry := measure(topic, "What a disgusting pack of liars")
	happy := measure(topic, "Thank you, wonderful work!")
	const open, removed = 20, 21
	if angry[open].Valence >= happy[open].Valence {
		t.Errorf("valence %.3f among the angry, %.3f among the happy", angry[open].Valence, happy[open].Valence)
	}
	for _, d := range append(angry[:removed], happy[:removed]...) {
		if odds := math.Log(d.Probabilities[corpus.Positive] / d.Probabilities[corpus.Negative]); math.Abs(odds-d.Total()) > 1e-9 {
			t.Fatalf("evidence and base give %.6f, the probabilities %.6f", d.Total(), odds)
		}
	}
	if d := angry[removed]; d.Probabilities != ([corpus.NumPolarities]float64{}) || d.Base != 0 {
		t.Errorf("a removed comment was settled: %+v", d)
	}
	if a, b := measure(nil, "What a disgusting pack of liars")[open], measure(nil, "Thank you, wonderful work!")[open]; a.Valence != b.Valence {
		t.Errorf("texts by themselves were settled: %.3f and %.3f", a.Valence, b.Valence)
	}
}

// TestSettleByCircle holds that a comment whose words leave it open follows the one that
// it answers, those that answer it and the others of its author before the rest.
func TestSettleByCircle(t *testing.T) {
	h, p := newHybrid(t), newParser(t)
	topic := sentiment.TopicOf(p, &corpus.Article{Title: "Council meets on Monday"})
	// The comments are an angry one, a happy one and an open one.
	valence := func(ties *sentiment.Ties) float64 {
		var decisions []sentiment.Decision
		for _, src := range []string{"What a disgusting pack of liars", "Thank you, wonderful work!", "The council met on Monday then"} {
			doc := p.Parse(src)
			decisions = append(decisions, h.Measure(&doc, topic))
		}
		h.Settle(decisions, topic, ties)
		return decisions[2].Valence
	}
	alone := valence(nil)
	for _, c := range []struct {
		name         string
		angry, happy sentiment.Ties
	}{
		{"answers", sentiment.Ties{Above: []int{-1, -1, 0}, Authors: make([]string, 3)}, sentiment.Ties{Above: []int{-1, -1, 1}, Authors: make([]string, 3)}},
		{"is answered", sentiment.Ties{Above: []int{2, -1, -1}, Authors: make([]string, 3)}, sentiment.Ties{Above: []int{-1, 2, -1}, Authors: make([]string, 3)}},
		{"same author", sentiment.Ties{Above: []int{-1, -1, -1}, Authors: []string{"a", "b", "a"}}, sentiment.Ties{Above: []int{-1, -1, -1}, Authors: []string{"a", "b", "b"}}},
	} {
		angry, happy := valence(&c.angry), valence(&c.happy)
		if angry >= alone || happy <= alone {
			t.Errorf("%s: valence %.3f beside the angry, %.3f beside the happy, %.3f beside neither", c.name, angry, happy, alone)
		}
	}
	none := sentiment.Ties{Above: []int{-1, -1, -1}, Authors: []string{"a", "b", ""}}
	if v := valence(&none); math.Abs(v-alone) > 1e-12 {
		t.Errorf("valence %.6f without a tie, %.6f where none is known", v, alone)
	}
}
