package aggregate

import (
	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

// normal95 is the quantile of the normal distribution that bounds 95 %.
const normal95 = 1.96

// leastError keeps a share of which a few comments are left to chance from passing for
// an exact one.
const leastError = 1e-3

// Correct puts the shares of an audit in place of the expected ones. Counts stay as they
// are.
func (s *Summary) Correct(a *audit.Audit) {
	s.Audit = a
	for k := range a.Shares {
		s.Stance[k] = Audited(s.Stance[k].Count, a, corpus.Stance(k))
	}
}

// Audited is the share that an audit found, of a stance that so many comments have.
func Audited(count int, a *audit.Audit, stance corpus.Stance) Share {
	found := a.Shares[stance]
	s := Share{Count: count, Share: found.Share, Low: found.Low, High: found.High}
	if a.Labelled < a.Comments {
		s.Error = max(leastError, (found.High-found.Low)/(2*normal95))
	}
	return s
}
