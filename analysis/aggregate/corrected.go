package aggregate

import (
	"fmt"

	"stance.example/stance/analysis/audit"
)

// normal95 is the quantile of the normal distribution that bounds 95 %.
const normal95 = 1.96

// leastError keeps a share of which a few comments are left to chance from passing for
// an exact one.
const leastError = 1e-3

// Correct puts the shares of an audit in place of the counted ones, and a note about
// it in place of those about the classifier's errors. Counts stay as they are.
func (s *Summary) Correct(a *audit.Audit, r Reliability) {
	s.Audit = a
	for k, share := range a.Shares {
		s.Stance[k] = Share{Count: s.Stance[k].Count, Share: share.Share, Low: share.Low, High: share.High}
		if a.Labelled < a.Comments {
			s.Stance[k].Error = max(leastError, (share.High-share.Low)/(2*normal95))
		}
	}
	s.Notes = s.notes(r)
}

// auditNotes say what the corrected shares rest on.
func (s *Summary) auditNotes() []string {
	a := s.Audit
	drawn := "taken for a random sample, because the labels don't say how they were chosen"
	switch {
	case a.Unequal:
		drawn = "drawn with unequal probabilities and weighted by them"
	case a.Stated:
		drawn = "a uniform random sample"
	}
	right := a.Labelled - a.Confusion.Errors()
	return []string{
		fmt.Sprintf("The shares are corrected by %d comments labelled by hand, %s; the comments judged so count labels and judgements as they are.", a.Labelled, drawn),
		fmt.Sprintf("With the model they tell as much as %.0f labels alone; of the labelled comments it would have judged %d right without their labels.", a.Effective, right),
	}
}
