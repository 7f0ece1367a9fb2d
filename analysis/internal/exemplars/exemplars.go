// Package exemplars chooses for each stance of a thread a few comments that stand for
// it: the classifier is sure of them, they are close to what the others of the stance
// say, they differ from one another, each is by another reader, and they are short
// enough to read.
//
// Comments are compared as vectors of words weighted by tf–idf, by the cosine of
// their angle. A comment is as relevant as it is probable and central, its cosine with
// the stance's mean vector. They are picked one by one by maximal marginal relevance
// (Carbonell and Goldstein, The use of MMR, SIGIR 1998), which takes off what a
// comment shares with those already picked.
package exemplars

import (
	"math"
	"slices"
	"unicode/utf8"

	"stance.example/stance/analysis/vectors"
	"stance.example/stance/corpus"
)

// Comment is what the package needs to know of a judged comment.
type Comment struct {
	Author      string // "" if unknown; unknown authors count as different
	Text        string
	Words       []int32 // the numbers of those in lower case, without punctuation
	Stance      corpus.Stance
	Probability float64 // of the stance
	Sure        bool    // enough to stand for its stance
}

const (
	perStance = 3
	// A comment is short enough to read, and long enough to say something.
	mostRunes  = 320
	leastWords = 4
	// relevant is the λ of maximal marginal relevance: what relevance weighs against
	// difference.
	relevant = 0.7
)

// Choose returns for each stance the indices of up to three comments, the one picked
// first at the front. Stances without a fitting comment have none.
func Choose(comments []Comment) [corpus.NumStances][]int {
	var weights vectors.Weights
	for i := range comments {
		weights.Add(comments[i].Words)
	}
	var chosen [corpus.NumStances][]int
	for s := range chosen {
		chosen[s] = pick(comments, &weights, corpus.Stance(s))
	}
	return chosen
}

// fits reports whether a comment can stand for its stance.
func (c *Comment) fits() bool {
	return c.Sure && len(c.Words) >= leastWords && utf8.RuneCountInString(c.Text) <= mostRunes
}

// pick chooses for one stance. Ties go to the earlier comment. The vectors of the comments are made
// as often as they are looked at: those of all would take more memory than all that is known of them.
func pick(comments []Comment, weights *vectors.Weights, stance corpus.Stance) []int {
	var members, candidates []int
	for i := range comments {
		if comments[i].Stance == stance {
			members = append(members, i)
			if comments[i].fits() {
				candidates = append(candidates, i)
			}
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	center := centroid(comments, weights, members)
	var v vectors.Words
	relevance := make([]float64, len(candidates))
	shared := make([]float64, len(candidates)) // the largest cosine with a comment picked
	for j, i := range candidates {
		v = weights.Of(v, comments[i].Words)
		relevance[j] = comments[i].Probability * center.cosine(v)
	}
	var picked []int
	authors := map[string]bool{}
	for len(picked) < perStance {
		best, most := -1, math.Inf(-1)
		for j, i := range candidates {
			if authors[comments[i].Author] || slices.Contains(picked, i) {
				continue
			}
			if value := relevant*relevance[j] - (1-relevant)*shared[j]; value > most {
				best, most = i, value
			}
		}
		if best < 0 {
			break
		}
		picked = append(picked, best)
		if comments[best].Author != "" {
			authors[comments[best].Author] = true
		}
		own := weights.Of(nil, comments[best].Words)
		for j, i := range candidates {
			v = weights.Of(v, comments[i].Words)
			shared[j] = max(shared[j], vectors.Cosine(v, own))
		}
	}
	return picked
}

// mean is a vector over all words, by word.
type mean []float64

// centroid is the mean of the members' vectors, weighted by their probability, at unit
// length.
func centroid(comments []Comment, weights *vectors.Weights, members []int) mean {
	var m mean
	var v vectors.Words
	for _, i := range members {
		v = weights.Of(v, comments[i].Words)
		if n := len(v); n > 0 && int(v[n-1].ID) >= len(m) {
			m = append(m, make(mean, int(v[n-1].ID)+1-len(m))...)
		}
		for _, c := range v {
			m[c.ID] += comments[i].Probability * c.Weight
		}
	}
	square := 0.0
	for _, weight := range m {
		square += weight * weight
	}
	if square > 0 {
		for word := range m {
			m[word] /= math.Sqrt(square)
		}
	}
	return m
}

// cosine is that of the mean with a member's vector.
func (m mean) cosine(v vectors.Words) float64 {
	sum := 0.0
	for _, c := range v {
		sum += m[c.ID] * c.Weight
	}
	return sum
}
