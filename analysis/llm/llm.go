// Package llm judges comments by a language model that the user runs.
//
// The steps are:
//
//  1. The [Prompt] is the codebook in our own words, a versioned file of the package.
//  2. [Judge.Judge] lets the model state the case of the article, unless the thread
//     states it, and then label the comments in batches, each with its parent.
//     Comments go in as strings of one JSON object, under ids that are made from the
//     content of the whole request, so that no comment can speak for another or end
//     the material (request.go).
//  3. What comes back is data too: every id exactly once, labels of the codebook, a
//     quote that stands in the comment (answer.go). What is missing or malformed is
//     asked again, by itself, and then left to the other engine; nothing is guessed.
//  4. Each answer goes into the [Cache] as it arrives, by its content, the prompt, the
//     model and the seed, so that it is paid for once; a [Budget] bounds what is
//     asked, and [Judge.Estimate] says in advance what that would be.
//  5. A model's answer has no probability. [Calibrate] makes one from labels that a
//     person gave, or several votes do; otherwise there is none.
//  6. [Over] puts all of that over another engine, which decides the rest.
//
// The package knows no network: a [Server] answers, which package chat implements.
package llm

import (
	"context"
	"encoding/json"
	"errors"
)

// Request is one question to a model.
type Request struct {
	// System is what the model is told, User the material.
	System, User string
	// Schema is the JSON Schema of the answer, for servers that can hold the model to
	// one, and Name a name for it.
	Schema      json.RawMessage
	Name        string
	Temperature float64
	Seed        int
	// MaxTokens is where the answer is to be cut off. A small model may never end one.
	MaxTokens int
}

// Completion is a model's answer.
type Completion struct {
	Text string // "" if the model refused
	// Cut is set where the answer was cut off, by MaxTokens or the model's context.
	Cut bool
	// PromptTokens and AnswerTokens are as the server counts them, 0 if it doesn't.
	PromptTokens, AnswerTokens int
}

// Server asks a model. It must be safe for concurrent use. An error that wraps neither
// ErrRejected nor ErrUnavailable, and isn't that of ctx, says that no further request
// can succeed.
type Server interface {
	Complete(ctx context.Context, r *Request) (*Completion, error)
}

var (
	// ErrRejected is wrapped by the error of a request that the server will never
	// answer, though it may answer others: too long, or against its rules.
	ErrRejected = errors.New("the server rejects the request")
	// ErrUnavailable is wrapped by the error of a request that was tried often enough.
	ErrUnavailable = errors.New("the server doesn't answer")
)

// StopError says that the model can't be asked any more. The answers so far are in the
// cache.
type StopError struct{ Err error }

// Error says so, with the reason.
func (e *StopError) Error() string { return "the language model can't be asked: " + e.Err.Error() }

// Unwrap returns the reason.
func (e *StopError) Unwrap() error { return e.Err }
