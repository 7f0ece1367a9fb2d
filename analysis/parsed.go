package analysis

import (
	"context"
	"strings"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// parsed is what is read of a thread's texts beside the engine.
type parsed struct {
	article text.Document // its description and text
	// names are those found in the first namesFrom words of the headline and of the
	// article.
	names []text.Entity
	// comments are parallel to the thread's; removed ones are empty documents.
	comments []text.Document
}

// namesFrom is how many words of an article are searched for names. A report says at
// its beginning who says what of whom, and finding names is dear: 25 ms of CPU for 150 words,
// as much as judging five comments.
const namesFrom = 150

// parse fails if a model of the parser can't be loaded, or with the context's error.
func (p *Pipeline) parse(ctx context.Context, t *corpus.Thread) (*parsed, error) {
	headline := p.parser.Parse(t.Article.Title)
	d := &parsed{
		article:  p.parser.Parse(strings.TrimSpace(t.Article.Description + "\n\n" + t.Article.Text)),
		comments: make([]text.Document, len(t.Comments)),
	}
	for _, doc := range []*text.Document{&headline, &d.article} {
		names, err := p.parser.Entities(doc, namesFrom)
		if err != nil {
			return nil, err
		}
		d.names = append(d.names, names...)
	}
	for i := range t.Comments {
		if c := &t.Comments[i]; !c.Removed {
			d.comments[i] = p.parser.Parse(c.Text)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// caseOf is the case the input states, otherwise the headline, otherwise the first
// sentence of the article.
func caseOf(a *corpus.Article, d *parsed) string {
	switch {
	case a.Case != "":
		return a.Case
	case strings.TrimSpace(a.Title) != "":
		return a.Title
	case len(d.article.Sentences) > 0:
		return d.article.Sentences[0].In(d.article.Source)
	}
	return ""
}
