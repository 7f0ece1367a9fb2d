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
			comments: []weighting.Comment{{Author: "a", Stance: k}, {Author: "b", Stance: k, Original: 1}, {Stance: p, Original: 2}, {Author: "d", Stance: n, Original: 3}},
			want:     []weighting.Row{{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.5, 0, 0.25, 0.25}}},
		},
		{
			name: "one writes three", reason: "ana's three comments count 1/3 each; three authors in all",
			comments: []weighting.Comment{{Author: "ana", Stance: k}, {Author: "ana", Stance: k, Original: 1}, {Author: "ana", Stance: r, Original: 2}, {Author: "b", Stance: p, Original: 3}, {Author: "", Stance: p, Original: 4}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 5, Shares: [4]float64{0.4, 0.2, 0.4, 0}},
				{Way: weighting.ByAuthor, Total: 3, Shares: [4]float64{2. / 9, 1. / 9, 6. / 9, 0}},
			},
			notes: []string{"Counted by author, supportive is the most frequent stance and not skeptical."},
		},
		{
			name: "votes", reason: "9 of 10 votes are for one comment; below 0 counts as none, and so does a comment without",
			comments: []weighting.Comment{{Votes: votes(9), Stance: k}, {Votes: votes(1), Stance: p, Original: 1}, {Votes: votes(-4), Stance: p, Original: 2}, {Stance: k, Original: 3}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.5, 0, 0.5, 0}},
				{Way: weighting.ByVotes, Total: 10, Shares: [4]float64{0.9, 0, 0.1, 0}},
			},
			notes: []string{"Counted by votes, the share of skeptical is 90 % and not 50 %."},
		},
		{
			name: "copies", reason: "the second and third are copies of the first",
			comments: []weighting.Comment{{Stance: k}, {Stance: k}, {Stance: k}, {Stance: p, Original: 3}},
			want: []weighting.Row{
				{Way: weighting.ByComment, Total: 4, Shares: [4]float64{0.75, 0, 0.25, 0}},
				{Way: weighting.WithoutCopies, Total: 2, Shares: [4]float64{0.5, 0, 0.5, 0}},
			},
			notes: []string{"Counted copies once, the share of skeptical is 50 % and not 75 %."},
		},
	} {
		got := weighting.Of(c.comments)
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
