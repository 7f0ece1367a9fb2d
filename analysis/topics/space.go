package topics

import (
	"math"
	"math/rand/v2"

	"stance.example/stance/analysis/vectors"
)

// dimensions is the number of directions. From 12 to 24 the agreement with sources' topics
// hardly changes.
const dimensions = 20

// leastPerDirection is the number of words for each direction: as many directions as words
// would bring nothing together.
const leastPerDirection = 4

// point is a text in the directions.
type point [dimensions]float64

func dot(a, b *point) float64 {
	sum := 0.0
	for k, v := range a {
		sum += float64(v * b[k])
	}
	return sum
}

func (p *point) add(a float64, q *point) {
	for k, v := range q {
		p[k] += float64(a * v)
	}
}

// normalise gives p unit length, unless it is 0.
func (p *point) normalise() {
	length := math.Sqrt(dot(p, p))
	if length == 0 {
		return
	}
	for k := range p {
		p[k] /= length
	}
}

// space are the directions: of each word its part in each.
type space struct {
	words  []point
	used   int   // directions; the others are 0
	middle point // of the texts that it was made of
}

// Subspace iteration ends after as many rounds, from random directions.
const (
	rounds    = 8
	seedSpace = 5
)

// newSpace finds the directions along which the fitted rows of so many words differ most, the right
// singular vectors with the largest singular values, by subspace iteration (Golub and Van Loan, Matrix
// Computations, section 8.2.4).
func newSpace(words int, fitted []vectors.Words) *space {
	s := &space{words: make([]point, words), used: min(dimensions, words/leastPerDirection)}
	random := rand.New(rand.NewPCG(seedSpace, 0))
	for w := range s.words {
		for k := range s.used {
			s.words[w][k] = random.NormFloat64()
		}
	}
	s.orthonormalise()
	next := make([]point, words)
	for range rounds {
		clear(next)
		for _, row := range fitted {
			p := s.of(row)
			for _, w := range row {
				next[w.ID].add(w.Weight, &p)
			}
		}
		s.words, next = next, s.words
		s.orthonormalise()
	}
	for _, row := range fitted {
		p := s.of(row)
		p.normalise()
		s.middle.add(1/float64(len(fitted)), &p)
	}
	return s
}

// orthonormalise makes the directions orthogonal and of unit length (modified
// Gram–Schmidt).
func (s *space) orthonormalise() {
	product := func(j, k int) float64 {
		sum := 0.0
		for w := range s.words {
			sum += float64(s.words[w][j] * s.words[w][k])
		}
		return sum
	}
	for k := range s.used {
		for j := range k {
			d := product(j, k)
			for w := range s.words {
				s.words[w][k] -= float64(d * s.words[w][j])
			}
		}
		length := math.Sqrt(product(k, k))
		for w := range s.words {
			if length > 1e-9 { // else there are fewer directions
				s.words[w][k] /= length
			} else {
				s.words[w][k] = 0
			}
		}
	}
}

// of is a row in the directions.
func (s *space) of(row vectors.Words) (p point) {
	for _, w := range row {
		p.add(w.Weight, &s.words[w.ID])
	}
	return p
}

// project is a row in the directions, about their mean and at unit length.
func (s *space) project(row vectors.Words) point {
	p := s.of(row)
	p.normalise()
	p.add(-1, &s.middle)
	p.normalise()
	return p
}
