package reports

import (
	"html/template"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/analysis/text"
	"stance.example/stance/reports/internal/clean"
	"stance.example/stance/reports/internal/layout"
)

// Parts renders judged threads as parts of pages that somebody else makes, such as a
// server. They look like the HTML output and are as safe.
type Parts struct{ pages *pages }

// NewParts returns a renderer, which is safe for concurrent use.
func NewParts() *Parts { return &Parts{newPages()} }

// Style is the style sheet of the parts.
func (p *Parts) Style() string { return p.pages.style }

// Script sorts the tables of the parts. They are complete without it.
func (p *Parts) Script() string { return p.pages.script }

// Shares renders the chart of a thread's shares.
func (p *Parts) Shares(s *aggregate.Summary) template.HTML {
	c := shareChart(s.Stance)
	return template.HTML(c.Inline(c.Alt))
}

// Front renders what a page says of a thread but for its comments: title, facts, the
// summary in words, what limits the reading, charts and tables. Anchors begin with id.
func (p *Parts) Front(r *analysis.Result, id string) template.HTML {
	return p.pages.render("front", newFrontView(r, id, here(id)))
}

// Comments renders the comments of those indices as items of a list, each with its
// judgement and its evidence.
func (p *Parts) Comments(r *analysis.Result, id string, indices []int) template.HTML {
	var list template.HTML
	for v := range commentViews(r, newPlaces(r.Thread.Comments), id, indices, here(id)) {
		list += p.pages.render("comment", v)
	}
	return list
}

// Place is where a comment stands that is shown without its thread.
type Place struct {
	Number       int    // in the thread, from 1
	Href, Thread string // addresses of the comment and of its thread
}

// Found renders the first comment of a thread as an item of a list, as one that was searched for
// and stands elsewhere. The hits are marked. Anchors begin with id.
func (p *Parts) Found(r *analysis.Result, id string, at Place, hits []text.Span) template.HTML {
	v := newCommentView(r, 0, id)
	v.Href, v.Number, v.Thread = at.Href, at.Number, &threadLink{at.Thread, Title(r.Thread), clean.Line(r.Thread.Article.Site)}
	v.Words = marked(r.Thread.Comments[0].Text, heavy(r.Judgements[0].Evidence), hits)
	return p.pages.render("comment", v)
}

// Topics renders what comments are about, under a heading of level 2.
func (p *Parts) Topics(t *analysis.Topics) template.HTML { return layout.Section(topicsDocument(t), 2) }

// Breakdown renders what threads come to by a key, under a heading of level 2. So many rows are
// listed at most.
func (p *Parts) Breakdown(b *analysis.Breakdown, limit int) template.HTML {
	return layout.Section(breakdownDocument(b, limit), 2)
}

// Agreement renders how far annotators agree, under a heading of level 2, with so many of the
// comments that they labelled differently at most.
func (p *Parts) Agreement(a Annotators, limit int) template.HTML {
	return layout.Section(agreementDocument(a, limit), 2)
}

// Overview renders many threads: the shares of all, in words, numbers and over time, a list
// of the threads, of which so many are listed at most, 0 for all, and the tables of sites,
// months and authors. The page of the thread at an index is at href, nil for none.
func (p *Parts) Overview(o *analysis.Overview, limit int, href func(int) string) template.HTML {
	return p.pages.overview(o, limit, href)
}
