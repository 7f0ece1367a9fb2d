package analysis

import (
	"math"

	"stance.example/stance/analysis/aggregate"
)

// sharedPart is the correlation ρ of the errors of the threads of a group: how much of a
// thread's squared error the others have too. In cross-validation the errors of threads
// of one source had none where the reliability knew other threads of the source, and 0.38
// where it knew none. Of such an unknown source the intervals of 5, 10 and 40 threads
// together held the true share in 96, 98 and 100 % of the cases with 3/4, and in 85, 89
// and 94 % with 1/2; those of two threads held it in 90 % with 3/4.
const sharedPart = 0.75

// reach adds up how far the intervals of a group's threads reach below and above their
// shares. With the parts w of the threads in the group, that sum up to 1, and
// the distances d, the interval of the group reaches
//
//	√((1−ρ)·Σ(w·d)² + ρ·(Σ w·d)²)
//
// as the standard error of a mean does if errors have the correlation ρ: by themselves
// they cancel the more the more threads there are, in common they don't. An interval of
// one thread stays as it is.
type reach struct {
	share        float64
	below, above distances
}

// distances are the sums of w·d and of its squares.
type distances struct{ sum, squares float64 }

func (d *distances) add(x float64) {
	d.sum += x
	d.squares += x * x
}

func (d distances) together() float64 {
	return math.Sqrt((1-sharedPart)*d.squares + sharedPart*d.sum*d.sum)
}

// add adds the share of a thread that is that part of the group.
func (r *reach) add(part float64, s *aggregate.Share) {
	r.share += part * s.Share
	r.below.add(part * (s.Share - s.Low))
	r.above.add(part * (s.High - s.Share))
}

// bounded is the share of the group with its interval, both in [0, 1] if those of the
// threads are; a thread without an interval leaves the group without one.
func (r *reach) bounded(count int) aggregate.Share {
	below, above := r.below.together(), r.above.together()
	return aggregate.Share{
		Count: count, Share: r.share, Low: max(0, r.share-below), High: min(1, r.share+above),
		Error: max(below, above) / normal95,
	}
}
