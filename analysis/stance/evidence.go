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

// weighing is the scratch of evidence.
type weighing struct {
	perToken []float64
	taken    []bool // per token: in a cue that is evidence
	pieces   []piece
}

// piece is what may become evidence: the tokens [from, to).
type piece struct {
	from, to int
	cue      int // its group, noCue for a word by itself
	weight   float64
}

// evidence finds the words that moved the model towards or away from the class.
// A feature's contribution is its value times how much more its weight speaks for
// the class than for the others on average; it is divided among the tokens it was
// found at. Cues are shown whole, other words one by one.
func (e *Engine) evidence(w *weighing, doc *text.Document, f *features, class int) []text.Evidence {
	w.perToken = zeroed(w.perToken, len(doc.Tokens))
	for k, v := range f.vector {
		m := f.marks[k]
		if m.from == m.to {
			continue
		}
		lead := e.model.Lead(v.ID, class) * float64(v.Value) / float64(m.to-m.from)
		for i := m.from; i < m.to; i++ {
			w.perToken[i] += lead
		}
	}
	if f.sums != nil {
		f.sums.lead(e.model, class, w.perToken)
	}
	for i := range w.perToken {
		w.perToken[i] /= e.model.Passport.Temperature
	}
	w.cut(doc, f)
	heaviest := w.heaviest()
	slices.SortFunc(heaviest, func(a, b piece) int { return a.from - b.from })
	var found []text.Evidence
	for _, p := range heaviest {
		cue := wording
		if p.cue != noCue {
			cue = e.words.cues.groups[p.cue].name
		}
		found = append(slices.Grow(found, len(heaviest)), text.Evidence{
			Span:   text.Span{Start: doc.Tokens[p.from].Start, End: doc.Tokens[p.to-1].End},
			Cue:    cue,
			Weight: p.weight,
		})
	}
	return found
}

// cut cuts the document into cues and, between them, single words, each with the sum
// of its tokens' weights. Where cues overlap the heavier one is kept.
func (w *weighing) cut(doc *text.Document, f *features) {
	w.taken = zeroed(w.taken, len(doc.Tokens))
	w.findCues(f)
	cues := w.pieces
	w.pieces = w.pieces[:0]
	for _, c := range cues {
		if slices.Contains(w.taken[c.from:c.to], true) {
			continue
		}
		for i := c.from; i < c.to; i++ {
			w.taken[i] = true
		}
		w.pieces = append(w.pieces, c)
	}
	for i := range doc.Tokens {
		if !w.taken[i] && isWord(&doc.Tokens[i]) {
			w.pieces = append(w.pieces, piece{i, i + 1, noCue, w.perToken[i]})
		}
	}
}

// findCues sets the pieces to the distinct places of cues, the heaviest first, the
// earliest of equals.
func (w *weighing) findCues(f *features) {
	w.pieces = w.pieces[:0]
	for _, m := range f.marks {
		from, to := int(m.from), int(m.to)
		if m.cue != noCue && !slices.ContainsFunc(w.pieces, func(p piece) bool { return p.from == from && p.to == to }) {
			w.pieces = append(w.pieces, piece{from, to, int(m.cue), sum(w.perToken[from:to])})
		}
	}
	slices.SortStableFunc(w.pieces, func(a, b piece) int {
		if c := cmp.Compare(math.Abs(b.weight), math.Abs(a.weight)); c != 0 {
			return c
		}
		return a.from - b.from
	})
}

// heaviest returns the maxEvidence heaviest pieces of minWeight or more, the first of
// equals, in the front of pieces.
func (w *weighing) heaviest() []piece {
	n := 0
	for _, p := range w.pieces {
		at := n
		for at > 0 && math.Abs(p.weight) > math.Abs(w.pieces[at-1].weight) {
			at--
		}
		if math.Abs(p.weight) < minWeight || at == maxEvidence {
			continue
		}
		n = min(n+1, maxEvidence)
		copy(w.pieces[at+1:n], w.pieces[at:n-1])
		w.pieces[at] = p
	}
	return w.pieces[:n]
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
