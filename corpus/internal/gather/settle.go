package gather

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"stance.example/stance/corpus"
)

// settle finds out whether the addresses or titles that tell threads apart are those of
// articles. Those of comments hardly ever come twice.
func (g *Gatherer) settle() {
	if g.sure || g.split != byURL && g.split != byTitle {
		return
	}
	g.sure = true
	all := slices.SortedFunc(maps.Values(g.open), earlier)
	if len(all) == 0 {
		return
	}
	if g.split == byURL && !g.o.Split.SureURL && !g.repeated(all) {
		if !g.o.Split.Title {
			g.merge(all, func(*thread) string { return "" })
			g.split = one
			return
		}
		g.merge(all, func(p *thread) string { return p.Article.Title })
		g.split = byTitle
		all = slices.SortedFunc(maps.Values(g.open), earlier)
	}
	const few = 2 // comments of a title, on average
	if g.split == byTitle && !g.o.Split.SureTitle && len(all) > 1 && g.items < few*len(all) {
		g.merge(all, func(*thread) string { return "" })
		g.split = one
		for _, p := range g.open {
			p.Article.Title = ""
		}
		return
	}
	if len(all) == 1 {
		all[0].ID = ""
		return
	}
	what := "titles"
	if g.split == byURL {
		what = "addresses"
	}
	g.o.Remarks = append(g.o.Remarks, corpus.Problem{
		File: g.o.File, Level: corpus.Assumption, Message: fmt.Sprintf("no column names the threads: they are told apart by the %s of their articles", what),
	})
}

// repeated reports whether half of the items share their thread with another.
func (g *Gatherer) repeated(all []*thread) bool {
	shared := 0
	for _, p := range all {
		if len(p.Comments) > 1 {
			shared += len(p.Comments)
		}
	}
	return 2*shared >= g.items
}

// merge joins the threads that have the same key by the function.
func (g *Gatherer) merge(all []*thread, key func(*thread) string) {
	g.open = make(map[string]*thread, len(all))
	last := ""
	for _, p := range all {
		p.key = cmp.Or(key(p), last)
		last = p.key
		p.ID = p.key
		p.placeContexts()
		p.contexts = nil
		into := g.open[p.key]
		if into == nil {
			g.open[p.key] = p
			continue
		}
		g.wait.Remove(p.place)
		into.bytes += p.bytes
		into.Comments = append(into.Comments, p.Comments...)
		into.numbers = append(into.numbers, p.numbers...)
		into.named = into.named || p.named
		into.votes.join(p.votes)
		into.feelings.join(p.feelings)
		into.address(p.Article.URL)
	}
	for _, p := range g.open {
		p.sort()
	}
}

// sort brings the comments into the order of the input.
func (p *thread) sort() {
	order := make([]int, len(p.Comments))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p.numbers[a], p.numbers[b]) })
	comments, numbers := make([]corpus.Comment, len(order)), make([]int, len(order))
	for i, at := range order {
		comments[i], numbers[i] = p.Comments[at], p.numbers[at]
	}
	p.Comments, p.numbers = comments, numbers
}
