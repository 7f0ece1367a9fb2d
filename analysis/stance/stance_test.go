package stance

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
	"stance/corpus/jsonl"
)

func newParser(t testing.TB) *text.Parser {
	t.Helper()
	p, err := text.NewParser()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func newInput(t testing.TB, p *text.Parser, thread *corpus.Thread) *Input {
	t.Helper()
	in, err := NewInput(p, thread)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// council is a made-up thread whose comments take plain sides.
func council() *corpus.Thread {
	t := &corpus.Thread{
		ID: "council",
		Article: corpus.Article{
			Title: "Council says new bus lanes cut travel times by a third",
			Text: "Travel times on the ring road have fallen by a third since the bus lanes opened, the council announced on Monday.\n\n" +
				"Mayor Linda Harrow said the figures proved the critics of the Greenway Party wrong.",
		},
	}
	for _, c := range []struct{ id, parent, text string }{
		{"1", "", "I don't believe these figures for a second. Where is the evidence?"},
		{"2", "", "What about the harbour bridge? Every council in the country does the same, why single out ours?"},
		{"3", "", "Finally some great news, well done! I take the bus every day and it is so much faster now."},
		{"4", "3", "Which line do you take?"},
		{"5", "", "[deleted]"},
	} {
		t.Comments = append(t.Comments, corpus.Comment{ID: c.id, Parent: c.parent, Text: c.text, Removed: c.id == "5"})
	}
	return t
}

// decide returns the decisions with their evidence, and holds that they are those
// without.
func decide(t testing.TB, thread *corpus.Thread) []Decision {
	t.Helper()
	e, in := newEngine(t), newInput(t, newParser(t), thread)
	bare, err := e.Decide(in)
	if err != nil {
		t.Fatal(err)
	}
	full, err := e.Justify(in)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range full {
		d.Evidence = nil
		if diff := cmp.Diff(bare[i], d); diff != "" {
			t.Errorf("evidence changes decision %d: %s", i, diff)
		}
	}
	return full
}

func TestDecidePlainCases(t *testing.T) {
	d := decide(t, council())
	for i, want := range []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive, corpus.None} {
		if d[i].Stance != want {
			t.Errorf("comment %d is %v with %.2f, want %v", i+1, d[i].Stance, d[i].Probabilities, want)
		}
	}
	if d[4].Evidence != nil || d[4].Probabilities != [corpus.NumStances]float64{} {
		t.Error("a removed comment was judged")
	}
}

func TestDecisionInvariants(t *testing.T) {
	thread := council()
	for _, s := range []string{"", " ", "?", "👍🏽👍🏽", "\x97\x97's", strings.Repeat("no ", 3000), "ȺȺȺ İİ “so-called” … http://x.example"} {
		thread.Comments = append(thread.Comments, corpus.Comment{ID: s, Text: s, ParentText: s})
	}
	for i, d := range decide(t, thread) {
		c := &thread.Comments[i]
		if c.Removed {
			continue
		}
		checkDecision(t, c.Text, d)
	}
}

func checkDecision(t *testing.T, source string, d Decision) {
	t.Helper()
	sum, best := 0.0, 0.0
	for _, p := range d.Probabilities {
		sum += p
		best = max(best, p)
	}
	if math.Abs(sum-1) > 1e-9 || d.Probabilities[d.Stance] != best || d.Unsure != (best < SureFrom) {
		t.Errorf("%q: probabilities %v, stance %v, unsure %v", source, d.Probabilities, d.Stance, d.Unsure)
	}
	last := 0
	for _, e := range d.Evidence {
		if e.Start < last || e.End > len(source) || e.Start >= e.End || e.Cue == "" || math.Abs(e.Weight) < minWeight {
			t.Errorf("%q: evidence %+v is out of order, out of the text or weightless", source, e)
		}
		last = e.End
	}
	if len(d.Evidence) > maxEvidence {
		t.Errorf("%q: %d pieces of evidence", source, len(d.Evidence))
	}
}

func FuzzDecide(f *testing.F) {
	f.Add("Why only us?", "They lie.", "Mayor says lanes work")
	f.Add("\x97", "ȺȺ's", "")
	e, p := newEngine(f), newParser(f)
	f.Fuzz(func(t *testing.T, comment, parent, title string) {
		thread := &corpus.Thread{Article: corpus.Article{Title: title, Text: parent}}
		thread.Comments = []corpus.Comment{{ID: "a", Text: comment, ParentText: parent}, {ID: "b", Parent: "a", Text: parent}}
		d, err := e.Justify(newInput(t, p, thread))
		if err != nil {
			t.Fatal(err)
		}
		checkDecision(t, comment, d[0])
		checkDecision(t, parent, d[1])
	})
}

func TestDecideConcurrently(t *testing.T) {
	e, p := newEngine(t), newParser(t)
	want := decide(t, council())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			in, err := NewInput(p, council())
			if err != nil {
				t.Error(err)
				return
			}
			got, err := e.Decide(in)
			if err != nil {
				t.Error(err)
				return
			}
			for i := range got {
				if got[i].Probabilities != want[i].Probabilities {
					t.Errorf("comment %d differs", i+1)
				}
			}
		})
	}
	wait.Wait()
}

