package stance

import (
	_ "embed"
	"fmt"
	"strings"

	"stance/analysis/text"
	"stance/corpus"
)

//go:embed cues.txt
var cueText string

// cueSet finds the expressions of cues.txt.
type cueSet struct {
	groups   []string
	stances  []corpus.Stance      // per group: the stance its heading states
	stated   []bool               // per group: whether it states one
	patterns map[string][]pattern // by first word; a prefix item's key ends in *
	prefixes []int                // the lengths of the prefix keys, longest first
}

// pattern is one way to continue after the first word.
type pattern struct {
	group int
	rest  []item
}

// item is one word of a pattern.
type item struct {
	any     bool // any one word
	choices []string
}

// cueMatch is a found expression: tokens [from, to) of the document.
type cueMatch struct {
	group    int
	from, to int
}

// maxGroups is how many groups fit a groupSet.
const maxGroups = 64

// parseCues reads the format that the head of cues.txt describes.
func parseCues(source string) (*cueSet, error) {
	s := &cueSet{patterns: map[string][]pattern{}}
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
	s.groups = append(s.groups, name)
	s.stances = append(s.stances, class)
	s.stated = append(s.stated, stated)
	return nil
}

// add files a pattern under each choice of its first word.
func (s *cueSet) add(words []string) {
	p := pattern{group: len(s.groups) - 1}
	for _, w := range words[1:] {
		p.rest = append(p.rest, item{any: w == "_", choices: strings.Split(w, "|")})
	}
	for _, first := range strings.Split(words[0], "|") {
		s.patterns[first] = append(s.patterns[first], p)
		if n := len(first) - 1; first[n] == '*' {
			s.addPrefix(n)
		}
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

// find calls found for every match in the document, in the order of their first
// tokens.
func (s *cueSet) find(tokens []text.Token, found func(cueMatch)) {
	var key [32]byte
	for i := range tokens {
		word := tokens[i].Lower
		s.try(s.patterns[word], tokens, i, found)
		for _, n := range s.prefixes {
			if n <= len(word) && n < len(key) {
				copy(key[:], word[:n])
				key[n] = '*'
				s.try(s.patterns[string(key[:n+1])], tokens, i, found)
			}
		}
	}
}

func (s *cueSet) try(patterns []pattern, tokens []text.Token, i int, found func(cueMatch)) {
	for _, p := range patterns {
		if end := i + 1 + len(p.rest); end <= len(tokens) && p.fits(tokens[i+1:end]) {
			found(cueMatch{p.group, i, end})
		}
	}
}

func (p pattern) fits(tokens []text.Token) bool {
	for k, it := range p.rest {
		if !it.any && !it.fits(tokens[k].Lower) {
			return false
		}
	}
	return true
}

func (it item) fits(word string) bool {
	for _, c := range it.choices {
		if c == word || c[len(c)-1] == '*' && strings.HasPrefix(word, c[:len(c)-1]) {
			return true
		}
	}
	return false
}
