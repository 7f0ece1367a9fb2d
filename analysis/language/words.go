package language

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"stance.example/stance/analysis/text"
)

//go:embed words.txt
var wordList string

// lexicon knows the short words of languages.
type lexicon struct {
	names   []string          // of the languages other than English
	english map[string]bool   // what English alone has
	of      map[string]uint64 // the languages that have a word, as bits in the order of names
}

// vocabulary is the lexicon of words.txt.
var vocabulary = sync.OnceValue(func() *lexicon {
	l := &lexicon{english: map[string]bool{}, of: map[string]uint64{}}
	shared := map[string]bool{}
	for line := range strings.Lines(wordList) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			switch {
			case name == English:
				l.english[w] = true
			case name == "Ambiguous":
				shared[w] = true
				delete(l.english, w)
			case !shared[w]:
				l.of[w] |= 1 << len(l.names)
			}
		}
		if name != English && name != "Ambiguous" {
			l.names = append(l.names, name)
		}
	}
	for w := range l.of { // what English and another language have counts for none
		if l.english[w] {
			delete(l.english, w)
			delete(l.of, w)
		}
	}
	return l
})

// count is how many words of a comment are whose.
type count struct {
	words, english int
	of             []uint8 // by language, in the order of the names
	size           int     // bytes of the words
}

// most is the language that most words are of, and their number; -1 and 0 if no word is known.
// Of two that have as many it is the one that has more in the whole thread.
func (c *count) most(total *sum) (best, n int) {
	best = -1
	for k := range c.of {
		if of := int(c.of[k]); of > n || of == n && best >= 0 && total.of[k] > total.of[best] {
			best, n = k, of
		}
	}
	return best, n
}

// mostWords bounds the words of a comment that are counted, which a byte holds.
const mostWords = 200

// count counts the words of a comment, each short word once. Single letters count for none.
func (l *lexicon) count(comment string) count {
	c := count{of: make([]uint8, len(l.names))}
	seen := map[string]bool{}
	for _, t := range text.Tokens(comment) {
		if first, _ := utf8.DecodeRuneInString(t.Text); !unicode.IsLetter(first) {
			continue
		}
		if c.words++; c.words > mostWords {
			break
		}
		c.size += len(t.Text)
		if len(t.Text) == 1 {
			continue
		}
		word := strings.ReplaceAll(t.Lower, "’", "'")
		languages, known := l.of[word]
		if before, _, ok := strings.Cut(word, "'"); ok && !known {
			languages = l.of[before+"'"]
		}
		if !l.english[word] && languages == 0 || seen[word] {
			continue
		}
		seen[word] = true
		if l.english[word] {
			c.english++
		}
		for k := 0; languages != 0; k, languages = k+1, languages>>1 {
			c.of[k] += uint8(languages & 1)
		}
	}
	return c
}
