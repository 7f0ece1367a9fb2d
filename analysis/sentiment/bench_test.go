package sentiment_test

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"stance/analysis/sentiment"
	"stance/analysis/text"
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

// readUnlabelled returns the first comments of real threads, or skips.
func readUnlabelled(t testing.TB) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedData, "unlabelled", "reddit-threads.jsonl"))
	if err != nil {
		t.Skipf("the unlabelled data isn't here: %v", err)
	}
	defer f.Close()
	var comments []string
	for d := json.NewDecoder(f); len(comments) < 20000; {
		var thread struct{ Comments []struct{ Text string } }
		if err := d.Decode(&thread); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, c := range thread.Comments {
			comments = append(comments, c.Text)
		}
	}
	return comments
}
