package analysis

import (
	"strings"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// parsed is what is read of an article beside the engine.
type parsed struct {
	text text.Document // its description and text
	// names are those found in the first namesFrom words of the headline and of the
	// article.
	names []text.Entity
}

// namesFrom is how many words of an article are searched for names. A report says at
// its beginning who says what of whom, and finding names is dear: 25 ms of CPU for 150 words,
// as much as judging five comments.
const namesFrom = 150

// parse fails if a model of the parser can't be loaded.
func (p *Pipeline) parse(a *corpus.Article) (*parsed, error) {
	headline := p.parser.Parse(a.Title)
	d := &parsed{text: p.parser.Parse(strings.TrimSpace(a.Description + "\n\n" + a.Text))}
	for _, doc := range []*text.Document{&headline, &d.text} {
		names, err := p.parser.Entities(doc, namesFrom)
		if err != nil {
			return nil, err
		}
		d.names = append(d.names, names...)
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
	case len(d.text.Sentences) > 0:
		return d.text.Sentences[0].In(d.text.Source)
	}
	return ""
}
