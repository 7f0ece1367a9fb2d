package stance

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"stance/analysis/linear"
	"stance/corpus"
)

//go:embed cues.txt
var cueText string

// cueSet finds the expressions of cues.txt.
type cueSet struct {
	groups   []cueGroup
	items    []item             // of the patterns, each once
	words    map[string]cueWord // a word that stands for all that begin so ends in *
	prefixes []int              // the lengths of such beginnings, longest first
}

// cueGroup is a group of expressions that do the same work.
type cueGroup struct {
	name   string
	stated bool // its heading states a stance
	stance corpus.Stance
	// The hashes that its features begin with, or are: where a comment has it, where it
	// shares a sentence with a party, where the parent has it, alone and with each answer.
	id, party, parent uint32
	answered          [len(answers)]uint32
}

// cueWord is what a word does in the cues.
type cueWord struct {
	begins []pattern // that it is the first word of
	fits   itemSet   // the items that it fits
}

// pattern is one way to continue after the first word.
type pattern struct {
	group int
	rest  []int // indices of items, anyWord where any one word fits
}

const anyWord = -1

// item is one word of a pattern: one of these, where one that ends in * stands for any
// word that begins so.
type item []string

// cueMatch is a found expression: tokens [from, to) of the document.
type cueMatch struct {
	group    int
	from, to int
}

// maxGroups is how many groups fit a groupSet.
const maxGroups = 64

// parseCues reads the format that the head of cues.txt describes.
func parseCues(source string) (*cueSet, error) {
	s := &cueSet{words: map[string]cueWord{}}
	for number, line := range strings.Split(source, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if err := s.begin(strings.Trim(line, "[]")); err != nil {
				return nil, fmt.Errorf("cues, line %d: %w", number+1, err)
			}
		case len(s.groups) == 0:
			return nil, fmt.Errorf("cues, line %d: %q stands before the first group", number+1, line)
		default:
			s.add(strings.Fields(line))
		}
	}
	if len(s.groups) > maxGroups {
		return nil, fmt.Errorf("cues: %d groups, at most %d fit", len(s.groups), maxGroups)
	}
	return s, nil
}

// begin opens a group by its heading, "name" or "name = stance".
func (s *cueSet) begin(heading string) error {
	name, stance, stated := strings.Cut(heading, " = ")
	class := corpus.None
	if stated {
		var err error
		if class, err = corpus.ParseStance(stance); err != nil {
			return err
		}
	}
	g := cueGroup{
		name: name, stated: stated, stance: class, id: linear.HashString(seedCue, name),
		party: linear.HashString(seedParty, name), parent: linear.HashString(seedParent, name),
	}
	for k, answer := range answers {
		g.answered[k] = linear.HashString(g.parent, answer)
	}
	s.groups = append(s.groups, g)
	return nil
}

// add files a pattern under each choice of its first word.
func (s *cueSet) add(words []string) {
	p := pattern{group: len(s.groups) - 1}
	for _, w := range words[1:] {
		p.rest = append(p.rest, s.item(w))
	}
	for _, first := range strings.Split(words[0], "|") {
		s.file(first, func(w *cueWord) { w.begins = append(w.begins, p) })
	}
}

// item returns the index of an item.
func (s *cueSet) item(word string) int {
	if word == "_" {
		return anyWord
	}
	choices := item(strings.Split(word, "|"))
	if i := slices.IndexFunc(s.items, func(known item) bool { return slices.Equal(known, choices) }); i >= 0 {
		return i
	}
	i := len(s.items)
	s.items = append(s.items, choices)
	for _, c := range choices {
		s.file(c, func(w *cueWord) { w.fits.add(i) })
	}
	return i
}

// file changes what a word does.
func (s *cueSet) file(word string, change func(*cueWord)) {
	w := s.words[word]
	change(&w)
	s.words[word] = w
	if n := len(word) - 1; word[n] == '*' {
		s.addPrefix(n)
	}
}

// addPrefix keeps the lengths distinct, longest first.
func (s *cueSet) addPrefix(n int) {
	at := 0
	for at < len(s.prefixes) && s.prefixes[at] > n {
		at++
	}
	if at < len(s.prefixes) && s.prefixes[at] == n {
		return
	}
	s.prefixes = append(s.prefixes[:at], append([]int{n}, s.prefixes[at:]...)...)
}

// of returns what a word does, nil if it does nothing: what is spelled out in the cues
// before what has only its beginning.
func (s *cueSet) of(word string) *cueWord {
	var w cueWord
	w.join(s.words[word])
	for _, n := range s.prefixes {
		if n <= len(word) {
			w.join(s.words[word[:n]+"*"])
		}
	}
	if w.begins == nil && w.fits == nil {
		return nil
	}
	return &w
}

// join adds what another word does.
func (w *cueWord) join(other cueWord) {
	w.begins = append(w.begins, other.begins...)
	for i, bits := range other.fits {
		for len(w.fits) <= i {
			w.fits = append(w.fits, 0)
		}
		w.fits[i] |= bits
	}
}

// itemSet is a set of items by their indices, nil if it is empty.
type itemSet []uint64

func (s itemSet) has(item int) bool { return item>>6 < len(s) && s[item>>6]&(1<<(item&63)) != 0 }

// add adds an item.
func (s *itemSet) add(item int) {
	for len(*s) <= item>>6 {
		*s = append(*s, 0)
	}
	(*s)[item>>6] |= 1 << (item & 63)
}

// appendCues appends the cues of a text in the order of their first words.
func appendCues(dst []cueMatch, words []*lexeme) []cueMatch {
	for i, x := range words {
		if x.cues == nil {
			continue
		}
		for k := range x.cues.begins {
			p := &x.cues.begins[k]
			if end := i + 1 + len(p.rest); end <= len(words) && p.fits(words[i+1:end]) {
				dst = append(dst, cueMatch{p.group, i, end})
			}
		}
	}
	return dst
}

func (p *pattern) fits(words []*lexeme) bool {
	for k, it := range p.rest {
		if it != anyWord && (words[k].cues == nil || !words[k].cues.fits.has(it)) {
			return false
		}
	}
	return true
}
