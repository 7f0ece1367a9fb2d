// Package audit corrects a thread's shares by a sample of comments that a person
// labelled, and tells how well two persons agree.
//
//  1. [Draw] chooses the comments to label, each with a known probability.
//  2. [Correct] takes the labels and the predictions of a model that hadn't seen
//     them, and estimates the shares by prediction-powered inference: the mean of
//     the predictions over all comments, plus what they were wrong by on the
//     labelled ones. Whatever the model, the result is unbiased; a good model makes
//     the interval narrower, and so does what it led to expect of the shares.
//  3. [Kappa] and [Alpha] compare the labels of two persons or more.
//
// What is estimated are the shares of this thread's comments, a finite population:
// a label is the truth about its comment, and a thread labelled as a whole has no
// interval left.
//
// Predictions of a labelled comment must come from a model that was not fitted to
// its label. Where the labels also re-fit the model they are left out in parts
// (cross-fitting: Zrnic and Candès, "Cross-prediction-powered inference", PNAS 121,
// 2024), which stance.Learn does. TestCrossFittingIsNeeded shows what comes of it
// otherwise.
//
// The package draws random numbers only in Draw, from a seed it is given.
package audit

import (
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
)

// Comment is what Correct needs to know of a comment.
type Comment struct {
	// Predicted are the stances' probabilities from a model that hasn't seen Label.
	Predicted [corpus.NumStances]float64
	Labelled  bool
	Label     corpus.Stance
	// Probability is that with which a labelled comment came into the sample; 0 if
	// it isn't known.
	Probability float64
}

// Share is an estimate with its 95 % interval, all in [0, 1].
type Share struct{ Share, Low, High float64 }

// Audit is what a sample says about a thread.
type Audit struct {
	Comments, Labelled int
	// Unequal is set where the comments came into the sample with different known
	// probabilities and were weighted by them. Otherwise the sample is taken for a
	// uniform one, and Stated tells whether the labels said so.
	Unequal, Stated bool
	// Lambda is the weight that the predictions were given, in [0, 1].
	Lambda float64
	Shares [corpus.NumStances]Share
	// Effective is the number of labels, uniformly drawn and without predictions, that
	// would tell as much.
	Effective float64
	// Confusion counts the labelled comments by label and most probable prediction.
	Confusion *evaluate.Confusion
}

// Least is the number of labels from which shares are corrected.
const Least = 10
