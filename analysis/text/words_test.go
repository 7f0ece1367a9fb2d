package text

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestWordOf(t *testing.T) {
	var buf []byte
	of := func(token string) (w *Word) {
		w, buf = wordOf(token, buf)
		return w
	}
	for _, c := range []struct{ token, lower string }{
		{"bus", "bus"}, {"BUS", "bus"}, {"don’t", "don't"}, {"ÄRGER", "ärger"}, {"ʼtis", "'tis"}, {"…", "…"}, {"\xff", "\ufffd"},
		{strings.Repeat("A", maxShared), strings.Repeat("a", maxShared)}, {strings.Repeat("A", maxShared+1), strings.Repeat("a", maxShared+1)},
	} {
		w := of(c.token)
		if w.Lower != c.lower {
			t.Errorf("%q is %q in lower case, want %q", c.token, w.Lower, c.lower)
		}
		if again := of(c.lower); (again == w) != (len(c.lower) <= maxShared) || again.Lower != c.lower {
			t.Errorf("%q and %q share a word: %v", c.token, c.lower, again == w)
		}
	}
	// More words than there are places: each is still itself.
	for i := range 3 * sharedPlaces {
		if token := fmt.Sprint("Word", i); of(token).Lower != strings.ToLower(token) {
			t.Fatalf("%q is %q", token, of(token).Lower)
		}
	}
}

func TestVocabulary(t *testing.T) {
	learnt := 0
	v := &Vocabulary[int]{Learn: func(word string) int { learnt++; return len(word) }}
	bus, harbour, long := &Word{Lower: "bus"}, &Word{Lower: "harbour"}, &Word{Lower: "unshared", number: unshared}
	for _, c := range []struct {
		word   *Word
		learnt int
		reason string
	}{
		{bus, 1, "a new word"},
		{bus, 1, "a word that came before"},
		{harbour, 2, "another word of its number"},
		{bus, 3, "a word whose number another took"},
		{long, 4, "a word that isn't shared"},
		{long, 5, "and again"},
	} {
		if got := *v.Of(c.word); got != len(c.word.Lower) || learnt != c.learnt {
			t.Errorf("%s: %q is %d, learnt %d words, want %d", c.reason, c.word.Lower, got, learnt, c.learnt)
		}
	}
}

func TestWordsConcurrently(t *testing.T) {
	v := &Vocabulary[string]{Learn: strings.Clone}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var buf []byte
			for i := range 20000 {
				var w *Word
				token := fmt.Sprint("Many", i%9000)
				if w, buf = wordOf(token, buf); *v.Of(w) != strings.ToLower(token) {
					t.Errorf("%q is known as %q", token, *v.Of(w))
					return
				}
			}
		})
	}
	all.Wait()
}
