package aggregate

import (
	"math/rand/v2"
	"slices"

	"stance/corpus"
)

// The interval of a share answers: had other readers of the same kind come by, as
// many, and had a person labelled their comments, which shares would be no
// surprise? One draw of the simulation
//
//  1. draws how far the classifier can be trusted in this thread: a row
//     p(true stance | stance given) from the Dirichlet distribution of the
//     Reliability, for each stance given;
//  2. weights the clusters of comments by independent standard exponentials (the
//     Bayesian bootstrap: Rubin, Annals of Statistics 9, 1981) and adds to every
//     stance given a pseudo-comment weighted by Gamma(1/2), so that the share of a
//     stance nobody takes is small and not exactly 0; this yields the share q of
//     each stance given;
//  3. draws which part of the comments with each stance given has which true
//     stance: the row of step 1 with the chance of that many comments, a draw from
//     Dirichlet(N·q·row), which has the mean and very nearly the variance of a
//     multinomial proportion;
//  4. adds up the true stances over the stances given.
//
// The interval is from the 2.5th to the 97.5th percentile of the draws; so many of
// them place a bound within a percentage point or two in a thread of few comments,
// and closer in a larger one. Where every comment is a cluster and labels are
// certain, step 2 is all there is and the interval is the one of Jeffreys' prior,
// Dirichlet(counts + 1/2). Steps 2 and 3 add two kinds of chance, of which the
// share among these very comments is exposed to the second and the share among all
// who might have written to the first; so in a small thread the interval is
// somewhat wide for either, and TestCoverage says how much.
//
// Comments of one author hang together, and so do comments of one branch. Both
// clusterings are simulated on the same rows and the outer bounds are kept:
// whichever shows the stronger dependence decides. With a handful of clusters the
// interval is too narrow, as that of any cluster bootstrap is.
const (
	draws    = 1000
	tail     = 0.025
	seedHigh = 0x7374616e6365 // "stance" in ASCII
	seedLow  = 1981

	// negligible is a number of comments too small to matter in any share.
	negligible = 1e-3
)

// interval holds the bounds of a share.
type interval struct{ low, high float64 }

// settle moves the bounds where they are finer than the data. A bound within half
// a comment of 0 or 1 is that end. A bound that leaves out the counted share by
// less than half a comment is moved to it; without a fitted reliability nothing
// speaks against the count, and it is moved in any case.
func (b interval) settle(share float64, comments int, fitted bool) (low, high float64) {
	half := 0.5 / float64(comments)
	low, high = b.low, b.high
	if low < half {
		low = 0
	}
	if high > 1-half {
		high = 1
	}
	if share < low && (!fitted || low-share < half) {
		low = share
	}
	if share > high && (!fitted || share-high < half) {
		high = share
	}
	return low, high
}

// clustering assigns each comment a cluster from 0 to size-1.
type clustering struct {
	of   []int
	size int
}

// newClustering groups the observations of equal key.
func newClustering[K comparable](obs []Observation, key func(Observation) K) clustering {
	c := clustering{of: make([]int, len(obs))}
	index := make(map[K]int, len(obs))
	for i, o := range obs {
		k := key(o)
		id, known := index[k]
		if !known {
			id = c.size
			index[k] = id
			c.size++
		}
		c.of[i] = id
	}
	return c
}

// clusterings returns the groups of comments that hang together: by author, where
// unknown authors of one branch count as one, and by branch unless every branch
// is a single comment, which the first already allows for.
func clusterings(obs []Observation) []clustering {
	type author struct {
		name   string
		branch int
	}
	byAuthor := newClustering(obs, func(o Observation) author {
		if o.Author == "" {
			return author{branch: o.Branch}
		}
		return author{name: o.Author}
	})
	byBranch := newClustering(obs, func(o Observation) int { return o.Branch })
	if byBranch.size == len(obs) {
		return []clustering{byAuthor}
	}
	return []clustering{byAuthor, byBranch}
}

// stanceRow holds a probability or a weight for each stance.
type stanceRow = [corpus.NumStances]float64

// simulation is the state of the draws for one clustering.
type simulation struct {
	clustering
	given   []corpus.Stance // of the comments
	weights []float64       // of the clusters, in the current draw
	shares  [corpus.NumStances][]float64
}

// simulate returns the interval of each stance's share over n draws.
func simulate(obs []Observation, r Reliability, n int) [corpus.NumStances]interval {
	rng := rand.New(rand.NewPCG(seedHigh, seedLow))
	given := make([]corpus.Stance, len(obs))
	for i := range obs {
		given[i] = obs[i].Stance
	}
	var sims []*simulation
	for _, c := range clusterings(obs) {
		sims = append(sims, &simulation{clustering: c, given: given, weights: make([]float64, c.size)})
	}
	for range n {
		rows := r.draw(rng)
		for _, s := range sims {
			shares := s.resample(rng)
			if r.Fitted() {
				shares = trueShares(rng, shares, rows, len(obs))
			}
			for k := range shares {
				s.shares[k] = append(s.shares[k], shares[k])
			}
		}
	}
	return outerBounds(sims)
}

// resample weights the clusters anew and returns the shares of the stances given.
func (s *simulation) resample(rng *rand.Rand) (shares stanceRow) {
	for i := range s.weights {
		s.weights[i] = rng.ExpFloat64()
	}
	for i, k := range s.given {
		shares[k] += s.weights[s.of[i]]
	}
	total := 0.0
	for k := range shares {
		z := rng.NormFloat64()
		shares[k] += z * z / 2 // Gamma(1/2)
		total += shares[k]
	}
	for k := range shares {
		shares[k] /= total
	}
	return shares
}

// trueShares draws the shares of the true stances in a thread of so many comments
// from the shares of the stances given and the rows p(true | given).
func trueShares(rng *rand.Rand, given stanceRow, rows [corpus.NumStances]stanceRow, comments int) (shares stanceRow) {
	for p, share := range given {
		part := rows[p]
		if n := share * float64(comments); n > negligible {
			for k := range part {
				part[k] *= n
			}
			part = dirichlet(rng, part)
		}
		for k := range part {
			shares[k] += share * part[k]
		}
	}
	return shares
}

// outerBounds returns for each stance the widest bounds of the simulations.
func outerBounds(sims []*simulation) (bounds [corpus.NumStances]interval) {
	for k := range bounds {
		b := interval{low: 1, high: 0}
		for _, s := range sims {
			slices.Sort(s.shares[k])
			n := len(s.shares[k])
			cut := int(tail * float64(n))
			b.low = min(b.low, s.shares[k][cut])
			b.high = max(b.high, s.shares[k][n-1-cut])
		}
		bounds[k] = b
	}
	return bounds
}
