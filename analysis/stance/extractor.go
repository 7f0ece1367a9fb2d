package stance

import (
	"fmt"
	"slices"
	"sync"

	"stance/analysis/linear"
	"stance/analysis/sentiment"
	"stance/analysis/text"
)

// featureVersion names the features below. A model made for other features is
// refused, because its weights would mean nothing.
const featureVersion = "4"

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

	sentenceSides []side // per sentence: the stated parties named in it
	feeling       sentiment.Engine
}

// lexicon is the engine that measures the feeling where parties are stated, read once
// per process, for that takes longer than judging a thread. It wasn't trained on
// annotated threads, so its values for them are those for any other.
var lexicon = sync.OnceValues(func() (sentiment.Engine, error) { return sentiment.Open("lexicon", nil) })

func newExtractor(cues *cueSet, groups Groups) (*extractor, error) {
	e := &extractor{
		cues:   cues,
		groups: groups,
		seen:   map[uint32]int{},
		words:  map[string]bool{},
	}
	var err error
	if e.feeling, err = lexicon(); err != nil {
		return nil, err
	}
	for i, name := range answers {
		if e.answerGroups[i] = slices.Index(cues.groups, name); e.answerGroups[i] < 0 {
			return nil, fmt.Errorf("the cues have no group %q", name)
		}
	}
	return e, nil
}

// extract fills f with the features of comment i for the first pass.
func (e *extractor) extract(s *scene, i int, f *features) {
	e.read(s, &s.in.Comments[i], f)
	f.group = Place
	if e.groups.Has(Place) {
		e.place(s, i, f)
	}
}

// read fills f with the features of a text under the article, wherever it stands.
func (e *extractor) read(s *scene, doc *text.Document, f *features) {
	f.reset()
	clear(e.seen)
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
	f.group = Article
	if e.groups.Has(Article) {
		s.article(f)
	}
}

// firstPass judges every comment by itself with the weights of a model, and the
// parents that aren't in the thread.
func (e *extractor) firstPass(s *scene, m *linear.Model) *context {
	var f features
	judge := func() []float64 {
		odds := make([]float64, m.Classes())
		m.Scores(f.vector, odds)
		return odds
	}
	n := len(s.in.Comments)
	odds, above, own := make([][]float64, n), make([][]float64, n), make([][]float64, n)
	for i := range s.in.Comments {
		if s.in.Thread.Comments[i].Removed {
			continue
		}
		e.extract(s, i, &f)
		odds[i] = judge()
		f.reset()
		e.addOwn(s, i, &f)
		own[i] = make([]float64, m.Classes())
		m.Add(f.vector, own[i])
		if s.in.Above[i] < 0 && len(s.in.Parents[i].Tokens) > 0 && e.groups.Has(Context) {
			e.read(s, &s.in.Parents[i], &f)
			above[i] = judge()
		}
	}
	return newContext(s.in, m.Classes(), odds, above, own)
}

// secondPass is the feature that every comment has in the second pass: its weight is
// the second pass's bias.
var secondPass = linear.Hash("second pass")

// partiesStated is such a feature of comments under an article that states parties.
var partiesStated = linear.Hash("parties are stated")

// surround appends the features of comment i for the second pass. The comment must
// be the one that extract has just read.
func (e *extractor) surround(s *scene, c *context, i int, f *features) {
	e.addOwn(s, i, f)
	e.addContext(s, c, i, f)
}

// addOwn appends the features of the second pass that the comment has by itself.
func (e *extractor) addOwn(s *scene, i int, f *features) {
	f.group = Context
	f.add(secondPass, 1, mark{cue: noCue, name: "second pass"})
	e.addStated(s, i, f)
}

// addStated appends those of the stated parties. It reports whether any are stated.
func (e *extractor) addStated(s *scene, i int, f *features) bool {
	if s.sides == nil || !e.groups.Has(Parties) {
		return false
	}
	f.group = Parties
	f.add(partiesStated, 1, mark{cue: noCue, name: "parties are stated"})
	e.addSides(s.sides, &s.in.Comments[i], f)
	return true
}

// addContext appends those that it has by what stands around it.
func (e *extractor) addContext(s *scene, c *context, i int, f *features) {
	if e.groups.Has(Context) {
		c.add(i, f)
	}
}

// each calls use with the features of every comment that wasn't removed, in order,
// those of both passes. The features are only valid during the call.
func (e *extractor) each(s *scene, c *context, use func(i int, f *features)) {
	var f features
	for i := range s.in.Comments {
		if !s.in.Thread.Comments[i].Removed {
			e.extract(s, i, &f)
			e.surround(s, c, i, &f)
			use(i, &f)
		}
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
	kind     []string        // flags of the article
	sides    *sides          // the stated parties, nil if none are
}

func newScene(in *Input) *scene {
	s := &scene{in: in, headline: map[string]bool{}, roles: articleRoles(in), kind: kindOf(in), sides: newSides(in)}
	for i := range in.Headline.Tokens {
		if t := &in.Headline.Tokens[i]; isWord(t) && isContent(t.Lower) {
			s.headline[t.Lower] = true
		}
	}
	return s
}
