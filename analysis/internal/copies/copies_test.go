package copies

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis/text"
)

const original = "the harbour office told us for years that the boat pays for itself and nobody ever showed the books to anyone in town"

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		texts        []string
		want         []int
	}{
		{"none", "nothing to compare", nil, []int{}},
		{"the same text", "posted three times", []string{original, "an unrelated remark about the weather on the coast today", original, original},
			[]int{0, 1, 0, 0}},
		{"the last word exchanged", "22 runs of 23 are shared", []string{original, strings.Replace(original, "town", "port", 1)}, []int{0, 0}},
		{"a word in the middle exchanged", "exchanging one inner word breaks three runs: 19 of 25",
			[]string{original, strings.Replace(original, "pays", "lives", 1)}, []int{0, 1}},
		{"short", "many readers say the same few words", []string{"well said sir", "well said sir"}, []int{0, 1}},
		{"a copy that goes on", "half of it is new", []string{original, original + " " +
			"which is why I sold my share in the line and moved my boat to the other side of the bay"}, []int{0, 1}},
	} {
		var lexicon text.Lexicon
		texts := make([][]int32, len(c.texts))
		for i, s := range c.texts {
			texts[i] = lexicon.Numbers(strings.Fields(s)...)
		}
		if got := Groups(texts, lexicon.Words); !slices.Equal(got, c.want) {
			t.Errorf("%s (%s): %v, want %v", c.name, c.reason, got, c.want)
		}
	}
}

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b []uint32
		want float64
	}{
		{[]uint32{1, 2, 3}, []uint32{2, 3, 4}, 0.5},
		{[]uint32{1, 2}, []uint32{1, 2}, 1},
		{[]uint32{1}, []uint32{2}, 0},
	} {
		if got := similarity(c.a, c.b); got != c.want {
			t.Errorf("similarity(%v, %v) = %g, want %g", c.a, c.b, got, c.want)
		}
	}
}

// TestNoneMissed compares with the exact similarity of every pair.
func TestNoneMissed(t *testing.T) {
	texts, words := forged(300)
	got := Groups(texts, words)
	s := shingler{words: words}
	sets := make([][]uint32, len(texts))
	for i, text := range texts {
		sets[i] = halves(s.shingles(text))
	}
	for i := range texts {
		want := i
		for j := range i {
			if got[j] == j && similarity(sets[j], sets[i]) >= threshold {
				want = j
				break
			}
		}
		if got[i] != want {
			t.Errorf("text %d is grouped with %d, want %d", i, got[i], want)
		}
	}
}

// forged returns n texts of 40 words, of which two in three are copies of earlier ones with up to four words
// exchanged.
func forged(n int) (texts [][]int32, words []string) {
	rng := rand.New(rand.NewPCG(1, 2))
	var lexicon text.Lexicon
	word := func() int32 { return lexicon.Number(fmt.Sprintf("w%d", rng.IntN(2000))) }
	texts = make([][]int32, n)
	for i := range texts {
		if i > 0 && rng.IntN(3) > 0 {
			texts[i] = slices.Clone(texts[rng.IntN(i)])
			for range rng.IntN(5) {
				texts[i][rng.IntN(len(texts[i]))] = word()
			}
			continue
		}
		for range 40 {
			texts[i] = append(texts[i], word())
		}
	}
	return texts, lexicon.Words
}

func BenchmarkGroups(b *testing.B) {
	texts, words := forged(10000)
	for b.Loop() {
		Groups(texts, words)
	}
}
