// Package wordpiece cuts a text into the pieces that BERT's uncased encoders read, and
// says of each where in the untouched text it stands.
//
// Three steps, as in Devlin et al. 2019 and in the tokenizers library, whose pieces and
// offsets these equal: a scanner takes words out of the text (control characters
// dropped, accents stripped by canonical decomposition, letters in lower case, each
// punctuation mark and each ideograph a word of its own); the longest piece of the
// vocabulary that begins the word is taken, then the longest that goes on, until the
// word is used up. A word that can't be used up, and one of more than a hundred
// characters, is one unknown piece.
//
// Two things differ on purpose: the names of special pieces, such as "[SEP]", mean
// nothing in a text, so that no text passes for structure; and bytes that aren't UTF-8,
// which the library can't be given, are dropped as U+FFFD is.
package wordpiece

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"stance.example/stance/analysis/text"
)

// Token is a piece of the vocabulary found in a text.
type Token struct {
	// Span is where it stands. Spans never go back; two overlap only where one
	// character of the text decomposes into several pieces (a Hangul syllable): then
	// each has that character's span. Accents and dropped characters at a piece's edge
	// lie outside.
	text.Span
	ID int32
	// Begins is set where a word of the text begins. It isn't on pieces that go on with
	// a word, nor on an apostrophe between letters and what follows it: "don't" is one
	// word of three pieces.
	Begins bool
}

// Vocabulary is a list of pieces. It is safe for concurrent use.
type Vocabulary struct {
	// Unknown, Classify and Separate are the pieces [UNK], [CLS] and [SEP].
	Unknown, Classify, Separate int32

	pieces  []string
	longest int // characters of the longest piece
	// slots is an open-addressing hash table, probed in order; its length is a power of
	// two, at least twice the number of pieces.
	slots []slot
}

// slot is a piece in the hash table; the empty one has id -1.
type slot struct {
	hash uint32
	id   int32
}

// going is what a piece that goes on with a word has before it in the list.
const going = "##"

// Limits far above any vocabulary, so that a foreign file costs little.
const (
	maxPieces = 1 << 18
	maxPiece  = 256 // bytes
)

// New makes a vocabulary of a list of pieces, each with a line feed behind it; their
// places in the list are their ids. Pieces that go on with a word have "##" before them.
func New(list []byte) (*Vocabulary, error) {
	n := bytes.Count(list, []byte{'\n'})
	switch {
	case n > maxPieces:
		return nil, fmt.Errorf("vocabulary of %d pieces: more than %d", n, maxPieces)
	case len(list) > 0 && list[len(list)-1] != '\n':
		return nil, fmt.Errorf("vocabulary without a line feed behind its last piece")
	case !utf8.Valid(list):
		return nil, fmt.Errorf("vocabulary isn't UTF-8")
	}
	size := 2
	for size < 2*n {
		size *= 2
	}
	v := &Vocabulary{pieces: make([]string, 0, n), slots: make([]slot, size)}
	for i := range v.slots {
		v.slots[i].id = -1
	}
	for rest := string(list); rest != ""; {
		var piece string
		piece, rest, _ = strings.Cut(rest, "\n")
		if err := v.insert(piece); err != nil {
			return nil, fmt.Errorf("vocabulary, piece %d: %w", len(v.pieces), err)
		}
	}
	for _, special := range []struct {
		id   *int32
		name string
	}{{&v.Unknown, "[UNK]"}, {&v.Classify, "[CLS]"}, {&v.Separate, "[SEP]"}} {
		id, ok := v.ID(special.name)
		if !ok {
			return nil, fmt.Errorf("vocabulary without the piece %s", special.name)
		}
		*special.id = id
	}
	return v, nil
}

func (v *Vocabulary) insert(piece string) error {
	hash, key := keyOf(piece)
	if key == "" || len(key) > maxPiece {
		return fmt.Errorf("%d bytes long, want 1 to %d", len(key), maxPiece)
	}
	at := v.find(hash, piece)
	if v.slots[at].id >= 0 {
		return fmt.Errorf("%q stands there twice", piece)
	}
	v.slots[at] = slot{hash, int32(len(v.pieces))}
	v.pieces = append(v.pieces, piece)
	v.longest = max(v.longest, utf8.RuneCountInString(key))
	return nil
}

