package analysis

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Explained is why a comment was judged as it was.
type Explained struct {
	Comment *corpus.Comment
	// Explanation is the engine's, of the decision without labels. Where
	// Options.Sentiment measures feeling, it says nothing of what moved the polarity.
	*engine.Explanation
	// Sentences are those of the comment.
	Sentences []text.Span
	// Learned is what labels of the thread make of the comment, nil if there are none.
	// If the comment itself is labelled, Annotated is set and Learned is the label.
	Learned   *engine.Decision
	Annotated bool
}

// Explain says why the comment of that ID is judged as it is. It fails if the thread
// has no such comment, if it was removed, or if the engine can't explain.
func (p *Pipeline) Explain(ctx context.Context, t *corpus.Thread, id string) (*Explained, error) {
	explainer, ok := p.engine.(engine.Explainer)
	if !ok {
		return nil, errors.New("the engine can't explain its decisions")
	}
	i := slices.IndexFunc(t.Comments, func(c corpus.Comment) bool { return c.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("no comment has the ID %q", id)
	}
	if t.Comments[i].Removed {
		return nil, fmt.Errorf("comment %q was removed, so there is nothing to explain", id)
	}
	t = p.options.stated(t)
	explanation, err := explainer.Explain(ctx, t, i)
	if err != nil {
		return nil, err
	}
	if p.options.Sentiment != nil {
		p.feel(t, &explanation.Decision, i, false)
		explanation.Polarity, explanation.PolarityBase = nil, 0
	}
	e := &Explained{Comment: &t.Comments[i], Explanation: explanation, Sentences: p.parser.Parse(t.Comments[i].Text).Sentences}
	if p.options.Labels == nil {
		return e, nil
	}
	decided, err := p.decide(ctx, t, nil)
	if err != nil {
		return nil, err
	}
	if decided.given != nil {
		e.Learned, e.Annotated = &decided.Decisions[i], decided.labelled(i)
	}
	return e, nil
}
