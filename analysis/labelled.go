package analysis

import (
	"context"
	"errors"
	"fmt"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/audit"
	"stance.example/stance/analysis/engine"
	"stance.example/stance/analysis/llm"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// decided is what is known of the stances of a thread.
type decided struct {
	engine.Learned
	given []*labels.Label // nil where a person labelled nothing
	// expected are the shares that were expected before any label was seen.
	expected [corpus.NumStances]audit.Expected

	// What a language model did, nil and "" where none was asked.
	account *llm.Account
	byModel []bool
	claim   string // the case in its words
}

// labelled reports whether a person labelled comment i.
func (d *decided) labelled(i int) bool { return d.given != nil && d.given[i] != nil }

// decide lets the engine decide, and learn if a person labelled comments. It asks for the
// valences of parts of the comments.
func (p *Pipeline) decide(ctx context.Context, t *corpus.Thread, parts [][]text.Span) (*decided, error) {
	d, given := &decided{}, p.options.given(t)
	known, ask := stancesOf(given), engine.Ask{Evidence: true, Parts: parts}
	if over, ok := p.engine.(*llm.Engine); ok {
		v, err := over.Decide(ctx, t, known, ask)
		if err != nil {
			return nil, fmt.Errorf("judging the comments: %w", err)
		}
		d.Learned, d.account, d.byModel, d.claim = v.Learned, &v.Account, v.ByModel, v.Case
	} else {
		learned, err := engine.Decide(ctx, p.engine, t, known, ask)
		if err != nil {
			return nil, fmt.Errorf("judging the comments: %w", err)
		}
		d.Learned = *learned
	}
	for i := range d.Decisions {
		p.feel(t, &d.Decisions[i], i, d.byModel != nil && d.byModel[i])
	}
	if len(known) > 0 {
		d.given, d.expected = given, p.expected(t, d.Before)
	}
	return d, nil
}

// expected is what decisions without labels lead to expect of the shares; nothing where
// the reliability of the engine isn't known.
func (p *Pipeline) expected(t *corpus.Thread, decisions []engine.Decision) (expected [corpus.NumStances]audit.Expected) {
	if !p.reliability.Fitted() {
		return expected
	}
	judgements := make([]Judgement, len(decisions))
	for i, d := range decisions {
		judgements[i] = Judgement{Stance: d.Stance, Probabilities: d.Probabilities}
	}
	s := aggregate.Summarise(observations(t, judgements), p.reliability)
	return expectedOf(&s.Stance)
}

// expectedOf is what shares lead to expect of the shares.
func expectedOf(shares *[corpus.NumStances]aggregate.Share) (expected [corpus.NumStances]audit.Expected) {
	for k, share := range shares {
		expected[k] = audit.Expected{Mean: share.Share, Deviation: share.Error}
	}
	return expected
}

// given returns the labels of a thread, by comment; nil if there are none at all.
func (o *Options) given(t *corpus.Thread) []*labels.Label {
	if o.Labels == nil {
		return nil
	}
	return o.Labels.Of(t)
}

// stancesOf are labels as an engine takes them.
func stancesOf(given []*labels.Label) map[int]corpus.Stance {
	known := map[int]corpus.Stance{}
	for i, l := range given {
		if l != nil {
			known[i] = l.Stance
		}
	}
	return known
}

// audit corrects the shares by the labels. It reports false if there are too few.
func (d *decided) audit(t *corpus.Thread) (*audit.Audit, bool) {
	if d.given == nil {
		return nil, false
	}
	return audit.Correct(audited(t, d.given, d.Blind), audit.Tuned, d.expected)
}

// audited are the counted comments of a thread, with their labels and what
// was predicted of them.
func audited(t *corpus.Thread, given []*labels.Label, predicted [][corpus.NumStances]float64) []audit.Comment {
	var comments []audit.Comment
	for i := range t.Comments {
		if !t.Comments[i].Counted() {
			continue
		}
		c := audit.Comment{Predicted: predicted[i]}
		if l := given[i]; l != nil && !l.Suggested {
			c.Labelled, c.Label, c.Probability = true, l.Stance, l.Probability
		}
		comments = append(comments, c)
	}
	return comments
}

// Candidates are the comments of a thread that a sample to label may be drawn from,
// with what the engine makes of them.
func (p *Pipeline) Candidates(ctx context.Context, t *corpus.Thread) ([]audit.Candidate, error) {
	t = p.options.stated(t)
	decisions, err := p.engine.Judge(ctx, t, engine.Ask{})
	if err != nil {
		return nil, fmt.Errorf("judging the comments: %w", err)
	}
	var candidates []audit.Candidate
	for i, d := range decisions {
		if t.Comments[i].Counted() {
			candidates = append(candidates, audit.Candidate{Index: i, Stance: d.Stance, Predicted: d.Probabilities})
		}
	}
	return candidates, nil
}

// Vectors are those of a thread's comments, nil for removed ones. It fails if the engine
// makes none.
func (p *Pipeline) Vectors(ctx context.Context, t *corpus.Thread) ([][]float32, error) {
	e, ok := p.engine.(engine.Encoding)
	if !ok {
		return nil, errors.New("the engine makes no vectors of comments")
	}
	return e.Encode(ctx, p.options.stated(t))
}