func TestNewRefusesForeignModels(t *testing.T) {
	good := newEngine(t).model
	for _, c := range []struct {
		name   string
		change func(p *linear.Passport)
	}{
		{"other features", func(p *linear.Passport) { p.Options = map[string]string{optionFeatures: "0", optionGroups: "words"} }},
		{"unknown group", func(p *linear.Passport) {
			p.Options = map[string]string{optionFeatures: featureVersion, optionGroups: "telepathy"}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := *good
			c.change(&m.Passport)
			if _, err := New(&m); err == nil {
				t.Error("want an error")
			}
		})
	}
}

func TestOtherLabels(t *testing.T) {
	m := *newEngine(t).model
	m.Passport.Labels = []string{"support", "deny", "query", "comment"}
	e, err := New(&m)
	if err != nil {
		t.Fatal(err)
	}
	in := newInput(t, newParser(t), council())
	var labels *LabelsError
	if _, err := e.Decide(in); !errors.As(err, &labels) {
		t.Errorf("Decide: error %v, want a *LabelsError", err)
	}
	if _, err := e.Explain(in, 0); !errors.As(err, &labels) {
		t.Errorf("Explain: error %v, want a *LabelsError", err)
	}
	classified, err := e.Classify(in)
	if err != nil {
		t.Fatal(err)
	}
	scored, err := e.Score(in)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range classified {
		if in.Thread.Comments[i].Removed {
			if c.Probabilities != nil || scored[i].LogOdds != nil {
				t.Errorf("comment %d was removed but judged", i)
			}
			continue
		}
		p := slices.Clone(scored[i].LogOdds)
		for k := range p {
			p[k] /= m.Passport.Temperature
		}
		linear.Softmax(p)
		for k := range p {
			if math.Abs(p[k]-c.Probabilities[k]) > 1e-9 {
				t.Errorf("comment %d: the log-odds make %v, the probabilities are %v", i, p, c.Probabilities)
			}
		}
		if linear.Best(p) != c.Class {
			t.Errorf("comment %d is of class %d, but %v are its probabilities", i, c.Class, p)
		}
	}
}

func TestExplain(t *testing.T) {
	e := newEngine(t)
	in := newInput(t, newParser(t), council())
	decisions, err := e.Decide(in)
	if err != nil {
		t.Fatal(err)
	}
	for i := range in.Comments[:4] {
		ex, err := e.Explain(in, i)
		if err != nil {
			t.Fatal(err)
		}
		if ex.Decision.Probabilities != decisions[i].Probabilities {
			t.Errorf("comment %d is explained by another decision", i+1)
		}
		// Together with the bias the reasons are the whole of the decision.
		sum := 0.0
		for _, r := range ex.Reasons {
			sum += r.Weight
			if r.Name == "" {
				t.Errorf("comment %d: a reason of group %v has no name", i+1, r.Group)
			}
		}
		if want := lead(e, ex.Decision); math.Abs(sum-want) > 1e-6 {
			t.Errorf("comment %d: the reasons add up to %.4f, the decision's log-odds to %.4f", i+1, sum, want)
		}
		if len(ex.Without) != len(groupNames) {
			t.Errorf("comment %d is explained without %d groups, want %d", i+1, len(ex.Without), len(groupNames))
		}
	}
	if _, err := e.Explain(in, 4); err == nil {
		t.Error("a removed comment: want an error")
	}
}

// lead is the log-odds of a decision against the mean of the other stances, less
// that of no evidence at all.
func lead(e *Engine, d Decision) float64 {
	none := make([]float64, corpus.NumStances)
	e.model.Predict(nil, none)
	of := func(p []float64) float64 {
		own, others := 0.0, 0.0
		for s, v := range p {
			if corpus.Stance(s) == d.Stance {
				own = math.Log(v)
			} else {
				others += math.Log(v)
			}
		}
		return own - others/(corpus.NumStances-1)
	}
	return of(d.Probabilities[:]) - of(none)
}

