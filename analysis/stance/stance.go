// Package stance decides what each comment of a thread does with the case of its
// article: doubt it, relativise it, support it or none of these.
//
// The steps are:
//
//  1. [NewInput] parses the thread once: headline, article, comments, parents.
//  2. The extractor turns each comment into features of three groups, one file
//     each: how it speaks (speech.go), whom it speaks about (target.go) and where
//     it stands (place.go).
//  3. [Engine.Decide] applies a linear model to them, calibrated on threads it
//     had not seen, and finds the words that made the decision (evidence.go).
//  4. [Train] makes such a model from annotated threads and measures it by
//     cross-validation split by thread.
//
// What the label depends on that words can't tell, such as which side an unnamed
// "they" is, the engine doesn't know; it says how sure it is and marks as unsure
// what it can't tell. docs/results.md has the figures.
package stance

import (
	"strings"

	"stance/analysis/text"
	"stance/corpus"
)

// Input is a thread made ready for an engine: the corpus values and their parses.
type Input struct {
	Thread *corpus.Thread
	// Headline and Article are the parses of the article's title and of its
	// description and text.
	Headline, Article text.Document
	// Comments are parallel to Thread.Comments; removed ones are empty documents.
	Comments []text.Document
	// Parents are parallel to Comments: what the parent says, an empty document
	// where that isn't known.
	Parents []text.Document
}

// NewInput parses a thread.
func NewInput(p *text.Parser, t *corpus.Thread) *Input {
	in := &Input{
		Thread:   t,
		Headline: p.Parse(t.Article.Title),
		Article:  p.Parse(strings.TrimSpace(t.Article.Description + "\n\n" + t.Article.Text)),
		Comments: make([]text.Document, len(t.Comments)),
		Parents:  make([]text.Document, len(t.Comments)),
	}
	index := make(map[string]int, len(t.Comments))
	for i := range t.Comments {
		c := &t.Comments[i]
		index[c.ID] = i
		if !c.Removed {
			in.Comments[i] = p.Parse(c.Text)
		}
	}
	for i := range t.Comments {
		c := &t.Comments[i]
		if parent, ok := index[c.Parent]; ok && c.Parent != "" {
			in.Parents[i] = in.Comments[parent]
		} else if c.ParentText != "" {
			in.Parents[i] = p.Parse(c.ParentText)
		}
	}
	return in
}

// Decision is the stance of one comment.
type Decision struct {
	Stance corpus.Stance
	// Probabilities sum to 1, indexed by corpus.Stance.
	Probabilities [corpus.NumStances]float64
	// Unsure is set where the most probable stance is less likely than
	// SureFrom; Stance then still holds it.
	Unsure   bool
	Evidence []text.Evidence
}
