// Package labels reads and writes the stances that a person gave to some comments
// of a thread for one run. They travel beside the thread, never in its comments'
// annotations, which may hold what a measurement compares with.
//
// The steps are:
//
//  1. [Read] takes a file of one of three forms, told by its content: CSV with a
//     header that has the columns id and stance, and if wanted thread, sentiment,
//     probability, drawn, annotator; JSON lines of objects with the same names; or the
//     program's own threads, whose annotations are the labels.
//  2. [NewSet] puts labels together and says where two of them contradict.
//  3. [Set.Of] finds the labels of a thread's comments; [Set.Unplaced] says at the
//     end which labels fitted no comment.
//
// A row without a stance is a comment that was drawn but isn't labelled yet, and
// one with the stance "skip" a comment that its annotator passed over; [Write]
// writes both, so that a file holds a whole sample at any time of the work. The last
// column that it writes, row, numbers the rows and says how many there are: a file that
// was cut is noticed.
//
// A row that can't be used becomes a [corpus.Problem] with file and line, and
// reading goes on.
package labels

import "stance.example/stance/corpus"

// State is how far the labelling of a comment has come.
type State uint8

const (
	Open    State = iota // drawn, not labelled yet
	Skipped              // passed over by the annotator
	Given                // labelled
)

// Label is what a person decided about a comment, or is asked to.
type Label struct {
	// Thread is the ID of the comment's thread, or the source it was read from; "" if
	// the file doesn't say.
	Thread string
	// Comment is the comment's ID.
	Comment string
	State   State
	Stance  corpus.Stance // if Given
	// Sentiment is the feeling that the person found, nil if none was given.
	Sentiment *corpus.Polarity
	// Probability is that with which the comment came into the sample, in (0, 1]; 0 if
	// the file doesn't say.
	Probability float64
	// Suggested says that the comment wasn't drawn but chosen because its label teaches
	// much. Such labels train and correct no share.
	Suggested bool
	// Together says that the comment was drawn from those of all threads together: the
	// label corrects what they come to, and nothing is learned from it.
	Together  bool
	Annotator string // "" if the file doesn't say

	File string
	Line int
}

// skip stands in a file for State Skipped.
const skip = "skip"

// How a comment came to be labelled, as the column drawn says it.
const (
	random    = "random" // from a thread
	together  = "corpus" // from all threads
	suggested = "suggested"
)

// problem returns a failure at the label's place.
func (l *Label) problem(message string) corpus.Problem {
	return corpus.Problem{File: l.File, Line: l.Line, Level: corpus.Failure, Message: message}
}
