// Package stance decides what each comment of a thread does with the case of its
// article: doubt it, relativise it, support it or none of these.
//
// The steps are:
//
//  1. [NewInput] parses the thread once: headline, article, comments, parents.
//  2. The extractor turns each comment into features, one file for each group: how
//     it speaks (speech.go), whom it speaks about (target.go), where it stands
//     (place.go) and under what kind of headline (headline.go).
//  3. [Engine.Decide] judges in two passes with one linear model. The first judges
//     each comment by itself. The second adds what the first found around the
//     comment (context.go) and, where the article's parties are stated, whom of
//     them it speaks about (parties.go). [Engine.Justify] adds the words that made
//     the decision, its evidence (evidence.go).
//  4. [Train] makes such a model, calibrated on threads it had not seen, from
//     annotated threads (train.go, second.go) and measures it by cross-validation
//     split by thread. Any label set can be trained; [Engine.Classify] applies it.
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
	// Above are parallel to Comments: the index of the parent, -1 where it isn't in
	// the thread or there is none.
	Above []int
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
	for i := range t.Comments {
		if c := &t.Comments[i]; !c.Removed {
			in.Comments[i] = p.Parse(c.Text)
		}
	}
	in.Above = corpus.Answered(t.Comments)
	for i, parent := range in.Above {
		if parent >= 0 {
			in.Parents[i] = in.Comments[parent]
		} else if quoted := t.Comments[i].ParentText; quoted != "" {
			in.Parents[i] = p.Parse(quoted)
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
	Unsure bool
	// Evidence is in the order of the text; nil unless it was asked for.
	Evidence []text.Evidence
}
