package keyness

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"stance.example/stance/analysis/fdr"
	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// TestLogOdds works one word out by hand: 6 uses in the stance of 10 words there, 2
// of 10 elsewhere, prior 0.1·8 of 0.1·20.
func TestLogOdds(t *testing.T) {
	u := &uses{
		words:  []string{"toll", "other"},
		counts: []int32{6, 0, 2, 0, 4, 0, 8, 0},
		totals: []int{10, 0, 10, 0},
	}
	got := slices.Collect(u.compare(int(corpus.Skeptical)))[0]
	want := math.Log(6.8/5.2) - math.Log(2.8/9.2)
	if got.With != 6 || got.Without != 2 || math.Abs(got.LogOdds-want) > 1e-12 {
		t.Errorf("%+v, want δ = ln(6.8/5.2) − ln(2.8/9.2) = %.4f", got, want)
	}
	if z := want / math.Sqrt(1/6.8+1/2.8); math.Abs(got.Z-z) > 1e-12 {
		t.Errorf("z = %g, want %g", got.Z, z)
	}
}

// thread has n readers of each of two stances who use twelve of forty common words
// each; every skeptical one also says "toll".
func thread(n int) (list []Comment, words []string) {
	rng := rand.New(rand.NewPCG(1, 2))
	var lexicon text.Lexicon
	for i := range 2 * n {
		c := Comment{Author: fmt.Sprint("reader ", i), Group: int(corpus.Skeptical)}
		if i%2 == 1 {
			c.Group = int(corpus.Supportive)
		}
		for range 12 {
			c.Words = append(c.Words, lexicon.Number(fmt.Sprint("common", rng.IntN(40))))
		}
		if c.Group == int(corpus.Skeptical) {
			c.Words = append(c.Words, lexicon.Number("toll"))
		}
		list = append(list, c)
	}
	return list, lexicon.Words
}

func TestDistinctive(t *testing.T) {
	list, words := thread(40)
	got := Distinctive(list, words, corpus.NumStances, fdr.Level)
	if len(got[corpus.Skeptical]) != 1 || got[corpus.Skeptical][0].Text != "toll" || got[corpus.Skeptical][0].With != 40 {
		t.Errorf("skeptical: %+v, want toll alone", got[corpus.Skeptical])
	}
	if len(got[corpus.Supportive]) != 0 || len(got[corpus.None]) != 0 {
		t.Errorf("supportive: %+v, want nothing", got[corpus.Supportive])
	}
}

// TestOneVoice has one reader say "toll" forty times.
func TestOneVoice(t *testing.T) {
	list, names := thread(40)
	for i := range list {
		if list[i].Group == int(corpus.Skeptical) {
			list[i].Author = "reader 0"
		}
	}
	if got := Distinctive(list, names, corpus.NumStances, fdr.Level); len(got[corpus.Skeptical]) != 0 {
		t.Errorf("%+v, want nothing: a word of one reader", got[corpus.Skeptical])
	}
}

// TestChance deals the stances out at random: hardly any word may be found.
func TestChance(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	found := 0
	const threads = 200
	for range threads {
		list, names := thread(30)
		for i := range list {
			list[i].Group = rng.IntN(2)
		}
		for _, words := range Distinctive(list, names, corpus.NumStances, fdr.Level) {
			if len(words) > 0 {
				found++
				break
			}
		}
	}
	if found > threads/20 {
		t.Errorf("words were found in %d of %d threads without any, want at most one in twenty", found, threads)
	}
}

func TestFew(t *testing.T) {
	some, names := thread(1)
	for name, list := range map[string][]Comment{
		"no comment": nil,
		"one":        {{Words: []int32{0}}},
		"one stance": some[:1],
	} {
		for _, words := range Distinctive(list, names, corpus.NumStances, fdr.Level) {
			if len(words) > 0 {
				t.Errorf("%s: %+v", name, words)
			}
		}
	}
}
