package analysis

import (
	"context"

	"stance.example/stance/analysis/actors"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// cast is who an article names, and where its readers do.
type cast struct {
	*actors.Cast
	mentions [][]actors.Mention // in each comment that counts
}

// cast looks for the names of an article in the comments.
func (p *Pipeline) cast(ctx context.Context, t *corpus.Thread, names []text.Entity) (*cast, error) {
	c := &cast{actors.NewCast(&t.Article, names), make([][]actors.Mention, len(t.Comments))}
	if c.Empty() {
		return c, nil
	}
	for i := range t.Comments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if t.Comments[i].Counted() {
			doc := p.parser.Parse(t.Comments[i].Text)
			c.mentions[i] = c.Mentions(&doc)
		}
	}
	return c, nil
}

// words are the parts of the comments that are about an actor.
func (c *cast) words() [][]text.Span {
	parts := make([][]text.Span, len(c.mentions))
	for i, list := range c.mentions {
		for _, m := range list {
			parts[i] = append(parts[i], m.Words)
		}
	}
	return parts
}

// actors measures the feeling toward what the article names: the valence that the words
// about it have by themselves or, where the engine tells none, that of the comment.
func (p *Pipeline) actors(t *corpus.Thread, c *cast, decisions []engine.Decision, judgements []Judgement) []actors.Actor {
	var comments []actors.Comment
	for i, list := range c.mentions {
		if len(list) == 0 || !judgements[i].Judged {
			continue
		}
		valences := decisions[i].Parts
		if p.options.Sentiment != nil || valences == nil {
			valences = make([]float64, len(list))
			for k, m := range list {
				valences[k] = judgements[i].Valence
				if p.options.Sentiment != nil {
					_, valences[k] = p.options.Sentiment.Measure(m.Words.In(t.Comments[i].Text))
				}
			}
		}
		comments = append(comments, actors.Comment{Stance: judgements[i].Stance, Mentions: list, Valences: valences})
	}
	return c.Feelings(comments)
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
	d.Valence, d.Feeling = valence, nil
}
