package text

import (
	"strings"
	"sync"
	"testing"
)

func TestVocabulary(t *testing.T) {
	learnt := 0
	v := &Vocabulary[int]{Learn: func(word string) int { learnt++; return len(word) }}
	long := strings.Repeat("a", maxKept+1)
	for _, c := range []struct {
		word   string
		hash   uint32
		learnt int
		reason string
	}{
		{"bus", 1, 1, "a new word"},
		{"bus", 1, 1, "a word that came before"},
		{"harbour", 1, 2, "another word of the same hash"},
		{"bus", 1, 3, "a word whose place another took"},
		{"", 2, 4, "the empty word"},
		{"", 2, 4, "the empty word again"},
		{long, 3, 5, "a word too long to be kept"},
		{long, 3, 6, "and again"},
		{long[1:], 3, 7, "the longest that is kept"},
		{long[1:], 3, 7, "and again"},
	} {
		if got := *v.Of(c.word, c.hash); got != len(c.word) || learnt != c.learnt {
			t.Errorf("%s: %q is %d, learnt %d words, want %d", c.reason, c.word, got, learnt, c.learnt)
		}
	}
}

func TestVocabularyConcurrently(t *testing.T) {
	v := &Vocabulary[string]{Learn: strings.Clone}
	words := strings.Fields("one two three four five six seven eight nine ten")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 10000 {
				word := words[i%len(words)]
				if got := *v.Of(word, uint32(len(word))); got != word {
					t.Errorf("%q is known as %q", word, got)
					return
				}
			}
		})
	}
	all.Wait()
}
