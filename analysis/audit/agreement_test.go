package audit

import (
	"math"
	"testing"

	"stance.example/stance/analysis/evaluate"
)

// TestKappa has figures that are worked by hand, and NaN where nothing can be told.
func TestKappa(t *testing.T) {
	for _, c := range []struct {
		name   string
		counts [][]int
		want   float64
	}{
		// Of 50 both say yes to 20 and no to 15; o = 0.7, e = 0.5·0.6 + 0.5·0.4 = 0.5.
		{"two classes", [][]int{{20, 5}, {10, 15}}, 0.4},
		// o = 72/100, e = (40·45 + 35·30 + 25·25)/100² = 0.3475.
		{"three classes", [][]int{{35, 3, 2}, {5, 22, 8}, {5, 5, 15}}, (0.72 - 0.3475) / (1 - 0.3475)},
		{"chance", [][]int{{25, 25}, {25, 25}}, 0},
		{"worse than chance", [][]int{{0, 5}, {5, 0}}, -1},
		{"only one label in use", [][]int{{9, 0}, {0, 0}}, math.NaN()},
		{"no comments", [][]int{{0, 0}, {0, 0}}, math.NaN()},
	} {
		got := Kappa(&evaluate.Confusion{Counts: c.counts})
		if math.IsNaN(c.want) != math.IsNaN(got) || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestAlpha has the two worked examples of Krippendorff's paper of 2011: two annotators
// with two labels (section B, 0.095), and four with five labels and gaps (section C,
// 0.743).
func TestAlpha(t *testing.T) {
	const o = Unlabelled
	for _, c := range []struct {
		name    string
		labels  [][]int // by annotator
		classes int
		want    float64
	}{
		{"two annotators", [][]int{
			{0, 1, 0, 0, 0, 0, 0, 0, 1, 0},
			{1, 1, 1, 0, 0, 1, 0, 0, 0, 0},
		}, 2, 0.095},
		{"four annotators with gaps", [][]int{
			{0, 1, 2, 2, 1, 0, 3, 0, 1, o, o, o},
			{0, 1, 2, 2, 1, 1, 3, 0, 1, 4, o, 2},
			{o, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, o},
			{0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, o},
		}, 5, 0.743},
		{"no comment has two labels", [][]int{{0, o}, {o, 1}}, 2, math.NaN()},
		{"one label throughout", [][]int{{1, 1}, {1, 1}}, 2, math.NaN()},
	} {
		var comments [][]int
		for i := range c.labels[0] {
			var row []int
			for _, annotator := range c.labels {
				row = append(row, annotator[i])
			}
			comments = append(comments, row)
		}
		got := Alpha(comments, c.classes)
		if math.IsNaN(c.want) != math.IsNaN(got) || math.Abs(got-c.want) > 0.0005 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
