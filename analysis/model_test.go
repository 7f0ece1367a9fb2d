package analysis_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// model is a language model that labels by the first word of a comment.
type model func(text string) (stance, sentiment, quote string)

func (m model) Complete(_ context.Context, r *llm.Request) (*llm.Completion, error) {
	var material struct {
		Comments []struct{ ID, Text string }
	}
	if err := json.Unmarshal([]byte(r.User), &material); err != nil {
		return nil, err
	}
	if material.Comments == nil {
		return &llm.Completion{Text: `{"case":"The town saves by closing the library."}`}, nil
	}
	var answers []map[string]string
	for _, c := range material.Comments {
		stance, sentiment, quote := m(c.Text)
		if stance == "fail" {
			return nil, fmt.Errorf("%w: status 503", llm.ErrUnavailable)
		}
		answers = append(answers, map[string]string{"id": c.ID, "stance": stance, "sentiment": sentiment, "quote": quote})
	}
	b, err := json.Marshal(map[string]any{"answers": answers})
	return &llm.Completion{Text: string(b)}, err
}

// firstWord labels with the first word of the comment.
func firstWord(text string) (stance, sentiment, quote string) {
	word, _, _ := strings.Cut(text, " ")
	return word, "neutral", word
}

func withModel(t *testing.T, m llm.Server, o analysis.Options, l llm.Options) *analysis.Pipeline {
	t.Helper()
	base, err := encoder.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l.Model = "m"
	o.Engine = llm.Over(base, llm.New(m, &llm.Memory{}, l), false)
	p, err := analysis.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func analyse(t *testing.T, p *analysis.Pipeline, thread *corpus.Thread) *analysis.Result {
	t.Helper()
	r, err := p.Analyse(t.Context(), thread)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLanguageModelJudges(t *testing.T) {
	said := map[string][3]string{
		"I do": {"supportive", "positive", "the evidence"},
		"Ever": {"none", "negative", "nowhere to be found"},
		"Good": {"doubtful", "neutral", ""}, // no stance of the codebook
		"lol":  {"relativist", "neutral", ""},
	}
	p := withModel(t, model(func(text string) (string, string, string) {
		s := said[text[:min(4, len(text))]]
		return s[0], s[1], s[2]
	}), analysis.Options{Examine: analysis.AllParts}, llm.Options{})
	r := analyse(t, p, library())
	plain := analyse(t, newPipeline(t), library())

	for i, want := range []struct {
		byModel  bool
		stance   corpus.Stance
		polarity corpus.Polarity
		quote    string
	}{
		{true, corpus.Supportive, corpus.Positive, "the evidence"},
		{true, corpus.None, corpus.Negative, ""},
		{false, plain.Judgements[2].Stance, plain.Judgements[2].Polarity, ""},
		{}, // removed
		{true, corpus.Relativist, corpus.Neutral, ""},
	} {
		j := &r.Judgements[i]
		if j.ByModel != want.byModel || j.Stance != want.stance || j.Polarity != want.polarity {
			t.Errorf("comment %d: %v %v %v, want %v", i, j.ByModel, j.Stance, j.Polarity, want)
		}
		_, known := j.Probability()
		if known != (!want.byModel && j.Judged) {
			t.Errorf("comment %d: probabilities %v", i, j.Probabilities)
		}
		if want.byModel {
			quote := ""
			for _, e := range j.Evidence {
				quote += e.In(r.Thread.Comments[i].Text)
			}
			if quote != want.quote {
				t.Errorf("comment %d: evidence %q, want %q", i, quote, want.quote)
			}
		}
	}
	want := llm.Account{Model: "m", Prompt: llm.CurrentPrompt().Version, Votes: 1, Stated: true, Judged: 3, Unusable: 1, Foreign: 1}
	if *r.Model != want {
		t.Errorf("%+v, want %+v", *r.Model, want)
	}
	if r.Case != "The town saves by closing the library." {
		t.Errorf("the case is %q", r.Case)
	}
	if r.Summary.Bounded() || !math.IsNaN(r.Summary.Stance[0].High) || math.IsNaN(r.Summary.Stance[0].Share) {
		t.Errorf("shares %+v: of a model of which no errors are known they have no interval", r.Summary.Stance)
	}
	if _, leads := r.Summary.Leader(); leads {
		t.Error("a stance leads without intervals")
	}
	for _, want := range []analysis.DoubtKind{analysis.ByTheModel, analysis.ForeignQuotes, analysis.Unbounded} {
		if !r.Doubted(want) {
			t.Errorf("%q isn't doubted: %+v", want, r.Doubts)
		}
	}
	if !math.IsNaN(r.Examination.Sensitivity.Adjusted[0]) {
		t.Error("the sensitivity is that of another engine")
	}

	given := analyse(t, withModel(t, model(firstWord), analysis.Options{Case: "Mine."}, llm.Options{}), library())
	if given.Case != "Mine." || given.Model.Stated {
		t.Errorf("a given case is replaced by %q", given.Case)
	}
}

// A server that fails at some comments leaves them to the embedded engine, counted; one
// that fails always ends the work.
func TestFailingModel(t *testing.T) {
	_, err := withModel(t, model(func(string) (string, string, string) { return "fail", "", "" }), analysis.Options{}, llm.Options{}).Analyse(t.Context(),
		crowd(60, 1))
	var stop *llm.StopError
	if !errors.As(err, &stop) {
		t.Errorf("error %v", err)
	}
	r := analyse(t, withModel(t, model(func(text string) (string, string, string) {
		if strings.Contains(text, "number 13 ") {
			return "fail", "", ""
		}
		return firstWord(text)
	}), analysis.Options{}, llm.Options{Workers: 1}), crowd(60, 1))
	if r.Model.Unserved == 0 || r.Model.Judged+r.Model.Unserved != 60 {
		t.Errorf("%+v", r.Model)
	}
}

// crowd is a thread of so many comments whose first words are what a model will say, and
// whose annotations are the truth: the model is right with the probability.
func crowd(n int, right float64) *corpus.Thread {
	rng := rand.New(rand.NewPCG(1, 2))
	t := &corpus.Thread{ID: "crowd", Article: corpus.Article{Title: "Council shuts the bridge", Case: "The bridge must shut."}}
	shares := []float64{0.5, 0.1, 0.3, 0.1}
	pick := func() corpus.Stance {
		x := rng.Float64()
		for s, share := range shares {
			if x -= share; x < 0 {
				return corpus.Stance(s)
			}
		}
		return corpus.None
	}
	for i := range n {
		truth := pick()
		said := truth
		if rng.Float64() > right {
			said = pick()
		}
		t.Comments = append(t.Comments, corpus.Comment{
			ID: fmt.Sprint("c", i), Author: fmt.Sprint("a", i), Text: fmt.Sprintf("%v is number %d of them", said, i),
			Annotation: &corpus.Annotation{Label: truth.String()},
		})
	}
	return t
}

// sample labels every k-th comment by its annotation.
func sample(thread *corpus.Thread, k int) *labels.Set {
	var list []labels.Label
	for i := 0; i < len(thread.Comments); i += k {
		s, _ := corpus.ParseStance(thread.Comments[i].Annotation.Label)
		list = append(list, labels.Label{Comment: thread.Comments[i].ID, State: labels.Given, Stance: s, Probability: 1 / float64(k)})
	}
	set, _ := labels.NewSet(list)
	return set
}

// With labels the judgements get probabilities that hold, and the shares intervals that
// hold the truth and are narrower than those of the labels alone.
func TestAuditOfALanguageModel(t *testing.T) {
	thread := crowd(600, 0.8)
	r := analyse(t, withModel(t, model(firstWord), analysis.Options{Labels: sample(thread, 5)}, llm.Options{Workers: 4}), thread)
	if r.Model.Labels != 120 || r.Summary.Audit == nil || !r.Summary.Bounded() {
		t.Fatalf("%+v, audit %v", r.Model, r.Summary.Audit)
	}
	if e := r.Summary.Audit.Effective; e < 150 {
		t.Errorf("with a model that is mostly right 120 labels tell as much as %.0f", e)
	}
	var truth [corpus.NumStances]float64
	right, sure, n := 0.0, 0.0, 0.0
	for i := range thread.Comments {
		s, _ := corpus.ParseStance(thread.Comments[i].Annotation.Label)
		truth[s] += 1.0 / 600
		j := &r.Judgements[i]
		if j.Annotated {
			if j.ByModel || j.Stance != s {
				t.Errorf("comment %d: a label became %v, by the model %v", i, j.Stance, j.ByModel)
			}
			continue
		}
		p, known := j.Probability()
		if !j.ByModel || !known {
			t.Fatalf("comment %d: by the model %v, without a probability %v", i, j.ByModel, !known)
		}
		n, sure = n+1, sure+p
		if j.Stance == s {
			right++
		}
	}
	if math.Abs(right-sure)/n > 0.05 {
		t.Errorf("%.3f of the judgements are right, %.3f expected", right/n, sure/n)
	}
	for s, share := range r.Summary.Stance {
		if truth[s] < share.Low || truth[s] > share.High {
			t.Errorf("the true share of %v, %.3f, lies outside [%.3f, %.3f]", corpus.Stance(s), truth[s], share.Low, share.High)
		}
	}
	// Labels that come after the judgements correct them as well.
	later := analyse(t, withModel(t, model(firstWord), analysis.Options{}, llm.Options{}), thread)
	if n, err := analysis.Relabel(t.Context(), later, sample(thread, 5)); n != 120 || err != nil {
		t.Fatal(n, err)
	}
	if later.Model.Labels != 120 || !slices.Equal(later.Judgements[1].Probabilities[:], r.Judgements[1].Probabilities[:]) {
		t.Errorf("labelled later: %+v, %+v; at once: %+v", later.Model, later.Judgements[1], r.Judgements[1])
	}
	for s, share := range later.Summary.Stance {
		if at := r.Summary.Stance[s]; math.Abs(share.Share-at.Share) > 1e-9 || truth[s] < share.Low || truth[s] > share.High {
			t.Errorf("%v labelled later: %+v, at once: %+v", corpus.Stance(s), share, at)
		}
	}
	if !slices.ContainsFunc(later.Doubts, func(d analysis.Doubt) bool { return d.Kind == analysis.MadeOfLabels && d.N == 120 }) {
		t.Errorf("doubts %+v", later.Doubts)
	}
	// Nine labels make neither probabilities nor intervals.
	few := analyse(t, withModel(t, model(firstWord), analysis.Options{Labels: sample(thread, 70)}, llm.Options{}), thread)
	if few.Model.Labels != 0 || few.Summary.Bounded() {
		t.Errorf("9 labels: %+v, %+v", few.Model, few.Summary.Stance)
	}
}

func TestVotesAreProbabilities(t *testing.T) {
	calls := 0
	m := model(func(string) (string, string, string) {
		calls++
		return []string{"skeptical", "none", "none", "none"}[calls%4], "neutral", ""
	})
	thread := crowd(1, 1)
	r := analyse(t, withModel(t, m, analysis.Options{}, llm.Options{Votes: 4, Workers: 1}), thread)
	j := &r.Judgements[0]
	if want := [corpus.NumStances]float64{0.25, 0, 0, 0.75}; j.Probabilities != want || j.Stance != corpus.None || j.Unsure {
		t.Errorf("%+v", j)
	}
	if r.Summary.Bounded() {
		t.Error("votes aren't calibrated, and give no interval")
	}
	withheld := analyse(t, withModel(t, m, analysis.Options{MaxError: 0.2}, llm.Options{Votes: 4, Workers: 1}), thread)
	if j := withheld.Judgements[0]; !j.Withheld || j.Judged {
		t.Errorf("an expected error of 0.25 above 0.2 isn't withheld: %+v", j)
	}
}

// hesitant is an engine that is unsure of questions.
type hesitant struct{}

func (hesitant) Judge(_ context.Context, t *corpus.Thread, _ engine.Ask) ([]engine.Decision, error) {
	list := make([]engine.Decision, len(t.Comments))
	for i, c := range t.Comments {
		list[i] = engine.Decision{Stance: corpus.None, Unsure: strings.Contains(c.Text, "?")}
	}
	return list, nil
}

func TestOnlyUnsure(t *testing.T) {
	asked := map[string]bool{}
	m := model(func(text string) (string, string, string) { asked[text] = true; return "skeptical", "neutral", "" })
	thread := library()
	thread.Article.Case = "Close it."
	judge := llm.New(m, &llm.Memory{}, llm.Options{Model: "m", Workers: 1})
	p, err := analysis.New(analysis.Options{Engine: llm.Over(hesitant{}, judge, true)})
	if err != nil {
		t.Fatal(err)
	}
	e, err := p.Estimate(t.Context(), thread)
	if err != nil {
		t.Fatal(err)
	}
	r := analyse(t, p, thread)
	for i, c := range thread.Comments {
		unsure := strings.Contains(c.Text, "?")
		if j := &r.Judgements[i]; asked[c.Text] != unsure || j.ByModel != unsure || !c.Removed && (j.Stance == corpus.None) == unsure {
			t.Errorf("comment %d, unsure %v, was judged by the model %v", i, unsure, j.ByModel)
		}
	}
	if r.Model.Judged != 2 || r.Model.Sure != 2 || e.Comments != 2 {
		t.Errorf("%+v, foreseen %+v", r.Model, e)
	}
}

// The judgements of a language model are measured as any; without probabilities nothing
// is said of how they hold.
func TestGaugeOfALanguageModel(t *testing.T) {
	thread := crowd(40, 1)
	g := analysis.NewGauge(corpus.StanceNames())
	r := analyse(t, withModel(t, model(firstWord), analysis.Options{}, llm.Options{}), thread)
	g.Add(r)
	m := g.Measure()
	if m.Stance.Confusion.MacroF1() != 1 || !math.IsNaN(m.ECE) || slices.ContainsFunc(m.Curve, func(p evaluate.Point) bool { return !math.IsNaN(p.Risk) }) {
		t.Errorf("%+v", m)
	}
	v := analysis.NewRivalry()
	v.Add(r, analyse(t, newPipeline(t), thread))
	engines, embedded, model := v.Kappas()
	if model != 1 || engines != embedded || engines >= 1 || v.Engines.Total() != 40 {
		t.Errorf("kappas %.3f, %.3f, %.3f", engines, embedded, model)
	}
}
