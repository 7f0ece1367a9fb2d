package stance

import (
	"stance/analysis/aggregate"
	"stance/analysis/linear"
	"stance/corpus"
)

// leastKnown is the number of comments from which the true shares of a thread are
// worth learning from.
const leastKnown = 20

// Known are the validated threads of leastKnown annotated comments or more that keep
// admits by their index. The threads are those that Train was given; the labels must
// be those of corpus.Stance.
func (v *Validation) Known(threads []*corpus.Thread, keep func(thread int) bool) []aggregate.Known {
	var known []aggregate.Known
	for i, t := range threads {
		if !keep(i) || v.ByThread[i].Total() < leastKnown {
			continue
		}
		var k aggregate.Known
		for c, given := range v.Predicted[i] {
			if given < 0 {
				continue
			}
			o := aggregate.Observation{Author: t.Comments[c].Author, Branch: c, Stance: corpus.Stance(given)}
			copy(o.Probabilities[:], v.Probabilities[i][c])
			k.Observations = append(k.Observations, o)
			k.Truth = append(k.Truth, corpus.Stance(v.Truths[i][c]))
		}
		known = append(known, k)
	}
	return known
}

// Reliability is what the threads that keep admits tell of the shares of a new one.
func (v *Validation) Reliability(threads []*corpus.Thread, keep func(thread int) bool) aggregate.Reliability {
	known := v.Known(threads, keep)
	return aggregate.FitReliability(known).Widened(known)
}

// passportOf writes a reliability down, nil for the zero one.
func passportOf(r aggregate.Reliability) *linear.Shares {
	if !r.Fitted() {
		return nil
	}
	s := &linear.Shares{Spread: r.Spread[:], Prior: r.Prior[:]}
	for k := range r.Weights {
		s.Weights = append(s.Weights, r.Weights[k][:])
		s.Confusion = append(s.Confusion, r.Confusion[k][:])
	}
	return s
}

// Reliability reads what passportOf wrote; nil gives the zero one.
func Reliability(s *linear.Shares) aggregate.Reliability {
	var r aggregate.Reliability
	if s == nil {
		return r
	}
	copy(r.Spread[:], s.Spread)
	copy(r.Prior[:], s.Prior)
	for k := range r.Weights {
		copy(r.Weights[k][:], s.Weights[k])
		copy(r.Confusion[k][:], s.Confusion[k])
	}
	return r
}
