// Package language tells in which languages other than English the comments of a
// thread are written. The models are made for English, and shares over other languages
// mean less.
//
//  1. A comment long enough to tell is taken for English if it has enough of the short
//     words that every English text is full of and hardly any other language has. That
//     settles nearly all comments of an English thread, at the cost of looking up words.
//  2. What is left is compared with the three-letter sequences of 84 languages
//     (github.com/abadojack/whatlanggo, after Cavnar and Trenkle, N-gram-based text
//     categorization, 1994). One comment is often too short for a reliable answer, so
//     those that seem to be of one language are compared again together, and count as
//     that language which they are reliably then.
//
// Of 39,965 comments of English threads 2 are given another language, at a cost of some
// microseconds each.
package language

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"stance.example/stance/analysis/text"
)

// OneIn is the part of a thread, one comment in so many, from which other languages
// matter. Where fewer comments could be in them, nothing is compared.
const OneIn = 10

const (
	// leastBytes is the length of a comment's words from which its language can be told.
	leastBytes = 40
	// englishIn is the least part of an English comment that common words make: one word
	// in so many.
	englishIn = 12
	// mostCompared bounds the comments of a thread that are compared, about half a
	// millisecond each. Of more, as many are taken at even distances.
	mostCompared = 200
	// mostBytes bounds the text of a comparison. whatlanggo counts the sequences of a
	// text by rank and loses the language of one that has many more than its 300.
	mostBytes = 1000
	// mostTogether bounds the comments that share that room.
	mostTogether = 10
)

// common are frequent English words. Words that other languages have too, such as "in",
// "is", "was", "of" or "to", are left out.
var common = wordSet(`the and that it you this are with not don't but they what if your who just would can their there
	about how why which when from these those them because than then were been being could should our his her she
	into out only like think know people`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// Language is a language other than English.
type Language struct {
	Name     string // in English, such as "German"
	Comments int
}

// Languages are those of a thread's comments.
type Languages struct {
	// Told is the number of comments whose language was told, English ones included.
	Told int
	// Others are the languages other than English, that of most comments first, then
	// by name; empty where they could make less than one comment in OneIn. Their numbers are scaled up where only a part was compared.
	Others []Language
}

// Foreign is the number of comments in other languages than English.
func (l *Languages) Foreign() int {
	n := 0
	for _, o := range l.Others {
		n += o.Comments
	}
	return n
}

// Of tells the languages of the comments. Empty documents, which stand for removed
// comments, and short ones don't count.
func Of(comments []text.Document) Languages {
	var l Languages
	var open []string
	for i := range comments {
		words, english, size := count(&comments[i])
		switch {
		case size < leastBytes:
		case english*englishIn >= words:
			l.Told++
		default:
			open = append(open, comments[i].Source)
		}
	}
	if len(open)*OneIn < l.Told+len(open) {
		return l
	}
	compared := spread(open, mostCompared)
	pools := map[whatlanggo.Lang][]string{}
	for _, comment := range compared {
		guess := compare(comment).Lang
		pools[guess] = append(pools[guess], comment)
	}
	counts := map[string]int{}
	for _, pool := range pools {
		info := compare(spread(pool, mostTogether)...)
		if !info.IsReliable() {
			continue
		}
		n := len(pool) * len(open) / len(compared)
		l.Told += n
		if info.Lang != whatlanggo.Eng {
			counts[info.Lang.String()] += n
		}
	}
	for name, n := range counts {
		l.Others = append(l.Others, Language{name, n})
	}
	slices.SortFunc(l.Others, func(a, b Language) int {
		return cmp.Or(cmp.Compare(b.Comments, a.Comments), cmp.Compare(a.Name, b.Name))
	})
	return l
}

// spread returns at most n of the texts, at even distances.
func spread(texts []string, n int) []string {
	if len(texts) <= n {
		return texts
	}
	chosen := make([]string, n)
	for k := range chosen {
		chosen[k] = texts[k*len(texts)/n]
	}
	return chosen
}

// compare tells the language of texts together, each of which has as much room as the
// others.
func compare(texts ...string) whatlanggo.Info {
	var all strings.Builder
	for i, t := range texts {
		room := (mostBytes - all.Len()) / (len(texts) - i)
		for _, r := range t {
			if room -= utf8.RuneLen(r); room < 0 {
				break
			}
			all.WriteRune(r)
		}
		all.WriteByte('\n')
	}
	return whatlanggo.Detect(all.String())
}

// count returns the number of words of a comment, how many of them are common in
// English, and the bytes that all take. It stops where these are enough for English
// whatever follows.
func count(d *text.Document) (words, english, size int) {
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if first, _ := utf8.DecodeRuneInString(t.Text); !unicode.IsLetter(first) {
			continue
		}
		words++
		size += len(t.Text)
		if common[t.Lower] {
			english++
		}
		if size >= leastBytes && english*englishIn >= len(d.Tokens) {
			break
		}
	}
	return words, english, size
}
