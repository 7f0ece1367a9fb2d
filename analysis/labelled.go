package analysis

import (
	"errors"
	"fmt"

	"stance/analysis/aggregate"
	"stance/analysis/audit"
	"stance/analysis/llm"
	"stance/analysis/stance"
	"stance/corpus"
	"stance/corpus/labels"
)

// Learner is a StanceEngine that can learn from labels of the thread's own comments.
type Learner interface {
	Learn(in *stance.Input, known map[int]corpus.Stance) (*stance.Learned, error)
}

// decided is what is known of the stances of a thread.
type decided struct {
	decisions []stance.Decision
	given     []*labels.Label // nil where a person labelled nothing
	blind     [][corpus.NumStances]float64
	// expected are the shares that were expected before any label was seen.
	expected [corpus.NumStances]audit.Expected

	// What a language model said, nil and "" where none was asked.
	second  *Second
	answers []llm.Answer
	claim   string // the case in its words
}

// labelled reports whether a person labelled comment i.
func (d *decided) labelled(i int) bool { return d.given != nil && d.given[i] != nil }

// count is the number of labelled comments.
func (d *decided) count() int {
	n := 0
	for _, l := range d.given {
		if l != nil {
			n++
		}
	}
	return n
}

// tooFew is the note on so many labels that they correct no share.
func tooFew(n int) string {
	if n == 1 {
		return fmt.Sprintf("1 comment was labelled by hand; from %d the shares are corrected.", audit.Least)
	}
	return fmt.Sprintf("%d comments were labelled by hand; from %d the shares are corrected.", n, audit.Least)
}

// decide lets the engines decide.
func (p *Pipeline) decide(in *stance.Input) (*decided, error) {
	d, err := p.first(in)
	if err != nil || p.options.LLM == nil {
		return d, err
	}
	return d, p.second(in, d)
}

// first lets the stance engine decide, and learn if a person labelled comments.
func (p *Pipeline) first(in *stance.Input) (*decided, error) {
	given := p.options.given(in.Thread)
	known := stancesOf(given)
	decide := p.stance.Decide
	if j, ok := p.stance.(StanceJustifier); ok && !p.options.NoEvidence && len(known) == 0 {
		decide = j.Justify
	}
	decisions, err := decide(in)
	if err != nil {
		return nil, fmt.Errorf("judging the comments: %w", err)
	}
	if len(known) == 0 {
		return &decided{decisions: decisions}, nil
	}
	learner, ok := p.stance.(Learner)
	if !ok {
		return nil, errors.New("the stance engine can't learn from labels")
	}
	learned, err := learner.Learn(in, known)
	if err != nil {
		return nil, fmt.Errorf("learning from the labels: %w", err)
	}
	return &decided{decisions: learned.Decisions, given: given, blind: learned.Blind, expected: p.expected(in.Thread, decisions)}, nil
}

// expected is what decisions without labels lead to expect of the shares; nothing where
// the reliability of the engine isn't known.
func (p *Pipeline) expected(t *corpus.Thread, decisions []stance.Decision) (expected [corpus.NumStances]audit.Expected) {
	if !p.reliability.Fitted() {
		return expected
	}
	judgements := make([]Judgement, len(decisions))
	for i, d := range decisions {
		judgements[i] = Judgement{Stance: d.Stance, Probabilities: d.Probabilities}
	}
	s := aggregate.Summarise(observations(t, judgements), p.reliability)
	return expectedOf(&s)
}

// expectedOf is what a summary leads to expect of the shares.
func expectedOf(s *aggregate.Summary) (expected [corpus.NumStances]audit.Expected) {
	for k, share := range s.Stance {
		expected[k] = audit.Expected{Mean: share.Expected, Deviation: share.Error}
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
	return audit.Correct(audited(t, d.given, d.blind), audit.Tuned, d.expected)
}

// audited are the comments of a thread that weren't removed, with their labels and what
// was predicted of them.
func audited(t *corpus.Thread, given []*labels.Label, predicted [][corpus.NumStances]float64) []audit.Comment {
	var comments []audit.Comment
	for i := range t.Comments {
		if t.Comments[i].Removed {
			continue
		}
		c := audit.Comment{Predicted: predicted[i]}
		if l := given[i]; l != nil {
			c.Labelled, c.Label, c.Probability = true, l.Stance, l.Probability
		}
		comments = append(comments, c)
	}
	return comments
}

// Candidates are the comments of a thread that a sample to label may be drawn from,
// with what the engine makes of them.
func (p *Pipeline) Candidates(t *corpus.Thread) ([]audit.Candidate, error) {
	in, err := stance.NewInput(p.parser, p.options.stated(t))
	if err != nil {
		return nil, err
	}
	decisions, err := p.stance.Decide(in)
	if err != nil {
		return nil, fmt.Errorf("judging the comments: %w", err)
	}
	var candidates []audit.Candidate
	for i, d := range decisions {
		if !t.Comments[i].Removed {
			candidates = append(candidates, audit.Candidate{Index: i, Predicted: d.Probabilities})
		}
	}
	return candidates, nil
}
