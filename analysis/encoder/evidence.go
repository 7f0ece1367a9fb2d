package encoder

import (
	"math"
	"slices"

	"stance.example/stance/analysis/encoder/internal/wordpiece"
	"stance.example/stance/analysis/text"
)

// Because the mean and the heads are linear, the log-odds of a label are the bias and
// the sum of what each token adds, exactly. This file adds tokens up to words and words
// to phrases; nothing is lost on the way.

// Evidence that is listed with a decision: the heaviest words, no more than mostListed
// and none below leastListed log-odds; neighbours of one sign are one phrase.
const (
	mostListed  = 8
	leastListed = 0.05
)

// contrast is a direction in the space of vectors: what a token's vector adds to the
// log-odds of one label against the mean of the others.
type contrast struct {
	weights []float32
	base    float64 // of the biases
}

// against is the contrast of label k of a head with the mean of its other labels.
func (h *head) against(k int) contrast {
	others := make([]int, 0, len(h.labels)-1)
	for o := range h.labels {
		if o != k {
			others = append(others, o)
		}
	}
	return h.contrast(k, others)
}

// contrast is that of label k with the mean of others, in calibrated log-odds.
func (h *head) contrast(k int, others []int) contrast {
	c := contrast{weights: make([]float32, len(h.weights[k])), base: h.offset(k)}
	share := 1 / float64(len(others))
	for i, w := range h.weights[k] {
		x := float64(w)
		for _, o := range others {
			x -= share * float64(h.weights[o][i])
		}
		c.weights[i] = float32(x / h.temperature)
	}
	for _, o := range others {
		c.base -= share * h.offset(o)
	}
	return c
}

// words are the words of a comment with their share of a contrast, in the order of the
// text; rows are the vectors of its tokens. What stands between words has none.
func (c *contrast) words(src string, tokens []wordpiece.Token, rows []float32) []text.Evidence {
	width := len(c.weights)
	list := make([]text.Evidence, 0, len(tokens))
	for k, t := range tokens {
		share := dot(c.weights, rows[k*width:(k+1)*width]) / float64(len(tokens))
		if n := len(list); n > 0 && !t.Begins {
			list[n-1].End = t.End
			list[n-1].Weight += share
			continue
		}
		list = append(list, text.Evidence{Span: text.Span{Start: t.Start, End: t.End}, Weight: share})
	}
	for i := range list {
		list[i].Cue = list[i].In(src)
	}
	return list
}

// heaviest are the words worth listing, neighbours of one sign joined to phrases.
func heaviest(src string, words []text.Evidence) []text.Evidence {
	order := make([]int, 0, len(words))
	for i := range words {
		if math.Abs(words[i].Weight) >= leastListed {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := math.Abs(words[a].Weight), math.Abs(words[b].Weight); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	order = order[:min(len(order), mostListed)]
	slices.Sort(order)
	list := make([]text.Evidence, 0, mostListed)
	for k, i := range order {
		w := words[i]
		if n := len(list); n > 0 && order[k-1] == i-1 && (list[n-1].Weight > 0) == (w.Weight > 0) {
			list[n-1].End = w.End
			list[n-1].Weight += w.Weight
			continue
		}
		list = append(list, w)
	}
	for i := range list {
		list[i].Cue = list[i].In(src)
	}
	return append([]text.Evidence(nil), list...) // of its own size: a thread keeps one for each comment
}
