package llm

import (
	"crypto/sha256"
	_ "embed" // for the prompt
	"encoding/hex"
	"strings"
)

//go:embed prompt/v1.md
var promptV1 string

// Prompt is what a model is told.
type Prompt struct {
	// Version names the text and its content: "v1-" and eight digits of its SHA-256.
	Version string
	// Text is the whole file, Case the part that asks for the case and Comments the
	// one that asks for labels.
	Text, Case, Comments string
	// Codebook is what it says of the labels alone, as Markdown: for people.
	Codebook string
}

// CurrentPrompt returns the prompt of this version of the program.
func CurrentPrompt() Prompt { return newPrompt("v1", promptV1) }

// newPrompt cuts a file at its second-level headings, of which there are four.
func newPrompt(name, text string) Prompt {
	sum := sha256.Sum256([]byte(text))
	parts := strings.SplitAfter(text, "\n## ")
	for i := range parts {
		parts[i] = strings.TrimSuffix(parts[i], "## ")
	}
	article, labels, state, label := parts[1], parts[2], parts[3], parts[4]
	join := func(parts ...string) string {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString("## " + p)
		}
		return strings.TrimSpace(b.String()) + "\n"
	}
	_, toward, _ := strings.Cut(article, "careful and neutral coder.")
	toward, _, _ = strings.Cut(toward, "What you are given")
	_, rules, _ := strings.Cut(labels, "\n")
	return Prompt{
		Codebook: strings.TrimSpace(toward) + "\n\n" + strings.TrimSpace(rules) + "\n",
		Version:  name + "-" + hex.EncodeToString(sum[:4]),
		Text:     text, Case: join(article, state), Comments: join(article, labels, label),
	}
}
