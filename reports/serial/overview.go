package serial

import (
	"math"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

type (
	// Overview is what is shown of many threads together.
	Overview struct {
		Threads []Outline `json:"threads"`
		Total   Group     `json:"total"`
		Sites   []Group   `json:"sites"`
		Months  []Group   `json:"months"`
		Authors []Group   `json:"authors"`
		ByModel int       `json:"by_language_model,omitempty"`
	}
	// Outline is a thread without its comments.
	Outline struct {
		Source   string          `json:"source"`
		Thread   string          `json:"thread,omitempty"`
		Title    string          `json:"title,omitempty"`
		URL      string          `json:"url,omitempty"`
		Site     string          `json:"site,omitempty"`
		Day      string          `json:"day,omitempty"`
		Judged   int             `json:"judged"`
		Labelled int             `json:"labelled,omitempty"`
		Stance   ByStance[Share] `json:"stance"`
		// Compared is left out where there is nothing to compare.
		Compared *ByStance[analysis.Compared] `json:"compared,omitempty"`
	}
	// Group is the judged comments of several threads, or of one author in them.
	Group struct {
		Name     string                       `json:"name,omitempty"`
		Threads  int                          `json:"threads"`
		Judged   int                          `json:"judged"`
		Labelled int                          `json:"labelled,omitempty"`
		Stance   ByStance[Share]              `json:"stance"`
		Polarity ByPolarity[int]              `json:"polarity"`
		Compared *ByStance[analysis.Compared] `json:"compared,omitempty"`
	}
)

// NewOverview is the document of an overview.
func NewOverview(o *analysis.Overview) *Overview {
	d := &Overview{
		Threads: make([]Outline, len(o.Threads)), Total: NewGroup(o.Total),
		Sites: newGroups(o.Sites), Months: newGroups(o.Months), Authors: newGroups(o.Authors), ByModel: o.ByModel,
	}
	for i, t := range o.Threads {
		d.Threads[i] = Outline{t.Source, t.ID, t.Title, t.URL, t.Site, t.Day, t.Judged, t.Labelled, PerStance(t.Stance, newShare), newCompared(t.Compared)}
	}
	return d
}

func newGroups(groups []analysis.Group) []Group {
	docs := make([]Group, len(groups))
	for i, g := range groups {
		docs[i] = NewGroup(g)
	}
	return docs
}

// NewGroup is the document of a group.
func NewGroup(g analysis.Group) Group {
	return Group{
		Name: g.Name, Threads: g.Threads, Judged: g.Judged, Labelled: g.Labelled,
		Stance: PerStance(g.Stance, newShare), Polarity: Polarities(g.Polarity), Compared: newCompared(g.Compared),
	}
}

func newCompared(list [corpus.NumStances]analysis.Compared) *ByStance[analysis.Compared] {
	for _, c := range list {
		if math.IsNaN(c.Pooled) {
			return nil
		}
	}
	d := Stances(list)
	return &d
}

// OverviewGrid has a row for each thread, then one for each group. Of each stance it has the
// comments judged so, the share and the ends of its interval.
func OverviewGrid(o *analysis.Overview) *Grid {
	g := NewGrid("of", "name", "source", "thread", "url", "site", "day", "threads", "judged", "labelled")
	for _, name := range corpus.StanceNames() {
		g.HeadShare(name)
	}
	g.Head(corpus.PolarityNames()...)
	counts := func(shares [corpus.NumStances]aggregate.Share, feel [corpus.NumPolarities]int) {
		for _, s := range shares {
			g.AddShare(s)
		}
		for _, n := range feel {
			g.Add(n)
		}
	}
	for i := range o.Threads {
		t := &o.Threads[i]
		g.Row("thread", t.Title, t.Source, t.ID, t.URL, t.Site, t.Day, 1, t.Judged, t.Labelled)
		counts(t.Stance, t.Polarity)
	}
	for _, list := range []struct {
		of     string
		groups []analysis.Group
	}{{"all", []analysis.Group{o.Total}}, {"site", o.Sites}, {"month", o.Months}, {"author", o.Authors}} {
		for _, group := range list.groups {
			g.Row(list.of, group.Name, "", "", "", "", "", group.Threads, group.Judged, group.Labelled)
			counts(group.Stance, group.Polarity)
		}
	}
	return g
}
