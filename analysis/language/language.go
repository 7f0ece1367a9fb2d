// Package language tells which comments of a thread are written in another language than
// English, which the models are made for.
//
//  1. Letters tell those in another script.
//  2. Short words tell the others: those that every English text is full of and hardly any
//     other language has, against those that texts of some thirty languages in Latin letters
//     are full of (words.txt). That is right for a comment of five words as well, and costs
//     looking up words.
//  3. What is left and has no English word is compared with the three-letter sequences of
//     84 languages (github.com/abadojack/whatlanggo, after Cavnar and Trenkle, N-gram-based
//     text categorization, 1994), those that seem to be of one language together; it counts
//     as that where the answer is reliable.
//  4. A comment too short to tell is taken for what nearly all others of its thread are.
package language

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"stance.example/stance/analysis/internal/spread"
)

const (
	// leastBytes is the length of a comment's words from which three-letter sequences tell
	// its language.
	leastBytes = 40
	// oneIn is the part of a thread, one comment in so many, from which sequences are compared:
	// what they tell of a comment of names and addresses is wrong too often.
	oneIn = 10
	// mostCompared bounds the comments of a thread that are compared by sequences, about
	// half a millisecond each.
	mostCompared = 200
	// mostBytes bounds the text of a comparison. whatlanggo counts the sequences of a
	// text by rank and loses the language of one that has many more than its 300.
	mostBytes = 1000
	// mostTogether bounds the comments that share that room.
	mostTogether = 10
	// nearlyAll is the part of the comments told, one in so many not, from which the others
	// are taken for the same.
	nearlyAll = 4
)

// Language is a language other than English.
type Language struct {
	Name     string `json:"name"` // in English, such as "German"
	Comments int    `json:"comments"`
}

// Languages are those of a thread's comments.
type Languages struct {
	// Told is the number of comments whose own words tell the language, English ones
	// included.
	Told int
	// Others are the languages other than English, that of most comments first, then by
	// name.
	Others []Language
	// Of is parallel to the comments: the name of a language other than English, "" for
	// English and where nothing tells.
	Of []string
}

// Foreign is the number of comments in other languages than English.
func (l *Languages) Foreign() int {
	n := 0
	for _, o := range l.Others {
		n += o.Comments
	}
	return n
}

// Of tells the languages of the comments. Empty ones, which stand for removed comments, are in
// none. It ends with the context's error.
func Of(ctx context.Context, comments []string) (Languages, error) {
	words := vocabulary()
	t := &thread{comments: comments, names: make([]string, len(comments)), scripts: map[*unicode.RangeTable][]int{}}
	counts := make([]count, len(comments))
	total := sum{of: make([]int, len(words.names))}
	for i := range comments {
		if err := ctx.Err(); err != nil {
			return Languages{}, err
		}
		counts[i] = words.count(comments[i])
		total.english += counts[i].english
		for k, n := range counts[i].of {
			total.of[k] += int(n)
		}
	}
	for i := range comments {
		t.tell(i, words, &counts[i], &total)
	}
	t.nameScripts(words, counts)
	t.compare()
	return t.result(), nil
}

// sum is how many words of a thread are whose.
type sum struct {
	english int
	of      []int // by language
}

// English is the name of the language that the models are made for.
const English = "English"

// thread is what is known of the languages so far.
type thread struct {
	comments []string
	names    []string
	scripts  map[*unicode.RangeTable][]int // the comments in another script
	open     []int                         // those left to three-letter sequences
}

// tell tells a comment's language by its letters and its short words. Where two languages
// share the words of a comment, the words of the whole thread decide.
func (t *thread) tell(i int, words *lexicon, c *count, total *sum) {
	if s := script(t.comments[i]); s != nil && s != unicode.Latin {
		t.scripts[s] = append(t.scripts[s], i)
		return
	}
	best, most := c.most(total)
	// A comment that has no English word and one of the thread's own language is in that.
	atHome := most > 0 && c.english == 0 && total.of[best] > 2*total.english && c.words >= 2
	switch {
	case most >= 2 && most > 2*c.english && most*8 >= c.words || atHome:
		t.names[i] = words.names[best]
	case c.english > 0 && c.english*2 >= most:
		t.names[i] = English
	case c.english == 0 && c.size >= leastBytes:
		t.open = append(t.open, i)
	}
}

// nameScripts names the languages of the comments in other scripts, those of one script
// together: by the script, by their short words or by three-letter sequences.
func (t *thread) nameScripts(words *lexicon, counts []count) {
	for s, places := range t.scripts {
		name, most := nameOfScript[s], 0
		for k := range words.names {
			n := 0
			for _, i := range places {
				n += int(counts[i].of[k])
			}
			if n > most {
				name, most = words.names[k], n
			}
		}
		if name == "" {
			name = nameOf(compare(inScript[s], t.texts(places, mostTogether)...).Lang)
		}
		for _, i := range places {
			t.names[i] = name
		}
	}
}

// compare compares what is left by three-letter sequences.
func (t *thread) compare() {
	if len(t.open)*oneIn < len(t.comments) {
		return
	}
	compared := t.open[:min(len(t.open), mostCompared)]
	pools := map[whatlanggo.Lang][]int{}
	for _, i := range compared {
		guess := compare(nil, t.comments[i]).Lang
		pools[guess] = append(pools[guess], i)
	}
	for _, pool := range pools {
		info := compare(nil, t.texts(pool, mostTogether)...)
		if !info.IsReliable() {
			continue
		}
		for _, i := range pool {
			t.names[i] = nameOf(info.Lang)
		}
	}
}

// texts are those of at most n of the comments, at even distances.
func (t *thread) texts(places []int, n int) []string {
	var chosen []string
	for _, i := range spread.Evenly(places, n) {
		chosen = append(chosen, t.comments[i])
	}
	return chosen
}

// result counts, and takes what is not told for what nearly all others are.
func (t *thread) result() Languages {
	l := Languages{Of: t.names}
	counts := map[string]int{}
	for _, name := range t.names {
		if name != "" {
			counts[name]++
			l.Told++
		}
	}
	home := ""
	for name, n := range counts {
		if name != English && (l.Told-n)*nearlyAll <= n {
			home = name
		}
	}
	for i, name := range t.names {
		switch {
		case name == English:
			t.names[i] = ""
		case name == "" && home != "" && hasLetters(t.comments[i]):
			t.names[i] = home
			counts[home]++
			l.Told++
		}
	}
	for name, n := range counts {
		if name != English {
			l.Others = append(l.Others, Language{name, n})
		}
	}
	slices.SortFunc(l.Others, func(a, b Language) int {
		return cmp.Or(cmp.Compare(b.Comments, a.Comments), cmp.Compare(a.Name, b.Name))
	})
	return l
}

func hasLetters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// compare tells the language of texts together, each of which has as much room as the
// others. Of some languages it is one of these. Addresses and names of readers are left out.
func compare(some map[whatlanggo.Lang]bool, texts ...string) whatlanggo.Info {
	var all strings.Builder
	for i, t := range texts {
		room := (mostBytes - all.Len()) / (len(texts) - i)
		for _, word := range strings.Fields(t) {
			if strings.HasPrefix(word, "@") || strings.HasPrefix(word, "#") || strings.Contains(word, "://") {
				continue
			}
			for _, r := range word + " " {
				if room -= utf8.RuneLen(r); room < 0 {
					break
				}
				all.WriteRune(r)
			}
		}
		all.WriteByte('\n')
	}
	return whatlanggo.DetectWithOptions(all.String(), whatlanggo.Options{Whitelist: some})
}
