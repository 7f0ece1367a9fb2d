package serial

import (
	"stance.example/stance/analysis"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
)

type (
	// Breakdown is what many threads come to by one key.
	Breakdown struct {
		By     string    `json:"by"`
		Words  string    `json:"words"`
		Total  Group     `json:"total"`
		Groups []Changed `json:"groups"`
		Pairs  []Pair    `json:"pairs,omitzero"` // nil without a comparison
	}
	// Changed is a group and, of a period, its change against the one before.
	Changed struct {
		Group
		Before string                        `json:"before,omitempty"`
		Change *ByStance[compare.Difference] `json:"change,omitempty"`
	}
	// Pair is two groups that are set against each other.
	Pair struct {
		Of   Paired `json:"of"`
		Less Paired `json:"less"`
		// OtherForm is the ways in which the form of the two differs.
		OtherForm  []string                      `json:"other_form,omitempty"`
		Difference *ByStance[compare.Difference] `json:"difference,omitempty"` // absent without intervals
	}
	// Paired is one of a pair.
	Paired struct {
		Name     string  `json:"name"`
		Threads  int     `json:"threads"`
		Judged   int     `json:"judged"`
		Authors  int     `json:"authors"`
		Replies  float64 `json:"replies"`  // part of the judged comments
		Articled float64 `json:"articled"` // part of the judged comments
	}
)

// NewBreakdown is the document of a breakdown, with what it comes to in words.
func NewBreakdown(b *analysis.Breakdown, words string) *Breakdown {
	d := &Breakdown{By: b.By, Words: words, Total: NewGroup(b.Total), Groups: make([]Changed, len(b.Groups)), Pairs: newPairs(b.Pairs)}
	for i, g := range b.Groups {
		d.Groups[i].Group = NewGroup(g)
		if b.Changes != nil && b.Changes[i][0].Known() {
			changed := PerStance(b.Changes[i], func(c analysis.Change) compare.Difference { return c.Difference })
			d.Groups[i].Before, d.Groups[i].Change = b.Changes[i][0].Before, &changed
		}
	}
	return d
}

func newPairs(pairs []analysis.Pair) []Pair {
	if pairs == nil {
		return nil
	}
	docs := make([]Pair, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		docs[i].OtherForm = p.FormsApart()
		docs[i].Of, docs[i].Less = paired(p)
		if p.Differences[0].Known() {
			d := Stances(p.Differences)
			docs[i].Difference = &d
		}
	}
	return docs
}

func paired(p *analysis.Pair) (of, less Paired) {
	replies, repliesLess, _ := p.Replies()
	articled, articledLess, _ := p.Articles()
	return Paired{p.Of.Name, p.Of.Threads, p.Of.Judged, p.Of.Authors, replies, articled},
		Paired{p.Less.Name, p.Less.Threads, p.Less.Judged, p.Less.Authors, repliesLess, articledLess}
}

// BreakdownGrid has a row for each group or, of a comparison, for each stance of each pair of
// groups. Of each stance a group has the comments judged so, the share with its interval and,
// of a period, the change with its own.
func BreakdownGrid(b *analysis.Breakdown) *Grid {
	if b.Pairs != nil {
		return pairGrid(b.Pairs)
	}
	g := NewGrid(b.By, "threads", "judged", "labelled")
	for _, name := range corpus.StanceNames() {
		g.HeadShare(name)
		if b.Changes != nil {
			g.Head(name+"_change", name+"_change_low", name+"_change_high", name+"_change_p", name+"_change_q")
		}
	}
	for i, group := range b.Groups {
		g.Row(group.Name, group.Threads, group.Judged, group.Labelled)
		for s, share := range group.Stance {
			g.AddShare(share)
			if b.Changes != nil {
				c := b.Changes[i][s]
				g.Add(c.Value, c.Low, c.High, c.P, c.Q)
			}
		}
	}
	return g
}

func pairGrid(pairs []analysis.Pair) *Grid {
	g := NewGrid("of", "less", "stance", "difference", "low", "high", "p", "q",
		"of_judged", "less_judged", "of_authors", "less_authors", "of_replies", "less_replies", "of_articled", "less_articled")
	for i := range pairs {
		of, less := paired(&pairs[i])
		for s, d := range pairs[i].Differences {
			g.Row(of.Name, less.Name, corpus.Stance(s).String(), d.Value, d.Low, d.High, d.P, d.Q,
				of.Judged, less.Judged, of.Authors, less.Authors, of.Replies, less.Replies, of.Articled, less.Articled)
		}
	}
	return g
}
