package stance

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"stance/analysis/linear"
	"stance/analysis/text"
	"stance/corpus"
)

// Reason is one thing that moved a decision.
type Reason struct {
	// Group is the feature group it belongs to.
	Group Groups
	// Name says what it is: a cue, a word, a length.
	Name string
	// Span is its place in the comment, empty for one that has none.
	Span text.Span
	// Weight is what it adds to the log-odds of the stance against the mean of the
	// others.
	Weight float64
}

// Without is what the decision would be if a group of features were silent.
type Without struct {
	Group         Groups
	Stance        corpus.Stance
	Probabilities [corpus.NumStances]float64
}

// Explanation is why a comment got its stance.
type Explanation struct {
	Decision Decision
	// Reasons are all features that moved the decision, the heaviest first; those of
	// one group, name and place are one.
	Reasons []Reason
	// Without has an entry for each group of the model.
	Without []Without
}

// Explain says why comment i of a thread gets its stance. It fails if there is no
// such comment, if it was removed, or with a *LabelsError.
func (e *Engine) Explain(in *Input, i int) (*Explanation, error) {
	if i < 0 || i >= len(in.Comments) || in.Thread.Comments[i].Removed {
		return nil, fmt.Errorf("no comment %d that can be explained", i)
	}
	decisions, err := e.Decide(in)
	if err != nil {
		return nil, err
	}
	x, err := e.extractor()
	if err != nil {
		return nil, err
	}
	defer e.release(x)
	f := features{explaining: true}
	s := newScene(in)
	context := x.firstPass(s, nil)
	x.extract(s, i, &f)
	x.surround(s, context, i, &f)
	ex := &Explanation{Decision: decisions[i]}
	ex.Reasons = e.reasons(&in.Comments[i], &f, int(ex.Decision.Stance))
	for g := Groups(1); g <= AllGroups; g <<= 1 {
		if e.groups.Has(g) {
			ex.Without = append(ex.Without, e.without(g, &f))
		}
	}
	return ex, nil
}

// reasons sums the features' contributions by group, name and place.
func (e *Engine) reasons(doc *text.Document, f *features, class int) []Reason {
	index := map[Reason]int{}
	var list []Reason
	for k, v := range f.vector {
		m := f.marks[k]
		r := Reason{Group: m.group, Name: m.name}
		if m.from < m.to {
			r.Span = text.Span{Start: doc.Tokens[m.from].Start, End: doc.Tokens[m.to-1].End}
			r.Name = wording
		}
		if m.cue != noCue {
			r.Name = e.words.cues.groups[m.cue].name
		}
		at, known := index[r]
		if !known {
			at = len(list)
			index[r] = at
			list = append(list, r)
		}
		list[at].Weight += e.model.Lead(v.ID, class) * float64(v.Value) / e.model.Passport.Temperature
	}
	list = slices.DeleteFunc(list, func(r Reason) bool { return r.Weight == 0 })
	slices.SortStableFunc(list, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return list
}

// without decides on the features that aren't of a group.
func (e *Engine) without(g Groups, f *features) Without {
	var rest linear.Vector
	for k, v := range f.vector {
		if f.marks[k].group != g {
			rest = append(rest, v)
		}
	}
	w := Without{Group: g}
	e.model.Predict(rest, w.Probabilities[:])
	w.Stance = corpus.Stance(linear.Best(w.Probabilities[:]))
	return w
}
