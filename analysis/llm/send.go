package llm

import (
	"context"
	"errors"
)

// This file sends requests: several at a time, within the budget, each answer into the
// cache before anything else is sent in its place.

// enter waits for a slot.
func (j *Judge) enter(ctx context.Context) error {
	select {
	case j.slots <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if ctx.Err() != nil {
		j.leave()
		return context.Cause(ctx)
	}
	return nil
}

// leave gives the slot up.
func (j *Judge) leave() { <-j.slots }

func (j *Judge) refused(alien int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.usage.Alien += alien
}

// record is an answer for the cache.
func (j *Judge) record(key string, d draw, answer any) Record {
	return Record{Key: key, Prompt: j.prompt.Version, Model: j.options.Model, Temperature: d.temperature, Seed: d.seed, Answer: string(encoded(answer))}
}

// reserve draws on the budget for a request.
func (j *Judge) reserve(r *Request, answers int) (tokens int, fits bool) {
	prompt, answer := r.size(answers)
	return prompt + answer, j.options.Budget.reserve(prompt + answer)
}

// ask waits for a slot and sends one request.
func (j *Judge) ask(ctx context.Context, r *Request, answers int, take func(*Completion) ([]Record, error)) (State, error) {
	reserved, fits := j.reserve(r, answers)
	if !fits {
		return OverBudget, nil
	}
	if err := j.enter(ctx); err != nil {
		return Unserved, err
	}
	defer j.leave()
	defer j.options.Budget.over()
	return j.send(ctx, r, reserved, take)
}

// send sends one request, lets take read the completion and keeps the records it made
// before anything else is sent in its place. The state is Given if take could read it,
// Unusable if not, or if the server rejects the request, and Unserved if it fails.
func (j *Judge) send(ctx context.Context, r *Request, reserved int, take func(*Completion) ([]Record, error)) (State, error) {
	c, err := j.server.Complete(ctx, r)
	if err != nil {
		j.options.Budget.settle(reserved, 0)
		return j.failed(ctx, err)
	}
	if took := c.PromptTokens + c.AnswerTokens; took > 0 {
		j.options.Budget.settle(reserved, took)
	}
	records, unusable := take(c)
	err = j.keep(ctx, records)
	j.mu.Lock()
	j.inRow = 0
	j.usage.Calls++
	j.usage.PromptTokens += c.PromptTokens
	j.usage.AnswerTokens += c.AnswerTokens
	if c.Cut {
		j.usage.Cut++
	}
	usage := j.usage
	j.mu.Unlock()
	if j.options.Asked != nil {
		j.options.Asked(usage)
	}
	if err != nil {
		return Unserved, err
	}
	if unusable != nil {
		return Unusable, nil
	}
	return Given, nil
}

// mostInRow is how many requests may fail one after the other before no more are sent.
const mostInRow = 3

// failed counts a request that wasn't answered.
func (j *Judge) failed(ctx context.Context, err error) (State, error) {
	if ctx.Err() != nil {
		return Unserved, context.Cause(ctx)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.usage.Failed++
	j.inRow++
	j.reason = err
	// What is rejected may be at fault itself, unless nothing was ever answered.
	rejected := errors.Is(err, ErrRejected) && j.usage.Calls > 0
	switch {
	case !errors.Is(err, ErrRejected) && !errors.Is(err, ErrUnavailable), j.inRow >= mostInRow && !rejected:
		return Unserved, &StopError{err}
	case rejected:
		return Unusable, nil
	}
	return Unserved, nil
}

// kept returns what the cache has of those keys.
func (j *Judge) kept(ctx context.Context, keys []string) (map[string]string, error) {
	kept, err := j.cache.Answers(ctx, keys)
	return kept, stopped(err)
}

// keep keeps records, even if the context ends.
func (j *Judge) keep(ctx context.Context, records []Record) error {
	if len(records) == 0 {
		return nil
	}
	return stopped(j.cache.Keep(context.WithoutCancel(ctx), records))
}

// stopped wraps an error of the cache.
func stopped(err error) error {
	if err == nil {
		return nil
	}
	return &StopError{err}
}