func TestCues(t *testing.T) {
	cues, err := parseCues("# comment\n[first]\nsays who\nlie|lies about|of\n[second]\nexaggerat*\nnot _ sure\n")
	if err != nil {
		t.Fatal(err)
	}
	p := newParser(t)
	for _, c := range []struct{ name, text, want, reason string }{
		{"phrase", "Says who?", "first:Says who", "capitals don't matter"},
		{"choice", "He lies of it", "first:lies of", "either of each choice"},
		{"prefix", "Exaggerated!", "second:Exaggerated", "any ending"},
		{"any word", "I'm not so sure", "second:not so sure", "one word between"},
		{"cut off", "It says", "", "the phrase must be whole"},
		{"within a word", "believes", "", "a cue begins at a token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := p.Parse(c.text)
			var got []string
			for _, m := range appendCues(nil, newVocabulary(cues, nil).known.Append(nil, d.Tokens)) {
				got = append(got, cues.groups[m.group].name+":"+d.Source[d.Tokens[m.from].Start:d.Tokens[m.to-1].End])
			}
			if g := strings.Join(got, "|"); g != c.want {
				t.Errorf("%s: got %q, want %q", c.reason, g, c.want)
			}
		})
	}
	if _, err := parseCues("stray pattern"); err == nil {
		t.Error("a pattern before any group: want an error")
	}
}

func TestNegated(t *testing.T) {
	p, words := newParser(t), newEngine(t).words
	for _, c := range []struct{ text, want, reason string }{
		{"I do not trust them", "trust them", "what follows is negated"},
		{"not true, they lie", "true", "the clause ends the scope"},
		{"don’t believe it", "believe it", "a curly apostrophe negates too"},
		{"never one two three four five", "one two three four", "the reach is four words"},
		{"they lie", "", "nothing negates"},
	} {
		d := p.Parse(c.text)
		var got []string
		for i, n := range negated(words.known.Append(nil, d.Tokens), nil) {
			if n {
				got = append(got, d.Tokens[i].Text)
			}
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q: %s: got %q, want %q", c.text, c.reason, g, c.want)
		}
	}
}

func TestArticleRoles(t *testing.T) {
	thread := &corpus.Thread{Article: corpus.Article{
		Title: "Leak at the works of Norvik",
		Text:  "The harbour authority blamed Norvik on Monday. According to Brenda Lund the pipes were old. The company operates in Osterby. Arne Moe said so.",
	}}
	roles := articleRoles(newInput(t, newParser(t), thread))
	for word, want := range map[string]role{"norvik": accused, "lund": speaker, "osterby": mentioned, "moe": speaker} {
		if got, ok := roles[word]; !ok || got != want {
			t.Errorf("%s has role %d (%v), want %d", word, got, ok, want)
		}
	}
	for _, word := range []string{"the", "harbour", "pipes"} {
		if _, ok := roles[word]; ok {
			t.Errorf("%q is taken for a name", word)
		}
	}
}

func TestGroups(t *testing.T) {
	for g := Groups(1); g <= AllGroups; g++ {
		if back, err := ParseGroups(g.String()); err != nil || back != g {
			t.Errorf("%d is written %q and read as %d, %v", g, g, back, err)
		}
	}
	if _, err := ParseGroups("words+nonsense"); err == nil {
		t.Error("an unknown group: want an error")
	}
}

// BenchmarkDecide judges threads that are parsed, on one core.
func BenchmarkDecide(b *testing.B) { benchmark(b, (*Engine).Decide) }

// BenchmarkJustify gives the evidence too.
func BenchmarkJustify(b *testing.B) { benchmark(b, (*Engine).Justify) }

func benchmark(b *testing.B, judge func(*Engine, *Input) ([]Decision, error)) {
	for _, set := range []struct {
		name    string
		threads func(testing.TB) []*corpus.Thread
	}{
		{"invented", func(testing.TB) []*corpus.Thread { return []*corpus.Thread{council()} }},
		{"unlabelled", unlabelled},
	} {
		b.Run(set.name, func(b *testing.B) {
			e, p := newEngine(b), newParser(b)
			var ins []*Input
			for _, t := range set.threads(b) {
				ins = append(ins, newInput(b, p, t))
			}
			b.ReportAllocs()
			n := 0
			for i := 0; b.Loop(); i++ {
				in := ins[i%len(ins)]
				if _, err := judge(e, in); err != nil {
					b.Fatal(err)
				}
				n += len(in.Comments)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "comments/s")
		})
	}
}

// unlabelled returns real threads, all there are, or skips.
func unlabelled(t testing.TB) []*corpus.Thread {
	t.Helper()
	names, err := filepath.Glob("../../../shared/data/unlabelled/*.jsonl")
	if err != nil || names == nil {
		t.Skipf("the unlabelled data isn't here: %v", err)
	}
	var threads []*corpus.Thread
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
			threads = append(threads, thread)
		}
	}
	return threads
}
