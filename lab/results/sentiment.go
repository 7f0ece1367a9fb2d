package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jonreiter/govader"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/sentiment"
	"stance.example/stance/corpus"
	"stance.example/stance/lab/rated"
)

// measurer measures the feeling of texts.
type measurer struct {
	name    string
	measure func(ctx context.Context, texts []rated.Text) ([]corpus.Polarity, error)
}

// sentimentSection measures the engine beside two public libraries on texts that it wasn't
// trained on.
func sentimentSection(ctx context.Context, w io.Writer, from folders) error {
	measurers, err := measurers()
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Sentiment

Three classes, on collections of which the model saw no text in training. These texts stand by themselves, with no article.
FanChuan (Reddit, TikTok, CampusLife) labels support for a person or a cause rather than feeling. VADER is the Go port
govader, cdipaolo the naive Bayes classifier of cdipaolo/sentiment, which is never neutral.

| set | engine | negative | neutral | positive | macro-F1 | accuracy | called positive | truly positive |
|---|---|--:|--:|--:|--:|--:|--:|--:|
`)
	for _, set := range rated.Collections() {
		texts, err := readRated(from.data, set)
		if err != nil {
			return err
		}
		for _, m := range measurers {
			said, err := m.measure(ctx, texts)
			if err != nil {
				return err
			}
			c := evaluate.NewConfusion(corpus.NumPolarities)
			for i := range texts {
				c.Add(int(texts[i].Polarity), int(said[i]))
			}
			polarityRow(w, set.Name+" | "+m.name, c)
		}
	}
	return nil
}

func measurers() ([]measurer, error) {
	e, err := encoder.Embedded()
	if err != nil {
		return nil, err
	}
	bayes, err := sentiment.NewCdipaolo()
	if err != nil {
		return nil, err
	}
	vader := newVader()
	return []measurer{
		{"stance", func(ctx context.Context, texts []rated.Text) ([]corpus.Polarity, error) {
			return byEngine(ctx, e, texts)
		}},
		{"vader", each(vader.polarity)},
		{"cdipaolo", each(func(text string) corpus.Polarity {
			p, _ := bayes.Measure(text)
			return p
		})},
	}, nil
}

// byEngine lets an engine judge the texts as comments under no article.
func byEngine(ctx context.Context, e engine.Engine, texts []rated.Text) ([]corpus.Polarity, error) {
	t := &corpus.Thread{Comments: make([]corpus.Comment, len(texts))}
	for i := range texts {
		t.Comments[i].Text = texts[i].Text
	}
	decisions, err := e.Judge(ctx, t, engine.Ask{})
	if err != nil {
		return nil, err
	}
	said := make([]corpus.Polarity, len(texts))
	for i := range decisions {
		said[i] = decisions[i].Polarity
	}
	return said, nil
}

// each measures texts one by one.
func each(polarity func(text string) corpus.Polarity) func(context.Context, []rated.Text) ([]corpus.Polarity, error) {
	return func(_ context.Context, texts []rated.Text) ([]corpus.Polarity, error) {
		said := make([]corpus.Polarity, len(texts))
		for i := range texts {
			said[i] = polarity(texts[i].Text)
		}
		return said, nil
	}
}

// vader is VADER (Hutto and Gilbert, ICWSM 2014) as ported to Go by govader, cut at ±0.05
// as its authors advise. Two gaps of its table are closed before it reads, since they
// aren't its method: a curly apostrophe hides a negation from it, and a skin tone or
// variation selector hides an emoji.
type vader struct {
	analyzer *govader.SentimentIntensityAnalyzer
	cleaner  *strings.Replacer
}

func newVader() *vader {
	return &vader{
		analyzer: govader.NewSentimentIntensityAnalyzer(),
		cleaner: strings.NewReplacer("’", "'", "\uFE0F", "",
			"\U0001F3FB", "", "\U0001F3FC", "", "\U0001F3FD", "", "\U0001F3FE", "", "\U0001F3FF", ""),
	}
}

func (v *vader) polarity(text string) corpus.Polarity {
	const bound = 0.05
	switch valence := v.analyzer.PolarityScores(v.cleaner.Replace(text)).Compound; {
	case valence <= -bound:
		return corpus.Negative
	case valence >= bound:
		return corpus.Positive
	}
	return corpus.Neutral
}

func polarityRow(w io.Writer, name string, c *evaluate.Confusion) {
	fmt.Fprintf(w, "| %s |", name)
	for class := range c.Counts {
		fmt.Fprintf(w, " %s |", figure(c.F1(class)))
	}
	n, positive := float64(c.Total()), int(corpus.Positive)
	fmt.Fprintf(w, " %s | %s | %.3f | %.3f |\n", figure(c.MacroF1()), figure(c.Accuracy()), float64(c.Predicted(positive))/n, float64(c.Support(positive))/n)
}

// readRated reads a collection.
func readRated(data string, c rated.Collection) ([]rated.Text, error) {
	f, err := os.Open(filepath.Join(data, c.File))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	texts, err := c.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	return texts, nil
}