// Len is the number of pieces.
func (v *Vocabulary) Len() int { return len(v.pieces) }

// Piece is the piece of an id as it stands in the list; ids are 0 to Len()-1.
func (v *Vocabulary) Piece(id int32) string { return v.pieces[id] }

// ID is the id of a piece written as it stands in the list, and whether there is one.
func (v *Vocabulary) ID(piece string) (int32, bool) {
	hash, _ := keyOf(piece)
	id := v.slots[v.find(hash, piece)].id
	return id, id >= 0
}

// Bases of the hash (FNV-1a of 32 bits) for pieces that begin a word and for those that
// go on with it, which are looked up without their "##".
const (
	beginHash = 2166136261
	goingHash = beginHash ^ 0x5bd1e995
	hashPrime = 16777619
)

// keyOf is the hash of a piece and what of it stands in a text.
func keyOf(piece string) (hash uint32, key string) {
	hash, key = beginHash, piece
	if len(piece) > len(going) && piece[:len(going)] == going {
		hash, key = goingHash, piece[len(going):]
	}
	for i := range len(key) {
		hash = (hash ^ uint32(key[i])) * hashPrime
	}
	return hash, key
}

// find is the slot of a piece of that hash, or the empty one where it would stand.
func (v *Vocabulary) find(hash uint32, piece string) int {
	for at := int(hash) & (len(v.slots) - 1); ; at = (at + 1) & (len(v.slots) - 1) {
		if s := v.slots[at]; s.id < 0 || s.hash == hash && v.pieces[s.id] == piece {
			return at
		}
	}
}

// lookup is the id of the piece of that hash whose text is key, or -1.
func (v *Vocabulary) lookup(hash uint32, key []byte, begins bool) int32 {
	for at := int(hash) & (len(v.slots) - 1); ; at = (at + 1) & (len(v.slots) - 1) {
		s := v.slots[at]
		if s.id < 0 {
			return -1
		}
		if s.hash != hash {
			continue
		}
		piece := v.pieces[s.id]
		if !begins {
			piece = piece[min(len(going), len(piece)):]
		}
		if piece == string(key) {
			return s.id
		}
	}
}

// Append appends the tokens of src to dst, at most limit of them, and stops reading
// there; the tokens under a smaller limit are the first of those under a larger one.
// Nothing is allocated but what dst needs to grow.
func (v *Vocabulary) Append(dst []Token, src string, limit int) []Token {
	s := scanner{src: src}
	for full := len(dst) + max(limit, 0); len(dst) < full && s.next(); {
		first := len(dst)
		dst = v.appendWord(dst, &s.word)
		dst[first].Begins = !s.word.joined
		dst = dst[:min(len(dst), full)]
	}
	return dst
}

// appendWord appends the pieces of a word: one at least.
func (v *Vocabulary) appendWord(dst []Token, w *word) []Token {
	first := len(dst)
	for c := 0; c < w.chars && w.chars <= maxWord; {
		id, end := v.longestPiece(w, c)
		if id < 0 {
			dst = dst[:first]
			break
		}
		dst = append(dst, Token{Span: text.Span{Start: w.spans[c].Start, End: w.spans[end-1].End}, ID: id})
		c = end
	}
	if len(dst) == first {
		dst = append(dst, Token{Span: text.Span{Start: w.start, End: w.end}, ID: v.Unknown})
	}
	return dst
}

// longestPiece is the longest piece that the word has from character c on, and the
// character behind it; -1 if there is none.
func (v *Vocabulary) longestPiece(w *word, c int) (id int32, end int) {
	var hashes [maxWord]uint32
	last := min(w.chars, c+v.longest)
	hash := uint32(beginHash)
	if c > 0 {
		hash = goingHash
	}
	at := w.ends[c]
	for k := c; k < last; k++ {
		for ; at < w.ends[k+1]; at++ {
			hash = (hash ^ uint32(w.text[at])) * hashPrime
		}
		hashes[k] = hash
	}
	for k := last; k > c; k-- {
		if id := v.lookup(hashes[k-1], w.text[w.ends[c]:w.ends[k]], c == 0); id >= 0 {
			return id, k
		}
	}
	return -1, c
}
