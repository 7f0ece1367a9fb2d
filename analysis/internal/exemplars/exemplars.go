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
	Words       []string // in lower case, without punctuation
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
	texts := make([][]string, len(comments))
	for i := range comments {
		texts[i] = comments[i].Words
	}
	list := vectors.Weighted(texts)
	var chosen [corpus.NumStances][]int
	for s := range chosen {
		chosen[s] = pick(comments, list, corpus.Stance(s))
	}
	return chosen
}

// fits reports whether a comment can stand for its stance.
func (c *Comment) fits() bool {
	return c.Sure && len(c.Words) >= leastWords && utf8.RuneCountInString(c.Text) <= mostRunes
}

// pick chooses for one stance. Ties go to the earlier comment.
func pick(comments []Comment, list []vectors.Words, stance corpus.Stance) []int {
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
	center := centroid(comments, list, members)
	relevance := make([]float64, len(candidates))
	shared := make([]float64, len(candidates)) // the largest cosine with a comment picked
	for j, i := range candidates {
		relevance[j] = comments[i].Probability * center.cosine(list[i])
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
		for j, i := range candidates {
			shared[j] = max(shared[j], vectors.Cosine(list[i], list[best]))
		}
	}
	return picked
}

// mean is a vector over all words, by word.
type mean []float64

// centroid is the mean of the members' vectors, weighted by their probability, at unit
// length.
func centroid(comments []Comment, list []vectors.Words, members []int) mean {
	last := int32(-1)
	for _, i := range members {
		if v := list[i]; len(v) > 0 {
			last = max(last, v[len(v)-1].ID)
		}
	}
	m := make(mean, last+1)
	for _, i := range members {
		for _, c := range list[i] {
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
