package analysis_test

import (
	"math"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/corpus"
)

// library is a made-up thread with a removed comment and a circle of replies.
func library() *corpus.Thread {
	return &corpus.Thread{
		ID:      "library",
		Article: corpus.Article{Title: "Town will close the library on Sundays", Text: "The town will close the library on Sundays to save money, the clerk said."},
		Comments: []corpus.Comment{
			{ID: "a", Author: "Ines", Text: "I don't believe the numbers. Where is the evidence that it saves a cent?"},
			{ID: "b", Author: "Tom", Parent: "a", Text: "Every town does this, why single out ours?"},
			{ID: "c", Author: "Ines", Parent: "e", Text: "Good idea, I fully agree with the clerk."},
			{ID: "d", Author: "", Parent: "b", Text: "", Removed: true},
			{ID: "e", Author: "Tom", Parent: "c", Text: "lol"},
		},
	}
}

func newPipeline(t testing.TB) *analysis.Pipeline {
	t.Helper()
	p, err := analysis.New(analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnalyse(t *testing.T) {
	thread := library()
	r, err := newPipeline(t).Analyse(t.Context(), thread)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Judgements) != len(thread.Comments) {
		t.Fatalf("%d judgements of %d comments", len(r.Judgements), len(thread.Comments))
	}
	for i, j := range r.Judgements {
		if j.Judged == thread.Comments[i].Removed {
			t.Errorf("comment %d: removed %v, judged %v", i, thread.Comments[i].Removed, j.Judged)
		}
		if math.Abs(j.Valence) > 1 {
			t.Errorf("comment %d has valence %g", i, j.Valence)
		}
	}
	s := r.Summary
	total := 0
	for _, share := range s.Stance {
		total += share.Count
		if !(share.Low <= share.Share && share.Share <= share.High) {
			t.Errorf("share %g lies outside its interval [%g, %g]", share.Share, share.Low, share.High)
		}
	}
	if s.Comments != 5 || s.Removed != 1 || s.Authors != 2 || total != 4 {
		t.Errorf("counted %d comments, %d removed, %d authors, %d stances", s.Comments, s.Removed, s.Authors, total)
	}
}

func TestCase(t *testing.T) {
	p := newPipeline(t)
	for _, c := range []struct {
		name    string
		article corpus.Article
		want    string
		reason  string
	}{
		{"given", corpus.Article{Case: "The bridge is unsafe.", Title: "Bridge"}, "The bridge is unsafe.", "what the input states comes first"},
		{"headline", corpus.Article{Title: "Bridge unsafe", Text: "It rusts. It shakes."}, "Bridge unsafe", "a headline is the article's own summary"},
		{"first sentence", corpus.Article{Text: "The bridge rusts. It shakes."}, "The bridge rusts.", "a report begins with its claim"},
		{"nothing", corpus.Article{}, "", "no case is invented"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := p.Analyse(t.Context(), &corpus.Thread{Article: c.article})
			if err != nil {
				t.Fatal(err)
			}
			if r.Case != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, r.Case, c.want)
			}
		})
	}
}

func TestLanguageNote(t *testing.T) {
	german := []string{
		"Ich glaube kein Wort davon, die Stadt hat uns schon letztes Jahr dasselbe versprochen.",
		"Und was ist mit dem Hallenbad? Darüber schreibt natürlich wieder niemand in dieser Zeitung.",
		"Endlich spricht es jemand aus, das war längst überfällig und völlig richtig so.",
	}
	english := []string{
		"I don't believe the numbers. Where is the evidence that it saves a cent?",
		"Every town does this, why single out ours? Ask what the others pay for theirs.",
		"Good idea, I fully agree with the clerk, and most of the people that I know do.",
	}
	for _, c := range []struct {
		comments []string
		n, of    int
	}{
		{english, 0, 0},
		{append(append([]string{}, german...), english[:1]...), 3, 4},
		{append(append([]string{}, english...), german[:2]...), 2, 5},
	} {
		thread := &corpus.Thread{Article: corpus.Article{Title: "Town will close the library on Sundays"}}
		for _, text := range c.comments {
			thread.Comments = append(thread.Comments, corpus.Comment{Text: text})
		}
		for _, any := range []bool{false, true} {
			p, err := analysis.New(analysis.Options{AnyLanguage: any})
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Analyse(t.Context(), thread)
			if err != nil {
				t.Fatal(err)
			}
			unjudged := c.n
			if any {
				unjudged = 0
			}
			var got analysis.Doubt
			for _, d := range r.Doubts {
				if d.Kind == analysis.OtherLanguage {
					got = d
				}
			}
			if got.N != c.n || got.Of != c.of || got.Unjudged != unjudged || c.n > 0 && got.Languages[0].Name != "German" {
				t.Errorf("any language %v: doubt %+v, want %d of %d", any, got, c.n, c.of)
			}
			if judged := r.Summary.Judged(); judged != len(c.comments)-unjudged {
				t.Errorf("any language %v: %d of %d judged", any, judged, len(c.comments))
			}
		}
	}
}
