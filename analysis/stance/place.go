package stance

import (
	"math/bits"

	"stance/analysis/linear"
)

// This file holds the third group of features: where a comment stands.

var (
	seedParent       = linear.Hash("parent:")
	isReply          = newFlag("reply")
	addresses        = newFlag("addresses")
	isHeadline       = newFlag("is the headline")
	parentAsks       = newFlag("parent asks")
	depths           = newSizes("depth=")
	orders           = newSizes("order=")
	sharedWithParent = newSizes("shared with parent=")
)

// parentCueValue is the value of a cue found in the parent.
const parentCueValue = 0.5

// answers are the cue groups by which a reply relates to its parent.
var answers = [...]string{"agrees", "disagrees", "denies", "doubts", "speaks ironically"}

// place adds whether the comment replies and what its parent does, related to how
// the comment answers it. The parent's words as such are left out: as a bag of
// words they make models of replies worse.
func (e *extractor) place(s *scene, i int, f *features) {
	c := &s.in.Thread.Comments[i]
	if c.IsReply() {
		f.flag(isReply)
	}
	if len(c.Text) > 0 && c.Text[0] == '@' {
		f.flag(addresses)
	}
	if s.isSource(&s.in.Comments[i]) {
		f.flag(isHeadline)
	}
	f.count(depths, s.depth(i))
	f.count(orders, i)
	if len(s.in.Parents[i].Tokens) == 0 {
		return
	}
	above := e.gistOfParent(s, i)
	f.count(sharedWithParent, e.sharedWords(above))
	if above.asks {
		f.flag(parentAsks)
	}
	e.addParentCues(above.cues, cueGroups(e.found), f)
}

// gist is what a comment needs to know of its parent.
type gist struct {
	known bool
	asks  bool     // it ends in a question
	cues  groupSet // found in it
	words []uint32 // its content words
}

// gistOf returns the gist of a text.
func (s *scene) gistOf(words []*lexeme, found []cueMatch) gist {
	g := gist{known: true, cues: cueGroups(found)}
	from := len(s.gistWords)
	for _, x := range words {
		if x.content {
			s.gistWords = append(s.gistWords, x.word)
		}
	}
	g.words = s.gistWords[from:len(s.gistWords):len(s.gistWords)]
	if k := len(words); k > 0 {
		g.asks = words[k-1].shape == question
	}
	return g
}

// gistOfParent returns that of the parent of comment i, from the thread's where the
// parent was read already.
func (e *extractor) gistOfParent(s *scene, i int) gist {
	k := s.in.Above[i]
	if k >= 0 && s.gists[k].known {
		return s.gists[k]
	}
	e.above = e.words.known.Append(e.above[:0], s.in.Parents[i].Tokens)
	e.matches = appendCues(e.matches[:0], e.above)
	g := s.gistOf(e.above, e.matches)
	if k >= 0 {
		s.gists[k] = g
	}
	return g
}

// deepest is where the count of depth ends. It also ends a circle of parents.
const deepest = 40

// depth is the number of comments above comment i.
func (s *scene) depth(i int) int {
	n := 0
	for i = s.in.Above[i]; i >= 0 && n < deepest; i = s.in.Above[i] {
		n++
	}
	return n
}

// groupSet is a set of cue groups.
type groupSet uint64

// cueGroups are the groups of cues.
func cueGroups(found []cueMatch) groupSet {
	set := groupSet(0)
	for _, m := range found {
		set |= 1 << m.group
	}
	return set
}

// addParentCues adds each cue group of the parent, alone and with each answer that
// the comment gives.
func (e *extractor) addParentCues(theirs, mine groupSet, f *features) {
	for ; theirs != 0; theirs &= theirs - 1 {
		g := &e.words.cues.groups[bits.TrailingZeros64(uint64(theirs))]
		f.add(g.parent, parentCueValue, f.parentMark(g.name, ""))
		for k, answer := range e.answerGroups {
			if mine&(1<<answer) != 0 {
				f.add(g.answered[k], parentCueValue, f.parentMark(g.name, answers[k]))
			}
		}
	}
}

// parentMark names a cue of the parent and the answer to it, if that is asked for.
func (f *features) parentMark(cue, answer string) mark {
	m := mark{cue: noCue}
	if f.explaining {
		m.name = "parent " + cue
		if answer != "" {
			m.name += ", comment " + answer
		}
	}
	return m
}

// sharedWords counts the content words of the comment that its parent also has.
func (e *extractor) sharedWords(above gist) int {
	e.shared.reset()
	for _, word := range above.words {
		e.shared.add(word)
	}
	n := 0
	for _, x := range e.lexemes {
		if x.content && e.shared.has(x.word) {
			n++
		}
	}
	return n
}

// isContent reports whether a word is long enough, and no function word, to say
// what a text is about.
func isContent(word string) bool { return len(word) > 3 && !functionWords[word] }
