package text

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Word is a word of texts, a value that all its tokens share. Words follow Zipf's law:
// those of any ten thousand comments are mostly the same few thousand, so a word is
// put in lower case once, and what an engine works out about it is kept with it; see
// [Vocabulary].
type Word struct {
	// Lower is the word in lower case with curly apostrophes made straight. It is for
	// look-ups only; its length may differ from the token's.
	Lower string

	hash   uint32
	number uint32 // of the shared word, in the order they came; unshared if it isn't one
}

// The table of shared words has places in fours. A word is at one of its four. The memory
// is bounded: where they are full a new word takes the last, and its number, from the one
// that was there, so that those that came first, mostly the frequent ones, stay. Longer
// words than maxShared are never shared.
const (
	sharedPlaces = 1 << 16
	ways         = 4
	unshared     = sharedPlaces
	maxShared    = 31 // bytes
)

var shared struct {
	places  [sharedPlaces]atomic.Pointer[Word]
	sharing sync.Mutex // held to change them
	words   uint32     // how many numbers were given
}

// FNV-1a (Fowler, Noll and Vo).
const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

// wordOf returns the word of a token. buf is scratch, returned grown.
func wordOf(token string, buf []byte) (*Word, []byte) {
	if isLower(token) {
		return sharedWord(token), buf
	}
	buf = appendLower(buf[:0], token)
	return sharedWord(buf), buf
}

// isLower reports whether lowering a token would certainly change nothing.
func isLower(token string) bool {
	for i := 0; i < len(token); i++ {
		if classes[token[i]]&(upper|wide) != 0 {
			return false
		}
	}
	return true
}

// sharedWord returns the word that is lower, from the table if it is there.
func sharedWord[T string | []byte](lower T) *Word {
	h := uint32(fnvStart)
	for i := 0; i < len(lower); i++ {
		h = (h ^ uint32(lower[i])) * fnvPrime
	}
	first := placeOf(h)
	for place := first; place < first+ways; place++ {
		if w := shared.places[place].Load(); w != nil && w.hash == h && w.Lower == string(lower) {
			return w
		}
	}
	return share(strings.Clone(string(lower)), h, first)
}

// placeOf is the first of the places for a hash.
func placeOf(hash uint32) uint32 { return (hash ^ hash>>15) * 0x9E3779B1 >> 16 &^ (ways - 1) }

// share makes a word and puts it into the table if it isn't too long.
func share(lower string, hash, first uint32) *Word {
	w := &Word{Lower: lower, hash: hash, number: unshared}
	if len(lower) > maxShared {
		return w
	}
	shared.sharing.Lock()
	defer shared.sharing.Unlock()
	for place := first; ; place++ {
		switch there := shared.places[place].Load(); {
		case there == nil:
			w.number = shared.words
			shared.words++
		case there.Lower == lower:
			return there // another goroutine was faster
		case place < first+ways-1:
			continue
		default:
			w.number = there.number
		}
		shared.places[place].Store(w)
		return w
	}
}

// Vocabulary keeps what an engine works out about single words, so that it does so once
// for a word that comes again. What is kept must depend on the word alone; then it
// doesn't matter to any result which words are still there. A Vocabulary is safe for
// concurrent use and must not be copied. It takes no more memory than what is known of
// 65536 words.
type Vocabulary[T any] struct {
	// Learn works out what is to be known of a word in lower case.
	Learn func(word string) T

	// words are by their numbers. The frequent ones came first, so that what is looked up
	// most lies together.
	words [sharedPlaces]atomic.Pointer[known[T]]
}

type known[T any] struct {
	word *Word
	of   T
}

// Of returns what is known of a word. It is shared and must not be changed.
func (v *Vocabulary[T]) Of(w *Word) *T {
	if w.number == unshared {
		of := v.Learn(w.Lower)
		return &of
	}
	if k := v.words[w.number].Load(); k != nil && k.word == w {
		return &k.of
	}
	k := &known[T]{word: w, of: v.Learn(w.Lower)}
	v.words[w.number].Store(k)
	return &k.of
}

// Append appends what is known of the tokens' words to dst.
func (v *Vocabulary[T]) Append(dst []*T, tokens []Token) []*T {
	for i := range tokens {
		dst = append(dst, v.Of(tokens[i].Word))
	}
	return dst
}
