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
	// Changes are parallel to Groups, of periods; nil for other keys.
	Changes [][corpus.NumStances]Change
}

// Change is the share of a stance in a period less that in the period before, of those
// that have threads; NaN where one of the two isn't known.
type Change struct {
	Before string // the name of the period before, "" if there is none
	// Low and High bound the 95 % interval. The errors of the two shares are taken as
	// independent; as far as they are common to both, the interval is too wide.
	Difference, Low, High float64
}

// Known reports whether there is a change with an interval.
func (c *Change) Known() bool { return !math.IsNaN(c.Low) }

// Clear reports whether the interval leaves out no change.
func (c *Change) Clear() bool { return c.Known() && (c.Low > 0 || c.High < 0) }

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
			b.Groups = append(b.Groups, Group{
				Name: cmp.Or(t.Title, t.Source+" "+t.ID), Threads: 1, Judged: t.Judged, Labelled: t.Labelled,
				Stance: t.Stance, Polarity: t.Polarity, Compared: t.Compared,
			})
		}
	}
	if key == ByDay || key == ByWeek || key == ByMonth {
		b.Changes = changes(b.Groups)
	}
	return b
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
	var before *Group
	for i := range periods {
		now := &periods[i]
		for s := range list[i] {
			if before == nil || now.Name == "" {
				list[i][s] = Change{Difference: math.NaN(), Low: math.NaN(), High: math.NaN()}
			} else {
				list[i][s] = changeOf(before.Name, before.Stance[s], now.Stance[s])
			}
		}
		if now.Name != "" && now.Judged > 0 {
			before = now
		}
	}
	return list
}

func changeOf(name string, before, now aggregate.Share) Change {
	reach := normal95 * math.Hypot(before.Error, now.Error)
	d := now.Share - before.Share
	return Change{Before: name, Difference: d, Low: max(-1, d-reach), High: min(1, d+reach)}
}
