// Package stance decides what each comment of a thread does with the case of
// its article.
package stance

import (
	"stance/analysis/text"
	"stance/corpus"
)

// Input is a thread made ready for an engine: the corpus values and their parses.
type Input struct {
	Thread *corpus.Thread
	// Headline and Article are the parses of the article's title and its text.
	Headline, Article text.Document
	// Entities are the names found in the title and text, most frequent first.
	Entities []string
	// Comments are parallel to Thread.Comments; removed ones are empty documents.
	Comments []text.Document
}

// Decision is the stance of one comment.
type Decision struct {
	Stance corpus.Stance
	// Probabilities sum to 1, indexed by corpus.Stance.
	Probabilities [corpus.NumStances]float64
	// Unsure is set where the model's doubt is too great to name a stance; Stance
	// then still holds the most probable one.
	Unsure   bool
	Evidence []text.Evidence
}
