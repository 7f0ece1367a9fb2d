// Package structure looks at a thread as a thread: who answers whom with what stance,
// whether the stances change as it goes on, and how far they are apart.
//
//   - [Replies] is the table of a reply's stance against its parent's, with a
//     permutation test. See replies.go.
//   - [Drift] is the trend of each stance along the thread. See drift.go.
//   - [Spread] says how far the stances agree, are polarised or mixed. See spread.go.
//
// All of it is of judgements, as the classifier gave them. Where it errs at random the
// associations and trends come out weaker than they are; and since it reads a reply
// beside its parent, a part of the association may be its own.
package structure

import (
	"time"

	"stance.example/stance/corpus"
)

// Comment is what the package needs to know of a comment.
type Comment struct {
	// Parent is the index of the comment it replies to, -1 if there is none in the
	// thread.
	Parent int
	// Judged is false for a removed comment, whose Stance is ignored.
	Judged bool
	Stance corpus.Stance
	Posted time.Time // zero if unknown
}

// Structure holds the measures of one thread.
type Structure struct {
	Replies Replies
	Drift   Drift
	Spread  Spread
}

// Of measures a thread whose comments are in the order of the page.
func Of(comments []Comment) Structure {
	var counts [corpus.NumStances]int
	for _, c := range comments {
		if c.Judged {
			counts[c.Stance]++
		}
	}
	return Structure{
		Replies: repliesOf(comments),
		Drift:   driftOf(comments),
		Spread:  spreadOf(counts),
	}
}
