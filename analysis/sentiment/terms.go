package sentiment

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jonreiter/govader/data"
)

// term is what the engine knows of a word or phrase. A word can weigh and turn
// what follows at once.
type term struct {
	weight float64 // the feeling, from -4 to 4
	degree float64 // the part it adds to the feeling word after it
	reach  int     // the number of words after it that it can negate
	joint  joint   // what it does to the clauses around it
	given  bool    // rated by the user of the program
	// phrases begin with this word, the longest first.
	phrases []phrase
}

// phrase is a term of several words.
type phrase struct {
	rest  []string // the words after the first
	tight bool     // they must touch, as the signs of an emoticon do
	term  *term
}

// joint is what a word does between clauses.
type joint uint8

const (
	noJoint    joint = iota
	boundary         // ends the scope of negation
	contrast         // "but": what follows counts more than what came before
	concession       // "although": its own clause counts less
	condition        // "if": its own clause is in doubt
)

// terms are the known words, lower case, by their first token.
type terms map[string]*term

//go:embed terms/*.txt
var lists embed.FS

// termLists are the embedded lists in the order in which they are read. A later
// one overrides an earlier, and VADER's ratings come before them all. Every line
// is a value and the terms that have it, separated by commas.
var termLists = []struct {
	file string
	set  func(t *term, value string) error
}{
	{"terms/joints.txt", setJoint},
	{"terms/negators.txt", setReach},
	{"terms/degrees.txt", setDegree},
	{"terms/topics.txt", setWeight},
	{"terms/words.txt", setWeight},
}

// loadTerms reads VADER's ratings and the lists in fsys; the user's terms come last.
func loadTerms(fsys fs.FS, given []Term) (terms, error) {
	ts := make(terms, 9000)
	if err := ts.readVader(); err != nil {
		return nil, err
	}
	for _, l := range termLists {
		err := readList(fsys, l.file, func(value, name string) error {
			return l.set(ts.add(name), value)
		})
		if err != nil {
			return nil, err
		}
	}
	for _, g := range given {
		t := ts.add(strings.Join(g.Words, " "))
		t.weight, t.given = g.Weight, true
	}
	ts.sortPhrases()
	return ts, nil
}

// readVader takes the mean rating of every word from VADER's lexicon, which
// govader carries (MIT licence; Hutto and Gilbert, ICWSM 2014). None of its rules
// are used. Entries with a space, twisted emoticons, can't be tokens.
func (ts terms) readVader() error {
	const asset = "rawdata/vaderLexicon.txt"
	raw, err := data.Asset(asset)
	if err != nil {
		return fmt.Errorf("reading the ratings of VADER: %w", err)
	}
	for line := range strings.Lines(string(raw)) {
		word, rest, _ := strings.Cut(line, "\t")
		mean, _, _ := strings.Cut(rest, "\t")
		weight, err := strconv.ParseFloat(mean, 64)
		if err != nil {
			return fmt.Errorf("reading the ratings of VADER: %q: %w", line, err)
		}
		if !strings.Contains(word, " ") {
			ts[strings.ToLower(word)] = &term{weight: weight}
		}
	}
	return nil
}

// add returns the term of that name, made if it isn't there. The name's words are
// separated by spaces.
func (ts terms) add(name string) *term {
	words := strings.Fields(name)
	first := ts[words[0]]
	if first == nil {
		first = &term{}
		ts[words[0]] = first
	}
	if len(words) == 1 {
		return first
	}
	for _, p := range first.phrases {
		if strings.Join(p.rest, " ") == strings.Join(words[1:], " ") {
			return p.term
		}
	}
	p := phrase{rest: words[1:], tight: !strings.ContainsFunc(name, unicode.IsLetter), term: &term{}}
	first.phrases = append(first.phrases, p)
	return p.term
}

// sortPhrases puts longer phrases before shorter, so that the first match is the
// longest.
func (ts terms) sortPhrases() {
	for _, t := range ts {
		sort.SliceStable(t.phrases, func(i, j int) bool {
			return len(t.phrases[i].rest) > len(t.phrases[j].rest)
		})
	}
}

// The setters below make a grammatical word weigh nothing by itself; a later list
// can give it a weight again.

func setJoint(t *term, value string) error {
	for j, name := range []string{boundary: "boundary", contrast: "contrast", concession: "concession", condition: "condition"} {
		if name == value {
			t.joint, t.weight = joint(j), 0
			return nil
		}
	}
	return fmt.Errorf("unknown joint %q", value)
}

func setReach(t *term, value string) (err error) {
	t.weight = 0
	t.reach, err = strconv.Atoi(value)
	return err
}

func setDegree(t *term, value string) (err error) {
	t.weight = 0
	t.degree, err = strconv.ParseFloat(value, 64)
	return err
}

func setWeight(t *term, value string) (err error) {
	t.weight, err = strconv.ParseFloat(value, 64)
	return err
}

// loadEmoji reads the weights of emoji by their first rune.
func loadEmoji(fsys fs.FS) (map[rune]*term, error) {
	emoji := make(map[rune]*term, 256)
	err := readList(fsys, "terms/emoji.txt", func(value, names string) error {
		weight, err := strconv.ParseFloat(value, 64)
		for _, name := range strings.Fields(names) {
			r, _ := utf8.DecodeRuneInString(name)
			emoji[r] = &term{weight: weight}
		}
		return err
	})
	return emoji, err
}

// readList calls add for every term of a list with its line's value.
func readList(fsys fs.FS, file string, add func(value, name string) error) error {
	f, err := fsys.Open(file)
	if err != nil {
		return fmt.Errorf("opening a list of terms: %w", err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		value, names, _ := strings.Cut(line, " ")
		for _, name := range strings.Split(names, ",") {
			if name = strings.TrimSpace(name); name == "" {
				return fmt.Errorf("%s:%d: empty term", file, n)
			}
			if err := add(value, name); err != nil {
				return fmt.Errorf("%s:%d: %w", file, n, err)
			}
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
