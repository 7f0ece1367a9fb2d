package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// label is what a model said of a comment, as the cache keeps it.
type label struct {
	Stance    string `json:"stance,omitempty"`
	Sentiment string `json:"sentiment,omitempty"`
	Quote     string `json:"quote,omitempty"`
	// Unusable is set where the model was asked twice and gave no usable answer.
	Unusable bool `json:"unusable,omitempty"`
}

// check reports what is wrong with a label.
func (l *label) check() error {
	_, stance := corpus.ParseStance(l.Stance)
	_, polarity := corpus.ParsePolarity(l.Sentiment)
	return errors.Join(stance, polarity)
}

// values are those of a checked label.
func (l *label) values() (corpus.Stance, corpus.Polarity) {
	stance, _ := corpus.ParseStance(l.Stance)
	polarity, _ := corpus.ParsePolarity(l.Sentiment)
	return stance, polarity
}

// span finds the quote in the comment. It is empty where there is no quote, or one that
// stands nowhere in the comment, which is then reported.
func (l *label) span(comment string) (span text.Span, foreign bool) {
	quote := strings.TrimSpace(l.Quote)
	if quote == "" {
		return text.Span{}, false
	}
	at := strings.Index(comment, quote)
	if at < 0 {
		return text.Span{}, true
	}
	return text.Span{Start: at, End: at + len(quote)}, false
}

// parsed are the usable answers of a completion, by id.
type parsed struct {
	labels map[string]label
	// alien counts answers for ids that weren't asked about.
	alien int
}

// parseLabels reads the answers for those ids. Of an id that is missing, answered more
// than once or with a label that isn't of the codebook there is none. The error is of a
// completion without any answers.
func parseLabels(completion string, ids []string) (parsed, error) {
	var answers []struct {
		ID *string `json:"id"`
		label
	}
	p := parsed{labels: map[string]label{}}
	if err := only(completion, "answers", &answers); err != nil {
		return p, err
	}
	times := map[string]int{}
	for _, a := range answers {
		if a.ID == nil || !slices.Contains(ids, *a.ID) {
			p.alien++
			continue
		}
		times[*a.ID]++
		l := label{Stance: a.Stance, Sentiment: a.Sentiment, Quote: a.Quote}
		if l.check() == nil {
			p.labels[*a.ID] = l
		}
	}
	for id, n := range times {
		if n > 1 {
			delete(p.labels, id)
		}
	}
	return p, nil
}

// stated is a case as the cache keeps it.
type stated struct {
	Case     string `json:"case,omitempty"`
	Unusable bool   `json:"unusable,omitempty"`
}

// parseCase reads the case that a model states, on one line.
func parseCase(completion string) (string, error) {
	var claim string
	if err := only(completion, "case", &claim); err != nil {
		return "", err
	}
	claim, cut := excerpt(strings.Join(strings.Fields(claim), " "), mostCase)
	switch {
	case !strings.ContainsFunc(claim, unicode.IsLetter): // small models repeat the "…" of the prompt
		return "", errors.New("the answer states no case")
	case cut:
		return "", fmt.Errorf("the case is longer than %d bytes", mostCase)
	}
	return claim, nil
}

// mostObjects is how many places of a completion are tried as the start of an object.
const mostObjects = 64

// only decodes the field of the one object in the text that has it. Models put words and
// fences around what they were asked for; but of two such objects neither is taken.
func only(completion, field string, to any) error {
	rest := afterThoughts(completion)
	var found json.RawMessage
	for range mostObjects {
		at := strings.IndexByte(rest, '{')
		if at < 0 {
			break
		}
		d := json.NewDecoder(strings.NewReader(rest[at:]))
		var object map[string]json.RawMessage
		if d.Decode(&object) != nil {
			rest = rest[at+1:]
			continue
		}
		rest = rest[at+int(d.InputOffset()):]
		if object[field] == nil {
			continue
		}
		if found != nil {
			return fmt.Errorf("the answer holds two objects with %q", field)
		}
		found = object[field]
	}
	if found == nil {
		return fmt.Errorf("the answer holds no JSON object with %q", field)
	}
	return json.Unmarshal(found, to)
}

// thoughts end what a reasoning model says to itself.
const thoughts = "</think>"

func afterThoughts(completion string) string {
	if at := strings.LastIndex(completion, thoughts); at >= 0 {
		return completion[at+len(thoughts):]
	}
	return completion
}
