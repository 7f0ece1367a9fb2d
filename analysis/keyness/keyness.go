// Package keyness finds the words that set groups of comments, such as those of a stance,
// apart from the others.
//
// A word's measure is the log-odds ratio of its use in the group against its use
// elsewhere, with an informative Dirichlet prior (Monroe, Colaresi and Quinn,
// Fightin' Words, Political Analysis 16, 2008, equations 16 to 22). With y[w] the
// uses of the word in the group, n those of all words, y'[w] and n' the same
// elsewhere, α[w] the prior and α0 its sum,
//
//	δ = ln((y[w]+α[w])/(n+α0−y[w]−α[w])) − ln((y'[w]+α[w])/(n'+α0−y'[w]−α[w]))
//	σ² = 1/(y[w]+α[w]) + 1/(y'[w]+α[w])
//
// and z = δ/σ. Three things differ from the usual program. A reader who repeats a
// word in a group counts once, so that one voice can't make a word. The prior is the
// word's frequency in all comments, as strong as [priorPart] of them. And the
// words are those whose p-value survives the control of the false discovery rate over
// all words and groups; of few comments that is often none.
package keyness

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"stance.example/stance/analysis/fdr"
)

// Comment is what the package needs to know of a comment.
type Comment struct {
	Author string  // "" if unknown, who counts as an author of this comment alone
	Group  int     // from 0
	Words  []int32 // the numbers of those in lower case, without punctuation
}

// Word is a distinctive word of a group.
type Word struct {
	Text string `json:"word"`
	// With counts the readers who use it in the group, Without those who use it
	// outside; a reader of several groups can be in both.
	With    int `json:"with"`
	Without int `json:"without"`
	// LogOdds is δ above, positive; Z is in its standard deviations.
	LogOdds float64 `json:"log_odds"`
	Z       float64 `json:"-"`
	// Q is the false discovery rate at which the word is found, at most the level asked for.
	Q float64 `json:"q"`
}

const (
	// leastReaders is the number of readers below whom a word tells of a person and
	// not of a group.
	leastReaders = 3
	// mostWords bounds the list of a group.
	mostWords = 10
	// priorPart is the weight of the prior against all comments.
	priorPart = 0.1
)

// Distinctive returns the distinctive words of each of so many groups, the most
// distinctive first, at most ten of each: those with a q-value of at most level. A level of 1
// names all, for groups that were made by their words, of which no test tells anything. Words
// has each word at its number.
func Distinctive(comments []Comment, words []string, groups int, level float64) [][]Word {
	u := usesOf(comments, words, groups)
	var p []float64
	for g := range groups {
		for w := range u.compare(g) {
			p = append(p, fdr.TwoSided(w.Z))
		}
	}
	q := fdr.Adjust(p)
	found := make([][]Word, groups)
	for g := range found {
		var list []Word
		for w := range u.compare(g) {
			w.Q, q = q[0], q[1:]
			if w.Q <= level && w.LogOdds > 0 {
				list = append(list, w)
			}
		}
		slices.SortFunc(list, func(a, b Word) int {
			return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Text, b.Text))
		})
		found[g] = slices.Clone(list[:min(len(list), mostWords)])
	}
	return found
}

// uses counts the readers of each word by group.
type uses struct {
	words  []string
	counts []int32 // [words × groups]
	totals []int   // of the groups: sums over the words
}

func usesOf(comments []Comment, words []string, groups int) *uses {
	u := &uses{words: words, counts: make([]int32, len(words)*groups), totals: make([]int, groups)}
	// What one reader says in one group is one voice, and its comments follow each other.
	readers := map[string]int{}
	voices, order := make([]int, len(comments)), make([]int32, len(comments))
	for i := range comments {
		reader, known := readers[comments[i].Author]
		if !known || comments[i].Author == "" {
			reader = i
			readers[comments[i].Author] = reader
		}
		voices[i], order[i] = reader*groups+comments[i].Group, int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(voices[a], voices[b]) })
	heard := make([]int, len(words)) // the last voice that used the word, from 1
	for _, i := range order {
		for _, w := range comments[i].Words {
			if group := comments[i].Group; heard[w] != voices[i]+1 {
				heard[w] = voices[i] + 1
				u.counts[int(w)*groups+group]++
				u.totals[group]++
			}
		}
	}
	return u
}

// compare measures every word that enough readers use.
func (u *uses) compare(group int) iter.Seq[Word] {
	total := 0
	for _, n := range u.totals {
		total += n
	}
	with := float64(u.totals[group])
	without := float64(total) - with
	return func(yield func(Word) bool) {
		if with == 0 || without == 0 {
			return
		}
		for w, text := range u.words {
			counts, all := u.counts[w*len(u.totals):(w+1)*len(u.totals)], 0
			for _, n := range counts {
				all += int(n)
			}
			if all < leastReaders {
				continue
			}
			word := Word{Text: text, With: int(counts[group])}
			word.Without = all - word.With
			prior := priorPart * float64(all)
			y, z := float64(word.With)+prior, float64(word.Without)+prior
			strength := priorPart * float64(total)
			word.LogOdds = math.Log(y/(with+strength-y)) - math.Log(z/(without+strength-z))
			word.Z = word.LogOdds / math.Sqrt(1/y+1/z)
			if !yield(word) {
				return
			}
		}
	}
}
