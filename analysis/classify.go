package analysis

import (
	"fmt"

	"stance/analysis/linear"
	"stance/analysis/stance"
	"stance/analysis/text"
	"stance/corpus"
)

// Classifier judges threads by a model of any label set, such as the four of
// rumours. It knows no sentiment and no shares: those belong to stances.
type Classifier struct {
	parser  *text.Parser
	engine  *stance.Engine
	options Options
}

// NewClassifier returns a classifier with the engine of the options.
func NewClassifier(o Options) (*Classifier, error) {
	parser, err := text.NewParser()
	if err != nil {
		return nil, err
	}
	engine, err := o.engine()
	if err != nil {
		return nil, err
	}
	return &Classifier{parser: parser, engine: engine, options: o}, nil
}

// Passport says how the model was made.
func (c *Classifier) Passport() linear.Passport { return c.engine.Passport() }

// Classification is a thread with the labels its comments were given.
type Classification struct {
	Thread *corpus.Thread
	Labels []string
	// Comments are parallel to Thread.Comments.
	Comments []Classified
}

// Classified is the label of one comment.
type Classified struct {
	stance.Classified
	// Withheld is set where the expected error is above Options.MaxError.
	Withheld bool
}

// Classify judges a thread. It leaves the thread as it is.
func (c *Classifier) Classify(t *corpus.Thread) (*Classification, error) {
	t = c.options.stated(t)
	in, err := stance.NewInput(c.parser, t)
	if err != nil {
		return nil, err
	}
	classified, err := c.engine.Classify(in)
	if err != nil {
		return nil, fmt.Errorf("judging the comments: %w", err)
	}
	result := &Classification{Thread: t, Labels: c.engine.Labels(), Comments: make([]Classified, len(classified))}
	for i, k := range classified {
		result.Comments[i] = Classified{Classified: k, Withheld: k.Probabilities != nil && c.options.withholds(k.Probabilities[k.Class])}
	}
	return result, nil
}
