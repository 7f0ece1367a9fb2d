package weighting_test

import (
	"math"
	"slices"
	"testing"

	"stance.example/stance/analysis/weighting"
	"stance.example/stance/corpus"
)

const (
	k = corpus.Skeptical
	r = corpus.Relativist
	p = corpus.Supportive
	n = corpus.None
)

func votes(n int) *int { return &n }

// only is certainty of a stance.
func only(s corpus.Stance) (p [4]float64) {
	p[s] = 1
	return p
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		comments     []weighting.Comment
		want         []weighting.Row
		notes        []string
	}{
		{name: "nothing", reason: "no comment, no share"},
		{
			name: "all alike", reason: "four readers, one comment each: every way would say the same",
			comments: []weighting.Comment{{Author: "a", Probabilities: only(k)}, {Author: "b", Probabilities: only(k), Original: 1},
				{Probabilities: only(p), Original: 2}, {Author: "d", Probabilities: only(n), Original: 3}},
			want: []weighting.Row{{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.5, 0, 0.25, 0.25}}},
		},
		{
			name: "one writes three", reason: "ana's three comments count 1/3 each; three authors in all",
			comments: []weighting.Comment{{Author: "ana", Probabilities: only(k)}, {Author: "ana", Probabilities: only(k), Original: 1},
				{Author: "ana", Probabilities: only(r), Original: 2}, {Author: "b", Probabilities: only(p), Original: 3},
				{Author: "", Probabilities: only(p), Original: 4}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 5, Shares: [4]float64{0.4, 0.2, 0.4, 0}},
				{Way: weighting.ByAuthor, Total: 3, Shares: [4]float64{2. / 9, 1. / 9, 6. / 9, 0}},
			},
			notes: []string{"Counted by author, supportive is the most frequent stance and not skeptical."},
		},
		{
			name: "votes", reason: "9 of 10 votes are for one comment; below 0 counts as none, and so does a comment without",
			comments: []weighting.Comment{{Votes: votes(9), Probabilities: only(k)}, {Votes: votes(1), Probabilities: only(p), Original: 1},
				{Votes: votes(-4), Probabilities: only(p), Original: 2}, {Probabilities: only(k), Original: 3}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.5, 0, 0.5, 0}},
				{Way: weighting.ByVotes, Total: 10, Shares: [4]float64{0.9, 0, 0.1, 0}},
			},
			notes: []string{"Counted by votes, the share of skeptical is 90 % and not 50 %."},
		},
		{
			name: "copies", reason: "the second and third are copies of the first",
			comments: []weighting.Comment{{Probabilities: only(k)}, {Probabilities: only(k)}, {Probabilities: only(k)}, {Probabilities: only(p), Original: 3}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.75, 0, 0.25, 0}},
				{Way: weighting.WithoutCopies, Total: 2, Shares: [4]float64{0.5, 0, 0.5, 0}},
			},
			notes: []string{"Counted copies once, the share of skeptical is 50 % and not 75 %."},
		},
	} {
		var means [4]float64
		for _, comment := range c.comments {
			for s, p := range comment.Probabilities {
				means[s] += p / float64(len(c.comments))
			}
		}
		got := weighting.Of(c.comments, means)
		if len(got.Rows) != len(c.want) || !slices.Equal(got.Notes, c.notes) {
			t.Errorf("%s (%s): %+v", c.name, c.reason, got)
			continue
		}
		for i, row := range got.Rows {
			want := c.want[i]
			same := row.Way == want.Way && math.Abs(row.Total-want.Total) < 1e-12
			for s := range row.Shares {
				same = same && math.Abs(row.Shares[s]-want.Shares[s]) < 1e-12
			}
			if !same {
				t.Errorf("%s (%s): %+v, want %+v", c.name, c.reason, row, want)
			}
		}
	}
}
