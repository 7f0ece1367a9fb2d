package stance

import (
	"stance/analysis/linear"
	"stance/analysis/text"
)

// This file holds the third group of features: where a comment stands.

var seedParent = linear.Hash("parent:")

// parentCueValue is the value of a cue found in the parent.
const parentCueValue = 0.5

// answers are the cue groups by which a reply relates to its parent.
var answers = [...]string{"agrees", "disagrees", "denies", "doubts", "speaks ironically"}

// place adds whether the comment replies and what its parent does, related to how
// the comment answers it. The parent's words as such are left out: as a bag of
// words they make models of replies worse.
func (e *extractor) place(s *scene, i int, f *features) {
	c := &s.in.Thread.Comments[i]
	if c.Parent != "" || c.ParentText != "" {
		f.flag("reply")
	}
	if len(c.Text) > 0 && c.Text[0] == '@' {
		f.flag("addresses")
	}
	if s.isSource(&s.in.Comments[i]) {
		f.flag("is the headline")
	}
	f.flag("depth=" + bucket(s.depth(i)))
	f.flag("order=" + bucket(i))
	parent := &s.in.Parents[i]
	if len(parent.Tokens) == 0 {
		return
	}
	f.flag("shared with parent=" + bucket(e.sharedWords(parent, &s.in.Comments[i])))
	if parent.Tokens[len(parent.Tokens)-1].Text == "?" {
		f.flag("parent asks")
	}
	mine := groupSet(0)
	for _, m := range e.found {
		mine |= 1 << m.group
	}
	e.addParentCues(parent, mine, f)
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

// addParentCues adds each cue group of the parent, alone and with each answer that
// the comment gives.
func (e *extractor) addParentCues(parent *text.Document, mine groupSet, f *features) {
	theirs := groupSet(0)
	e.cues.find(parent.Tokens, func(m cueMatch) { theirs |= 1 << m.group })
	for g, name := range e.cues.groups {
		if theirs&(1<<g) == 0 {
			continue
		}
		id := linear.HashString(seedParent, name)
		f.add(id, parentCueValue, f.parentMark(name, ""))
		for k, answer := range e.answerGroups {
			if mine&(1<<answer) != 0 {
				f.add(linear.HashString(id, answers[k]), parentCueValue, f.parentMark(name, answers[k]))
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

// sharedWords counts the content words of doc that its parent also has.
func (e *extractor) sharedWords(parent, doc *text.Document) int {
	clear(e.words)
	for i := range parent.Tokens {
		if w := parent.Tokens[i].Lower; isContent(w) {
			e.words[w] = true
		}
	}
	n := 0
	for i := range doc.Tokens {
		if e.words[doc.Tokens[i].Lower] {
			n++
		}
	}
	return n
}

// isContent reports whether a word is long enough, and no function word, to say
// what a text is about.
func isContent(word string) bool { return len(word) > 3 && !functionWords[word] }
