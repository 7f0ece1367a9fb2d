package aggregate

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
// unknown authors of one branch count as one, and by branch.
func clusterings(obs []Observation) [2]clustering {
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
	return [2]clustering{byAuthor, newClustering(obs, func(o Observation) int { return o.Branch })}
}

// effective is the number of independent comments that tell as much as these, from 1
// to their number: the number over the design effect (Kish, Survey Sampling, 1965,
// section 5.4), the larger one of the two clusterings.
func effective(obs []Observation) float64 {
	means := meanProbabilities(obs)
	n := float64(len(obs))
	least := n
	for _, c := range clusterings(obs) {
		least = min(least, n/c.designEffect(obs, means))
	}
	return max(least, 1)
}

// designEffect is the variance of the mean probabilities with the clusters over that
// without, over all stances:
//
//	G/(G−1) · (n−1)/n · Σ over the G clusters of (Σ residuals)² / Σ residuals²
//
// It is at least 1. Where all comments are alike, or all are of one cluster, nothing
// is known of how they hang together, and they are taken to hang together wholly.
func (c clustering) designEffect(obs []Observation, means stanceRow) float64 {
	n, clusters := float64(len(obs)), float64(c.size)
	if c.size == len(obs) {
		return 1
	}
	sums := make([]stanceRow, c.size)
	sizes := make([]float64, c.size)
	single := 0.0
	for i := range obs {
		p := obs[i].probabilities()
		sizes[c.of[i]]++
		for k := range p {
			gap := p[k] - means[k]
			sums[c.of[i]][k] += gap
			single += gap * gap
		}
	}
	together, whole := 0.0, 0.0
	for g, sum := range sums {
		for _, gap := range sum {
			together += gap * gap
		}
		whole += sizes[g] * sizes[g] / n
	}
	const alike = 1e-12
	if single < alike || c.size == 1 {
		return whole
	}
	return max(1, clusters/(clusters-1)*(n-1)/n*together/single)
}
