package reports

import (
	"fmt"
	"io"

	"stance.example/stance/analysis/llm"
)

// Asked is what a language model was asked, in words.
func Asked(u *llm.Usage) string {
	words := "language model: " + Counted(u.Calls, "call")
	if u.Failed > 0 {
		words += fmt.Sprintf(", %d failed", u.Failed)
	}
	words += fmt.Sprintf("; %s from the cache", Counted(u.Cached, "answer"))
	if tokens := u.PromptTokens + u.AnswerTokens; tokens > 0 {
		words += fmt.Sprintf("; %d tokens sent, %d answered", u.PromptTokens, u.AnswerTokens)
	}
	if u.Cut > 0 {
		words += fmt.Sprintf("; %s cut off for length", Counted(u.Cut, "answer"))
	}
	if u.Alien > 0 {
		words += fmt.Sprintf("; %s refused that nobody asked for", Counted(u.Alien, "answer"))
	}
	return words
}

// Estimate writes what a language model would be asked, and whether the budget, nil for none,
// reaches.
func Estimate(w io.Writer, e llm.Estimate, budget *llm.Budget) error {
	words := fmt.Sprintf("%s of %s: %s", Counted(e.Comments, "comment"), Counted(e.Threads, "thread"), Counted(e.Calls, "call"))
	if e.Cases > 0 {
		words += fmt.Sprintf(", %d of them for the case of an article", e.Cases)
	}
	words += fmt.Sprintf("; about %d tokens to send and %d to be answered, at four bytes a token\n", e.PromptTokens, e.AnswerTokens)
	if e.Cached > 0 {
		words += Counted(e.Cached, "answer") + " in the cache\n"
	}
	if !budget.Holds(e.Calls, e.PromptTokens+e.AnswerTokens) {
		words += "the budget of " + budget.String() + " doesn't reach\n"
	}
	_, err := io.WriteString(w, words)
	return err
}
