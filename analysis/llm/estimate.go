package llm

import (
	"context"

	"stance.example/stance/corpus"
)

// Estimate is what asking about threads would take. Tokens are guessed from bytes, at
// four a token.
type Estimate struct {
	Threads, Comments int // to be asked about
	// Cached are the answers in the cache, Calls the requests for the others if every
	// answer is usable: Cases of them for the case of an article.
	Cached, Calls, Cases int
	// PromptTokens and AnswerTokens are those of the calls.
	PromptTokens, AnswerTokens int
}

// Add adds what another thread would take.
func (e *Estimate) Add(o Estimate) {
	e.Threads += o.Threads
	e.Comments += o.Comments
	e.Cached += o.Cached
	e.Calls += o.Calls
	e.Cases += o.Cases
	e.PromptTokens += o.PromptTokens
	e.AnswerTokens += o.AnswerTokens
}

// Estimate says what Judge would take, and asks nothing. Where the case of the article
// has to be stated first, no answer about its comments is known yet.
func (j *Judge) Estimate(ctx context.Context, t *corpus.Thread, wanted []int) (Estimate, error) {
	e := Estimate{Comments: len(wanted)}
	if len(wanted) == 0 {
		return e, nil
	}
	e.Threads = 1
	claim, err := j.foreseen(ctx, t, &e)
	if err != nil {
		return e, err
	}
	s := newScene(t, claim)
	items := s.items(wanted)
	if err := j.known(ctx, s, items); err != nil {
		return e, err
	}
	for _, it := range items {
		for _, state := range it.states {
			if state != Unasked {
				e.Cached++
			}
		}
	}
	for _, q := range j.questions(items, batchComments) {
		r, _ := j.commentRequest(j.draws()[q.vote], s, q.items)
		e.add(r.size(len(q.items)))
	}
	return e, nil
}

// foreseen is the case that the thread states or that the cache has; otherwise a call
// for it is added and a sentence of the usual length stands for it.
func (j *Judge) foreseen(ctx context.Context, t *corpus.Thread, e *Estimate) (string, error) {
	m := material{Article: newArticle(&t.Article, mostArticle)}
	if t.Article.Case != "" || m.Article == (article{}) {
		return t.Article.Case, nil
	}
	d := draw{0, j.options.Seed}
	claim, state, err := j.keptCase(ctx, j.key(d, m))
	if err != nil || state != Unasked {
		return claim, err
	}
	e.Cases++
	e.add(j.caseRequest(d, m).size(1))
	return usualCase, nil
}

// usualCase is as long as most cases are.
const usualCase = "Someone of whom the article tells claims something about somebody else, for a reason that is given."

func (e *Estimate) add(prompt, answer int) {
	e.Calls++
	e.PromptTokens += prompt
	e.AnswerTokens += answer
}
