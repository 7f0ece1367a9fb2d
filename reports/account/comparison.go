package account

import (
	"fmt"
	"math"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/compare"
	"stance.example/stance/corpus"
)

// Together collects threads that are compared with each other. Of each it keeps the
// title and the shares alone. The zero value has none.
type Together struct {
	titles  []string
	threads []compare.Thread
	judged  int
}

// Add takes a thread in, if a comment of it was judged. It is called by its title.
func (g *Together) Add(r *analysis.Result, title string) {
	n := r.Summary.Judged()
	if n == 0 {
		return
	}
	t := compare.Thread{Name: title, Comments: n}
	for k, share := range r.Summary.Stance {
		t.Shares[k] = compare.Share{Value: share.Expected, Error: share.Error}
		if !(share.Error > 0) || math.IsNaN(share.Expected) {
			return // a share without an error can't be compared
		}
	}
	g.titles = append(g.titles, title)
	g.threads = append(g.threads, t)
	g.judged += n
}

// Account tells how the threads differ. It has no paragraph for fewer than two.
func (g *Together) Account() Account {
	if len(g.threads) < 2 {
		return Account{}
	}
	c := compare.Threads(g.threads)
	t := &teller{sources: g.sources(&c), length: Normal}
	t.tell(Comparison, func() {
		t.say("The %s that can be compared have %s between them.", t.count("threads", "thread"), t.count("judged", "judged comment"))
		t.say("Over all of them, and allowing for errors of judgement, doubt is put at %s of the comments, relativism at %s and support at %s.",
			t.figure("overall.skeptical", Percent, ""), t.figure("overall.relativist", Percent, ""), t.figure("overall.supportive", Percent, ""))
		found := false
		for k := range c.Overall {
			found = t.apart(&c, corpus.Stance(k)) || found
		}
		if !found {
			t.say("No thread can be told from the others: what lies between them is within the errors of judgement.")
		}
	})
	return t.account
}

// sources are the figures of a comparison and the titles of its threads.
func (g *Together) sources(c *compare.Comparison) *sources {
	s := &sources{r: &analysis.Result{}, keys: map[string]string{}, figures: map[string]float64{
		"threads": float64(len(g.threads)), "judged": float64(g.judged),
	}}
	for k, share := range c.Overall {
		s.figures["overall."+corpus.Stance(k).String()] = share.Value
	}
	for i, row := range c.Rows {
		s.keys[fmt.Sprintf("title.%d", i)] = g.titles[i]
		for k, cell := range row.Cells {
			s.figures[fmt.Sprintf("thread.%d.%s", i, corpus.Stance(k))] = cell.Pooled
		}
	}
	return s
}

// mostApart is how many threads a sentence names that differ from the others.
const mostApart = 4

// apart names the threads in which a stance is more or less frequent than in the
// others, and reports whether there is one.
func (t *teller) apart(c *compare.Comparison, k corpus.Stance) bool {
	var more, less []Statement
	for i, row := range c.Rows {
		cell := row.Cells[k]
		if !cell.Differs() {
			continue
		}
		title := fmt.Sprintf("title.%d", i)
		s := compose("under %s at %s", Statement{{Kind: Key, Source: title, Text: t.keys[title]}}, t.figure(fmt.Sprintf("thread.%d.%s", i, k), Percent, ""))
		if cell.Difference > 0 {
			more = append(more, s)
		} else {
			less = append(less, s)
		}
	}
	for _, side := range []struct {
		does string
		list []Statement
	}{{" is stronger than elsewhere ", more}, {" is weaker than elsewhere ", less}} {
		if n := len(side.list); n > 0 {
			t.say(wordsOf(k).noun+side.does+"%s.", listed(side.list[:min(n, mostApart)]))
		}
	}
	return len(more)+len(less) > 0
}
