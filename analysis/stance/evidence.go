package stance

import (
	"cmp"
	"math"
	"slices"

	"stance/analysis/text"
)

// maxEvidence is how many pieces of evidence a decision carries, and minWeight the
// least log-odds one must add or take.
const (
	maxEvidence = 6
	minWeight   = 0.05
)

// wording is the cue of a word that is evidence by itself.
const wording = "wording"

// evidence finds the words that moved the model towards or away from the class.
// A feature's contribution is its value times how much more its weight speaks for
// the class than for the others on average; it is divided among the tokens it was
// found at. Cues are shown whole, other words one by one.
func (e *Engine) evidence(doc *text.Document, f *features, class int) []text.Evidence {
	perToken := make([]float64, len(doc.Tokens))
	for k, v := range f.vector {
		m := f.marks[k]
		if m.from == m.to {
			continue
		}
		w := e.model.Lead(v.ID, class) * float64(v.Value) / e.model.Passport.Temperature / float64(m.to-m.from)
		for i := m.from; i < m.to; i++ {
			perToken[i] += w
		}
	}
	var found []text.Evidence
	for _, s := range segments(doc, f, perToken, e.cues.groups) {
		if math.Abs(s.Weight) >= minWeight {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b text.Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	found = found[:min(len(found), maxEvidence)]
	slices.SortFunc(found, func(a, b text.Evidence) int { return a.Start - b.Start })
	return found
}

// segments cuts the document into cues and, between them, single words, each with
// the sum of its tokens' weights. Where cues overlap the heavier one is kept.
func segments(doc *text.Document, f *features, perToken []float64, groups []string) []text.Evidence {
	cues := cueSpans(f, perToken)
	taken := make([]bool, len(doc.Tokens))
	var result []text.Evidence
	for _, c := range cues {
		if slices.Contains(taken[c.from:c.to], true) {
			continue
		}
		for i := c.from; i < c.to; i++ {
			taken[i] = true
		}
		result = append(result, text.Evidence{
			Span:   text.Span{Start: doc.Tokens[c.from].Start, End: doc.Tokens[c.to-1].End},
			Cue:    groups[c.cue],
			Weight: sum(perToken[c.from:c.to]),
		})
	}
	for i := range doc.Tokens {
		if !taken[i] && isWord(&doc.Tokens[i]) {
			result = append(result, text.Evidence{Span: doc.Tokens[i].Span, Cue: wording, Weight: perToken[i]})
		}
	}
	return result
}

// cueSpans returns the distinct places of cues, the heaviest first, the earliest
// of equals.
func cueSpans(f *features, perToken []float64) []mark {
	var cues []mark
	for _, m := range f.marks {
		if m.cue != noCue && !slices.ContainsFunc(cues, func(c mark) bool { return c.from == m.from && c.to == m.to }) {
			cues = append(cues, m)
		}
	}
	slices.SortStableFunc(cues, func(a, b mark) int {
		if c := cmp.Compare(math.Abs(sum(perToken[b.from:b.to])), math.Abs(sum(perToken[a.from:a.to]))); c != 0 {
			return c
		}
		return int(a.from - b.from)
	})
	return cues
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
