package stance

import (
	"fmt"
	"slices"
)

// featureVersion names the features below. A model made for other features is
// refused, because its weights would mean nothing.
const featureVersion = "3"

// extractor turns comments into features. It is used by one goroutine at a time.
type extractor struct {
	cues         *cueSet
	groups       Groups
	answerGroups [len(answers)]int

	// Scratch for the comment at hand.
	found   []cueMatch      // its cues
	scope   []bool          // per token: in the scope of a negation
	asks    []bool          // per sentence: it holds a question mark
	parties []roleSet       // per sentence: the roles named in it
	seen    map[uint32]int  // how often a feature was added
	words   map[string]bool // of its parent
}

func newExtractor(cues *cueSet, groups Groups) (*extractor, error) {
	e := &extractor{
		cues:   cues,
		groups: groups,
		seen:   map[uint32]int{},
		words:  map[string]bool{},
	}
	for i, name := range answers {
		if e.answerGroups[i] = slices.Index(cues.groups, name); e.answerGroups[i] < 0 {
			return nil, fmt.Errorf("the cues have no group %q", name)
		}
	}
	return e, nil
}

// extract fills f with the features of comment i.
func (e *extractor) extract(s *scene, i int, f *features) {
	f.reset()
	clear(e.seen)
	doc := &s.in.Comments[i]
	e.scope = negated(doc.Tokens, e.scope)
	e.asks = zeroed(e.asks, len(doc.Sentences)+1)
	e.parties = zeroed(e.parties, len(doc.Sentences)+1)
	for k := range doc.Tokens {
		if doc.Tokens[k].Text == "?" {
			e.asks[doc.Tokens[k].Sentence] = true
		}
	}
	e.findCues(doc)
	e.speech(doc, f)
	f.group = Target
	if e.groups.Has(Target) {
		e.target(s, doc, f)
	}
	f.group = Place
	if e.groups.Has(Place) {
		e.place(s, i, f)
	}
}

// zeroed is s with n zero elements, in its own storage where that suffices.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// scene is what the features need to know of the whole thread.
type scene struct {
	in       *Input
	headline map[string]bool // content words of the title
	roles    map[string]role // words of the article's names
}

func newScene(in *Input) *scene {
	s := &scene{in: in, headline: map[string]bool{}, roles: articleRoles(in)}
	for i := range in.Headline.Tokens {
		if t := &in.Headline.Tokens[i]; isWord(t) && isContent(t.Lower) {
			s.headline[t.Lower] = true
		}
	}
	return s
}
