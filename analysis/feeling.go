package analysis

import (
	"fmt"

	"stance/analysis/actors"
	"stance/analysis/sentiment"
	"stance/analysis/stance"
	"stance/analysis/text"
)

// Lexicon is what a user's own ratings did in a thread.
type Lexicon struct {
	// Terms is how many were given; Comments is how many comments hold one of them.
	Terms, Comments int
}

// feelings measures every comment that wasn't removed, with evidence if that is asked
// for, and settles them together where the engine does so.
func (p *Pipeline) feelings(in *stance.Input, topic *sentiment.Topic, evidence bool) []sentiment.Decision {
	decisions := make([]sentiment.Decision, len(in.Comments))
	measure := p.sentiment.Measure
	if j, ok := p.sentiment.(sentiment.Justifier); ok && evidence {
		measure = j.Justify
	}
	topics := topic.Of(in.Thread.Comments)
	for i := range in.Comments {
		if !in.Thread.Comments[i].Removed {
			decisions[i] = measure(&in.Comments[i], topics[i])
		}
	}
	if s, ok := p.sentiment.(sentiment.Settler); ok {
		s.Settle(decisions, topic, sentiment.TiesOf(in.Thread.Comments, in.Above))
	}
	return decisions
}

// lexicon counts what the user's terms did, nil if there are none.
func (p *Pipeline) lexicon(feelings []sentiment.Decision) *Lexicon {
	if len(p.options.Terms) == 0 {
		return nil
	}
	l := &Lexicon{Terms: len(p.options.Terms)}
	for i := range feelings {
		if feelings[i].Given > 0 {
			l.Comments++
		}
	}
	return l
}

// actors measures the feeling toward what the article names, by the engine that
// measures the comments and on the same parses.
func (p *Pipeline) actors(in *stance.Input, judgements []Judgement, topic *sentiment.Topic) []actors.Actor {
	comments := make([]actors.Comment, len(judgements))
	for i := range judgements {
		comments[i] = actors.Comment{Doc: &in.Comments[i], Stance: judgements[i].Stance, Skip: !judgements[i].Judged}
	}
	names := append(append([]text.Entity{}, in.HeadlineNames...), in.ArticleNames...)
	return actors.Measure(&in.Thread.Article, names, comments, func(words *text.Document) float64 {
		return p.sentiment.Measure(words, topic).Valence
	})
}

// feelingNotes say what limits the reading of the sentiments of a thread.
func feelingNotes(r *Result) []string {
	var notes []string
	if l := r.Lexicon; l != nil {
		notes = append(notes, fmt.Sprintf("The user's lexicon rates %s; %s.", number(l.Terms, "term", "terms"), number(l.Comments, "comment holds one", "comments hold one")))
	}
	n := 0
	for i := range r.Judgements {
		if r.Judgements[i].Sarcasm >= sentiment.SarcasmFrom {
			n++
		}
	}
	if n > 0 {
		notes = append(notes, number(n, "comment is likely sarcastic; its sentiment is", "comments are likely sarcastic; their sentiment is")+" that of the words.")
	}
	return notes
}

// number is a count with its noun.
func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
