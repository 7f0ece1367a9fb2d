// Package aggregate counts a thread's judgements and turns the counts into
// shares with intervals.
//
//  1. Count: judged comments by stance, by polarity, by both, and by author.
//     Counts are integers and never corrected. An unsure comment counts under its
//     most probable stance, as its judgement says; Summary.Unsure tells how many
//     there are.
//  2. Bound: each share gets a 95 % interval, which carries the chance of who
//     commented (clustered by author and by branch) and the errors of the
//     classifier as its [Reliability] knows them. See interval.go.
//
// A share is the expected one: what the comments' probabilities, and what they were
// worth in threads with known stances, lead to expect of the true share. How many
// comments were judged so is a count beside it, and no share: an engine that is torn
// between two stances names one of them in every comment. A share lies in its interval
// always. The labels of an [audit.Audit] of this very thread correct the shares; the
// adjusted counts of [Sensitivity] correct nothing.
//
// Ratios come last and are NaN where there is nothing to divide by. Nothing is drawn at
// random: equal input gives equal output.
package aggregate

import (
	"cmp"
	"math"
	"slices"

	"stance.example/stance/analysis/audit"
	"stance.example/stance/corpus"
)

// Observation is what Summarise needs to know of one comment.
type Observation struct {
	Author   string // "" if unknown
	Branch   int    // equal for all comments of one branch
	Removed  bool   // counted in Summary.Removed; the fields below are ignored
	Withheld bool   // not judged; counted in Summary.Withheld; the fields below are ignored
	Unjudged bool   // withheld for another reason than the expected error, counted in Summary.Unjudged
	Unsure   bool
	Stance   corpus.Stance
	Polarity corpus.Polarity
	// Probabilities are the calibrated ones of the stances; all 0 stands for
	// certainty of Stance.
	Probabilities [corpus.NumStances]float64
	// Ungauged is set where the comment was judged by an engine of which the
	// Reliability knows nothing.
	Ungauged bool
	Labelled bool // a person gave the stance
}

// probabilities returns them with the zero value put into figures.
func (o *Observation) probabilities() stanceRow {
	p := o.Probabilities
	if p == (stanceRow{}) {
		p[o.Stance] = 1
	}
	return p
}

// Share is the part of a thread's judged comments with a stance.
type Share struct {
	// Count is the number of comments judged so: those whose stance it is, by hand or as
	// the engine decided.
	Count int
	// Share is the true share to be expected, by the comments' probabilities and what
	// they were worth in threads with known stances, or in a corrected summary what the
	// audit estimates; NaN if there are no judged comments. The shares sum up to 1.
	Share float64
	// Low and High bound the 95 % interval of the true share, in [0, 1], and hold Share;
	// Error is the standard deviation of the true share about Share. NaN if there are no
	// judged comments, or ungauged ones and no audit; equal, with an Error of 0, where
	// every comment was labelled.
	Low, High, Error float64
}

// Exact reports whether the share is known without error, as where every comment was
// labelled.
func (s *Share) Exact() bool { return s.Error == 0 }

// Undefined is a share of so many comments of which nothing more is known.
func Undefined(count int) Share {
	return Share{Count: count, Share: math.NaN(), Low: math.NaN(), High: math.NaN(), Error: math.NaN()}
}

// Author is one reader's comments in the thread.
type Author struct {
	Name     string
	Comments int // judged ones
	Stance   [corpus.NumStances]int
	// Varies is set if the author's comments take more than one stance, None not
	// counted.
	Varies bool
}

// Summary holds the aggregates of one thread.
type Summary struct {
	Comments int // all comments, removed ones included
	Authors  int // distinct known authors of comments that were not removed
	Removed  int
	Withheld int
	Unjudged int // the withheld ones of which it isn't the expected error that is too great
	Unsure   int
	Labelled int // comments that a person gave the stance
	// Unknown counts the judged comments whose author isn't known.
	Unknown int
	Stance  [corpus.NumStances]Share
	// Polarity counts the judged comments by polarity.
	Polarity [corpus.NumPolarities]int
	// Cross counts the judged comments by stance and polarity.
	Cross [corpus.NumStances][corpus.NumPolarities]int
	// Recurring are the authors of more than one judged comment, by number of
	// comments, then name.
	Recurring []Author
	// Audit is what corrected the shares, nil if they are counted.
	Audit *audit.Audit
}

// Exact reports whether a person labelled every comment.
func (s *Summary) Exact() bool { return s.Audit != nil && s.Audit.Labelled == s.Audit.Comments }

// Judged is the number of comments that were neither removed nor withheld, the
// denominator of every share.
func (s *Summary) Judged() int { return s.Comments - s.Removed - s.Withheld }

// Leader is the stance with the largest share. It reports false if no stance
// leads: there are no judged comments, the shares have no intervals, or the interval
// of another stance overlaps the leader's.
func (s *Summary) Leader() (corpus.Stance, bool) {
	first, rivals := s.Contest()
	return first, s.Bounded() && len(rivals) == 0
}

// Bounded reports whether the shares have intervals.
func (s *Summary) Bounded() bool { return s.Judged() > 0 && !math.IsNaN(s.Stance[0].Low) }

// Contest returns the stance with the largest share, the first of equals, and the stances
// whose intervals overlap its interval, those with the largest shares first.
func (s *Summary) Contest() (first corpus.Stance, rivals []corpus.Stance) {
	for k := range s.Stance {
		if s.Stance[k].Share > s.Stance[first].Share {
			first = corpus.Stance(k)
		}
	}
	for k := range s.Stance {
		if corpus.Stance(k) != first && s.Stance[k].High >= s.Stance[first].Low {
			rivals = append(rivals, corpus.Stance(k))
		}
	}
	slices.SortStableFunc(rivals, func(a, b corpus.Stance) int { return cmp.Compare(s.Stance[b].Share, s.Stance[a].Share) })
	return first, rivals
}
