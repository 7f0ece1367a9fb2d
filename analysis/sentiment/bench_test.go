package sentiment_test

import (
	"os"
	"path/filepath"
	"testing"

	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus/jsonl"
)

// BenchmarkMeasure times our engines, with and without evidence, and VADER's port on the
// same comments, parsed beforehand: ours share the tokens with the stance engine, VADER
// splits the text itself.
func BenchmarkMeasure(b *testing.B) {
	for _, set := range []struct {
		name     string
		comments func(testing.TB) []string
	}{
		{"invented", func(testing.TB) []string { return samples }},
		{"unlabelled", readUnlabelled},
	} {
		for _, name := range []string{"hybrid", "lexicon", "vader"} {
			b.Run(set.name+"/"+name, func(b *testing.B) {
				docs := parseAll(b, set.comments(b))
				engine, err := sentiment.Open(name, nil)
				if err != nil {
					b.Fatal(err)
				}
				measureAll(b, docs, engine.Measure)
			})
			if name == sentiment.Default {
				b.Run(set.name+"/"+name+"_with_evidence", func(b *testing.B) {
					docs := parseAll(b, set.comments(b))
					engine, err := sentiment.NewHybrid(nil)
					if err != nil {
						b.Fatal(err)
					}
					measureAll(b, docs, engine.Justify)
				})
			}
		}
	}
}

func measureAll(b *testing.B, docs []text.Document, measure func(*text.Document, *sentiment.Topic) sentiment.Decision) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		measure(&docs[i%len(docs)], nil)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "comments/s")
}

// readUnlabelled returns the comments of real threads, all there are, or skips.
func readUnlabelled(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(sharedData, "unlabelled", "*.jsonl"))
	if err != nil || names == nil {
		t.Skipf("the unlabelled data isn't here: %v", err)
	}
	var comments []string
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for thread, err := range jsonl.Read(name, f, jsonl.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range thread.Comments {
				comments = append(comments, c.Text)
			}
		}
	}
	return comments
}
