package text

import "sync/atomic"

// Vocabulary keeps what an engine works out about single words, so that it does so
// once for a word that comes again. Words follow Zipf's law: with as many places as
// here, one look-up in a hundred of readers' comments misses.
//
// What is kept must depend on the word alone; then it doesn't matter to any result
// which words are still there. The memory is bounded: a word takes the place of the
// one that was there, and words longer than maxKept aren't kept. A Vocabulary is safe
// for concurrent use and must not be copied.
type Vocabulary[T any] struct {
	// Learn works out what is to be known of a word. It must not keep the word.
	Learn func(word string) T

	places [vocabularyPlaces]atomic.Pointer[known[T]]
}

const (
	vocabularyPlaces = 1 << 16
	maxKept          = 31 // bytes
)

// known holds the word itself, not a string, so that it lies in memory beside what is
// known of it, and doesn't keep the text alive that the word came from.
type known[T any] struct {
	length uint8
	word   [maxKept]byte
	of     T
}

// Of returns what is known of a word. hash is any hash of it, the same at each call.
// What is returned is shared and must not be changed.
func (v *Vocabulary[T]) Of(word string, hash uint32) *T {
	place := &v.places[(hash^hash>>15)*0x9E3779B1>>16]
	if k := place.Load(); k != nil && string(k.word[:k.length]) == word {
		return &k.of
	}
	k := &known[T]{of: v.Learn(word)}
	if len(word) <= maxKept {
		k.length = uint8(copy(k.word[:], word))
		place.Store(k)
	}
	return &k.of
}
