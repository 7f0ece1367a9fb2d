package analysis

import (
	"math"
	"slices"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
)

// Overview is what is shown of many threads together.
type Overview struct {
	Threads []Outline
	// Total is over all threads, the others over the threads, or comments, of one
	// site, month or author.
	Total                  Group
	Sites, Months, Authors []Group
	// ByModel is the number of comments that a language model judged.
	ByModel int
}

// Outline is a thread without its comments.
type Outline struct {
	Source string
	ID     string // of the thread within its source
	Title  string
	Site   string
	Day    string // YYYY-MM-DD, "" if unknown
	Judged int    // comments
	Stance [corpus.NumStances]aggregate.Share
	// Compared sets the thread against the others.
	Compared [corpus.NumStances]Compared
}

// Bounded reports whether the shares have intervals.
func (o *Outline) Bounded() bool { return o.Judged > 0 && !math.IsNaN(o.Stance[0].Low) }

// Month is YYYY-MM, "" if the day isn't known.
func (o *Outline) Month() string { return o.Day[:min(len(o.Day), len("2006-01"))] }

// Group is the judged comments of several threads, or of one author in them.
type Group struct {
	Name     string // "" for all, and for what isn't known
	Threads  int
	Judged   int // comments
	Stance   [corpus.NumStances]aggregate.Share
	Polarity [corpus.NumPolarities]int
	// Compared sets the group against the others.
	Compared [corpus.NumStances]Compared
}

// Compared is the share of a stance among those of a table; NaN where there is nothing
// to compare it with.
type Compared struct {
	// Pooled is drawn toward the share of all, the more the less is known of it; Low
	// and High bound its 95 % interval. It serves to compare: an error that the
	// classifier makes in all threads alike isn't in the interval. See package
	// compare.
	Pooled, Low, High float64
	// Differs is set if the share differs from that of the others, at a false
	// discovery rate over the whole table.
	Differs bool
}

var unknown = Compared{Pooled: math.NaN(), Low: math.NaN(), High: math.NaN()}

// Complete computes from the outlines and the counts of the groups the shares of all,
// of the sites and of the months, and compares the threads, the sites and the months.
// Authors, who have few comments each, get neither.
func (o *Overview) Complete() {
	threads := make([]compare.Thread, len(o.Threads))
	for i := range o.Threads {
		threads[i] = comparableOf(&o.Threads[i])
	}
	rows := compare.Threads(threads).Rows
	for i := range o.Threads {
		if t := &o.Threads[i]; threads[i].Comments > 0 { // as compare leaves out the others
			t.Compared, rows = comparedOf(rows[0].Cells), rows[1:]
		} else {
			t.Compared = nothing()
		}
	}
	total := []Group{o.Total}
	o.bound(total, func(*Outline) string { return "" })
	o.Total = total[0]
	o.Total.Compared = nothing()
	o.bound(o.Sites, func(t *Outline) string { return t.Site })
	o.bound(o.Months, (*Outline).Month)
	compareGroups(o.Sites, threads, func(i int) string { return o.Threads[i].Site })
	compareGroups(o.Months, threads, func(i int) string { return o.Threads[i].Month() })
	for i := range o.Authors {
		a := &o.Authors[i]
		a.Compared = nothing()
		for s := range a.Stance {
			a.Stance[s] = aggregate.Share{Count: a.Stance[s].Count, Share: math.NaN(), Expected: math.NaN(), Error: math.NaN(), Low: math.NaN(), High: math.NaN()}
		}
	}
}

// Relabel puts a thread in place of the one at that index, of which a person labelled
// comments since: r is the thread now, and judgements are those of before. It must come
// before Complete.
func (o *Overview) Relabel(thread int, judgements []Judgement, r *Result) {
	t := &o.Threads[thread]
	t.Judged, t.Stance = r.Summary.Judged(), r.Summary.Stance
	for i := range judgements {
		groups := []*Group{&o.Total, named(o.Sites, t.Site), named(o.Months, t.Month())}
		if author := r.Thread.Comments[i].Author; author != "" {
			groups = append(groups, named(o.Authors, author))
		}
		for _, g := range groups {
			if g != nil {
				g.count(&judgements[i], -1)
				g.count(&r.Judgements[i], 1)
			}
		}
	}
}

// named returns the group of that name, nil if there is none.
func named(groups []Group, name string) *Group {
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Name == name })
	if i < 0 {
		return nil
	}
	return &groups[i]
}

// count adds so many times a comment, if it was judged.
func (g *Group) count(j *Judgement, times int) {
	if j.Judged {
		g.Judged += times
		g.Stance[j.Stance].Count += times
		g.Polarity[j.Polarity] += times
	}
}

// bound sets the shares of the groups and their intervals, in which a thread counts by
// its comments. A bound that would leave out the counted share is moved to it.
func (o *Overview) bound(groups []Group, name func(*Outline) string) {
	index := make(map[string]int, len(groups))
	for i := range groups {
		index[groups[i].Name] = i
	}
	reaches := make([][corpus.NumStances]reach, len(groups))
	for i := range o.Threads {
		t := &o.Threads[i]
		g, listed := index[name(t)]
		if !listed || t.Judged == 0 {
			continue
		}
		part := float64(t.Judged) / float64(groups[g].Judged)
		for s := range t.Stance {
			reaches[g][s].add(part, &t.Stance[s])
		}
	}
	for i := range groups {
		for s := range groups[i].Stance {
			share := &groups[i].Stance[s]
			share.Share = float64(share.Count) / float64(groups[i].Judged)
			share.Expected = reaches[i][s].expected
			if groups[i].Judged == 0 {
				share.Expected = math.NaN()
			}
			low, high := reaches[i][s].interval()
			share.Low, share.High = min(low, share.Share), max(high, share.Share) // NaN of nothing
		}
	}
}

// compareGroups compares the groups of the threads; group names that of a thread.
func compareGroups(groups []Group, threads []compare.Thread, group func(int) string) {
	for i := range threads {
		threads[i].Group = group(i)
	}
	cells := map[string][corpus.NumStances]compare.Cell{}
	for _, row := range compare.Groups(threads).Rows {
		cells[row.Name] = row.Cells
	}
	for i := range groups {
		groups[i].Compared = nothing()
		if c, ok := cells[groups[i].Name]; ok {
			groups[i].Compared = comparedOf(c)
		}
	}
}

func nothing() [corpus.NumStances]Compared {
	return [corpus.NumStances]Compared{unknown, unknown, unknown, unknown}
}

func comparedOf(cells [corpus.NumStances]compare.Cell) (list [corpus.NumStances]Compared) {
	for s, c := range cells {
		list[s] = Compared{Pooled: c.Pooled, Low: c.Low, High: c.High, Differs: c.Differs()}
	}
	return list
}

const (
	// normal95 is the quantile of the standard normal distribution that bounds 95 %.
	normal95 = 1.959964
	// leastError keeps the standard error of a share positive.
	leastError = 1e-3
)

// comparableOf is a thread as package compare takes it. The standard error is that of a
// normal distribution whose 95 % interval reaches as far as the farther bound of the
// share's, so it carries the errors of the classifier too. A thread whose shares have no
// interval has nothing to compare.
func comparableOf(o *Outline) compare.Thread {
	if !o.Bounded() {
		return compare.Thread{Name: o.Title}
	}
	t := compare.Thread{Name: o.Title, Comments: o.Judged}
	for s, share := range o.Stance {
		t.Shares[s] = compare.Share{Value: share.Share, Error: max(leastError, max(share.High-share.Share, share.Share-share.Low)/normal95)}
	}
	return t
}
