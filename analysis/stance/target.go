package stance

import (
	"stance/analysis/linear"
	"stance/analysis/text"
)

// This file holds the second group of features: whom a comment speaks about.

var (
	seedParty     = linear.Hash("party:")
	headlineWords = newSizes("headline words=")
)

// partyValue is the value of a cue that shares a sentence with a party.
const partyValue = 0.7

// target adds the cues that share a sentence with one of the article's names, by
// the name's role there, or with an unnamed third person, and how much of the
// headline the comment takes up.
func (e *extractor) target(s *scene, doc *text.Document, f *features) {
	overlap := 0
	for i, x := range e.lexemes {
		t := &doc.Tokens[i]
		if s.mayKnow(x.word) {
			if s.headline[t.Lower] {
				overlap++
			}
			if r, ok := s.roles[t.Lower]; ok && t.Text != t.Lower {
				e.parties[t.Sentence] |= 1 << r
				continue
			}
		}
		if x.thirdPerson {
			e.parties[t.Sentence] |= 1 << thirdPerson
		}
	}
	f.count(headlineWords, overlap)
	for _, m := range e.found {
		if roles := e.parties[doc.Tokens[m.from].Sentence]; roles != 0 {
			e.addParty(f, roles, m)
		}
	}
}

// addParty adds a cue for each role in the set, once a comment.
func (e *extractor) addParty(f *features, roles roleSet, m cueMatch) {
	id := e.words.cues.groups[m.group].party
	if e.scope[m.from] {
		id = linear.HashByte(id, '-')
	}
	for r := range numRoles {
		if roles&(1<<r) == 0 {
			continue
		}
		id := linear.HashByte(id, byte(r))
		if e.seen.add(id) == 1 {
			f.add(id, partyValue, mark{from: int32(m.from), to: int32(m.to), cue: int16(m.group)})
		}
	}
}

func isThirdPerson(word string) bool {
	switch word {
	case "he", "she", "they", "him", "them", "his", "their", "it":
		return true
	}
	return false
}
