package sentiment_test

import (
	"os"
	"path/filepath"
	"testing"

	"stance/analysis/evaluate"
	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/rated"
)

// sharedData is the data beside the project, from this directory.
const sharedData = "../../../shared/data"

// TestKeptOut holds what the default engine is for on the parts of the collections
// that it wasn't trained on: it is to be better than VADER and than the lexicon that
// it rests on, and what it calls positive is to be so more often.
func TestKeptOut(t *testing.T) {
	p := newParser(t)
	for _, set := range rated.Collections() {
		if set.Training || set.Name == "campuslife val" { // labelled by support for a cause, not by feeling
			continue
		}
		t.Run(set.Name, func(t *testing.T) {
			texts := readRated(t, set)
			ours, lexicon, vader := confusion(t, p, "hybrid", texts), confusion(t, p, "lexicon", texts), confusion(t, p, "vader", texts)
			t.Logf("macro-F1 %.3f, lexicon %.3f, VADER %.3f", ours.MacroF1(), lexicon.MacroF1(), vader.MacroF1())
			if ours.MacroF1() <= max(lexicon.MacroF1(), vader.MacroF1()) {
				t.Error("the default engine isn't the best")
			}
			if positive := int(corpus.Positive); ours.Precision(positive) <= vader.Precision(positive) {
				t.Errorf("precision of positive is %.3f, VADER's %.3f", ours.Precision(positive), vader.Precision(positive))
			}
		})
	}
}

func confusion(t *testing.T, p *text.Parser, engine string, texts []rated.Text) *evaluate.Confusion {
	t.Helper()
	e, err := sentiment.Open(engine, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := evaluate.NewConfusion(corpus.NumPolarities)
	for _, x := range texts {
		doc := p.Parse(x.Text)
		c.Add(int(x.Polarity), int(e.Measure(&doc, nil).Polarity))
	}
	return c
}

func readRated(t testing.TB, c rated.Collection) []rated.Text {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, c.File))
	if err != nil {
		t.Skipf("the rated texts aren't here: %v", err)
	}
	defer f.Close()
	texts, err := c.Read(f)
	if err != nil {
		t.Fatalf("%s: %v", c.File, err)
	}
	return texts
}

func newParser(t testing.TB) *text.Parser {
	t.Helper()
	p, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
