package analysis

import (
	"context"

	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// languages tells those of the comments, or takes what the options say.
func (p *Pipeline) languages(ctx context.Context, t *corpus.Thread) (language.Languages, error) {
	if p.options.Language == "" {
		return language.Of(ctx, textsOf(t))
	}
	l := language.Languages{Of: make([]string, len(t.Comments))}
	for i := range t.Comments {
		if !t.Comments[i].Counted() {
			continue
		}
		l.Told++
		if p.options.Language != language.English {
			l.Of[i] = p.options.Language
		}
	}
	if p.options.Language != language.English && l.Told > 0 {
		l.Others = []language.Language{{Name: p.options.Language, Comments: l.Told}}
	}
	return l, nil
}

// textsOf are the texts of a thread's comments, "" for removed ones.
func textsOf(t *corpus.Thread) []string {
	texts := make([]string, len(t.Comments))
	for i := range texts {
		if c := &t.Comments[i]; !c.Removed {
			texts[i] = c.Text
		}
	}
	return texts
}

// anyLanguage reports whether comments in other languages than English are judged.
func (p *Pipeline) anyLanguage() bool {
	_, model := p.engine.(*llm.Engine)
	return p.options.AnyLanguage || model
}
