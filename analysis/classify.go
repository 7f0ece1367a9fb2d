package analysis

import (
	"context"
	"fmt"

	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
)

// Classifier judges threads by an encoder of any label set, such as the four of rumours.
// It knows no sentiment and no shares: those belong to stances.
type Classifier struct {
	encoder *encoder.Encoder
	options Options
}

// NewClassifier returns a classifier. Of the options those that state something of the
// article, and MaxError, matter.
func NewClassifier(e *encoder.Encoder, o Options) *Classifier { return &Classifier{e, o} }

// Classification is a thread with the labels its comments were given.
type Classification struct {
	Thread *corpus.Thread
	Labels []string
	// Comments are parallel to Thread.Comments.
	Comments []Classified
}

// Classified is the label of one comment.
type Classified struct {
	encoder.Classified
	// Withheld is set where the expected error is above Options.MaxError.
	Withheld bool
}

// Classify judges a thread. It leaves the thread as it is.
func (c *Classifier) Classify(ctx context.Context, t *corpus.Thread) (*Classification, error) {
	t = c.options.stated(t)
	classified, err := c.encoder.Classify(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("judging the comments: %w", err)
	}
	result := &Classification{Thread: t, Labels: c.encoder.Labels(), Comments: make([]Classified, len(classified))}
	for i, k := range classified {
		result.Comments[i] = Classified{Classified: k, Withheld: k.Probabilities != nil && c.options.withholds(k.Probabilities[k.Class])}
	}
	return result, nil
}
