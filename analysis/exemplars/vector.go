package exemplars

import (
	"cmp"
	"math"
	"slices"
)

// vector is a comment's weighted words: of unit length, sorted by word, or empty.
type vector []component

type component struct {
	word   int32
	weight float64
}

// vectorsOf weights each word by (1 + ln tf)·ln(N/df), with tf its uses in the
// comment, N the comments and df those that have it. A word of every comment weighs
// nothing.
func vectorsOf(comments []Comment) []vector {
	index := map[string]int32{}
	var frequency []int // comments that have the word
	vectors := make([]vector, len(comments))
	for i := range comments {
		ids := make([]int32, 0, len(comments[i].Words))
		for _, w := range comments[i].Words {
			id, known := index[w]
			if !known {
				id = int32(len(index))
				index[w] = id
				frequency = append(frequency, 0)
			}
			ids = append(ids, id)
		}
		vectors[i] = countsOf(ids)
		for _, c := range vectors[i] {
			frequency[c.word]++
		}
	}
	for _, v := range vectors {
		for j := range v {
			v[j].weight = (1 + math.Log(v[j].weight)) * math.Log(float64(len(comments))/float64(frequency[v[j].word]))
		}
		v.normalise()
	}
	return vectors
}

// countsOf returns how often each word is used. It sorts ids.
func countsOf(ids []int32) vector {
	slices.Sort(ids)
	v := make(vector, 0, len(ids))
	for _, id := range ids {
		if n := len(v); n > 0 && v[n-1].word == id {
			v[n-1].weight++
			continue
		}
		v = append(v, component{id, 1})
	}
	return v
}

// normalise gives v unit length, unless all of it is 0.
func (v vector) normalise() {
	square := 0.0
	for _, c := range v {
		square += c.weight * c.weight
	}
	if square == 0 {
		return
	}
	for j := range v {
		v[j].weight /= math.Sqrt(square)
	}
}

// cosine of two vectors of unit length.
func cosine(a, b vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i].word, b[j].word) {
		case -1:
			i++
		case 1:
			j++
		default:
			sum += a[i].weight * b[j].weight
			i++
			j++
		}
	}
	return sum
}

// mean is a vector over all words, by word.
type mean []float64

// centroid is the mean of the members' vectors, weighted by their probability, at unit
// length.
func centroid(comments []Comment, vectors []vector, members []int) mean {
	last := int32(-1)
	for _, i := range members {
		if v := vectors[i]; len(v) > 0 {
			last = max(last, v[len(v)-1].word)
		}
	}
	m := make(mean, last+1)
	for _, i := range members {
		for _, c := range vectors[i] {
			m[c.word] += comments[i].Probability * c.weight
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
func (m mean) cosine(v vector) float64 {
	sum := 0.0
	for _, c := range v {
		sum += m[c.word] * c.weight
	}
	return sum
}
