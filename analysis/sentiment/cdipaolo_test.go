package sentiment_test

import (
	"sync"
	"testing"

	"stance.example/stance/analysis/sentiment"
	"stance.example/stance/corpus"
)

func TestCdipaolo(t *testing.T) {
	c, err := sentiment.NewCdipaolo()
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, s := range []struct {
		name, text string
		want       corpus.Polarity
		reason     string
	}{
		{"praise", "A wonderful, moving story, superbly acted", corpus.Positive, "the plain case"},
		{"same on a line", "awful boring waste", corpus.Negative, "the plain case"},
		{"line break", "awful\nboring\nwaste", corpus.Negative, "words on their own lines mustn't be joined to one"},
		{"empty", "", corpus.Negative, "it has no neutral"},
	} {
		all.Go(func() {
			got, valence := c.Measure(s.text)
			if got != s.want || (valence > 0) != (got == corpus.Positive) || valence < -1 || valence > 1 {
				t.Errorf("%s: %s: got %v with valence %v, want %v", s.name, s.reason, got, valence, s.want)
			}
		})
	}
	all.Wait()
}
