package main

import (
	"fmt"
	"io"
	"path/filepath"

	"stance/analysis/evaluate"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
)

func sentimentSection(w io.Writer, data string) error {
	news, err := readThreads(filepath.Join(data, newsFile), nil)
	if err != nil {
		return err
	}
	parser, err := text.NewParser()
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Sentiment

The same news comments, three classes. The rules of the lexicon engine were written, and its two class bounds chosen,
with these comments in view, so its row flatters it somewhat.

| engine | negative | neutral | positive | macro-F1 | accuracy | called positive | truly positive |
|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, info := range sentiment.Engines() {
		engine, err := info.New()
		if err != nil {
			return err
		}
		c := evaluate.NewConfusion(corpus.NumPolarities)
		for _, t := range news {
			for i := range t.Comments {
				truth, err := corpus.ParsePolarity(t.Comments[i].Annotation.Sentiment)
				if err != nil {
					return err
				}
				doc := parser.Parse(t.Comments[i].Text)
				c.Add(int(truth), int(engine.Measure(&doc).Polarity))
			}
		}
		positive := int(corpus.Positive)
		n := float64(c.Total())
		row(w, info.Name, c, fmt.Sprintf("%.3f | %.3f", float64(c.Predicted(positive))/n, float64(c.Support(positive))/n))
	}
	return nil
}
