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
const featureVersion = "6"

// extractor turns comments into features. It is used by one goroutine at a time.
type extractor struct {
	words        *vocabulary
	groups       Groups
	answerGroups [len(answers)]int

	// Scratch for the comment at hand.
	lexemes []*lexeme  // per token
	scope   []bool     // per token: in the scope of a negation
	found   []cueMatch // its cues
	asks    []bool     // per sentence: it holds a question mark
	parties []roleSet  // per sentence: the roles named in it
	seen    counts     // of features
	above   []*lexeme  // per token of its parent
	matches []cueMatch // of its parent
	shared  counts     // of the content words of its parent

	features features // summed
	weighing weighing
}

// lexicon is the engine that measures the feeling where parties are stated, read once
// per process and only if any are, for that takes longer than judging a thread. It wasn't
// trained on annotated threads, so its values for them are those for any other. Its lists
// are in the binary: if they can't be read, the program is wrong.
var lexicon = sync.OnceValue(func() sentiment.Engine {
	l, err := sentiment.NewLexicon(nil)
	if err != nil {
		panic(err)
	}
	return l
})

func newExtractor(words *vocabulary, groups Groups) (*extractor, error) {
	e := &extractor{words: words, groups: groups, features: features{sums: &ngrams{}}}
	for i, name := range answers {
		if e.answerGroups[i] = slices.IndexFunc(words.cues.groups, func(g cueGroup) bool { return g.name == name }); e.answerGroups[i] < 0 {
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
		if s.answered[i] && !s.gists[i].known {
			s.gists[i] = s.gistOf(e.lexemes, e.found)
		}
	}
}

// read fills f with the features of a text under the article, wherever it stands.
func (e *extractor) read(s *scene, doc *text.Document, f *features) {
	f.reset()
	e.seen.reset()
	e.lexemes = e.words.known.Append(e.lexemes[:0], doc.Tokens)
	e.scope = negated(e.lexemes, e.scope)
	e.asks = zeroed(e.asks, len(doc.Sentences)+1)
	e.parties = zeroed(e.parties, len(doc.Sentences)+1)
	for k, x := range e.lexemes {
		if x.shape == question {
			e.asks[doc.Tokens[k].Sentence] = true
		}
	}
	e.found = appendCues(e.found[:0], e.lexemes)
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

// firstPass judges every comment by itself with the model of the vocabulary, and the
// parents that aren't in the thread. It calls judged, if that isn't nil, with the
// features of each comment and of what the second pass knows of it by itself, which
// are valid during the call, and with its log-odds by all of them.
func (e *extractor) firstPass(s *scene, judged func(i int, f *features, odds []float64)) *context {
	m := e.words.model
	f := &e.features
	c := newContext(s.in, m.Classes())
	both := make([]float64, m.Classes())
	for i := range s.in.Comments {
		if s.in.Thread.Comments[i].Removed {
			continue
		}
		e.extract(s, i, f)
		odds, own := c.begin(i)
		f.score(m, odds)
		before := len(f.vector)
		e.addOwn(s, i, f)
		m.Add(f.vector[before:], own)
		if judged != nil {
			for k := range both {
				both[k] = odds[k] + own[k]
			}
			judged(i, f, both)
		}
		if s.in.Above[i] < 0 && len(s.in.Parents[i].Tokens) > 0 && e.groups.Has(Context) {
			e.read(s, &s.in.Parents[i], f)
			f.score(m, c.beginAbove(i))
		}
	}
	c.complete(s.in)
	return c
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
	e.addContext(c, i, f)
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
func (e *extractor) addContext(c *context, i int, f *features) {
	if e.groups.Has(Context) {
		c.add(i, f)
	}
}

// each calls use with the listed features of every comment that wasn't removed, in
// order, those of both passes. They are only valid during the call.
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
	kind     []flag          // of the article
	sides    *sides          // the stated parties, nil if none are
	answered []bool          // per comment: another has it as its parent
	gists    []gist          // per comment, of those answered and read already
	// gistWords are the words of all gists.
	gistWords []uint32
	// known has a bit for each word of headline and roles; most words of comments
	// are none of them and need no look-up.
	known [32]uint64
}

func newScene(in *Input) *scene {
	s := &scene{
		in: in, headline: map[string]bool{}, roles: articleRoles(in), kind: kindOf(in), sides: newSides(in),
		answered: make([]bool, len(in.Comments)), gists: make([]gist, len(in.Comments)),
	}
	for _, parent := range in.Above {
		if parent >= 0 {
			s.answered[parent] = true
		}
	}
	for i := range in.Headline.Tokens {
		if t := &in.Headline.Tokens[i]; isWord(t) && isContent(t.Lower) {
			s.headline[t.Lower] = true
			s.note(t.Lower)
		}
	}
	for word := range s.roles {
		s.note(word)
	}
	return s
}

// note sets the bit of a word.
func (s *scene) note(word string) {
	id := linear.HashString(seedWord, word)
	s.known[id>>6%uint32(len(s.known))] |= 1 << (id % 64)
}

// mayKnow reports whether a word may be in headline or roles, by its feature.
func (s *scene) mayKnow(word uint32) bool {
	return s.known[word>>6%uint32(len(s.known))]&(1<<(word%64)) != 0
}
