package analysis

import (
	"fmt"
	"slices"
	"strings"

	"stance/analysis/audit"
	"stance/analysis/llm"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
)

// Engine tells which engine judged a comment.
type Engine uint8

// The engines. Embedded is the linear engine with whatever model it has.
const (
	Embedded Engine = iota
	LanguageModel
)

// String returns the name of the engine as a user types it.
func (e Engine) String() string {
	if e == LanguageModel {
		return "llm"
	}
	return "embedded"
}

// Second is what a language model did in a thread, beside the embedded engine.
type Second struct {
	Model  string
	Prompt string // version
	// Seed is that of the first vote, Votes the number of them.
	Seed, Votes int
	// Stated is set where Result.Case is in the model's words, Unstated where it gave no
	// usable case.
	Stated, Unstated bool
	// Judged is the number of comments that it judged. The others were left to the
	// embedded engine: Sure ones because that was sure of them, those Unusable after two
	// answers that couldn't be used, those Unserved because the server failed, and
	// those OverBudget because the budget was used up.
	Judged, Sure, Unusable, Unserved, OverBudget int
	// Foreign counts quotes that stand nowhere in their comment and were dropped.
	Foreign int
	// Labels is the number of labels by which its judgements were given probabilities;
	// 0 if there were too few.
	Labels int
}

// quoted names the evidence of a language model.
const quoted = "quoted by the model"

// second asks the language model about the thread and puts what it says in the place of
// the decisions.
func (p *Pipeline) second(in *stance.Input, d *decided) error {
	judge := p.options.LLM
	o := judge.Options()
	d.second = &Second{Model: o.Model, Prompt: judge.Prompt().Version, Seed: o.Seed, Votes: max(1, o.Votes)}
	judged, err := judge.Judge(in.Thread, p.wanted(in.Thread, d))
	if err != nil {
		return fmt.Errorf("judging the comments: %w", err)
	}
	d.claim, d.answers = judged.Case, judged.Answers
	d.second.Stated, d.second.Unstated = judged.Case != "", judged.Unstated
	probabilities := votes(d.answers)
	calibrated := llm.Calibrate(d.answers, stancesOf(d.given))
	if enough(calibrated) {
		d.second.Labels, probabilities = calibrated.Labels, calibrated.Probabilities
	}
	if d.given != nil {
		blind(d.blind, d.answers, calibrated)
	}
	for i := range d.answers {
		d.take(i, probabilities[i])
	}
	return nil
}

// enough reports whether probabilities are made of so many labels.
func enough(c *llm.Calibrated) bool { return c.Labels >= audit.Least }

// blind puts what is predicted of the comments that a language model judged, without their
// own labels, in the place of other predictions: calibrated probabilities, or its word.
func blind(predicted [][corpus.NumStances]float64, answers []llm.Answer, c *llm.Calibrated) {
	for i := range answers {
		switch {
		case answers[i].State != llm.Given:
		case enough(c):
			predicted[i] = c.Blind[i]
		default:
			predicted[i] = [corpus.NumStances]float64{}
			predicted[i][answers[i].Stance] = 1
		}
	}
}

// calibrate gives the judgements of the language model the calibrated probabilities.
func (s *Second) calibrate(judgements []Judgement, c *llm.Calibrated) {
	if !enough(c) {
		return
	}
	s.Labels = c.Labels
	for i := range judgements {
		if j := &judgements[i]; j.Engine == LanguageModel && j.Judged {
			j.Probabilities = c.Probabilities[i]
			j.Unsure = j.Probabilities[j.Stance] < stance.SureFrom
		}
	}
}

// wanted are the comments that the language model is asked about. Where a person labelled
// some, that of which the embedded engine is unsure is told without the labels of the
// comments themselves, so that it is told alike of all.
func (p *Pipeline) wanted(t *corpus.Thread, d *decided) []int {
	var list []int
	for i := range t.Comments {
		if t.Comments[i].Removed {
			continue
		}
		unsure := d.decisions[i].Unsure
		if d.given != nil {
			unsure = slices.Max(d.blind[i][:]) < stance.SureFrom
		}
		if p.options.OnlyUnsure && !unsure {
			d.second.Sure++
			continue
		}
		list = append(list, i)
	}
	return list
}

