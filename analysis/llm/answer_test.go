package llm

import (
	"slices"
	"strings"
	"testing"
)

// FuzzParseLabels holds that whatever a model says, only known ids get labels, and only
// those of the codebook.
func FuzzParseLabels(f *testing.F) {
	ids := []string{"aaaaaaaaaa", "bbbbbbbbbb"}
	f.Add(answered(one{ids[0], "none", "neutral", ""}, one{ids[1], "skeptical", "negative", "x"}))
	f.Add(answered(one{"cccccccccc", "none", "neutral", ""}))
	f.Add(`{"answers":null}{"answers":[]}`)
	f.Add("<think>{</think>```{\"answers\":[{\"id\":1}]}```")
	f.Fuzz(func(t *testing.T, completion string) {
		p, _ := parseLabels(completion, ids)
		for id, l := range p.labels {
			if !slices.Contains(ids, id) || l.check() != nil {
				t.Errorf("%q gave %q the label %+v", completion, id, l)
			}
			if span, foreign := l.span("some words"); !foreign && span.In("some words") != strings.TrimSpace(l.Quote) {
				t.Errorf("the quote %q became %v", l.Quote, span)
			}
		}
	})
}

// Braces without end are given up on; trying all of them would take hours.
func TestParseGivesUp(t *testing.T) {
	if err := only(strings.Repeat(`{"a":`, 1<<20), "answers", new(any)); err == nil {
		t.Error("something was found")
	}
}
