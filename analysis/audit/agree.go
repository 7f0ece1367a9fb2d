package audit

import (
	"slices"

	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Agreement is how far annotators agree on the comments that two or more of them
// labelled.
type Agreement struct {
	Annotators int
	Comments   int     // labelled by two or more
	Alpha      float64 // Krippendorff's, NaN if it isn't defined
	// Kappa is Cohen's, and Confusion the first annotator's labels against the
	// second's, where there are two annotators; NaN and nil otherwise.
	Kappa     float64
	Confusion *evaluate.Confusion
	// Disputed are the comments on which they differ, in the order of the first
	// file that has them.
	Disputed []Disputed
}

// Disputed is a comment with different labels.
type Disputed struct {
	Thread, Comment string
	Labels          []int // by annotator, a corpus.Stance or Unlabelled
}

// Agree compares lists of labels, one of each annotator.
func Agree(annotators [][]labels.Label) *Agreement {
	a := &Agreement{Annotators: len(annotators)}
	var rows [][]int
	for _, d := range aligned(annotators) {
		given := slices.DeleteFunc(slices.Clone(d.Labels), func(l int) bool { return l == Unlabelled })
		if len(given) < 2 {
			continue
		}
		a.Comments++
		rows = append(rows, d.Labels)
		if slices.Min(given) != slices.Max(given) {
			a.Disputed = append(a.Disputed, d)
		}
	}
	a.Alpha = Alpha(rows, corpus.NumStances)
	a.Kappa = Kappa(evaluate.NewConfusion(corpus.NumStances)) // of nothing: NaN
	if len(annotators) == 2 {
		a.Confusion = evaluate.NewConfusion(corpus.NumStances)
		for _, r := range rows {
			a.Confusion.Add(r[0], r[1])
		}
		a.Kappa = Kappa(a.Confusion)
	}
	return a
}

// aligned gives each comment one row of labels. Of several labels of one annotator
// for a comment the first counts.
func aligned(annotators [][]labels.Label) []Disputed {
	type key struct{ thread, comment string }
	index := map[key]int{}
	var rows []Disputed
	for k, list := range annotators {
		for i := range list {
			l := &list[i]
			if l.State != labels.Given {
				continue
			}
			at, known := index[key{l.Thread, l.Comment}]
			if !known {
				at = len(rows)
				index[key{l.Thread, l.Comment}] = at
				rows = append(rows, Disputed{l.Thread, l.Comment, slices.Repeat([]int{Unlabelled}, len(annotators))})
			}
			if rows[at].Labels[k] == Unlabelled {
				rows[at].Labels[k] = int(l.Stance)
			}
		}
	}
	return rows
}
