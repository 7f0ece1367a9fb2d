package analysis

import (
	"stance/analysis/aggregate"
	"stance/analysis/sentiment"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
)

// StanceEngine decides the stance of every comment of a thread together.
// The result is parallel to in.Thread.Comments.
type StanceEngine interface {
	Decide(in *stance.Input) []stance.Decision
}

// SentimentEngine measures the feeling of one comment.
type SentimentEngine interface {
	Measure(doc *text.Document) sentiment.Decision
}

// Judgement is what the program decided about a comment.
type Judgement struct {
	// Judged is false for removed comments, whose other fields are zero.
	Judged        bool
	Stance        corpus.Stance
	Probabilities [corpus.NumStances]float64 // sum to 1, indexed by corpus.Stance
	Unsure        bool
	Polarity      corpus.Polarity
	Valence       float64         // in [-1, 1]
	Evidence      []text.Evidence // of the stance, in the order of the text
	Feeling       []text.Evidence // of the sentiment, in the order of the text
}

// Result is a thread with its judgements and their summary.
type Result struct {
	Thread *corpus.Thread
	// Case, For and Against are what was assumed of, or given for, the article.
	Case         string
	For, Against []string
	// Judgements are parallel to Thread.Comments.
	Judgements []Judgement
	Summary    aggregate.Summary
}
