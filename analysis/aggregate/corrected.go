package aggregate

import "stance.example/stance/analysis/audit"

// normal95 is the quantile of the normal distribution that bounds 95 %.
const normal95 = 1.96

// leastError keeps a share of which a few comments are left to chance from passing for
// an exact one.
const leastError = 1e-3

// Correct puts the shares of an audit in place of the expected ones. Counts stay as they
// are.
func (s *Summary) Correct(a *audit.Audit) {
	s.Audit = a
	for k, share := range a.Shares {
		s.Stance[k] = Share{Count: s.Stance[k].Count, Share: share.Share, Low: share.Low, High: share.High}
		if a.Labelled < a.Comments {
			s.Stance[k].Error = max(leastError, (share.High-share.Low)/(2*normal95))
		}
	}
}
