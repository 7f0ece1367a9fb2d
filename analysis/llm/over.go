package llm

import (
	"context"
	"slices"

	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Engine is a language model over another engine, which decides what the model isn't
// asked about or gives no usable answer to. A model says stance and polarity, and quotes;
// valence, sarcasm and tokens are those of the engine under it in any case.
type Engine struct {
	base       engine.Engine
	judge      *Judge
	onlyUnsure bool
}

var _ engine.Learner = (*Engine)(nil)

// Over returns the engine of a judge over another engine. With onlyUnsure the model is
// asked only about comments of which the other engine is unsure.
func Over(base engine.Engine, judge *Judge, onlyUnsure bool) *Engine {
	return &Engine{base, judge, onlyUnsure}
}

// Base is the engine under the model.
func (e *Engine) Base() engine.Engine { return e.base }

// SureFrom is the probability below which a judgement of a model is unsure, where labels
// or votes tell it: two in five.
const SureFrom = 0.4

// Account is what a language model did in a thread, beside the engine under it.
type Account struct {
	Model  string `json:"model"`
	Prompt string `json:"prompt"` // version
	// Seed is that of the first vote, Votes the number of them.
	Seed  int `json:"seed"`
	Votes int `json:"votes"`
	// Stated is set where the case is in the model's words, Unstated where it gave no
	// usable case.
	Stated   bool `json:"-"`
	Unstated bool `json:"unstated_case,omitempty"`
	// Judged is the number of comments that it judged. The others were left to the
	// engine under it: Sure ones because that was sure of them, those Unusable after two
	// answers that couldn't be used, those Unserved because the server failed, and
	// those OverBudget because the budget was used up.
	Judged     int `json:"judged"`
	Sure       int `json:"sure,omitempty"`
	Unusable   int `json:"unusable,omitempty"`
	Unserved   int `json:"unserved,omitempty"`
	OverBudget int `json:"over_budget,omitempty"`
	// Foreign counts quotes that stand nowhere in their comment and were dropped.
	Foreign int `json:"foreign_quotes,omitempty"`
	// Labels is the number of labels by which its judgements were given probabilities;
	// 0 if there were too few.
	Labels int `json:"labels,omitempty"`
}

// Verdict is what a language model and the engine under it make of a thread.
type Verdict struct {
	// Learned has the decisions; Before are those of the engine under the model.
	engine.Learned
	Account Account
	// Case is that of the article in the model's words, "" if it stated none.
	Case string
	// ByModel tells the decisions that are the model's.
	ByModel []bool
}

// Judge implements engine.Engine.
func (e *Engine) Judge(ctx context.Context, t *corpus.Thread, ask engine.Ask) ([]engine.Decision, error) {
	v, err := e.Decide(ctx, t, nil, ask)
	if err != nil {
		return nil, err
	}
	return v.Decisions, nil
}

// Learn implements engine.Learner.
func (e *Engine) Learn(ctx context.Context, t *corpus.Thread, known map[int]corpus.Stance, ask engine.Ask) (*engine.Learned, error) {
	v, err := e.Decide(ctx, t, known, ask)
	if err != nil {
		return nil, err
	}
	return &v.Learned, nil
}

// Decide is Judge or, where a person labelled comments, Learn, with an account of what
// the model did. Enough labels give the model's judgements probabilities. It fails with a
// *StopError if the model can't be asked any more.
func (e *Engine) Decide(ctx context.Context, t *corpus.Thread, known map[int]corpus.Stance, ask engine.Ask) (*Verdict, error) {
	learned, err := engine.Decide(ctx, e.base, t, known, ask)
	if err != nil {
		return nil, err
	}
	o := e.judge.Options()
	v := &Verdict{
		Learned: *learned,
		Account: Account{Model: o.Model, Prompt: e.judge.Prompt().Version, Seed: o.Seed, Votes: max(1, o.Votes)},
		ByModel: make([]bool, len(t.Comments)),
	}
	v.Decisions = slices.Clone(v.Decisions)
	wanted := e.wanted(t, v.Before)
	judged, err := e.judge.Judge(ctx, t, wanted)
	if err != nil {
		return nil, err
	}
	v.Account.Sure = present(t) - len(wanted)
	v.Case, v.Account.Stated, v.Account.Unstated = judged.Case, judged.Case != "", judged.Unstated
	probabilities := votes(judged.Answers)
	calibrated := Calibrate(judged.Answers, known)
	if calibrated.Enough() {
		v.Account.Labels, probabilities = calibrated.Labels, calibrated.Probabilities
	}
	if v.Blind != nil {
		calibrated.Predict(v.Blind, judged.Answers)
	}
	for i := range judged.Answers {
		_, labelled := known[i]
		v.take(i, &judged.Answers[i], probabilities[i], labelled)
	}
	return v, nil
}

// present is the number of comments that are counted.
func present(t *corpus.Thread) int {
	n := 0
	for i := range t.Comments {
		if t.Comments[i].Counted() {
			n++
		}
	}
	return n
}

// wanted are the comments that the model is asked about. The doubt of the engine under it
// is that without labels, so that it is told alike of all comments.
func (e *Engine) wanted(t *corpus.Thread, before []engine.Decision) []int {
	var list []int
	for i := range t.Comments {
		if t.Comments[i].Counted() && (!e.onlyUnsure || before[i].Unsure) {
			list = append(list, i)
		}
	}
	return list
}

// votes are the shares of the votes as probabilities, zero where there was only one.
func votes(answers []Answer) [][corpus.NumStances]float64 {
	list := make([][corpus.NumStances]float64, len(answers))
	for i := range answers {
		total := 0
		for _, n := range answers[i].Votes {
			total += n
		}
		for s, n := range answers[i].Votes {
			if total > 0 {
				list[i][s] = float64(n) / float64(total)
			}
		}
	}
	return list
}

// quoted names the evidence of a language model.
const quoted = "quoted by the model"

// take puts the answer on comment i in the place of its decision and counts it. What a
// person labelled stays.
func (v *Verdict) take(i int, a *Answer, probabilities [corpus.NumStances]float64, labelled bool) {
	switch a.State {
	case Unusable:
		v.Account.Unusable++
	case Unserved:
		v.Account.Unserved++
	case OverBudget:
		v.Account.OverBudget++
	}
	if a.State != Given {
		return
	}
	v.Account.Judged++
	if a.Foreign {
		v.Account.Foreign++
	}
	if labelled {
		return
	}
	d := &v.Decisions[i]
	d.Stance, d.Probabilities, d.Evidence = a.Stance, probabilities, nil
	d.Unsure = slices.Max(probabilities[:]) > 0 && probabilities[a.Stance] < SureFrom
	d.Polarity, d.Polarities = a.Polarity, [corpus.NumPolarities]float64{}
	if a.Quote.Start < a.Quote.End {
		d.Evidence = []text.Evidence{{Span: a.Quote, Cue: quoted}}
	}
	v.ByModel[i] = true
}

// Estimate says what judging the thread would ask of the model.
func (e *Engine) Estimate(ctx context.Context, t *corpus.Thread) (Estimate, error) {
	var before []engine.Decision
	if e.onlyUnsure {
		var err error
		if before, err = e.base.Judge(ctx, t, engine.Ask{}); err != nil {
			return Estimate{}, err
		}
	}
	return e.judge.Estimate(ctx, t, e.wanted(t, before))
}
