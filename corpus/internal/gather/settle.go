package gather

import (
	"cmp"
	"fmt"
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
	g.regroup()
	all := g.held.all()
	if g.split == one || len(all) == 0 {
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

// regroup tells threads apart by titles where the addresses are those of comments, and not at all where
// the titles are these too.
func (g *Gatherer) regroup() {
	all := g.held.all()
	together := func(*Thread) string { return "" }
	if g.split == byURL && !g.o.Split.SureURL && len(all) > 0 && !g.repeated(all) {
		if !g.o.Split.Title {
			g.merge(together)
			g.split = one
			return
		}
		g.merge(func(p *Thread) string { return p.Article.Title })
		g.split = byTitle
		all = g.held.all()
	}
	const few = 2 // comments of a title, on average
	if g.split == byTitle && !g.o.Split.SureTitle && !g.posts.tell() && len(all) > 1 && g.items < few*len(all) {
		g.merge(together)
		g.split = one
		for _, p := range g.held.all() {
			p.Article.Title = ""
		}
	}
}

// repeated reports whether half of the items share their thread with another.
func (g *Gatherer) repeated(all []*Thread) bool {
	shared := 0
	for _, p := range all {
		if len(p.Comments) > 1 {
			shared += len(p.Comments)
		}
	}
	return 2*shared >= g.items
}

// merge joins the threads that have the same key by the function.
func (g *Gatherer) merge(key func(*Thread) string) {
	last := ""
	g.held.regroup(func(p *Thread) string {
		last = cmp.Or(key(p), last)
		p.ID = last
		p.placeContexts()
		p.contexts = nil
		return last
	}, func(into, p *Thread) {
		into.take(p)
		into.address(p.Article.URL)
	})
	for _, p := range g.held.all() {
		p.sort()
	}
}

// sort brings the comments into the order of the input.
func (p *Thread) sort() {
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
