// Package engine holds the small interfaces that engines meet, and the values they
// hand to the pipeline; nothing else.
//
// An Engine judges the comments of a thread together: stance, sentiment and sarcasm in
// one pass. What more an engine can do, it shows by meeting a further interface:
// learn from labels of the thread (Learner), say why (Explainer). The encoder meets
// all of them; a language model is an engine that asks another one where it fails; an
// engine of ten lines that meets Engine alone runs through every command.
package engine

import (
	"context"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Engine judges threads. It is safe for concurrent use, leaves the thread as it is, and
// gives equal results for equal threads.
type Engine interface {
	// Judge decides every comment of a thread. The result is parallel to t.Comments;
	// decisions about removed comments are zero. It ends with the context's error
	// when that is cancelled.
	Judge(ctx context.Context, t *corpus.Thread, ask Ask) ([]Decision, error)
}

// Ask says what is wanted beside the decisions.
type Ask struct {
	// Evidence asks for Decision.Evidence and Feeling.
	Evidence bool
	// Parts are the parts of each comment whose own valences are wanted, Decision.Parts:
	// parallel to t.Comments, nil for none.
	Parts [][]text.Span
}

// Decision is what an engine makes of one comment.
type Decision struct {
	// Stance is the label shown, by the rule of the engine.
	Stance corpus.Stance
	// Probabilities of the stances are calibrated and sum to 1; all zero from an engine
	// that can't tell how sure it is.
	Probabilities [corpus.NumStances]float64
	// Unsure is set where the label shown is more likely wrong than the engine's
	// documented bound allows.
	Unsure bool

	Polarity corpus.Polarity
	// Polarities are calibrated probabilities that sum to 1; all zero where there are none.
	Polarities [corpus.NumPolarities]float64
	// Valence is in [-1, 1]: the probability of positive less that of negative, or an
	// engine's own measure.
	Valence float64
	// Sarcasm is the probability that the comment means another thing than it says; 0
	// from an engine that doesn't tell.
	Sarcasm float64

	// Evidence are the spans that moved the stance, Feeling those that moved the
	// polarity, in the order of the text. Weights are log-odds: of the stance shown
	// against the mean of the others, and of positive against negative.
	Evidence, Feeling []text.Evidence
	// Parts are the valences that the parts of the comment that were asked for have by
	// themselves, in [-1, 1]; nil from an engine that tells none.
	Parts []float64
}

// Learner is an engine that learns from labels of the thread's own comments.
type Learner interface {
	// Learn decides every comment of a thread, knowing the stances of some by their
	// indices. Labels of removed comments are ignored.
	Learn(ctx context.Context, t *corpus.Thread, known map[int]corpus.Stance, ask Ask) (*Learned, error)
}

// Learned is what an engine decides about a thread some of whose comments a person
// labelled. All lists are parallel to the comments.
type Learned struct {
	// Before are the decisions without the labels.
	Before []Decision
	// Decisions are those with them; labelled comments have the stance the person
	// gave, with probability 1.
	Decisions []Decision
	// Blind are probabilities that don't know the comment's own label: the labels were
	// split into parts, and each part was predicted by what was learned from the
	// others. Comments without a label have the mean of these predictions. Their mean
	// over comments estimates shares.
	Blind [][corpus.NumStances]float64
}

// Explainer is an engine that says why.
type Explainer interface {
	// Explain says why comment i gets its stance and its polarity. It fails if there
	// is no such comment or if it was removed.
	Explain(ctx context.Context, t *corpus.Thread, i int) (*Explanation, error)
}

// Explanation is why a comment was judged as it was.
type Explanation struct {
	Decision Decision
	// Stance are all words and phrases of the comment with their share of the log-odds
	// of the stance shown against the mean of the others, in the order of the text;
	// with Base they sum to it. Polarity is the same for positive against negative.
	Stance, Polarity         []text.Evidence
	StanceBase, PolarityBase float64
	// Without are the probabilities of the stances with parts of the input left out.
	Without []Without
}

// Without is the decision with a part of the input left out.
type Without struct {
	// Part names what was left out: "article" or "parent".
	Part          string
	Stance        corpus.Stance
	Probabilities [corpus.NumStances]float64
}

// Encoding is an engine that makes vectors of comments, near each other where they say
// alike.
type Encoding interface {
	// Encode returns the vector of every comment, nil for removed ones.
	Encode(ctx context.Context, t *corpus.Thread) ([][]float32, error)
}

// Gauged is an engine of which it is known how far its probabilities tell the shares of a
// thread. The intervals of others carry sampling error only.
type Gauged interface {
	Reliability() aggregate.Reliability
}
