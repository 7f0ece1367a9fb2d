package topics

import (
	"math"
	"math/rand/v2"
)

// How k-means searches.
const (
	starts    = 4  // random beginnings, of which the best end is taken
	mostSteps = 30 // of each
	seedMeans = 1
)

// bestMeans groups the points by each number of groups that leaves a group commentsPerTopic on
// average, and returns the centers of that with the largest silhouette, the fewest of equals.
func bestMeans(points []point) []point {
	var best []point
	most := math.Inf(-1)
	for k := 2; k <= min(mostTopics, len(points)/commentsPerTopic); k++ {
		centers := means(points, k)
		if s := silhouette(points, centers); s > most {
			best, most = centers, s
		}
	}
	return best
}

// means are the centers of k groups.
func means(points []point, k int) []point {
	var best []point
	most := math.Inf(-1)
	for start := range uint64(starts) {
		random := rand.New(rand.NewPCG(seedMeans, start<<8|uint64(k)))
		centers := seeds(points, k, random)
		cosines, steps := step(points, centers), 1
		for ; steps < mostSteps; steps++ {
			next := step(points, centers)
			if next-cosines < 1e-9*float64(len(points)) {
				break
			}
			cosines = next
		}
		if cosines > most {
			best, most = centers, cosines
		}
	}
	return best
}

// seeds chooses centers far from each other (k-means++: Arthur and Vassilvitskii,
// SODA 2007).
func seeds(points []point, k int, random *rand.Rand) []point {
	distances := make([]float64, len(points))
	for i := range distances {
		distances[i] = 1
	}
	var centers []point
	for len(centers) < k {
		sum := 0.0
		for _, d := range distances {
			sum += d
		}
		chosen, left := 0, random.Float64()*sum
		for i, d := range distances {
			if left -= d; left <= 0 && d > 0 {
				chosen = i
				break
			}
		}
		center := points[chosen]
		centers = append(centers, center)
		for i := range points {
			distances[i] = max(0, min(distances[i], 1-dot(&points[i], &center)))
		}
	}
	return centers
}

// step moves the centers to the means of what is nearest to them and returns the sum of the
// points' cosines with the centers before.
func step(points, centers []point) float64 {
	sums := make([]point, len(centers))
	cosines := 0.0
	for i := range points {
		c, cosine := nearest(&points[i], centers)
		sums[c].add(1, &points[i])
		cosines += cosine
	}
	for c := range sums {
		if sums[c] != (point{}) {
			sums[c].normalise()
			centers[c] = sums[c]
		}
	}
	return cosines
}

// nearest is the center with the largest cosine, the first of equals.
func nearest(p *point, centers []point) (center int, cosine float64) {
	cosine = math.Inf(-1)
	for c := range centers {
		if x := dot(p, &centers[c]); x > cosine {
			center, cosine = c, x
		}
	}
	return center, cosine
}

// silhouette is the simplified one, by the centers (Hruschka and others, Evolutionary
// algorithms for clustering gene-expression data, ICDM 2004): how much nearer the points
// are to their own center than to the next, from −1 to 1.
func silhouette(points, centers []point) float64 {
	sum := 0.0
	for i := range points {
		own, other := math.Inf(1), math.Inf(1)
		for c := range centers {
			d := 1 - dot(&points[i], &centers[c])
			if d < own {
				own, other = d, own
			} else {
				other = min(other, d)
			}
		}
		if other > 0 {
			sum += (other - own) / other
		}
	}
	return sum / float64(len(points))
}
