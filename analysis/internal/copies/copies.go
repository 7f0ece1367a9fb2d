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
	"hash/fnv"
	"io"
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

// Groups returns for each text, given as its words in lower case, the index of the
// first text that it is a copy of, its own if there is none. A text is compared with
// the first of each group only, so that a group doesn't drift from copy to copy.
func Groups(texts [][]string) []int {
	first := make([]int, len(texts))
	sets := make([][]uint64, len(texts))
	size := 0
	for i, words := range texts {
		if len(words) >= leastWords {
			sets[i] = shingles(words)
			size += len(sets[i])
		}
	}
	common := newRepeated(size)
	for _, set := range sets {
		common.add(set)
	}
	likely := 0
	for i, set := range sets {
		if common.part(set) >= threshold {
			likely++
		} else {
			sets[i] = nil
		}
	}
	b := newBuckets(likely)
	for i := range texts {
		first[i] = i
		if sets[i] == nil {
			continue
		}
		minima := signature(sets[i])
		keys := b.keys(&minima)
		if original := b.search(keys, sets, i); original >= 0 {
			first[i] = original
			continue
		}
		for _, key := range keys {
			b.add(key, i)
		}
	}
	return first
}

// buckets holds texts by what they have in a band, each bucket as a chain of entries. Different
// buckets may share a chain: what is found is compared exactly.
type buckets struct {
	last    []int32 // of each chain, the entry + 1; 0 for none
	sizes   []uint8
	entries []entry
}

// entry is a text in a bucket.
type entry struct{ text, before int32 } // before is as in buckets.last

// newBuckets is for so many texts.
func newBuckets(texts int) *buckets {
	chains := 1 << bits.Len(uint(texts*bands))
	return &buckets{last: make([]int32, chains), sizes: make([]uint8, chains)}
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

func (b *buckets) add(key, text int) {
	if b.sizes[key] < crowd {
		b.sizes[key]++
		b.entries = append(b.entries, entry{int32(text), b.last[key]})
		b.last[key] = int32(len(b.entries))
	}
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

// search returns the first of the earlier texts in the buckets that text i is a copy
// of, -1 if there is none.
func (b *buckets) search(keys [bands]int, sets [][]uint64, i int) int {
	original := -1
	for _, key := range keys {
		for at := b.last[key]; at > 0; at = b.entries[at-1].before {
			candidate := int(b.entries[at-1].text)
			if (original < 0 || candidate < original) && similarity(sets[candidate], sets[i]) >= threshold {
				original = candidate
			}
		}
	}
	return original
}

// shingles returns the hashes of the runs of words, sorted, each once.
func shingles(words []string) []uint64 {
	set := make([]uint64, 0, len(words))
	for i := range len(words) - shingle + 1 {
		set = append(set, hash(words[i:i+shingle]))
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// hash is the FNV-1a hash of words, each with a space behind it.
func hash(words []string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		io.WriteString(h, w) // a hash never fails
		h.Write([]byte{' '})
	}
	return h.Sum64()
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
func similarity(a, b []uint64) float64 {
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
