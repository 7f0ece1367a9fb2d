package stance

import (
	"strings"

	"stance/analysis/text"
)

// This file holds the features of the parties and the case, where somebody states
// them. An attack on the party that the article accuses supports its case, one on
// the party whose case it carries doubts it; with both named this can be told.

// side is what a comment does with the parties: it names one that the case is for, one
// that it is against, or both.
type side uint8

const (
	forSide side = 1 << iota
	againstSide
)

// sides are the words of the stated case and parties, by stem.
type sides struct {
	words map[string]side
	claim map[string]bool // content words of the case
}

// newSides reads what the article states; nil if it states no party.
func newSides(in *Input) *sides {
	a := &in.Thread.Article
	if len(a.For)+len(a.Against) == 0 {
		return nil
	}
	s := &sides{words: map[string]side{}, claim: map[string]bool{}}
	s.note(a.For, forSide)
	s.note(a.Against, againstSide)
	for _, w := range lowerWords(a.Case) {
		if isContent(w) {
			s.claim[stem(w)] = true
		}
	}
	return s
}

// note gives the words of names a side. A word that both sides share tells nothing.
func (s *sides) note(names []string, is side) {
	for _, name := range names {
		for _, w := range lowerWords(name) {
			if len(w) > 2 && !functionWords[w] {
				s.words[stem(w)] |= is
			}
		}
	}
}

// of returns the side of a word, 0 for one that has none or both.
func (s *sides) of(word string) side {
	is := s.words[stem(word)]
	if is == forSide|againstSide {
		return 0
	}
	return is
}

// lowerWords cuts a name or sentence into words in lower case.
func lowerWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isLetter(r) })
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80 }

// stem cuts the endings by which names of parties differ from what readers write:
// Russia and Russians, migrant and migrants.
func stem(word string) string {
	word = strings.TrimSuffix(word, "'s")
	for _, ending := range []string{"ings", "ians", "ing", "ian", "ers", "ies", "ia", "ed", "es", "s"} {
		if cut := strings.TrimSuffix(word, ending); len(cut) < len(word) && len(cut) >= 4 {
			return cut
		}
	}
	return word
}

// addSides adds, for the stated parties, which the comment names and with what feeling,
// and how much of the case it takes up. Which cues share a sentence with which party was
// tried beside it, and made it worse: under few articles is the same said of the same
// party.
func (e *extractor) addSides(s *sides, doc *text.Document, f *features) {
	named, overlap, denied := side(0), 0, 0
	for i := range doc.Tokens {
		t := &doc.Tokens[i]
		if !isWord(t) {
			continue
		}
		named |= s.of(t.Lower)
		if isContent(t.Lower) && s.claim[stem(t.Lower)] {
			overlap++
			if e.scope[i] {
				denied++
			}
		}
	}
	f.flag(newFlag("names side " + sideNames[named]))
	f.flag(newFlag(feelingName(lexicon().Measure(doc, nil).Valence) + " feeling where it names side " + sideNames[named]))
	f.count(caseWords, overlap)
	f.count(deniedCaseWords, denied)
}

var (
	caseWords       = newSizes("words of the case=")
	deniedCaseWords = newSizes("denied words of the case=")
)

var sideNames = [...]string{"none", "for", "against", "for and against"}

// feelingName names the range of a valence.
func feelingName(valence float64) string {
	switch {
	case valence < -0.3:
		return "bad"
	case valence < -0.05:
		return "rather bad"
	case valence > 0.3:
		return "good"
	case valence > 0.05:
		return "rather good"
	}
	return "no"
}
