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
	// HeadlineNames and ArticleNames are the names found in them, of the article
	// those in its first namesFrom words.
	HeadlineNames, ArticleNames []text.Entity
	// Comments are parallel to Thread.Comments; removed ones are empty documents.
	Comments []text.Document
	// Parents are parallel to Comments: what the parent says, an empty document
	// where that isn't known.
	Parents []text.Document
}

// namesFrom is how many words of an article are searched for names. A report says at
// its beginning who says what of whom, and finding names is the dearest step: 15 ms
// for 300 words.
const namesFrom = 300

// NewInput parses a thread. It fails if a model of the parser can't be loaded.
func NewInput(p *text.Parser, t *corpus.Thread) (*Input, error) {
	in := &Input{
		Thread:   t,
		Headline: p.Parse(t.Article.Title),
		Article:  p.Parse(strings.TrimSpace(t.Article.Description + "\n\n" + t.Article.Text)),
		Comments: make([]text.Document, len(t.Comments)),
		Parents:  make([]text.Document, len(t.Comments)),
	}
	var err error
	if in.HeadlineNames, err = p.Entities(&in.Headline); err != nil {
		return nil, err
	}
	beginning := in.Article
	beginning.Tokens = beginning.Tokens[:min(len(beginning.Tokens), namesFrom)]
	if in.ArticleNames, err = p.Entities(&beginning); err != nil {
		return nil, err
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
	return in, nil
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
