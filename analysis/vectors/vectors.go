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

// Word is a component of Words; its ID is the number of the word among all.
type Word struct {
	ID     int32
	Weight float64
}

// Weights weight each word of a text by (1 + ln tf)·ln(N/df), with tf its uses in the text, N the
// texts that were added and df those that have it. A word of every text weighs nothing. The zero
// value knows no text.
type Weights struct {
	texts      int
	with, last []int32 // by word: the texts that have it, and the last of them, from 1
}

// Add adds a text, as the numbers of its words.
func (w *Weights) Add(text []int32) {
	w.texts++
	for _, id := range text {
		if missing := int(id) + 1 - len(w.with); missing > 0 {
			w.with, w.last = append(w.with, make([]int32, missing)...), append(w.last, make([]int32, missing)...)
		}
		if w.last[id] != int32(w.texts) {
			w.last[id] = int32(w.texts)
			w.with[id]++
		}
	}
}

// Texts is the number of texts that have a word.
func (w *Weights) Texts(word int32) int {
	if int(word) >= len(w.with) {
		return 0
	}
	return int(w.with[word])
}

// Of is the vector of a text that was added, in the room of v.
func (w *Weights) Of(v Words, text []int32) Words {
	v = v[:0]
	for _, id := range text {
		v = append(v, Word{id, 1})
	}
	slices.SortFunc(v, func(a, b Word) int { return cmp.Compare(a.ID, b.ID) })
	n := 0
	for _, c := range v {
		if n > 0 && v[n-1].ID == c.ID {
			v[n-1].Weight++
			continue
		}
		v[n] = c
		n++
	}
	v = v[:n]
	for j := range v {
		v[j].Weight = (1 + math.Log(v[j].Weight)) * math.Log(float64(w.texts)/float64(w.with[v[j].ID]))
	}
	v.normalise()
	return v
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
