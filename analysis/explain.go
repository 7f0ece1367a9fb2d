package analysis

import (
	"fmt"
	"slices"

	"stance/analysis/sentiment"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
)

// Explainer is a StanceEngine that can say why.
type Explainer interface {
	Explain(in *stance.Input, comment int) (*stance.Explanation, error)
}

// Explained is why a comment was judged as it was.
type Explained struct {
	Comment *corpus.Comment
	Stance  *stance.Explanation
	Feeling sentiment.Decision
	// Sentences are those of the comment; the evidence of the feeling is within them.
	Sentences []text.Span
	// Learned is what labels of the thread make of the comment, nil if there are none;
	// Stance explains the decision without them. If the comment itself is labelled,
	// Annotated is set and Learned is the label.
	Learned   *stance.Decision
	Annotated bool
}

// Explain says why the comment of that ID is judged as it is. It fails if the thread
// has no such comment, if it was removed, or if the stance engine can't explain.
func (p *Pipeline) Explain(t *corpus.Thread, id string) (*Explained, error) {
	explainer, ok := p.stance.(Explainer)
	if !ok {
		return nil, fmt.Errorf("the stance engine can't explain its decisions")
	}
	i := slices.IndexFunc(t.Comments, func(c corpus.Comment) bool { return c.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("no comment has the ID %q", id)
	}
	if t.Comments[i].Removed {
		return nil, fmt.Errorf("comment %q was removed, so there is nothing to explain", id)
	}
	t = p.options.stated(t)
	in, err := stance.NewInput(p.parser, t)
	if err != nil {
		return nil, err
	}
	explanation, err := explainer.Explain(in, i)
	if err != nil {
		return nil, err
	}
	e := &Explained{
		Comment: &t.Comments[i], Stance: explanation, Sentences: in.Comments[i].Sentences,
		Feeling: p.feelings(in, sentiment.TopicOf(p.parser, &t.Article), true)[i],
	}
	if p.options.Labels == nil {
		return e, nil
	}
	decided, err := p.first(in)
	if err != nil {
		return nil, err
	}
	if decided.count() > 0 {
		e.Learned, e.Annotated = &decided.decisions[i], decided.labelled(i)
	}
	return e, nil
}
