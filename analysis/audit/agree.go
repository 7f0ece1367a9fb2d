package audit

import (
	"math"
	"slices"

	"stance.example/stance/analysis/evaluate"
	"stance.example/stance/corpus"
	"stance.example/stance/corpus/labels"
)

// Agreement is how far annotators agree on the comments that two or more of them
// labelled.
type Agreement struct {
	Annotators int
	Comments   int         // labelled by two or more
	Alpha      Coefficient // Krippendorff's
	// Kappa is Cohen's, and Confusion the first annotator's labels against the
	// second's, where there are two annotators; NaN and nil otherwise.
	Kappa     Coefficient
	Confusion *evaluate.Confusion
	Labels    [corpus.NumStances]LabelAgreement
	// Disputed are the comments on which they differ, in the order of the first
	// file that has them.
	Disputed []Disputed
}

// Coefficient is a coefficient of agreement with its 95 % interval; NaN where it isn't
// defined.
type Coefficient struct{ Value, Low, High float64 }

// LabelAgreement is how far annotators agree on one label.
type LabelAgreement struct {
	Given int // times
	// Shared is the specific agreement: the probability that another annotator of the
	// comment gave the label as well; NaN if nobody gave it.
	Shared float64
	Alpha  Coefficient // of the label against all others
}

// Disputed is a comment with different labels.
type Disputed struct {
	First  *labels.Label // the first of them, which names the comment
	Labels []int         // by annotator, a corpus.Stance or Unlabelled
	Place  *Place        // nil if it wasn't looked up
}

// Place is where a comment stands.
type Place struct {
	Thread *corpus.Thread
	Index  int // of the comment
}

// Answered is the comment that is answered there, nil if none is known.
func (p *Place) Answered() *corpus.Comment {
	if i := corpus.Parents(p.Thread.Comments)[p.Index]; i >= 0 {
		return &p.Thread.Comments[i]
	}
	return nil
}

// LeastBounded is the least number of comments for which a coefficient gets an interval.
const LeastBounded = 10

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
	a.Alpha = coefficient(rows, func(rows [][]int) float64 { return Alpha(rows, corpus.NumStances) })
	for s := range a.Labels {
		a.Labels[s] = agreementOn(s, rows)
	}
	a.Kappa = Coefficient{math.NaN(), math.NaN(), math.NaN()}
	if len(annotators) == 2 {
		a.Confusion = confusionOf(rows)
		a.Kappa = coefficient(rows, func(rows [][]int) float64 { return Kappa(confusionOf(rows)) })
	}
	return a
}

// confusionOf counts the labels of two annotators.
func confusionOf(rows [][]int) *evaluate.Confusion {
	c := evaluate.NewConfusion(corpus.NumStances)
	for _, r := range rows {
		c.Add(r[0], r[1])
	}
	return c
}

// agreementOn sets one label against all others.
func agreementOn(label int, rows [][]int) LabelAgreement {
	a := LabelAgreement{}
	shared := 0.0
	either := make([][]int, len(rows)) // 1 for the label, 0 for another
	for i, r := range rows {
		gave, all := 0, 0
		either[i] = slices.Repeat([]int{Unlabelled}, len(r))
		for k, l := range r {
			if l == Unlabelled {
				continue
			}
			all++
			if either[i][k] = 0; l == label {
				gave++
				either[i][k] = 1
			}
		}
		a.Given += gave
		shared += float64(gave*(gave-1)) / float64(all-1)
	}
	a.Shared = shared / float64(a.Given)
	a.Alpha = coefficient(either, func(rows [][]int) float64 { return Alpha(rows, 2) })
	return a
}

// coefficient computes a coefficient of the rows and bounds it by drawing comments
// with replacement, which holds as well for alpha as any other way (Zapf, Castell,
// Morawietz and Karch, Measuring inter-rater reliability for nominal data, BMC Medical
// Research Methodology 16:93, 2016). Annotators who never differ would always be drawn so;
// what bounds them is the greatest part p of disagreements that shows none among so many
// comments with the probability 2.5 %: p = 1 − 0.025^(1/n), and the coefficient would be
// 1 − p/e, with e the part that would differ by chance. Fewer than LeastBounded comments
// bound nothing.
func coefficient(rows [][]int, of func(rows [][]int) float64) Coefficient {
	c := Coefficient{of(rows), math.NaN(), math.NaN()}
	if len(rows) < LeastBounded {
		return c
	}
	sample := make([][]int, len(rows))
	c.Low, c.High = evaluate.Bootstrap(len(rows), func(drawn []int) float64 {
		for i, k := range drawn {
			sample[i] = rows[k]
		}
		return of(sample)
	})
	switch {
	case c.Value == 1:
		c.Low, c.High = 1-(1-math.Pow(0.025, 1/float64(len(rows))))/differing(rows), 1
	case c.Low == c.High: // kappa, where one annotator gave one label throughout
		c.Low, c.High = math.NaN(), math.NaN()
	default:
		c.Low, c.High = min(c.Low, c.Value), max(c.High, c.Value)
	}
	return c
}

// differing is the part of pairs of any two labels that differ.
func differing(rows [][]int) float64 {
	counts := map[int]float64{}
	n := 0.0
	for _, r := range rows {
		for _, l := range r {
			if l != Unlabelled {
				counts[l]++
				n++
			}
		}
	}
	same := 0.0
	for _, c := range counts {
		same += c * (c - 1)
	}
	return 1 - same/(n*(n-1))
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
				rows = append(rows, Disputed{First: l, Labels: slices.Repeat([]int{Unlabelled}, len(annotators))})
			}
			if rows[at].Labels[k] == Unlabelled {
				rows[at].Labels[k] = int(l.Stance)
			}
		}
	}
	return rows
}
