package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stance/analysis/evaluate"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/rated"
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
	samples, err := sentimentSamples(parser, news, data)
	if err != nil {
		return err
	}
	_, v, err := sentiment.Train(samples, sentiment.DefaultTraining())
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Sentiment

Three classes. The model of the hybrid engine is trained on the news threads, the training parts of GoEmotions and
FanChuan, and the snippets that came with VADER. Its row on news is cross-validated: five folds, split by thread, so no
comment is judged by a model that saw its thread. The other sets are parts of the collections that no model was trained
on; the values of the features and the steps of the training were chosen on them and on a fifth of the news threads,
which flatters the hybrid somewhat, as the lists of words, drawn up with news in view, flatter the lexicon on news.
These texts stand by themselves, with no article. FanChuan labels support for a person or a cause rather than feeling.

| set | engine | negative | neutral | positive | macro-F1 | accuracy | called positive | truly positive |
|---|---|--:|--:|--:|--:|--:|--:|--:|
`)
	sentimentRow(w, "news, cross-validated", "hybrid", v.Collections["news"])
	for _, engine := range []string{"lexicon", "vader", "cdipaolo"} {
		c, err := measureEngine(engine, samples, "news")
		if err != nil {
			return err
		}
		sentimentRow(w, "news", engine, c)
	}
	for _, set := range rated.Collections() {
		if set.Training {
			continue
		}
		kept, err := readRatedSamples(parser, data, set)
		if err != nil {
			return err
		}
		for _, engine := range []string{"hybrid", "lexicon", "vader"} {
			c, err := measureEngine(engine, kept, set.Name)
			if err != nil {
				return err
			}
			sentimentRow(w, set.Name, engine, c)
		}
	}
	sarcasmParagraph(w, v)
	return nil
}

func sentimentRow(w io.Writer, set, engine string, c *evaluate.Confusion) {
	n, positive := float64(c.Total()), int(corpus.Positive)
	row(w, set+" | "+engine, c, fmt.Sprintf("%.3f | %.3f", float64(c.Predicted(positive))/n, float64(c.Support(positive))/n))
}

// measureEngine judges the samples of a collection.
func measureEngine(name string, samples []sentiment.Sample, collection string) (*evaluate.Confusion, error) {
	engine, err := sentiment.Open(name, nil)
	if err != nil {
		return nil, err
	}
	c := evaluate.NewConfusion(corpus.NumPolarities)
	for i := range samples {
		if s := &samples[i]; s.Collection == collection {
			c.Add(int(s.Polarity), int(engine.Measure(&s.Doc, s.Topic).Polarity))
		}
	}
	return c, nil
}

// sentimentSamples are what the embedded model is trained on.
func sentimentSamples(p *text.Parser, news []*corpus.Thread, data string) ([]sentiment.Sample, error) {
	samples, err := sentiment.ThreadSamples(p, "news", news)
	if err != nil {
		return nil, err
	}
	for _, c := range rated.Collections() {
		if !c.Training {
			continue
		}
		more, err := readRatedSamples(p, data, c)
		if err != nil {
			return nil, err
		}
		samples = append(samples, more...)
	}
	return samples, nil
}

func readRatedSamples(p *text.Parser, data string, c rated.Collection) ([]sentiment.Sample, error) {
	f, err := os.Open(filepath.Join(data, c.File))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	texts, err := c.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	return sentiment.RatedSamples(p, c.Name, texts), nil
}

// sarcasmParagraph says how far the probability of sarcasm can be trusted.
func sarcasmParagraph(w io.Writer, v *sentiment.Validation) {
	c := v.SarcasmFound
	fmt.Fprintf(w, `
Sarcasm, cross-validated on %d comments of news and FanChuan, %d of them sarcastic: the expected calibration error of
its probability is %.3f. From a probability of 0.5, where it is shown, %.0f %% of the comments are sarcastic, and %.0f %%
of all sarcasm is found: words alone give it away seldom.
`, c.Total(), c.Support(1), evaluate.ECE(v.Sarcasm), 100*c.Precision(1), 100*c.Recall(1))
}
