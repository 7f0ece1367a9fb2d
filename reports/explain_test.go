package reports_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/reports"
)

// explained is an explanation made by hand, with hostile text.
func explained() *analysis.Explained {
	const written = "\x1b[31mWhere is the proof? | so sad"
	place := func(s string) text.Span {
		at := strings.Index(written, s)
		return text.Span{Start: at, End: at + len(s)}
	}
	word := func(s string, weight float64) text.Evidence {
		return text.Evidence{Span: place(s), Cue: s, Weight: weight}
	}
	return &analysis.Explained{
		Comment: &corpus.Comment{ID: "c1", Author: "Gull", Text: written},
		Explanation: &engine.Explanation{
			Decision: engine.Decision{Stance: corpus.Skeptical, Probabilities: [corpus.NumStances]float64{0.7, 0.1, 0.1, 0.1}, Polarity: corpus.Negative, Valence: -0.4},
			Stance:   []text.Evidence{word("Where", 0.25), word("proof", 1.25), word("sad", -0.5)}, StanceBase: 0.4,
			Polarity: []text.Evidence{word("proof", 0.3), word("sad", -1.9)}, PolarityBase: -0.2,
			Without: []engine.Without{{Part: "article", Stance: corpus.None, Probabilities: [corpus.NumStances]float64{0.1, 0.1, 0.2, 0.6}}},
		},
		Sentences: []text.Span{place("Where is the proof?"), place("so sad")},
	}
}

func TestExplain(t *testing.T) {
	var b bytes.Buffer
	if err := reports.Explain(&b, explained(), reports.Options{Width: 60}); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for _, want := range []string{
		"skeptical with 0.70; negative, valence -0.40", "  1.25  proof", "  0.40  before a word is read", "  1.40  sum",
		"article  none    0.60", " -1.90  so sad", " -1.90    sad", " -1.80  sum",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the text lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("a terminal escape of the comment came through")
	}
	checkWidth(t, out, 60)
}

func TestExplainJSON(t *testing.T) {
	var b bytes.Buffer
	if err := reports.ExplainJSON(&b, explained()); err != nil {
		t.Fatal(err)
	}
	type reason struct {
		Start, End int
		Text       string
		Weight     float64
	}
	var doc struct {
		Text    string
		Reasons []reason
		Base    float64
		Feeling []reason
		Without []struct{ Part, Stance string }
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	sum := doc.Base
	for _, r := range append(doc.Reasons, doc.Feeling...) {
		if doc.Text[r.Start:r.End] != r.Text {
			t.Errorf("%+v isn't at its place", r)
		}
	}
	for _, r := range doc.Reasons {
		sum += r.Weight
	}
	if math.Abs(sum-1.4) > 1e-9 || len(doc.Feeling) != 2 || doc.Without[0].Part != "article" {
		t.Errorf("the reasons sum to %g, want 1.4: %+v", sum, doc)
	}
}

// measured is a measure of four stances and no sentiment.
func measured() reports.NamedMeasure {
	c := evaluate.NewConfusion(corpus.NumStances)
	c.Add(0, 0)
	c.Add(0, 1)
	c.Add(2, 2)
	c.Add(3, 3)
	m := analysis.Measure{Threads: 1, ECE: 0.25, ShareError: math.NaN(), Curve: []evaluate.Point{{Coverage: 1, Threshold: 0.4, Risk: 0.25}}}
	m.Stance = analysis.Quality{Labels: corpus.StanceNames(), Confusion: c, Low: math.NaN(), High: math.NaN()}
	m.Polarity = analysis.Quality{Labels: []string{"negative", "neutral", "positive"}, Confusion: evaluate.NewConfusion(corpus.NumPolarities)}
	return reports.NamedMeasure{Name: "ferry", Measure: m}
}

func TestMeasures(t *testing.T) {
	var b bytes.Buffer
	if err := reports.Measures(&b, []reports.NamedMeasure{measured(), measured()}, reports.Options{Width: 60}); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	// Relativist was given once and never annotated: its recall has no denominator.
	for _, want := range []string{"4 annotated comments of 1 thread", "skeptical", "0.500", "–", "0.750", "25 %", "off by 0.250 on average"} {
		if !strings.Contains(out, want) {
			t.Errorf("the text lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "NaN") || strings.Contains(out, "Sentiment") || strings.Contains(out, "interval") {
		t.Errorf("the text has a figure of nothing:\n%s", out)
	}
	checkWidth(t, out, 60)
}

func TestMeasuresJSON(t *testing.T) {
	var b bytes.Buffer
	if err := reports.MeasuresJSON(&b, []reports.NamedMeasure{measured()}); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc["polarity"] != nil || doc["share_error"] != nil || doc["calibration_error"] != 0.25 {
		t.Errorf("got %v", doc)
	}
	if n := doc["stance"].(map[string]any)["confusion"].(map[string]any)["skeptical"].(map[string]any)["relativist"]; n != 1.0 {
		t.Errorf("skeptical given as relativist is %v, want 1", n)
	}
}

func checkWidth(t *testing.T, out string, width int) {
	t.Helper()
	for line := range strings.Lines(out) {
		if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}
