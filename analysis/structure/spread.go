package structure

import (
	"math"

	"stance.example/stance/corpus"
)

// Spread says how far the stances of a thread agree.
type Spread struct {
	// Agreement is van der Eijk's over skeptical, relativist, supportive, which are
	// an order: 1 if all are of one stance, 0 if all three are as frequent, -1 if
	// half are skeptical and half supportive. NaN if no comment takes a stance.
	Agreement float64
	// Polarisation is (1 - Agreement)/2.
	Polarisation float64
	// Entropy is that of the four stances, in [0, 1]: 0 if all comments are of one
	// stance, 1 if all four are as frequent. NaN if there are no comments.
	Entropy float64
	// Effective is the number of equally frequent stances with that entropy, from 1
	// to 4.
	Effective float64
}

func spreadOf(counts [corpus.NumStances]int) Spread {
	s := Spread{Agreement: Agreement(counts[corpus.Skeptical : corpus.Supportive+1])}
	s.Polarisation = (1 - s.Agreement) / 2
	entropy := Entropy(counts[:])
	s.Entropy = entropy / math.Log(corpus.NumStances)
	s.Effective = math.Exp(entropy)
	return s
}

// Agreement is the measure of van der Eijk, Measuring agreement in ordered rating
// scales, Quality and Quantity 35, 2001, of the counts in the ordered categories, in
// [-1, 1]; NaN if all are 0. The counts are taken apart into layers: the categories
// that are not empty, each as often as the least of them, then again with what is
// left. A layer counts by its part of the whole and by its pattern.
func Agreement(counts []int) float64 {
	left := make([]int, len(counts))
	total := 0
	for i, n := range counts {
		left[i] = n
		total += n
	}
	agreement := 0.0
	if total == 0 {
		return math.NaN()
	}
	for {
		least, filled := 0, 0
		for _, n := range left {
			if n > 0 {
				filled++
				if least == 0 || n < least {
					least = n
				}
			}
		}
		if filled == 0 {
			return agreement
		}
		agreement += float64(least*filled) / float64(total) * patternAgreement(left)
		for i := range left {
			left[i] = max(0, left[i]-least)
		}
	}
}

// patternAgreement is the agreement of a layer: of K categories S are not empty, and
//
//	A = U · (1 − (S−1)/(K−1))
//	U = ((K−2)·TU − (K−1)·TDU) / ((K−2)·(TU+TDU))
//
// where TU counts the triples of categories, in their order, that are filled as 110
// or 011, and TDU those filled as 101. A single filled category has U = 1.
func patternAgreement(layer []int) float64 {
	filled, unimodal, bimodal := 0, 0, 0
	for _, n := range layer {
		if n > 0 {
			filled++
		}
	}
	for i := range layer {
		for j := i + 1; j < len(layer); j++ {
			for k := j + 1; k < len(layer); k++ {
				a, b, c := layer[i] > 0, layer[j] > 0, layer[k] > 0
				switch {
				case a && !b && c:
					bimodal++
				case b && a != c:
					unimodal++
				}
			}
		}
	}
	u, k := 1.0, float64(len(layer))
	if unimodal+bimodal > 0 {
		u = ((k-2)*float64(unimodal) - (k-1)*float64(bimodal)) / ((k - 2) * float64(unimodal+bimodal))
	}
	return u * (1 - float64(filled-1)/(k-1))
}

// Entropy is Shannon's, in nats, of the distribution that the counts were drawn
// from, with the correction of Miller, Note on the bias of information estimates,
// 1955: few draws miss rare classes, so (m−1)/(2n) is added for n draws of m
// different classes. It is at most the logarithm of the number of classes, and NaN
// if all counts are 0.
func Entropy(counts []int) float64 {
	total, classes := 0, 0
	for _, n := range counts {
		total += n
		if n > 0 {
			classes++
		}
	}
	if total == 0 {
		return math.NaN()
	}
	h := float64(classes-1) / (2 * float64(total))
	for _, n := range counts {
		if n > 0 {
			p := float64(n) / float64(total)
			h -= p * math.Log(p)
		}
	}
	return min(h, math.Log(float64(len(counts))))
}
