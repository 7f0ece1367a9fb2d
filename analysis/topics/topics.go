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
	Author string   // "" if unknown, who counts as an author of this comment alone
	Words  []string // in lower case, without punctuation
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
// five, is in no topic.
func Find(comments []Comment) []Topic {
	if len(comments) < least {
		return nil
	}
	shared := sharedWords(comments)
	index, points := place(shared)
	if len(points) < least {
		return nil
	}
	fitted := spread.Evenly(points, mostFitted)
	centers := bestMeans(fitted)
	groups := make([]Topic, len(centers))
	nearness := make([]float64, len(comments))
	for k := range points {
		g, cosine := nearest(&points[k], centers)
		groups[g].Members = append(groups[g].Members, index[k])
		nearness[index[k]] = cosine
	}
	groups = slices.DeleteFunc(groups, func(t Topic) bool { return len(t.Members) < leastMembers })
	slices.SortStableFunc(groups, func(a, b Topic) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	describe(groups, comments, shared)
	for g := range groups {
		t := &groups[g]
		t.Central = slices.Clone(t.Members)
		slices.SortStableFunc(t.Central, func(a, b int) int { return cmp.Compare(nearness[b], nearness[a]) })
		t.Central = slices.Clip(t.Central[:min(len(t.Central), mostCentral)])
	}
	return groups
}

// describe finds the words of the groups. What is in none counts as outside of all.
func describe(groups []Topic, comments []Comment, shared [][]string) {
	said := make([]keyness.Comment, len(comments))
	for i, c := range comments {
		said[i] = keyness.Comment{Author: c.Author, Words: shared[i], Group: len(groups)}
	}
	for g := range groups {
		for _, i := range groups[g].Members {
			said[i].Group = g
		}
	}
	for g, words := range keyness.Distinctive(said, len(groups)+1, 1)[:len(groups)] {
		groups[g].Words = words
	}
}

// sharedWords are the words of each comment that say what it is about and that other comments
// have.
func sharedWords(comments []Comment) [][]string {
	function := map[string]bool{}
	for _, w := range strings.Fields(functionWords) {
		function[w] = true
	}
	uses := map[string]int{}
	last := map[string]int{} // the last comment with the word, from 1
	for i := range comments {
		for _, w := range comments[i].Words {
			if last[w] != i+1 {
				last[w] = i + 1
				uses[w]++
			}
		}
	}
	shared := make([][]string, len(comments))
	for i := range comments {
		for _, w := range comments[i].Words {
			if len(w) > 1 && !function[w] && uses[w] >= leastUses {
				shared[i] = append(shared[i], w)
			}
		}
	}
	return shared
}

// place returns the points of the comments that have shared words, and their indices.
func place(shared [][]string) (index []int, points []point) {
	var texts [][]string
	for i, words := range shared {
		if len(words) > 0 {
			index = append(index, i)
			texts = append(texts, words)
		}
	}
	rows := vectors.Weighted(texts)
	return index, newSpace(rows, spread.Evenly(rows, mostFitted)).project(rows)
}
