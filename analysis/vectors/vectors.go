// Package vectors holds texts as vectors: of their words, weighted by how rare they are,
// or of an encoder, about the mean of all.
package vectors

import (
	"cmp"
	"math"
	"slices"
)

// Words are a text's weighted words: of unit length, sorted by word, or empty.
type Words []Word

// Word is a component of Words; its ID is the place of the word among all, in the order of
// their first use.
type Word struct {
	ID     int32
	Weight float64
}

// Weighted weights each word of each text by (1 + ln tf)·ln(N/df), with tf its uses in the
// text, N the texts and df those that have it. A word of every text weighs nothing.
func Weighted(texts [][]string) []Words {
	index := map[string]int32{}
	var frequency []int // texts that have the word
	list := make([]Words, len(texts))
	for i, text := range texts {
		ids := make([]int32, 0, len(text))
		for _, w := range text {
			id, known := index[w]
			if !known {
				id = int32(len(index))
				index[w] = id
				frequency = append(frequency, 0)
			}
			ids = append(ids, id)
		}
		list[i] = countsOf(ids)
		for _, w := range list[i] {
			frequency[w.ID]++
		}
	}
	for _, v := range list {
		for j := range v {
			v[j].Weight = (1 + math.Log(v[j].Weight)) * math.Log(float64(len(texts))/float64(frequency[v[j].ID]))
		}
		v.normalise()
	}
	return list
}

// countsOf returns how often each word is used. It sorts ids.
func countsOf(ids []int32) Words {
	slices.Sort(ids)
	v := make(Words, 0, len(ids))
	for _, id := range ids {
		if n := len(v); n > 0 && v[n-1].ID == id {
			v[n-1].Weight++
			continue
		}
		v = append(v, Word{id, 1})
	}
	return slices.Clip(v)
}

// normalise gives v unit length, unless all of it is 0.
func (v Words) normalise() {
	square := 0.0
	for _, c := range v {
		square += float64(c.Weight * c.Weight)
	}
	if square == 0 {
		return
	}
	for j := range v {
		v[j].Weight /= math.Sqrt(square)
	}
}

// Cosine of two vectors of unit length.
func Cosine(a, b Words) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i].ID, b[j].ID) {
		case -1:
			i++
		case 1:
			j++
		default:
			sum += float64(a[i].Weight * b[j].Weight)
			i++
			j++
		}
	}
	return sum
}

// Centred are vectors of equal length about their mean; nil stays nil.
func Centred(list [][]float32) [][]float64 {
	var middle []float64
	n := 0.0
	for _, x := range list {
		if x == nil {
			continue
		}
		if middle == nil {
			middle = make([]float64, len(x))
		}
		for k, v := range x {
			middle[k] += float64(v)
		}
		n++
	}
	for k := range middle {
		middle[k] /= n
	}
	out := make([][]float64, len(list))
	for i, x := range list {
		if x == nil {
			continue
		}
		out[i] = make([]float64, len(x))
		for k, v := range x {
			out[i][k] = float64(v) - middle[k]
		}
	}
	return out
}

// Dot is Σ a·b over the length of a, rounded alike on every processor.
func Dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
