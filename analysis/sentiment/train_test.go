package sentiment_test

import (
	"bytes"
	"fmt"
	"testing"

	"stance/analysis/sentiment"
	"stance/corpus"
)

// inventedSamples are enough for the trainer to tell the classes apart.
func inventedSamples(t testing.TB) []sentiment.Sample {
	t.Helper()
	p := newParser(t)
	topic := sentiment.TopicOf(p, &corpus.Article{Title: "A new tram line"})
	yes, no := true, false
	var samples []sentiment.Sample
	add := func(src string, polarity corpus.Polarity, sarcasm *bool, i int) {
		s := sentiment.Sample{Doc: p.Parse(src), Polarity: polarity, Sarcasm: sarcasm, Collection: "invented", Group: fmt.Sprint(i)}
		if i%2 == 0 {
			s.Topic = topic
		}
		samples = append(samples, s)
	}
	for i := range 40 {
		add(fmt.Sprintf("the conductor of tram %d was zorbly", i), corpus.Negative, &no, i)
		add(fmt.Sprintf("the conductor of tram %d was flimmish", i), corpus.Positive, &no, i)
		add(fmt.Sprintf("the conductor of tram %d was there", i), corpus.Neutral, &yes, i)
	}
	return samples
}

func TestTrainIsDeterministicAndLearns(t *testing.T) {
	samples := inventedSamples(t)
	train := func() ([]byte, *sentiment.Validation) {
		m, v, err := sentiment.Train(samples, sentiment.DefaultTraining())
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), v
	}
	first, v := train()
	if second, _ := train(); !bytes.Equal(first, second) {
		t.Error("two trainings on the same samples differ")
	}
	if f := v.Collections["invented"].MacroF1(); f < 0.99 {
		t.Errorf("macro-F1 %.2f on words that tell everything", f)
	}
	if n := v.SarcasmFound.Total(); n != len(samples) {
		t.Errorf("%d samples measured for sarcasm, want %d", n, len(samples))
	}
}

func TestTrainErrors(t *testing.T) {
	samples := inventedSamples(t)
	if _, _, err := sentiment.Train(samples[:3], sentiment.DefaultTraining()); err == nil {
		t.Error("three samples made five folds")
	}
	for i := range samples {
		samples[i].Sarcasm = nil
	}
	if _, _, err := sentiment.Train(samples, sentiment.DefaultTraining()); err == nil {
		t.Error("a sarcasm column was trained on nothing")
	}
}
