package analysis

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
)

// Breakdown is what many threads come to by one key.
type Breakdown struct {
	By     string // one of Keys
	Total  Group
	Groups []Group // periods, sites and authors by name or number of comments, threads as they come
	// Changes are parallel to Groups, of periods; nil for other keys. Their Q is over all
	// of them.
	Changes [][corpus.NumStances]Change
	Pairs   []Pair // of Groups, once they are compared; never nil then
}

// Change is the share of a stance in a period less that in the period before, of those
// that have threads.
type Change struct {
	Before string // the name of the period before, "" if there is none
	compare.Difference
}

// The keys of a breakdown.
const (
	ByDay    = "day"
	ByWeek   = "week"
	ByMonth  = "month"
	BySite   = "site"
	ByAuthor = "author"
	ByThread = "thread"
)

// Keys are those that threads can be broken down by.
func Keys() []string { return []string{ByDay, ByWeek, ByMonth, BySite, ByAuthor, ByThread} }

// Week is the week of ISO 8601, as 2024-W05, "" if the day isn't known.
func (o *Outline) Week() string {
	day, err := time.Parse(time.DateOnly, o.Day)
	if err != nil {
		return ""
	}
	year, week := day.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// Breakdown breaks a completed overview down by one of Keys.
func (o *Overview) Breakdown(key string) *Breakdown {
	b := &Breakdown{By: key, Total: o.Total}
	switch key {
	case ByDay:
		b.Groups = o.compared(func(t *Outline) string { return t.Day })
	case ByWeek:
		b.Groups = o.compared((*Outline).Week)
	case ByMonth:
		b.Groups = o.Months
	case BySite:
		b.Groups = o.Sites
	case ByAuthor:
		b.Groups = o.Authors
	default:
		for i := range o.Threads {
			t := &o.Threads[i]
			g := Group{Name: cmp.Or(t.Title, t.Source+" "+t.ID), Authors: len(t.Authors), Compared: t.Compared}
			g.add(t)
			g.Stance = t.Stance
			b.Groups = append(b.Groups, g)
		}
	}
	if b.Periods() {
		b.Changes = changes(b.Groups)
	}
	return b
}

// enoughPeriods is how many periods show a course.
const enoughPeriods = 4

// OverTime breaks a completed overview down by month, or by week or day if there are too few
// months to show a course.
func (o *Overview) OverTime() *Breakdown {
	periods := map[string]map[string]bool{ByMonth: {}, ByWeek: {}, ByDay: {}}
	for i := range o.Threads {
		if t := &o.Threads[i]; t.Judged > 0 && t.Day != "" {
			periods[ByMonth][t.Month()], periods[ByWeek][t.Week()], periods[ByDay][t.Day] = true, true, true
		}
	}
	for _, key := range []string{ByMonth, ByWeek} {
		if len(periods[key]) >= enoughPeriods {
			return o.Breakdown(key)
		}
	}
	return o.Breakdown(ByDay)
}

// Periods reports whether the groups are periods.
func (b *Breakdown) Periods() bool { return b.By == ByDay || b.By == ByWeek || b.By == ByMonth }

// Start is the first day of a period by its name; zero if it isn't known.
func (b *Breakdown) Start(name string) time.Time {
	var t time.Time
	switch b.By {
	case ByDay:
		t, _ = time.Parse(time.DateOnly, name)
	case ByMonth:
		t, _ = time.Parse("2006-01", name)
	case ByWeek:
		var year, week int
		if n, _ := fmt.Sscanf(name, "%d-W%d", &year, &week); n == 2 {
			first := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // always in week 1
			t = first.AddDate(0, 0, 7*(week-1)-(int(first.Weekday())+6)%7)
		}
	}
	return t
}

// compared are the groups of that name, compared with each other.
func (o *Overview) compared(name func(*Outline) string) []Group {
	groups := o.groups(name)
	threads := make([]compare.Thread, len(o.Threads))
	for i := range o.Threads {
		threads[i] = comparableOf(&o.Threads[i])
	}
	compareGroups(groups, threads, func(i int) string { return name(&o.Threads[i]) })
	return groups
}

// changes are those of periods in their order. What has no day has none, and a period
// without judged comments is passed over.
func changes(periods []Group) [][corpus.NumStances]Change {
	list := make([][corpus.NumStances]Change, len(periods))
	var all []*compare.Difference
	var before *Group
	for i := range periods {
		now := &periods[i]
		for s := range list[i] {
			c := &list[i][s]
			c.Difference = compare.Unknown()
			if before != nil && now.Name != "" {
				*c = Change{before.Name, intervalOf(&now.Stance[s]).Less(intervalOf(&before.Stance[s]))}
			}
			all = append(all, &c.Difference)
		}
		if now.Name != "" && now.Judged > 0 {
			before = now
		}
	}
	compare.Adjust(all)
	return list
}

func intervalOf(s *aggregate.Share) compare.Interval {
	return compare.Interval{Value: s.Share, Low: s.Low, High: s.High}
}

// Pair is two groups of a breakdown, whose shares are set against each other.
type Pair struct {
	Of, Less *Group
	// Differences are the shares of Of less those of Less; their Q is over all pairs.
	Differences [corpus.NumStances]compare.Difference
}

// Compare fills Pairs: each group against each that stands before it, of periods the later one
// less the earlier one. Groups without a judged comment, or whose name isn't known, are left out.
func (b *Breakdown) Compare() {
	pairs := []Pair{}
	for i := range b.Groups {
		for k := range i {
			p := Pair{Of: &b.Groups[i], Less: &b.Groups[k]}
			if min(p.Of.Judged, p.Less.Judged) == 0 || p.Of.Name == "" || p.Less.Name == "" {
				continue
			}
			for s := range p.Differences {
				p.Differences[s] = intervalOf(&p.Of.Stance[s]).Less(intervalOf(&p.Less.Stance[s]))
			}
			pairs = append(pairs, p)
		}
	}
	var all []*compare.Difference
	for i := range pairs {
		for s := range pairs[i].Differences {
			all = append(all, &pairs[i].Differences[s])
		}
	}
	compare.Adjust(all)
	b.Pairs = pairs
}

// otherForm is how far the parts of the comments that are replies, or that stand under an
// article, may lie apart before two groups aren't of one form.
const otherForm = 0.25

// Replies returns the parts of the comments of both groups that are replies, and whether
// they lie so far apart that their stances may differ by that alone.
func (p *Pair) Replies() (of, less float64, apart bool) {
	return p.parts(func(g *Group) int { return g.Replies })
}

// Articles is Replies for comments under an article whose text was saved.
func (p *Pair) Articles() (of, less float64, apart bool) {
	return p.parts(func(g *Group) int { return g.Articled })
}

// FormsApart are the ways in which the form of the two groups differs: "replies", "article".
func (p *Pair) FormsApart() []string {
	var list []string
	if _, _, apart := p.Replies(); apart {
		list = append(list, "replies")
	}
	if _, _, apart := p.Articles(); apart {
		list = append(list, "article")
	}
	return list
}

func (p *Pair) parts(count func(*Group) int) (of, less float64, apart bool) {
	of, less = float64(count(p.Of))/float64(p.Of.Judged), float64(count(p.Less))/float64(p.Less.Judged)
	return of, less, math.Abs(of-less) > otherForm
}
