package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/encoder"
	"stance.example/stance/corpus"
	"stance.example/stance/reports/account"
)

// quoteTally is what became of the quotes of some threads.
type quoteTally struct {
	threads, silent int
	quotes          [corpus.NumStances]int
	// other counts the quotes with another annotated label, camp those of them that
	// another side claims.
	other, camp [corpus.NumStances]int
}

// quotesSection measures whether the comments that the summary quotes for a side were
// annotated so.
func quotesSection(ctx context.Context, w io.Writer, from folders) error {
	e, err := encoder.Embedded()
	if err != nil {
		return err
	}
	threads, err := readThreads(ctx, filepath.Join(from.data, newsFiles[1]))
	if err != nil {
		return err
	}
	fmt.Fprint(w, `
## Quotes

What the written summary quotes for a side without any label by hand, and how it was annotated. *Wrong* has another label, *another
camp's* one of the other two sides.

| threads | quotes | wrong | another camp's | skeptical, wrong | relativist, wrong | supportive, wrong | threads without a quote |
|---|--:|--:|--:|--:|--:|--:|--:|
`)
	if err := quotesRow(ctx, w, "news/threads-more.jsonl", e, threads); err != nil || from.held == "" {
		return err
	}
	held, err := holdOut(ctx, from.data, from.held)
	if err != nil {
		return err
	}
	unseen := make([]*corpus.Thread, len(held))
	for i, h := range held {
		unseen[i] = h.annotated()
	}
	return quotesRow(ctx, w, "of sources left out of training", held[0].engine, unseen)
}

// annotated is the thread with its annotations.
func (h *heldOut) annotated() *corpus.Thread {
	t := *h.thread
	t.Comments = append([]corpus.Comment(nil), t.Comments...)
	for i, s := range h.truth {
		t.Comments[i].Annotation = &corpus.Annotation{Label: s.String()}
	}
	return &t
}

func quotesRow(ctx context.Context, w io.Writer, name string, e *encoder.Encoder, threads []*corpus.Thread) error {
	p, err := analysis.New(analysis.Options{Engine: e, Examine: analysis.Exemplars})
	if err != nil {
		return err
	}
	var tally quoteTally
	for _, t := range threads {
		r, err := p.Analyse(ctx, t)
		if err != nil {
			return err
		}
		tally.add(r)
	}
	all, other, camp := 0, 0, 0
	for k, n := range tally.quotes {
		all, other, camp = all+n, other+tally.other[k], camp+tally.camp[k]
	}
	fmt.Fprintf(w, "| %d, %s | %d | %s | %s |", tally.threads, name, all, part(other, all), part(camp, all))
	for _, k := range []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive} {
		fmt.Fprintf(w, " %d, %d |", tally.quotes[k], tally.other[k])
	}
	fmt.Fprintf(w, " %d |\n", tally.silent)
	return nil
}

// part is a part in percent, "–" of nothing.
func part(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(of))
}

// add counts the quotes of the account of a thread.
func (q *quoteTally) add(r *analysis.Result) {
	labels := map[string]string{}
	for _, c := range r.Thread.Comments {
		if c.Annotation != nil {
			labels[c.ID] = c.Annotation.Label
		}
	}
	q.threads++
	silent := true
	for _, p := range account.Of(r, account.Long).Paragraphs {
		for _, s := range p.Statements {
			for _, quote := range s {
				k, err := corpus.ParseStance(quote.Stance)
				if quote.Kind != account.Quote || err != nil {
					continue
				}
				silent = false
				q.quotes[k]++
				if label := labels[quote.ID]; label != quote.Stance {
					q.other[k]++
					if label != corpus.None.String() {
						q.camp[k]++
					}
				}
			}
		}
	}
	if silent {
		q.silent++
	}
}
