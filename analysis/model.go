package analysis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"stance.example/stance/analysis/llm"
	"stance.example/stance/corpus"
)

// Estimate says what judging the thread would ask of the language model. It fails if the
// engine isn't one.
func (p *Pipeline) Estimate(ctx context.Context, t *corpus.Thread) (llm.Estimate, error) {
	over, ok := p.engine.(*llm.Engine)
	if !ok {
		return llm.Estimate{}, errors.New("the engine asks no language model")
	}
	return over.Estimate(ctx, p.options.stated(t))
}

// modelNotes say which engine judged what, and what the judgements rest on.
func modelNotes(r *Result) []string {
	a := r.Model
	if a == nil {
		return nil
	}
	comments := r.Summary.Comments - r.Summary.Removed
	notes := []string{fmt.Sprintf("The language model %s judged %d of %d comments (prompt %s, seed %d%s)%s.", a.Model, a.Judged, comments, a.Prompt, a.Seed, voted(a), left(a))}
	if a.Unstated {
		notes = append(notes, "The model stated no case that could be used; it took stance toward what the article says for itself.")
	}
	switch a.Foreign {
	case 0:
	case 1:
		notes = append(notes, "1 quote of the model stands nowhere in its comment and was dropped.")
	default:
		notes = append(notes, fmt.Sprintf("%d quotes of the model stand nowhere in their comments and were dropped.", a.Foreign))
	}
	switch {
	case a.Labels > 0:
		notes = append(notes, fmt.Sprintf("The model states no probabilities; those of its judgements are made of %d labels by hand.", a.Labels))
	case a.Votes > 1:
		notes = append(notes, fmt.Sprintf("The probabilities of the model's judgements are the shares of %d votes, and not calibrated.", a.Votes))
	}
	return notes
}

func voted(a *llm.Account) string {
	if a.Votes > 1 {
		return fmt.Sprintf(", %d votes", a.Votes)
	}
	return ""
}

// left says why the embedded engine judged the others.
func left(a *llm.Account) string {
	var why []string
	for _, r := range []struct {
		n      int
		reason string
	}{
		{a.Sure, "that the embedded engine is sure of"},
		{a.Unusable, "without a usable answer"},
		{a.Unserved, "because the server failed"},
		{a.OverBudget, "over the budget"},
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
