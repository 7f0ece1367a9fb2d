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
	"math"
	"slices"

	"stance.example/stance/analysis/fdr"
)

// Comment is what the package needs to know of a comment.
type Comment struct {
	Author string   // "" if unknown, who counts as an author of this comment alone
	Group  int      // from 0
	Words  []string // in lower case, without punctuation
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
// names all, for groups that were made by their words, of which no test tells anything.
func Distinctive(comments []Comment, groups int, level float64) [][]Word {
	u := usesOf(comments, groups)
	found, tested := make([][]Word, groups), make([][]Word, groups)
	var p []float64
	for s := range tested {
		tested[s] = u.compare(s)
		for _, w := range tested[s] {
			p = append(p, fdr.TwoSided(w.Z))
		}
	}
	q := fdr.Adjust(p)
	for s, words := range tested {
		for i := range words {
			words[i].Q, q = q[0], q[1:]
			if words[i].Q <= level && words[i].LogOdds > 0 {
				found[s] = append(found[s], words[i])
			}
		}
		slices.SortFunc(found[s], func(a, b Word) int {
			return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Text, b.Text))
		})
		found[s] = found[s][:min(len(found[s]), mostWords)]
	}
	return found
}

// uses counts the readers of each word by group.
type uses struct {
	words  []string // in the order of their first use
	counts [][]int
	totals []int // sums over the words
}

// voice is what one reader says in one group.
type voice struct {
	reader int
	group  int
}

func usesOf(comments []Comment, groups int) *uses {
	u := &uses{totals: make([]int, groups)}
	index := map[string]int32{}
	readers := map[string]int{}
	voices := map[voice][][]int32{} // the words of each comment, by their place in u.words
	var order []voice
	for i, c := range comments {
		reader, known := readers[c.Author]
		if !known || c.Author == "" {
			reader = i
			readers[c.Author] = reader
		}
		ids := make([]int32, len(c.Words))
		for k, text := range c.Words {
			w, known := index[text]
			if !known {
				w = int32(len(u.words))
				index[text] = w
				u.words = append(u.words, text)
			}
			ids[k] = w
		}
		v := voice{reader, c.Group}
		if voices[v] == nil {
			order = append(order, v)
		}
		voices[v] = append(voices[v], ids)
	}
	u.counts = make([][]int, len(u.words))
	for w, all := 0, make([]int, len(u.words)*groups); w < len(u.words); w++ {
		u.counts[w] = all[w*groups : (w+1)*groups]
	}
	heard := make([]int, len(u.words)) // the last voice that used the word, from 1
	for k, v := range order {
		for _, ids := range voices[v] {
			for _, w := range ids {
				if heard[w] != k+1 {
					heard[w] = k + 1
					u.counts[w][v.group]++
					u.totals[v.group]++
				}
			}
		}
	}
	return u
}

// compare measures every word that enough readers use.
func (u *uses) compare(group int) []Word {
	total := 0
	for _, n := range u.totals {
		total += n
	}
	with := float64(u.totals[group])
	without := float64(total) - with
	if with == 0 || without == 0 {
		return nil
	}
	var words []Word
	for w, counts := range u.counts {
		all := 0
		for _, n := range counts {
			all += n
		}
		if all < leastReaders {
			continue
		}
		word := Word{Text: u.words[w], With: counts[group], Without: all - counts[group]}
		prior := priorPart * float64(all)
		y, z := float64(word.With)+prior, float64(word.Without)+prior
		strength := priorPart * float64(total)
		word.LogOdds = math.Log(y/(with+strength-y)) - math.Log(z/(without+strength-z))
		word.Z = word.LogOdds / math.Sqrt(1/y+1/z)
		words = append(words, word)
	}
	return words
}
