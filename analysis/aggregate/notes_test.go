package aggregate

import (
	"slices"
	"strings"
	"testing"

	"stance.example/stance/corpus"
)

const unfitted = "The intervals carry sampling error only, because the classifier's errors are not known."

// many returns n comments of that stance, each by a reader of its own.
func many(n int, k corpus.Stance) []Observation {
	var list []Observation
	for i := range n {
		list = append(list, obs(strings.Repeat("x", i+1), k, corpus.Neutral))
	}
	return list
}

func TestNotes(t *testing.T) {
	cases := []struct {
		name, reason string
		list         []Observation
		want         []string
	}{
		{
			name: "nothing judged", reason: "no share, so no doubt about shares",
			want: []string{"No comment was judged."},
		},
		{
			name: "all removed", reason: "says where the comments went",
			list: []Observation{{Removed: true}, {Removed: true}},
			want: []string{"No comment was judged.", "2 removed comments are not counted."},
		},
		{
			name: "a clear thread", reason: "forty readers of one mind leave only the missing reliability to say",
			list: many(40, corpus.Skeptical),
			want: []string{unfitted},
		},
		{
			name: "one unknown", reason: "number agreement in the singular",
			list: []Observation{{Unsure: true}, {Removed: true}},
			want: []string{
				"Only 1 comment was judged, too few for a share to mean much.",
				"No stance leads: the intervals of skeptical and relativist overlap.",
				"The author of the comment is unknown.",
				"1 comment is unsure and counts under the stance shown.",
				"1 removed comment is not counted.",
				unfitted,
			},
		},
		{
			name: "six by four", reason: "3 of 6 comments are by one reader",
			list: sixByFour(),
			want: []string{
				"Only 6 comments were judged, too few for a share to mean much.",
				"No stance leads: the intervals of skeptical and relativist overlap.",
				"One reader, ana, wrote 3 of the 6 judged comments.",
				unfitted,
			},
		},
		{
			name: "nineteen", reason: "the last number that is few",
			list: many(19, corpus.None),
			want: []string{"Only 19 comments were judged, too few for a share to mean much.", unfitted},
		},
		{
			name: "exactly a third", reason: "10 of 30 comments by one reader and 10 by nobody known are both worth saying",
			list: slices.Concat(many(10, corpus.None), slices.Repeat([]Observation{obs("ana", corpus.None, 0)}, 10), slices.Repeat([]Observation{obs("", corpus.None, 0)}, 10)),
			want: []string{
				"One reader, ana, wrote 10 of the 30 judged comments.",
				"The author of 10 of the 30 judged comments is unknown.",
				unfitted,
			},
		},
		{
			name: "just under a third", reason: "9 of 28 is less than one in three",
			list: slices.Concat(many(10, corpus.None), slices.Repeat([]Observation{obs("ana", corpus.None, 0)}, 9), slices.Repeat([]Observation{obs("", corpus.None, 0)}, 9)),
			want: []string{unfitted},
		},
		{
			name: "two of five by one reader", reason: "below six comments an author's part means nothing",
			list: []Observation{obs("ana", 0, 0), obs("ana", 0, 0), obs("b", 0, 0), obs("c", 0, 0), obs("d", 0, 0)},
			want: []string{
				"Only 5 comments were judged, too few for a share to mean much.",
				"No stance leads: the intervals of skeptical and relativist overlap.",
				unfitted,
			},
		},
	}
	for _, c := range cases {
		got := Summarise(branched(c.list...), Reliability{}).Notes
		if !slices.Equal(got, c.want) {
			t.Errorf("%s (%s):\n got %q\nwant %q", c.name, c.reason, got, c.want)
		}
	}
}

// TestShareIsExpected gives a classifier that calls supportive comments skeptical: the
// shares are what is to be expected of it, and the counts stay what they are.
func TestShareIsExpected(t *testing.T) {
	r := someReliability()
	r.Weights[corpus.Skeptical] = [5]float64{-1}
	r.Weights[corpus.Supportive] = [5]float64{2}
	s := Summarise(branched(append(many(80, corpus.Skeptical), many(20, corpus.None)...)...), r)
	want := r.expected(stanceRow{0.8, 0, 0, 0.2})
	for k, share := range s.Stance {
		if share.Share != want[k] || share.Count != [corpus.NumStances]int{80, 0, 0, 20}[k] {
			t.Errorf("%v: %+v, want the share %g", corpus.Stance(k), share, want[k])
		}
	}
	if first, _ := s.Leader(); first != corpus.Supportive {
		t.Errorf("%v leads, though %v is to be expected", first, corpus.Supportive)
	}
}
