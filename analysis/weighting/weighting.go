// Package weighting counts a thread's stances in more than one way, to show whether
// the answer hangs on who writes much, who is voted up or what is posted twice.
//
// The ways are one comment one vote, one author one vote, comments by their votes,
// and copies counted once. Each gives weights to the comments. By comment a stance has the
// share that the thread has; another way moves it by as much as it moves the weighted mean
// of the comments' probabilities. The ways stand side by side and none corrects another.
package weighting

import (
	"fmt"
	"math"

	"stance.example/stance/corpus"
)

// Comment is what the package needs to know of a judged comment.
type Comment struct {
	Author string // "" if unknown, who counts as an author of this comment alone
	Votes  *int   // nil if it has none
	// Probabilities are those of the stances.
	Probabilities [corpus.NumStances]float64
	// Original is the index of the first comment that it is a copy of, its own if
	// it is none.
	Original int
}

// Way is a way of counting.
type Way uint8

// The ways, in the order of the table.
const (
	ByComment     Way = iota // every comment counts 1
	ByAuthor                 // every author counts 1, shared among the author's comments
	ByVotes                  // a comment counts its votes, none if they are below 0 or not known
	WithoutCopies            // the first of several copies counts 1, the others nothing
	numWays
)

// String returns the name of the way as tables print it.
func (w Way) String() string {
	return [...]string{"by comment", "by author", "by votes", "copies once"}[w]
}

// Row holds the shares by one way.
type Row struct {
	Way Way
	// Total is the weight of all: comments, authors, votes.
	Total float64
	// Shares sum to 1.
	Shares [corpus.NumStances]float64
}

// Table holds the shares by the ways that differ in their weights from counting by
// comment; ByComment comes first.
type Table struct {
	Rows []Row
	// Copies is the number of comments that are copies of an earlier one.
	Copies int
	// Notes say which way changes the answer, one sentence each.
	Notes []string
}

// Of counts the judged comments of a thread that has those shares. Without comments the
// table is empty.
func Of(comments []Comment, shares [corpus.NumStances]float64) Table {
	var t Table
	if len(comments) == 0 {
		return t
	}
	for i, c := range comments {
		if c.Original != i {
			t.Copies++
		}
	}
	written := map[string]int{}
	for _, c := range comments {
		written[c.Author]++
	}
	var means [corpus.NumStances]float64
	for way := range numWays {
		row, differs := count(comments, way, written)
		if way == ByComment {
			means = row.Shares
		}
		if row.Total > 0 && (way == ByComment || differs) {
			row.Shares = moved(shares, means, row.Shares)
			t.Rows = append(t.Rows, row)
		}
	}
	for _, row := range t.Rows[1:] {
		if note := t.Rows[0].contrast(row); note != "" {
			t.Notes = append(t.Notes, note)
		}
	}
	return t
}

// moved are shares moved by the difference of two means, none below 0 and all summing to 1.
func moved(shares, from, to [corpus.NumStances]float64) [corpus.NumStances]float64 {
	if from == to {
		return shares
	}
	total := 0.0
	for k := range shares {
		shares[k] = max(0, shares[k]+to[k]-from[k])
		total += shares[k]
	}
	for k := range shares {
		shares[k] /= total
	}
	return shares
}

// count adds up one way: the weighted mean of the probabilities. It reports whether any two comments weigh differently.
func count(comments []Comment, way Way, written map[string]int) (row Row, differs bool) {
	row.Way = way
	first := 0.0
	for i, c := range comments {
		w := c.weight(i, way, written)
		if i == 0 {
			first = w
		}
		differs = differs || w != first
		row.Total += w
		for k, p := range c.Probabilities {
			row.Shares[k] += w * p
		}
	}
	for k := range row.Shares {
		row.Shares[k] /= row.Total
	}
	return row, differs
}

// weight is that of the i-th comment.
func (c *Comment) weight(i int, way Way, written map[string]int) float64 {
	switch way {
	case ByAuthor:
		if c.Author != "" {
			return 1 / float64(written[c.Author])
		}
	case ByVotes:
		if c.Votes == nil {
			return 0
		}
		return float64(max(0, *c.Votes))
	case WithoutCopies:
		if c.Original != i {
			return 0
		}
	}
	return 1
}

// shift is the change of a share that is worth a note.
const shift = 0.1

// contrast says how the answer of another way differs from that by comment, "" if it
// doesn't.
func (r Row) contrast(other Row) string {
	own, theirs := leading(r.Shares), leading(other.Shares)
	if own != theirs {
		return fmt.Sprintf("Counted %s, %s is the most frequent stance and not %s.", other.Way, theirs, own)
	}
	widest := 0
	for k := range r.Shares {
		if math.Abs(other.Shares[k]-r.Shares[k]) > math.Abs(other.Shares[widest]-r.Shares[widest]) {
			widest = k
		}
	}
	if math.Abs(other.Shares[widest]-r.Shares[widest]) < shift {
		return ""
	}
	return fmt.Sprintf("Counted %s, the share of %s is %.0f %% and not %.0f %%.", other.Way, corpus.Stance(widest), 100*other.Shares[widest], 100*r.Shares[widest])
}

// leading is the most frequent stance, the first of equals.
func leading(shares [corpus.NumStances]float64) corpus.Stance {
	most := corpus.Stance(0)
	for k := range shares {
		if shares[k] > shares[most] {
			most = corpus.Stance(k)
		}
	}
	return most
}
