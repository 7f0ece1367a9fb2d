// Package actors tells what readers feel toward the people, bodies and places that
// an article names: how the words about each of them lean, stance by stance.
//
//  1. The names that the entity model found in the article, and those given as for
//     or against its case, become actors; "Merkel" and "Angela Merkel" are one.
//  2. Every mention in a comment is given the words of its sentence, as far as these
//     aren't another actor's.
//  3. The caller says what valence these words have by themselves. A comment counts
//     once for an actor, with the mean of its mentions.
//
// Pronouns aren't resolved: what "they" did is nobody's here.
package actors

import (
	"cmp"
	"context"
	"math"
	"slices"

	"stance.example/stance/analysis/text"
	"stance.example/stance/corpus"
)

// Side is where an actor stands to the article's case.
type Side uint8

// The sides.
const (
	Unknown Side = iota // named in the article
	For                 // the article carries its case
	Against             // the article accuses or criticises it
)

// String returns "", "for" or "against".
func (s Side) String() string { return [...]string{"", "for", "against"}[s] }

// Feeling is what a number of comments feel toward an actor.
type Feeling struct {
	// Comments is how many comments name the actor.
	Comments int
	// Valence is the mean over these comments of the valence of the words about the
	// actor, in [-1, 1]; NaN if there is no comment.
	Valence float64
}

// Actor is somebody, or something, that an article names and its readers speak of.
type Actor struct {
	// Name is the longest form of the name.
	Name string
	// Variants are the other forms that count as the same.
	Variants []string
	Side     Side
	All      Feeling
	Stance   [corpus.NumStances]Feeling // by the stance of the comment
}

// Limits on the actors that are worth a row.
const (
	leastComments = 3
	mostActors    = 12
)

// Comment is a judged comment.
type Comment struct {
	Text   string
	Stance corpus.Stance
	// Skip is set for comments that weren't judged.
	Skip bool
}

// Measure returns the actors that at least three comments name, those that most
// name first and at most twelve. The names are those found in the article; the
// article states the sides. The parser reads the comments. Valence measures the feeling of some
// words of a comment, which it has by its index. It ends with the context's error.
func Measure(ctx context.Context, article *corpus.Article, names []text.Entity, comments []Comment, parser *text.Parser,
	valence func(comment int, words text.Span) float64) ([]Actor, error) {
	c := gather(article, names)
	if len(c.actors) == 0 {
		return nil, nil
	}
	totals := make([][corpus.NumStances]total, len(c.actors))
	for i := range comments {
		if comments[i].Skip {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		of := func(words text.Span) float64 { return valence(i, words) }
		doc := parser.Parse(comments[i].Text)
		for actor, t := range c.comment(&doc, of) {
			side := &totals[actor][comments[i].Stance]
			side.n++
			side.sum += t.sum / float64(t.n)
		}
	}
	for i := range c.actors {
		var all total
		for s, t := range totals[i] {
			c.actors[i].Stance[s] = t.feeling()
			all.n += t.n
			all.sum += t.sum
		}
		c.actors[i].All = all.feeling()
	}
	named := slices.DeleteFunc(c.actors, func(a Actor) bool { return a.All.Comments < leastComments })
	slices.SortStableFunc(named, func(a, b Actor) int { return cmp.Compare(b.All.Comments, a.All.Comments) })
	return named[:min(len(named), mostActors)], nil
}

// total is a sum of valences and their number.
type total struct {
	n   int
	sum float64
}

func (t total) feeling() Feeling {
	if t.n == 0 {
		return Feeling{Valence: math.NaN()}
	}
	return Feeling{Comments: t.n, Valence: t.sum / float64(t.n)}
}

// comment returns the sums of the mentions in a comment by actor.
func (c *cast) comment(doc *text.Document, valence func(text.Span) float64) map[int]total {
	found := map[int]total{}
	mentions := c.mentions(doc)
	for k := range mentions {
		t := found[mentions[k].actor]
		t.n++
		t.sum += valence(about(doc, mentions, k))
		found[mentions[k].actor] = t
	}
	return found
}
