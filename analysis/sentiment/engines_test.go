package sentiment_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance/analysis/sentiment"
	"stance/analysis/text"
	"stance/corpus"
)

// samples are comments of our own in the shapes that readers write.
var samples = []string{
	"",
	"Which bus line is it about?",
	"A splendid piece, thank you for writing it!",
	"I don’t trust the ministry, and nobody on our street does. Shameful!!!",
	"The bridge looks nice, but it opened four years late and the mayor lied about the cost.",
	"Sooooo proud of the volunteers ❤️❤️ 👏🏽",
	"> Trams are useless\nHave you ever taken one? Ours are quick and I like them :)",
	"WHAT A DISGRACE. THEY SHOULD ALL RESIGN",
	"If this were a \"fair\" tender, we would have read about it before. #corrupt",
}

func TestEngines(t *testing.T) {
	p := newParser(t)
	for _, e := range sentiment.Engines() {
		t.Run(e.Name, func(t *testing.T) {
			engine, err := e.New(nil)
			if err != nil {
				t.Fatal(err)
			}
			if e.Doc == "" || strings.Contains(e.Doc, "\n") {
				t.Errorf("Doc is %q, want one line", e.Doc)
			}
			for _, src := range samples {
				doc := p.Parse(src)
				checkEngine(t, engine, &doc)
			}
		})
	}
	if first := sentiment.Engines()[0].Name; first != sentiment.Default {
		t.Errorf("the first engine is %s, the default %s", first, sentiment.Default)
	}
}

func TestOpen(t *testing.T) {
	if _, err := sentiment.Open(sentiment.Default, nil); err != nil {
		t.Error(err)
	}
	_, err := sentiment.Open("magic", nil)
	if err == nil {
		t.Fatal("an unknown name was opened")
	}
	for _, e := range sentiment.Engines() {
		if !strings.Contains(err.Error(), e.Name) {
			t.Errorf("the error %q doesn't name %s", err, e.Name)
		}
	}
}

// TestConcurrentUse is for the race detector, and holds that sharing an engine
// changes no decision.
func TestConcurrentUse(t *testing.T) {
	docs := parseAll(t, samples)
	for name, engine := range openAll(t) {
		var want []sentiment.Decision
		for i := range docs {
			want = append(want, engine.Measure(&docs[i], nil))
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for i := range docs {
					if diff := cmp.Diff(want[i], engine.Measure(&docs[i], nil)); diff != "" {
						t.Errorf("%s on %q: %s", name, docs[i].Source, diff)
					}
				}
			})
		}
		wg.Wait()
	}
}

// TestRivals holds what the wrappers repair, and what they say they can't.
func TestRivals(t *testing.T) {
	p := newParser(t)
	engines := openAll(t)
	for _, c := range []struct {
		name, engine, src string
		want              corpus.Polarity
		reason            string
	}{
		{"curly apostrophe", "vader", "I don’t like it", corpus.Negative, "the negation must reach VADER's table"},
		{"variation selector", "vader", "☺️", corpus.Positive, "VADER's table has the bare face"},
		{"skin tone", "vader", "🙏🏽 😍🏽", corpus.Positive, "VADER's table has the bare sign"},
		{"no feeling", "vader", "The tram stops here", corpus.Negative, "VADER rates every word it knows, wherever it stands"},
		{"line break", "cdipaolo", "awful\nboring\nwaste", corpus.Negative, "words on their own lines mustn't be joined to one"},
		{"same on a line", "cdipaolo", "awful boring waste", corpus.Negative, "the comparison for the case above"},
		{"empty", "cdipaolo", "", corpus.Negative, "it has no neutral"},
	} {
		t.Run(c.engine+" "+c.name, func(t *testing.T) {
			doc := p.Parse(c.src)
			if got := engines[c.engine].Measure(&doc, nil).Polarity; got != c.want {
				t.Errorf("%s: got %v, want %v", c.reason, got, c.want)
			}
		})
	}
}

// checkEngine holds that the evidence of a decision is all that Justify adds to it.
func checkEngine(t *testing.T, engine sentiment.Engine, doc *text.Document) {
	t.Helper()
	bare := engine.Measure(doc, nil)
	checkDecision(t, doc.Source, bare)
	if bare.Evidence != nil {
		t.Errorf("%q: evidence that nobody asked for: %+v", doc.Source, bare.Evidence)
	}
	j, ok := engine.(sentiment.Justifier)
	if !ok {
		return
	}
	full := j.Justify(doc, nil)
	checkDecision(t, doc.Source, full)
	full.Evidence, full.Base = nil, bare.Base
	if diff := cmp.Diff(bare, full); diff != "" {
		t.Errorf("%q: evidence changes the decision: %s", doc.Source, diff)
	}
}

// checkDecision holds what every engine promises.
func checkDecision(t *testing.T, src string, d sentiment.Decision) {
	t.Helper()
	if !(d.Valence >= -1 && d.Valence <= 1) {
		t.Fatalf("%q: valence %v is out of range", src, d.Valence)
	}
	if d.Polarity >= corpus.NumPolarities {
		t.Fatalf("%q: polarity %v", src, d.Polarity)
	}
	last := 0
	for _, e := range d.Evidence {
		if e.Start < last || e.End <= e.Start || e.End > len(src) || e.Weight == 0 || e.Cue == "" {
			t.Fatalf("%q: bad evidence %+v after byte %d", src, e, last)
		}
		last = e.End
	}
}

func parseAll(t testing.TB, sources []string) []text.Document {
	t.Helper()
	p := newParser(t)
	docs := make([]text.Document, len(sources))
	for i, src := range sources {
		docs[i] = p.Parse(src)
	}
	return docs
}

func openAll(t testing.TB) map[string]sentiment.Engine {
	t.Helper()
	engines := map[string]sentiment.Engine{}
	for _, e := range sentiment.Engines() {
		engine, err := e.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		engines[e.Name] = engine
	}
	return engines
}
