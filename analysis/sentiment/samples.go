package sentiment

import (
	"fmt"

	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/rated"
)

// ThreadSamples are the comments of threads whose sentiment was annotated. It fails on
// an annotation that is no polarity.
func ThreadSamples(p *text.Parser, collection string, threads []*corpus.Thread) ([]Sample, error) {
	var samples []Sample
	for _, t := range threads {
		topics, ties := TopicOf(p, &t.Article).Of(t.Comments), TiesOf(t.Comments, corpus.Answered(t.Comments))
		for i := range t.Comments {
			c := &t.Comments[i]
			if c.Removed || c.Annotation == nil || c.Annotation.Sentiment == "" {
				continue
			}
			polarity, err := corpus.ParsePolarity(c.Annotation.Sentiment)
			if err != nil {
				return nil, fmt.Errorf("%s: comment %s: %w", t.Source, c.ID, err)
			}
			samples = append(samples, Sample{
				Doc: p.Parse(c.Text), Topic: topics[i], Polarity: polarity, Sarcasm: &c.Annotation.Sarcasm,
				Collection: collection, Group: t.ID, Ties: ties, At: i,
			})
		}
	}
	return samples, nil
}

// RatedSamples are texts by themselves. Copies of one text are one group.
func RatedSamples(p *text.Parser, collection string, texts []rated.Text) []Sample {
	samples := make([]Sample, len(texts))
	for i, t := range texts {
		samples[i] = Sample{
			Doc: p.Parse(t.Text), Polarity: t.Polarity, Sarcasm: t.Sarcasm,
			Collection: collection, Group: t.Text,
		}
	}
	return samples
}
