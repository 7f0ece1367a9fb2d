package analysis

import (
	"fmt"
	"strings"

	"stance.example/stance/analysis/language"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// leastForeign is the number of comments in other languages from which they are worth a
// note where all are judged, if they make one in oneIn.
const (
	leastForeign = 2
	oneIn        = 10
)

// languages tells those of the comments, or takes what the options say.
func (p *Pipeline) languages(t *corpus.Thread, d *parsed) language.Languages {
	if p.options.Language == "" {
		return language.Of(d.comments)
	}
	l := language.Languages{Of: make([]string, len(t.Comments))}
	for i := range t.Comments {
		if t.Comments[i].Removed {
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
	return l
}

// anyLanguage reports whether comments in other languages than English are judged.
func (p *Pipeline) anyLanguage() bool {
	_, model := p.engine.(*llm.Engine)
	return p.options.AnyLanguage || model
}

// languageNotes say what is in other languages than English, and what became of it.
func languageNotes(l *language.Languages, judgements []Judgement, model *llm.Account) []string {
	foreign, unjudged := l.Foreign(), 0
	for i := range judgements {
		if j := &judgements[i]; j.unjudged() && l.Of[i] != "" {
			unjudged++
		}
	}
	var rest string
	switch {
	case unjudged > 0:
		rest = fmt.Sprintf(", which the engine hasn't learned: %d not judged; --any-language judges such comments all the same, badly.", unjudged)
	case foreign < leastForeign || foreign*oneIn < l.Told:
		return nil
	case model != nil:
		rest = "."
	default:
		rest = ", but all are judged by what was learned from English ones, badly."
	}
	if first := l.Others[0]; 2*first.Comments > l.Told {
		return []string{fmt.Sprintf("Most comments are in %s (%d of the %d whose language shows)%s", first.Name, first.Comments, l.Told, rest)}
	}
	var named []string
	for _, o := range l.Others {
		named = append(named, fmt.Sprintf("%s %d", o.Name, o.Comments))
	}
	return []string{fmt.Sprintf("%d of the %d comments whose language shows are not in English (%s)%s", foreign, l.Told, strings.Join(named, ", "), rest)}
}
