package topics

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stance.example/stance/analysis/text"
)

// themes have words of their own; the first two share none with each other in a comment of
// one of them, and meet over the others.
var themes = []string{
	"ferry harbour timetable crossing captain deck quay sailing ticket island",
	"school teacher lesson pupils classroom homework exam headmaster desk grades",
	"orchard apples harvest cider frost pruning blossom bees crates ladder",
}

// talk is so many comments of each theme, each of three of its words among words that all
// use, by readers of their own.
func talk(each int) (comments []Comment, lexicon *text.Lexicon, truth []int) {
	lexicon = &text.Lexicon{}
	random := rand.New(rand.NewPCG(3, 4))
	common := strings.Fields("the and of people really think about what they want with this town")
	for i := range each * len(themes) {
		theme := i % len(themes)
		own := strings.Fields(themes[theme])
		var words []string
		for range 3 {
			words = append(words, own[random.IntN(len(own))])
		}
		for range 6 {
			words = append(words, common[random.IntN(len(common))])
		}
		random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
		comments = append(comments, Comment{Author: fmt.Sprint("reader ", i), Words: lexicon.Numbers(words...)})
		truth = append(truth, theme)
	}
	return comments, lexicon, truth
}

func TestFind(t *testing.T) {
	comments, lexicon, truth := talk(60)
	found := Find(comments, lexicon.Words)
	if len(found) != len(themes) {
		t.Fatalf("%d topics, want %d", len(found), len(themes))
	}
	if again := Find(comments, lexicon.Words); !reflect.DeepEqual(found, again) {
		t.Error("the second time the topics are others")
	}
	right := 0
	for _, topic := range found {
		var counts [3]int
		for _, i := range topic.Members {
			counts[truth[i]]++
		}
		most := slices.Max(counts[:])
		right += most
		theme := slices.Index(counts[:], most)
		for _, w := range topic.Words {
			if !slices.Contains(strings.Fields(themes[theme]), w.Text) {
				t.Errorf("%q sets the topic of %q apart", w.Text, themes[theme])
			}
		}
		if len(topic.Words) < 5 {
			t.Errorf("%d words set %q apart", len(topic.Words), themes[theme])
		}
		for _, i := range topic.Central {
			if truth[i] != theme || !slices.Contains(topic.Members, i) {
				t.Errorf("comment %d is typical of %q", i, themes[theme])
			}
		}
		if !slices.IsSorted(topic.Members) {
			t.Error("the members aren't in their order")
		}
	}
	if right < len(comments)*95/100 {
		t.Errorf("%d of %d comments stand with their theme", right, len(comments))
	}
}

// TestFew: little talk has no topics, and what shares no word is in none.
func TestFew(t *testing.T) {
	comments, lexicon, _ := talk(least/len(themes) - 1)
	if got := Find(comments, lexicon.Words); got != nil {
		t.Errorf("%d topics in %d comments", len(got), len(comments))
	}
	comments, lexicon, _ = talk(60)
	alone := len(comments)
	comments = append(comments, Comment{Words: lexicon.Numbers("unheard", "unseen")}, Comment{})
	for _, topic := range Find(comments, lexicon.Words) {
		if i := slices.IndexFunc(topic.Members, func(i int) bool { return i >= alone }); i >= 0 {
			t.Errorf("comment %d shares no word and is in a topic", topic.Members[i])
		}
	}
	if got := Find(make([]Comment, 100), nil); got != nil {
		t.Errorf("%d topics without a word", len(got))
	}
}

// TestMany: from more than are fitted, the others join the topics.
func TestMany(t *testing.T) {
	comments, lexicon, _ := talk(mostFitted/len(themes) + 500)
	members := 0
	found := Find(comments, lexicon.Words)
	for _, topic := range found {
		members += len(topic.Members)
	}
	if len(found) != len(themes) || members != len(comments) {
		t.Errorf("%d topics of %d comments, want %d of %d", len(found), members, len(themes), len(comments))
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		comments, lexicon, _ := talk(n / len(themes))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Find(comments, lexicon.Words)
			}
		})
	}
}
