package aggregate

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stance.example/stance/corpus"
)

// obs returns an observation of a comment that is a branch of its own.
func obs(author string, k corpus.Stance, p corpus.Polarity) Observation {
	return Observation{Author: author, Stance: k, Polarity: p}
}

// branched numbers the branches so that every comment is one.
func branched(list ...Observation) []Observation {
	for i := range list {
		list[i].Branch = i
	}
	return list
}

// sixByFour is a thread of the shape people paste: six comments by four readers.
func sixByFour() []Observation {
	return branched(
		obs("ana", corpus.Skeptical, corpus.Negative),
		obs("ben", corpus.Skeptical, corpus.Neutral),
		obs("ana", corpus.Relativist, corpus.Neutral),
		obs("cem", corpus.Skeptical, corpus.Negative),
		obs("ana", corpus.Relativist, corpus.Negative),
		obs("dot", corpus.Skeptical, corpus.Positive),
	)
}

func TestSummariseCounts(t *testing.T) {
	list := append(sixByFour(), Observation{Author: "eve", Removed: true, Branch: 6})
	s := Summarise(list, Reliability{})

	if s.Comments != 7 || s.Removed != 1 || s.Judged() != 6 || s.Authors != 4 || s.Unknown != 0 || s.Unsure != 0 {
		t.Errorf("totals = %+v", s)
	}
	var counts [corpus.NumStances]int
	for k := range s.Stance {
		counts[k] = s.Stance[k].Count
	}
	if want := [corpus.NumStances]int{4, 2, 0, 0}; counts != want {
		t.Errorf("stance counts = %v, want %v", counts, want)
	}
	if want := [corpus.NumPolarities]int{3, 2, 1}; s.Polarity != want {
		t.Errorf("polarity counts = %v, want %v", s.Polarity, want)
	}
	wantCross := [corpus.NumStances][corpus.NumPolarities]int{{2, 1, 1}, {1, 1, 0}, {}, {}}
	if s.Cross != wantCross {
		t.Errorf("cross counts = %v, want %v", s.Cross, wantCross)
	}
	if got, want := s.Stance[corpus.Skeptical].Share, 4.0/6; got != want {
		t.Errorf("share = %v, want %v", got, want)
	}
	wantRecurring := []Author{{Name: "ana", Comments: 3, Stance: [corpus.NumStances]int{1, 2, 0, 0}, Varies: true}}
	if diff := cmp.Diff(wantRecurring, s.Recurring); diff != "" {
		t.Errorf("recurring authors (-want +got):\n%s", diff)
	}
}

func TestSummariseWithoutJudgedComments(t *testing.T) {
	for name, list := range map[string][]Observation{
		"no comment at all":     nil,
		"only removed comments": {{Removed: true}, {Removed: true}},
	} {
		s := Summarise(list, Reliability{})
		for k, share := range s.Stance {
			if share.Count != 0 || !math.IsNaN(share.Share) || !math.IsNaN(share.Low) || !math.IsNaN(share.High) {
				t.Errorf("%s: %v = %+v, want undefined ratios", name, corpus.Stance(k), share)
			}
		}
		if _, leads := s.Leader(); leads {
			t.Errorf("%s: a stance leads", name)
		}
	}
}

func TestRecurringAuthors(t *testing.T) {
	cases := []struct {
		name, reason string
		list         []Observation
		want         []Author
	}{
		{
			name: "none is no stance", reason: "a reader who chats between two doubts does not change his mind",
			list: []Observation{obs("ana", corpus.Skeptical, 0), obs("ana", corpus.None, 0), obs("ana", corpus.Skeptical, 0)},
			want: []Author{{Name: "ana", Comments: 3, Stance: [corpus.NumStances]int{2, 0, 0, 1}}},
		},
		{
			name: "order", reason: "by number of comments, then name",
			list: []Observation{
				obs("zoe", corpus.None, 0), obs("bo", corpus.None, 0), obs("zoe", corpus.None, 0), obs("bo", corpus.None, 0),
				obs("max", corpus.None, 0), obs("max", corpus.None, 0), obs("max", corpus.None, 0), obs("once", corpus.None, 0),
			},
			want: []Author{
				{Name: "max", Comments: 3, Stance: [corpus.NumStances]int{3: 3}},
				{Name: "bo", Comments: 2, Stance: [corpus.NumStances]int{3: 2}},
				{Name: "zoe", Comments: 2, Stance: [corpus.NumStances]int{3: 2}},
			},
		},
		{
			name: "unknown authors", reason: "two comments without a name need not be by one reader",
			list: []Observation{obs("", corpus.Skeptical, 0), obs("", corpus.Supportive, 0)},
		},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, Summarise(branched(c.list...), Reliability{}).Recurring); diff != "" {
			t.Errorf("%s (%s) (-want +got):\n%s", c.name, c.reason, diff)
		}
	}
}

func TestLeader(t *testing.T) {
	cases := []struct {
		name, reason string
		shares       [corpus.NumStances]Share
		stance       corpus.Stance
		leads        bool
	}{
		{"apart", "no other interval reaches the first",
			[corpus.NumStances]Share{{Count: 5, Share: .5, Low: .4, High: .6}, {Count: 1, Share: .1, Low: 0, High: .2}, {Count: 3, Share: .3, Low: .2, High: .39},
				{Count: 1, Share: .1, Low: 0, High: .2}}, corpus.Skeptical, true},
		{"touching", "equal bounds overlap", [corpus.NumStances]Share{{Count: 5, Share: .5, Low: .4, High: .6}, {Count: 1, Share: .1, Low: 0, High: .2},
			{Count: 3, Share: .3, Low: .2, High: .4}, {Count: 1, Share: .1, Low: 0, High: .2}}, corpus.Skeptical, false},
		{"third overlaps", "a smaller count with a wider interval is a rival too",
			[corpus.NumStances]Share{{Count: 1, Share: .1, Low: 0, High: .5}, {Count: 2, Share: .2, Low: .1, High: .3}, {Count: 7, Share: .7, Low: .45, High: .8},
				{Count: 0, Share: 0, Low: 0, High: .1}}, corpus.Supportive, false},
		{"none leads", "taking no stance can be what most readers do",
			[corpus.NumStances]Share{{Count: 1, Share: .1, Low: 0, High: .2}, {Count: 1, Share: .1, Low: 0, High: .2}, {Count: 1, Share: .1, Low: 0, High: .2},
				{Count: 7, Share: .7, Low: .6, High: .8}}, corpus.None, true},
	}
	for _, c := range cases {
		s := Summary{Comments: 10, Stance: c.shares}
		if stance, leads := s.Leader(); stance != c.stance || leads != c.leads {
			t.Errorf("%s (%s): got %v, %v", c.name, c.reason, stance, leads)
		}
	}
}
