package analysis

import (
	"context"
	"errors"

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
