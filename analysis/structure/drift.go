package structure

import (
	"math"
	"slices"

	"stance.example/stance/analysis/fdr"
	"stance.example/stance/corpus"
)

// Drift is how the stances change along the thread.
type Drift struct {
	// ByTime is set if the comments were put in order by their times, which needs
	// one for every judged comment. Otherwise their order is that of the page, which
	// may be by votes.
	ByTime bool
	// Halves count the stances of the first and of the second half; the middle one
	// of an odd number of comments belongs to the first.
	Halves [2][corpus.NumStances]int
	Trends [corpus.NumStances]Trend
}

// Trend is whether a stance comes earlier or later than the others.
type Trend struct {
	// Later is the probability that a comment with the stance stands behind one
	// without it, each drawn at random: above one half, the stance grows. NaN if
	// there are no comments with it, or none without. It is the statistic of
	// Mann and Whitney, On a test of whether one of two random variables is
	// stochastically larger than the other, Annals of Mathematical Statistics 18,
	// 1947, over the product of the two numbers of comments.
	Later float64
	// P is its two-sided p-value by the normal approximation, which a dozen comments
	// are enough for, and Q the same adjusted for the four stances; NaN with Later.
	P, Q float64
}

// NoDrift is that of a thread of which nothing is known.
func NoDrift() Drift {
	nothing := Trend{Later: math.NaN(), P: math.NaN(), Q: math.NaN()}
	return Drift{Trends: [corpus.NumStances]Trend{nothing, nothing, nothing, nothing}}
}

func driftOf(comments []Comment) Drift {
	var order []Comment
	d := Drift{ByTime: true}
	for _, c := range comments {
		if c.Judged {
			order = append(order, c)
			d.ByTime = d.ByTime && !c.Posted.IsZero()
		}
	}
	d.ByTime = d.ByTime && len(order) > 0
	if d.ByTime {
		slices.SortStableFunc(order, func(a, b Comment) int { return a.Posted.Compare(b.Posted) })
	}
	stances := make([]corpus.Stance, len(order))
	for i, c := range order {
		stances[i] = c.Stance
		half := 0
		if 2*i > len(order)-1 {
			half = 1
		}
		d.Halves[half][c.Stance]++
	}
	p := make([]float64, corpus.NumStances)
	for s := range d.Trends {
		d.Trends[s] = trendOf(stances, corpus.Stance(s))
		p[s] = d.Trends[s].P
	}
	for s, q := range fdr.Adjust(p) {
		d.Trends[s].Q = q
	}
	return d
}

// trendOf compares the places of the comments with the stance with those of the
// others. With n comments of the stance, m others and no ties, the statistic U has the
// mean nm/2 and the variance nm(n+m+1)/12. Comments of one minute are taken in the
// order of the page.
func trendOf(order []corpus.Stance, stance corpus.Stance) Trend {
	with, behind := 0, 0 // behind: pairs in which the comment with the stance is later
	for i, s := range order {
		if s == stance {
			behind += i - with
			with++
		}
	}
	without := len(order) - with
	pairs := float64(with) * float64(without)
	if pairs == 0 {
		return Trend{Later: math.NaN(), P: math.NaN(), Q: math.NaN()}
	}
	z := (float64(behind) - pairs/2) / math.Sqrt(pairs*float64(len(order)+1)/12)
	return Trend{Later: float64(behind) / pairs, P: fdr.TwoSided(z)}
}
