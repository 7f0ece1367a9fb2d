package charset

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	xencoding "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// Text of one byte a character doesn't say which character a byte is. For languages of Latin letters Windows-1252 comes
// near enough. Where whole words are beyond ASCII, the wrong encoding makes nonsense of them, which shows: signs and
// capitals in the middle of words, letters of the end of a word before it. So one is taken if it alone makes words of
// nearly all.

// alphabet is an encoding of letters that aren't Latin.
type alphabet struct {
	name     string
	encoding *charmap.Charmap
	script   *unicode.RangeTable
	final    string // letters that only end a word
}

var alphabets = []alphabet{
	{"windows-1251", charmap.Windows1251, unicode.Cyrillic, ""},
	{"koi8-u", charmap.KOI8U, unicode.Cyrillic, ""},
	{"ibm866", charmap.CodePage866, unicode.Cyrillic, ""},
	{"iso-8859-5", charmap.ISO8859_5, unicode.Cyrillic, ""},
	{"windows-1253", charmap.Windows1253, unicode.Greek, "ς"},
	{"windows-1255", charmap.Windows1255, unicode.Hebrew, "ךםןףץ"},
}

// foreign returns the words of a sample that are wholly beyond ASCII and no UTF-8, nil if most of what is beyond ASCII
// stands beside its letters.
func foreign(sample []byte) [][]byte {
	const shortest, least = 3, 24 // different bytes, as a row of dashes is no word; bytes of all words
	var words [][]byte
	inWords, others := 0, 0
	isEnd := func(r rune) bool { return r < utf8.RuneSelf && !unicode.IsLetter(r) }
	for word := range bytes.FieldsFuncSeq(sample, isEnd) {
		different, beyond := map[byte]bool{}, 0
		for _, b := range word {
			different[b] = true
			if b >= utf8.RuneSelf {
				beyond++
			}
		}
		if len(different) >= shortest && beyond == len(word) && !utf8.Valid(word) && !hasSurrogate(word) {
			words = append(words, word)
			inWords += beyond
		} else {
			others += beyond
		}
	}
	if inWords < least || inWords < others {
		return nil
	}
	return words
}

// hasSurrogate reports whether a word has a surrogate in three bytes, which is none of its letters.
func hasSurrogate(word []byte) bool {
	for i := range word {
		if surrogate(word[i:]) != 0 {
			return true
		}
	}
	return false
}

// alphabetOf returns the encoding of a sample whose words are wholly beyond ASCII, and its name: nil if that isn't
// certain. It is false if there are such words and nothing makes sense of them.
func alphabetOf(sample []byte) (xencoding.Encoding, string, bool) {
	if utf8.Valid(sample) {
		return nil, "", true
	}
	words := foreign(sample)
	if words == nil {
		return nil, "", true
	}
	var found *alphabet
	for i := range alphabets {
		a := &alphabets[i]
		good, bad := a.reads(words)
		switch {
		case bad*100 > 3*(good+bad), good < fewestWords && bad > 0:
		case found != nil, good < fewestWords: // capitals alone may be the small letters of another alphabet
			return nil, "", false
		default:
			found = a
		}
	}
	if found == nil {
		return nil, "", false
	}
	return found.encoding, found.name, true
}

// fewestWords is how many different words tell an alphabet.
const fewestWords = 8

// reads counts the words that are such in the alphabet, and those that aren't. What is all in capitals tells nothing.
func (a *alphabet) reads(words [][]byte) (good, bad int) {
	met := map[string]bool{}
	for _, word := range words {
		if met[string(word)] {
			continue
		}
		met[string(word)] = true
		switch a.word(word) {
		case isWord:
			good++
		case isNone:
			bad++
		}
	}
	return good, bad
}

// sense is what a word is in an alphabet.
type sense uint8

const (
	tellsNothing sense = iota
	isWord
	isNone
)

// word tells what a word is in the alphabet, marks around it left out.
func (a *alphabet) word(word []byte) sense {
	letter := func(r rune) bool { return unicode.Is(a.script, r) && unicode.IsLetter(r) }
	var runes []rune
	for _, b := range word {
		runes = append(runes, a.encoding.DecodeByte(b))
	}
	first := slices.IndexFunc(runes, letter)
	for first >= 0 && !letter(runes[len(runes)-1]) {
		runes = runes[:len(runes)-1]
	}
	if first < 0 || len(runes)-first < 2 {
		return isNone
	}
	runes = runes[first:]
	small := 0
	for i, r := range runes {
		switch {
		case !letter(r), i < len(runes)-1 && slices.Contains([]rune(a.final), r):
			return isNone
		case !unicode.IsUpper(r):
			small++
		}
	}
	switch {
	case small == len(runes), small == len(runes)-1 && unicode.IsUpper(runes[0]):
		return isWord
	case small == 0:
		return tellsNothing
	}
	return isNone
}

// Known reports whether an encoding has this name, by the names that pages may state.
func Known(name string) bool {
	_, err := htmlindex.Get(name)
	return err == nil
}