// votes are the shares of the votes as probabilities, zero where there was only one.
func votes(answers []llm.Answer) [][corpus.NumStances]float64 {
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

// take puts the answer on comment i in the place of its decision and counts it. What a
// person labelled stays.
func (d *decided) take(i int, probabilities [corpus.NumStances]float64) {
	a, s := &d.answers[i], d.second
	switch a.State {
	case llm.Unusable:
		s.Unusable++
	case llm.Unserved:
		s.Unserved++
	case llm.OverBudget:
		s.OverBudget++
	}
	if a.State != llm.Given {
		return
	}
	s.Judged++
	if a.Foreign {
		s.Foreign++
	}
	if d.labelled(i) {
		return
	}
	decision := stance.Decision{Stance: a.Stance, Probabilities: probabilities}
	if known := slices.Max(probabilities[:]) > 0; known {
		decision.Unsure = probabilities[a.Stance] < stance.SureFrom
	}
	if a.Quote.Start < a.Quote.End {
		decision.Evidence = []text.Evidence{{Span: a.Quote, Cue: quoted}}
	}
	d.decisions[i] = decision
}

// asked reports whether the language model judged comment i.
func (d *decided) asked(i int) bool {
	return d.answers != nil && d.answers[i].State == llm.Given && !d.labelled(i)
}

// Estimate says what judging the thread would ask of the language model.
func (p *Pipeline) Estimate(t *corpus.Thread) (llm.Estimate, error) {
	t = p.options.stated(t)
	var d *decided
	if p.options.OnlyUnsure {
		in, err := stance.NewInput(p.parser, t)
		if err != nil {
			return llm.Estimate{}, err
		}
		if d, err = p.first(in); err != nil {
			return llm.Estimate{}, err
		}
		d.second = &Second{}
	} else {
		d = &decided{decisions: make([]stance.Decision, len(t.Comments)), second: &Second{}}
	}
	return p.options.LLM.Estimate(t, p.wanted(t, d))
}

// secondNotes say which engine judged what, and what the judgements rest on.
func secondNotes(r *Result) []string {
	s := r.Second
	if s == nil {
		return nil
	}
	comments := r.Summary.Comments - r.Summary.Removed
	notes := []string{fmt.Sprintf("The language model %s judged %d of %d comments (prompt %s, seed %d%s)%s.", s.Model, s.Judged, comments, s.Prompt, s.Seed, s.voted(), s.left())}
	if s.Unstated {
		notes = append(notes, "The model stated no case that could be used; it took stance toward what the article says for itself.")
	}
	switch s.Foreign {
	case 0:
	case 1:
		notes = append(notes, "1 quote of the model stands nowhere in its comment and was dropped.")
	default:
		notes = append(notes, fmt.Sprintf("%d quotes of the model stand nowhere in their comments and were dropped.", s.Foreign))
	}
	switch {
	case s.Labels > 0:
		notes = append(notes, fmt.Sprintf("The model states no probabilities; those of its judgements are made of %d labels by hand.", s.Labels))
	case s.Votes > 1:
		notes = append(notes, fmt.Sprintf("The probabilities of the model's judgements are the shares of %d votes, and not calibrated.", s.Votes))
	}
	return notes
}

func (s *Second) voted() string {
	if s.Votes > 1 {
		return fmt.Sprintf(", %d votes", s.Votes)
	}
	return ""
}

// left says why the embedded engine judged the others.
func (s *Second) left() string {
	var why []string
	for _, r := range []struct {
		n      int
		reason string
	}{
		{s.Sure, "that the embedded engine is sure of"},
		{s.Unusable, "without a usable answer"},
		{s.Unserved, "because the server failed"},
		{s.OverBudget, "over the budget"},
	} {
		if r.n > 0 {
			why = append(why, fmt.Sprintf("%d %s", r.n, r.reason))
		}
	}
	if why == nil {
		return ""
	}
	return "; left to the embedded engine: " + strings.Join(why, ", ")
}
