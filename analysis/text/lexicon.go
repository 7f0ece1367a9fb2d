package text

// Lexicon numbers words from 0, in the order in which they are first asked for, so that of many
// texts a number is kept for each word and not the word. The zero value has none.
type Lexicon struct {
	Words   []string // by their numbers
	numbers map[string]int32
}

// Number is that of a word, a new one if it has none yet.
func (l *Lexicon) Number(word string) int32 {
	if n, known := l.numbers[word]; known {
		return n
	}
	if l.numbers == nil {
		l.numbers = map[string]int32{}
	}
	n := int32(len(l.Words))
	l.Words = append(l.Words, word)
	l.numbers[word] = n
	return n
}

// Numbers are those of words.
func (l *Lexicon) Numbers(words ...string) []int32 {
	list := make([]int32, len(words))
	for i, w := range words {
		list[i] = l.Number(w)
	}
	return list
}
