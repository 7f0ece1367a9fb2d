// Package linear trains and applies sparse multinomial logistic regression, the
// model behind the embedded engines.
//
// The steps are:
//
//  1. The caller turns each example into a [Vector] of hashed features and values.
//  2. [Train] keeps the features seen in enough examples and fits the weights by
//     L-BFGS on the L2-penalised log-likelihood.
//  3. [Model.Predict] gives class probabilities; [Model.Lead] tells how far one feature
//     speaks for a class, from which evidence is made.
//  4. [Model.WriteTo] and [ReadModel] keep a model as bytes, with a passport that
//     says how it was made.
//
// Training is deterministic on any number of cores: the gradient is summed over
// a fixed number of shards in a fixed order. Weights are quantised to one byte
// when the model is made, not when it is written, so that what was measured is
// what is shipped.
package linear

import (
	"math"
)

// Feature is one active feature of an example.
type Feature struct {
	ID    uint32 // hash of the feature's name, see Hash
	Value float32
}

// Vector is the active features of an example. A feature that stands in it twice
// counts with the sum of its values.
type Vector []Feature

// Hash is the 32-bit FNV-1a hash of a feature's name (Fowler, Noll and Vo), the
// feature's identity in vectors and models. Two names that share a hash share a
// weight; among 200,000 features and as many unseen names that meets about ten.
func Hash(name string) uint32 {
	h := HashSeed
	for i := 0; i < len(name); i++ {
		h = HashByte(h, name[i])
	}
	return h
}

// HashSeed starts a hash that is built up by HashByte and HashString.
const HashSeed uint32 = 2166136261

// HashByte extends the hash h by one byte.
func HashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * 16777619 }

// HashString extends the hash h by the bytes of s.
func HashString(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = HashByte(h, s[i])
	}
	return h
}

// Join is the hash of a feature that is made of two others in this order. It costs less
// than hashing their names. The constants are those that MurmurHash3 ends with (Appleby).
func Join(first, second uint32) uint32 {
	h := (first ^ first>>16) * 0x85ebca6b
	h = (h ^ h>>13 ^ second) * 0xc2b2ae35
	return h ^ h>>16
}

// Softmax turns scores into probabilities in place, stably for large scores.
func Softmax(scores []float64) {
	top := math.Inf(-1)
	for _, s := range scores {
		top = max(top, s)
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
