package account

import (
	"fmt"
	"math"

	"stance.example/stance/analysis"
	"stance.example/stance/analysis/aggregate"
	"stance.example/stance/corpus"
)

// Together tells what several threads come to and how they differ, each called by its
// title. It has no paragraph for fewer than two with a judged comment.
func Together(o *analysis.Overview, titles []string) Account {
	judged := 0
	for i := range o.Threads {
		if o.Threads[i].Judged > 0 {
			judged++
		}
	}
	if judged < 2 {
		return Account{}
	}
	t := &teller{sources: overviewSources(o, titles), length: Normal}
	t.tell(Comparison, func() {
		t.say("The %s have %s between them.", t.count("threads", "thread"), t.count("judged", "judged comment"))
		t.totals(&o.Total)
		found := false
		for _, k := range []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive, corpus.None} {
			found = t.apart(o, k) || found
		}
		if !found {
			t.say("No thread can be told from the others: what lies between them is within the errors of judgement.")
		}
		if o.Total.Labelled == 0 {
			t.say("Labelling %s of a thread narrows its shares: %s.", t.count("label.size", "comment"), Statement{{Kind: Command, Text: t.command}})
		}
	})
	return t.account
}

// totals tells the shares of all comments.
func (t *teller) totals(g *analysis.Group) {
	var list []Statement
	bounded := true
	for _, k := range []corpus.Stance{corpus.Skeptical, corpus.Relativist, corpus.Supportive, corpus.None} {
		makes := " "
		if len(list) == 0 {
			makes = " makes up "
		}
		list = append(list, append(words(stances[k].noun+makes), t.measured(k)...))
		bounded = bounded && !math.IsNaN(g.Stance[k].Low)
	}
	t.say("Over all of them %s.", listed(list))
	if !bounded {
		t.say("How far the judgements err isn't known of all of them, so these shares have no intervals.")
	}
}

// overviewSources are the figures of an overview and the titles of its threads.
func overviewSources(o *analysis.Overview, titles []string) *sources {
	s := &sources{r: &analysis.Result{Summary: aggregate.Summary{Stance: o.Total.Stance}}, keys: map[string]string{}, figures: map[string]float64{
		"threads": float64(len(o.Threads)), "judged": float64(o.Total.Judged), "label.size": worthLabelling,
	}, command: labelCommand("", worthLabelling)}
	shareFigures(s.figures, "", o.Total.Stance)
	for i := range o.Threads {
		s.keys[fmt.Sprintf("title.%d", i)] = titles[i]
		shareFigures(s.figures, fmt.Sprintf("thread.%d.", i), o.Threads[i].Stance)
	}
	return s
}

// mostApart is how many threads a sentence names that differ from the others.
const mostApart = 4

// apart names the threads in which a stance is more or less frequent than in the
// others, and reports whether there is one.
func (t *teller) apart(o *analysis.Overview, k corpus.Stance) bool {
	var more, less []Statement
	for i := range o.Threads {
		c := &o.Threads[i].Compared[k]
		if !c.Differs {
			continue
		}
		title := fmt.Sprintf("title.%d", i)
		s := compose("under %s at %s", Statement{{Kind: Key, Source: title, Text: t.keys[title]}},
			t.figure(fmt.Sprintf("thread.%d.stance.%s.share", i, k), Percent, ""))
		if c.Difference > 0 {
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
			t.say(stances[k].noun+side.does+"%s.", listed(side.list[:min(n, mostApart)]))
		}
	}
	return len(more)+len(less) > 0
}
