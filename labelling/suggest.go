package labelling

import (
	"math"

	"stance.example/stance/analysis/vectors"
)

// suggest returns so many of the comments whose labels would teach most: those that the
// model doubts and that are unlike the ones that are labelled or suggested already. One
// after the other is taken of which the doubt, the entropy of its probabilities, times the
// distance to the nearest of those before is largest: the greedy choice of k-center
// (Sener and Savarese, "Active learning for convolutional neural networks: a core-set
// approach", ICLR 2018), weighted by doubt as in uncertainty sampling. The distance is one
// less the cosine of the vectors about their mean.
//
// The lists are parallel to the comments; of those without a vector none is suggested.
// Taken are the indices of those that have a label or are to get one. Labels of comments
// that were so chosen correct no share.
func suggest(probabilities [][]float64, encoded [][]float32, taken []int, n int) []int {
	units := units(encoded)
	nearest := make([]float64, len(units)) // the distance to the nearest that is taken
	for i := range nearest {
		nearest[i] = 1
	}
	used := make([]bool, len(units))
	take := func(i int) {
		used[i] = true
		if units[i] == nil {
			return
		}
		for k := range units {
			if units[k] != nil {
				nearest[k] = min(nearest[k], 1-vectors.Dot(units[i], units[k]))
			}
		}
	}
	for _, i := range taken {
		take(i)
	}
	var chosen []int
	for len(chosen) < n {
		best, most := -1, 0.0
		for i := range units {
			if gain := entropy(probabilities[i]) * nearest[i]; units[i] != nil && !used[i] && gain > most {
				best, most = i, gain
			}
		}
		if best < 0 {
			break
		}
		take(best)
		chosen = append(chosen, best)
	}
	return chosen
}

// units are vectors about their mean, of length 1; nil for none and for the mean itself.
func units(list [][]float32) [][]float64 {
	out := vectors.Centred(list)
	for i, x := range out {
		length := math.Sqrt(vectors.Dot(x, x))
		if length < 1e-9 {
			out[i] = nil
			continue
		}
		for k := range x {
			x[k] /= length
		}
	}
	return out
}

func entropy(probabilities []float64) float64 {
	h := 0.0
	for _, p := range probabilities {
		if p > 0 {
			h -= p * math.Log(p)
		}
	}
	return h
}
