package aggregate

import (
	"math"
	"math/rand/v2"

	"stance/corpus"
)

// Confusion counts the comments of one thread by stance given (first index) and
// true stance (second index), out of fold: the thread took no part in training.
type Confusion [corpus.NumStances][corpus.NumStances]int

// Reliability says how far a stance given by the classifier tells the true stance
// in a thread that it hasn't seen. The zero value stands for "not known".
type Reliability struct {
	// Alpha holds, for each stance given, the parameters of a Dirichlet
	// distribution over the true stance. Their proportions are the mean of
	// p(true | given) over threads; the larger their sum, the more alike the
	// threads.
	Alpha [corpus.NumStances][corpus.NumStances]float64
}

// Fitted reports whether the reliability is known.
func (r Reliability) Fitted() bool { return r != Reliability{} }

// Limits of the fit.
const (
	fitRounds    = 2000
	fitTolerance = 1e-9 // relative change of a parameter that ends the fit
	leastAlpha   = 0.01 // keeps a stance never seen in a row possible
)

// FitReliability fits, for each stance given, a Dirichlet-multinomial distribution
// to the rows of the threads' confusions by maximum likelihood. Between threads the
// rows differ by more than chance, because articles differ in how easily their
// comments are misread, and that spread is what a new thread is exposed to.
//
// It is the fixed point of Minka, Estimating a Dirichlet distribution, 2000,
// equation 55: with n[i,k] the comments of thread i with true stance k, n[i] their
// sum over k, A the sum of the alphas and ψ the digamma function,
//
//	alpha[k] ← alpha[k] · Σi(ψ(n[i,k]+alpha[k]) − ψ(alpha[k])) / Σi(ψ(n[i]+A) − ψ(A))
//
// A is held to at most the number of comments in the row: few comments, or threads
// that happen to agree, must not pass for perfect knowledge. A row without
// comments gets Dirichlet(1, 1, 1, 1), which knows nothing. Without any comment at
// all the result is the zero Reliability.
func FitReliability(threads []Confusion) Reliability {
	var r Reliability
	seen := false
	for given := range r.Alpha {
		rows := make([][corpus.NumStances]int, 0, len(threads))
		for i := range threads {
			if row := threads[i][given]; sum(row) > 0 {
				rows = append(rows, row)
			}
		}
		r.Alpha[given] = fitDirichlet(rows)
		seen = seen || len(rows) > 0
	}
	if !seen {
		return Reliability{}
	}
	return r
}

// fitDirichlet fits one row; each of the counts is of one thread and not all 0.
func fitDirichlet(counts [][corpus.NumStances]int) stanceRow {
	if len(counts) == 0 {
		return stanceRow{1, 1, 1, 1}
	}
	alpha := start(counts)
	limit := 0.0
	for _, row := range counts {
		limit += float64(sum(row))
	}
	for range fitRounds {
		next := step(alpha, counts, limit)
		moved := 0.0
		for k := range next {
			moved = max(moved, math.Abs(next[k]-alpha[k])/alpha[k])
		}
		alpha = next
		if moved < fitTolerance {
			break
		}
	}
	return alpha
}

// start returns the pooled proportions, smoothed, with a sum of 4.
func start(counts [][corpus.NumStances]int) (alpha stanceRow) {
	total := 0.0
	for k := range alpha {
		alpha[k] = 0.5
		for _, row := range counts {
			alpha[k] += float64(row[k])
		}
		total += alpha[k]
	}
	for k := range alpha {
		alpha[k] *= corpus.NumStances / total
	}
	return alpha
}

// step is one round of the fixed point, with the sum held to the limit.
func step(alpha stanceRow, counts [][corpus.NumStances]int, limit float64) stanceRow {
	all := 0.0
	for _, a := range alpha {
		all += a
	}
	denominator := 0.0
	for _, row := range counts {
		denominator += rising(all, sum(row))
	}
	total := 0.0
	for k := range alpha {
		numerator := 0.0
		for _, row := range counts {
			numerator += rising(alpha[k], row[k])
		}
		alpha[k] = max(leastAlpha, alpha[k]*numerator/denominator)
		total += alpha[k]
	}
	if total > limit {
		for k := range alpha {
			alpha[k] = max(leastAlpha, alpha[k]*limit/total)
		}
	}
	return alpha
}

// rising is ψ(a+n) − ψ(a), which for a whole n is 1/a + 1/(a+1) + … + 1/(a+n−1).
func rising(a float64, n int) float64 {
	s := 0.0
	for j := range n {
		s += 1 / (a + float64(j))
	}
	return s
}

func sum(row [corpus.NumStances]int) int {
	n := 0
	for _, k := range row {
		n += k
	}
	return n
}

// draw draws the row p(true | given) of a new thread for each stance given. It
// returns zeros if the reliability isn't known.
func (r Reliability) draw(rng *rand.Rand) (rows [corpus.NumStances]stanceRow) {
	if !r.Fitted() {
		return rows
	}
	for given := range rows {
		rows[given] = dirichlet(rng, r.Alpha[given])
	}
	return rows
}
