package analysis

import (
	"context"

	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// actors measures the feeling toward what the article names: the valence that the words
// about it have by themselves or, where the engine tells none, that of the comment.
func (p *Pipeline) actors(ctx context.Context, t *corpus.Thread, names []text.Entity, decisions []engine.Decision,
	judgements []Judgement) ([]actors.Actor, error) {
	comments := make([]actors.Comment, len(judgements))
	for i := range judgements {
		comments[i] = actors.Comment{Text: t.Comments[i].Text, Stance: judgements[i].Stance, Skip: !judgements[i].Judged}
	}
	return actors.Measure(ctx, &t.Article, names, comments, p.parser, func(i int, words text.Span) float64 {
		if p.options.Sentiment != nil {
			_, valence := p.options.Sentiment.Measure(words.In(t.Comments[i].Text))
			return valence
		}
		if valence, ok := engine.ValenceOf(decisions[i].Tokens, words); ok {
			return valence
		}
		return judgements[i].Valence
	})
}

// feel puts the feeling that Options.Sentiment measures in the place of the engine's. A
// language model's polarity stays.
func (p *Pipeline) feel(t *corpus.Thread, d *engine.Decision, i int, byModel bool) {
	if p.options.Sentiment == nil || t.Comments[i].Removed {
		return
	}
	polarity, valence := p.options.Sentiment.Measure(t.Comments[i].Text)
	if !byModel {
		d.Polarity, d.Polarities = polarity, [corpus.NumPolarities]float64{}
	}
	d.Valence, d.Feeling, d.Tokens = valence, nil, nil
}
