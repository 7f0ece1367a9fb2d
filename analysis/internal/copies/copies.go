// Package copies finds comments that are copies of one another, or nearly: the same
// text posted again, with a word or a name exchanged.
//
// A text is taken as the set of its runs of three words (shingles; Broder, On the
// resemblance and containment of documents, 1997). Two texts are copies if their sets
// have a Jaccard similarity of at least 0.8, computed exactly. Which pairs are
// worth computing it for is found by MinHash with banding (Leskovec, Rajaraman and
// Ullman, Mining of Massive Datasets, section 3.4): a pair at the threshold is missed
// once in forty thousand times, so that the work grows with the number of texts and not
// with its square.
//
// Short texts are nobody's copies: many readers write "well said".
package copies

import (
	"math"
	"math/bits"
	"slices"
)

const (
	// threshold is the similarity from which two texts are copies.
	threshold = 0.8
	// leastWords is the number of words a text must have to be somebody's copy.
	leastWords = 8

	shingle = 3 // words
	bands   = 20
	rows    = 4 // minima of a band; a pair at the threshold shares none with probability (1−0.8⁴)²⁰

	// crowd bounds the texts of a bucket, and so the work, where thousands of texts
	// are alike without being copies.
	crowd = 64
)

// Groups returns for each text, given as the numbers of its words in lower case, the index of
// the first text that it is a copy of, its own if there is none. A text is compared with
// the first of each group only, so that a group doesn't drift from copy to copy. Words has
// each word at its number.
func Groups(texts [][]int32, words []string) []int {
	first := make([]int, len(texts))
	for i := range first {
		first[i] = i
	}
	s := shingler{words: words}
	likely := s.likely(texts)
	b := newBuckets(len(likely))
	for _, i := range likely {
		set := s.shingles(texts[i])
		minima := signature(set)
		keys, kept := b.keys(&minima), halves(set)
		if original := b.search(keys, kept); original >= 0 {
			first[i] = original
		} else {
			b.add(keys, held{i, kept})
		}
	}
	return first
}

// buckets holds texts by what they have in a band, each bucket as a chain of entries. Different
// buckets may share a chain: what is found is compared exactly.
type buckets struct {
	last      []int32 // of each chain, the entry + 1; 0 for none
	sizes     []uint8
	before    []int32 // of each entry, the one before it in its chain, as in last; a text has one for each band
	originals []held
}

// held is a text that later ones may be copies of.
type held struct {
	text int
	set  []uint32
}

// newBuckets is for so many texts.
func newBuckets(texts int) *buckets {
	chains := 1 << bits.Len(uint(texts*bands))
	return &buckets{last: make([]int32, chains), sizes: make([]uint8, chains), before: make([]int32, 0, texts*bands)}
}

// keys are the chains of a text's bands.
func (b *buckets) keys(minima *[bands * rows]uint64) (keys [bands]int) {
	for k := range keys {
		h := uint64(k)
		for _, least := range minima[k*rows : (k+1)*rows] {
			h = mix(h + golden ^ least)
		}
		keys[k] = int(h & uint64(len(b.last)-1))
	}
	return keys
}

func (b *buckets) add(keys [bands]int, o held) {
	b.originals = append(b.originals, o)
	for _, key := range keys {
		b.before = append(b.before, b.last[key])
		if b.sizes[key] < crowd {
			b.sizes[key]++
			b.last[key] = int32(len(b.before))
		}
	}
}

// search returns the first of the earlier texts in the buckets that a set's text is a copy of, -1 if
// there is none.
func (b *buckets) search(keys [bands]int, set []uint32) int {
	found := len(b.originals)
	for _, key := range keys {
		for at := b.last[key]; at > 0; at = b.before[at-1] {
			candidate := int(at-1) / bands
			if candidate < found && similarity(b.originals[candidate].set, set) >= threshold {
				found = candidate
			}
		}
	}
	if found == len(b.originals) {
		return -1
	}
	return b.originals[found].text
}

// repeated tells, in a few bits, which shingles more than one set has: of a text that is
// somebody's copy most are, and few are of most others, which needn't be looked at any
// more. A shingle may be taken for repeated that isn't, never the other way.
type repeated struct{ once, twice []uint64 }

// newRepeated is for so many shingles in all.
func newRepeated(size int) repeated {
	const bitsEach = 8
	words := 1 << bits.Len(uint(size*bitsEach/64))
	return repeated{make([]uint64, words), make([]uint64, words)}
}

// at returns the place of a shingle.
func (r repeated) at(shingle uint64) (word int, bit uint64) {
	h := mix(shingle)
	return int(h >> 6 & uint64(len(r.once)-1)), 1 << (h & 63)
}

func (r repeated) add(set []uint64) {
	for _, s := range set {
		word, bit := r.at(s)
		r.twice[word] |= r.once[word] & bit
		r.once[word] |= bit
	}
}

// part is the part of a set that is repeated.
func (r repeated) part(set []uint64) float64 {
	if len(set) == 0 {
		return 0
	}
	n := 0
	for _, s := range set {
		if word, bit := r.at(s); r.twice[word]&bit != 0 {
			n++
		}
	}
	return float64(n) / float64(len(set))
}

// shingler makes the sets of texts, of words by their numbers.
type shingler struct {
	words []string
	set   []uint64
}

// likely are the indices of the texts that may have copies or be some.
func (s *shingler) likely(texts [][]int32) []int {
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	common := newRepeated(size)
	for _, text := range texts {
		common.add(s.shingles(text))
	}
	var list []int
	for i, text := range texts {
		if common.part(s.shingles(text)) >= threshold {
			list = append(list, i)
		}
	}
	return list
}

// shingles returns the hashes of the runs of words, sorted, each once, until the next call; none of
// a text that is too short.
func (s *shingler) shingles(text []int32) []uint64 {
	s.set = s.set[:0]
	if len(text) < leastWords {
		return nil
	}
	for i := range len(text) - shingle + 1 {
		s.set = append(s.set, s.hash(text[i:i+shingle]))
	}
	slices.Sort(s.set)
	s.set = slices.Compact(s.set)
	return s.set
}

// hash is the FNV-1a hash of words, each with a space behind it.
func (s *shingler) hash(run []int32) uint64 {
	h := uint64(14695981039346656037)
	add := func(c byte) { h = (h ^ uint64(c)) * 1099511628211 }
	for _, w := range run {
		for i := range len(s.words[w]) {
			add(s.words[w][i])
		}
		add(' ')
	}
	return h
}

// halves are the upper halves of hashes, which is what is kept of a set to compare it: of a hundred
// runs two are then taken for the same one once in a million times.
func halves(set []uint64) []uint32 {
	list := make([]uint32, len(set))
	for i, h := range set {
		list[i] = uint32(h >> 32)
	}
	return list
}

// signature holds for each of many hash functions its least value over a set.
func signature(set []uint64) (minima [bands * rows]uint64) {
	for k := range minima {
		minima[k] = math.MaxUint64
	}
	for _, element := range set {
		h := element
		for k := range minima {
			h = mix(h + golden)
			minima[k] = min(minima[k], h)
		}
	}
	return minima
}

const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood, Fast splittable
// pseudorandom number generators, 2014), a bijection that spreads every bit.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// similarity is Jaccard's: the elements of both sorted sets over those of either.
func similarity(a, b []uint32) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
