// Package aggregate counts a thread's judgements and turns the counts into
// shares with intervals. Integer counts come first, ratios last.
package aggregate

import "stance/corpus"

// Share is the part of a thread's judged comments with a stance.
type Share struct {
	Count int
	// Share is Count over the judged comments; NaN if there are none.
	Share float64
	// Low and High bound the 95 % interval of the true share, in [0, 1].
	Low, High float64
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
	Unsure   int
	Stance   [corpus.NumStances]Share
	// Polarity counts the judged comments by polarity.
	Polarity [corpus.NumPolarities]int
	// Cross counts the judged comments by stance and polarity.
	Cross [corpus.NumStances][corpus.NumPolarities]int
	// Recurring are the authors of more than one judged comment, by number of
	// comments, then name.
	Recurring []Author
	// Notes are the doubts to print under the table: few comments, one author
	// writing much, and so on.
	Notes []string
}
