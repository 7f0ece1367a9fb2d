package audit

import (
	"math"

	"stance.example/stance/analysis/evaluate"
)

// Unlabelled stands for a label that is missing.
const Unlabelled = -1

// Kappa is Cohen's kappa of two annotators, whose labels of the same comments the
// matrix counts: (o − e)/(1 − e), with o the part they agree on and e the part two
// annotators with their frequencies would agree on by chance (Cohen, Educational and
// Psychological Measurement 20, 1960). It is NaN if there are no comments, or if
// both always gave the same one label.
func Kappa(c *evaluate.Confusion) float64 {
	n := float64(c.Total())
	chance := 0.0
	for k := range c.Counts {
		chance += float64(c.Support(k)) * float64(c.Predicted(k)) / (n * n)
	}
	if chance == 1 {
		return math.NaN()
	}
	return (c.Accuracy() - chance) / (1 - chance)
}

// Alpha is Krippendorff's alpha for nominal labels of any number of annotators:
// 1 − (n−1)·Σ o/Σ n_c(n−n_c), with o the coincidences of different labels within a
// comment and n_c how often a label occurs among the n labels of comments that have
// two or more (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). Each
// row holds the labels of one comment, from 0 to classes−1 or Unlabelled. It is NaN
// if no comment has two labels, or all labels are the same.
func Alpha(comments [][]int, classes int) float64 {
	total := make([]float64, classes)
	n, disagreement := 0.0, 0.0
	for _, labels := range comments {
		counts := make([]float64, classes)
		m := 0.0
		for _, l := range labels {
			if l != Unlabelled {
				counts[l]++
				m++
			}
		}
		if m < 2 {
			continue
		}
		n += m
		for k, c := range counts {
			total[k] += c
			disagreement += c * (m - c) / (m - 1)
		}
	}
	expected := 0.0
	for _, t := range total {
		expected += t * (n - t)
	}
	if expected == 0 {
		return math.NaN()
	}
	return 1 - (n-1)*disagreement/expected
}
