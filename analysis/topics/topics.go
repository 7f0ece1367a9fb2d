// Package topics finds what comments talk about: groups of them that use the same words, or
// words that stand beside the same ones.
//
//  1. Comments are vectors of words weighted by tf–idf (package vectors), without English
//     function words.
//  2. Of all words the few directions are taken along which the comments differ most
//     (latent semantic analysis: Deerwester and others, Indexing by latent semantic
//     analysis, JASIS 41, 1990), by subspace iteration. Two comments are then alike that
//     share no word. See space.go.
//  3. About their mean and at unit length, the comments are grouped by k-means over the
//     cosine (Dhillon and Modha, Concept decompositions for large sparse text data using
//     clustering, Machine Learning 42, 2001). The number of groups is that from 2 to 12
//     with the largest simplified silhouette, at least 20 comments to a group on
//     average. See kmeans.go.
//
// The groups agreed with the topics that sources give their texts better than those by the
// words alone did, and far better than those by the vectors of the encoder that judges the
// stance, which hold what is said to the article more than what it is about; docs/results.md has the
// figures. Equal input gives equal output. Memory is linear in the words of the comments;
// time too, as of more than 5,000 comments the directions and the groups are fitted on as
// many at even distances, and the others join the group that they are nearest to.
package topics

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"

	"stance.example/stance/analysis/internal/spread"
	"stance.example/stance/analysis/keyness"
	"stance.example/stance/analysis/vectors"
)

// functionWords are English words that say little of what is talked about: pronouns,
// prepositions, auxiliary verbs and the like.
//
//go:embed function.txt
var functionWords string

// Comment is what the package needs to know of a comment.
type Comment struct {
	Author string  // "" if unknown, who counts as an author of this comment alone
	Words  []int32 // the numbers of those in lower case, without punctuation
}

// Topic is a group of comments.
type Topic struct {
	// Members are the indices of the comments, in their order.
	Members []int
	// Words set the group apart, the most distinctive first, at most ten, without
	// function words. As the group was made by its words, their q-values rank and test
	// nothing.
	Words []keyness.Word
	// Central are the indices of the members that are most like the others, the most
	// typical first, at most ten.
	Central []int
}

const (
	// least is the number of comments from which topics are looked for.
	least = 40
	// leastMembers is the number of comments from which a group is a topic.
	leastMembers = 5
	// commentsPerTopic is the least average size of a topic: shares among fewer comments
	// say nothing, and the silhouette of few comments favours ever smaller groups.
	commentsPerTopic = 20
	// mostTopics bounds the number of topics: as many as a reader can hold in view.
	mostTopics = 12
	// leastUses is the number of comments that must have a word.
	leastUses = 2
	// mostFitted is the number of comments that are fitted.
	mostFitted = 5_000
	// mostCentral is how many typical members are named.
	mostCentral = 10
)

// Find returns the topics of the comments, the largest first, none of fewer than least
// comments. What shares no word of weight with another comment, and what is in a group of fewer than
// five, is in no topic. Words has each word at its number.
func Find(comments []Comment, words []string) []Topic {
	if len(comments) < least {
		return nil
	}
	told := tellingOf(comments, words)
	if len(told.index) < least {
		return nil
	}
	fitted := make([]vectors.Words, 0, mostFitted)
	for _, i := range spread.Evenly(told.index, mostFitted) {
		fitted = append(fitted, told.weights.Of(nil, told.words[i]))
	}
	s := newSpace(len(told.names), fitted)
	points := make([]point, len(fitted))
	for k, row := range fitted {
		points[k] = s.project(row)
	}
	centers := bestMeans(points)
	groups := make([]Topic, len(centers))
	nearness := make([]float64, len(comments))
	var row vectors.Words
	for _, i := range told.index {
		row = told.weights.Of(row, told.words[i])
		p := s.project(row)
		g, cosine := nearest(&p, centers)
		groups[g].Members = append(groups[g].Members, i)
		nearness[i] = cosine
	}
	groups = slices.DeleteFunc(groups, func(t Topic) bool { return len(t.Members) < leastMembers })
	slices.SortStableFunc(groups, func(a, b Topic) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	describe(groups, comments, told)
	for g := range groups {
		t := &groups[g]
		t.Central = slices.Clone(t.Members)
		slices.SortStableFunc(t.Central, func(a, b int) int { return cmp.Compare(nearness[b], nearness[a]) })
		t.Central = slices.Clone(t.Central[:min(len(t.Central), mostCentral)])
	}
	return groups
}

// describe finds the words of the groups. What is in none counts as outside of all.
func describe(groups []Topic, comments []Comment, told *telling) {
	said := make([]keyness.Comment, len(comments))
	for i, c := range comments {
		said[i] = keyness.Comment{Author: c.Author, Words: told.words[i], Group: len(groups)}
	}
	for g := range groups {
		for _, i := range groups[g].Members {
			said[i].Group = g
		}
	}
	for g, words := range keyness.Distinctive(said, told.names, len(groups)+1, 1)[:len(groups)] {
		groups[g].Words = words
	}
}

// telling are the words of comments that say what these are about and that other comments have.
type telling struct {
	words   [][]int32 // of each comment, by numbers of their own
	names   []string  // the words themselves
	index   []int     // of the comments that have some
	weights vectors.Weights
}

func tellingOf(comments []Comment, words []string) *telling {
	var uses vectors.Weights
	for i := range comments {
		uses.Add(comments[i].Words)
	}
	function := map[string]bool{}
	for _, w := range strings.Fields(functionWords) {
		function[w] = true
	}
	const unknown, idle = -1, -2
	numbers := make([]int32, len(words)) // among those that tell
	for w, text := range words {
		numbers[w] = unknown
		if len(text) < 2 || function[text] || uses.Texts(int32(w)) < leastUses {
			numbers[w] = idle
		}
	}
	t := &telling{words: make([][]int32, len(comments))}
	var own []int32
	for i := range comments {
		own = own[:0]
		for _, w := range comments[i].Words {
			if numbers[w] == unknown {
				numbers[w] = int32(len(t.names))
				t.names = append(t.names, words[w])
			}
			if numbers[w] != idle {
				own = append(own, numbers[w])
			}
		}
		if len(own) > 0 {
			t.words[i] = slices.Clone(own)
			t.index = append(t.index, i)
			t.weights.Add(own)
		}
	}
	return t
}
