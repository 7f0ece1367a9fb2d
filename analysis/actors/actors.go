// Package actors tells what readers feel toward the people, bodies and places that
// an article names: how the words about each of them lean, stance by stance.
//
//  1. The names that the entity model found in the article, and those given as for
//     or against its case, become actors; "Merkel" and "Angela Merkel" are one.
//  2. Every mention in a comment is given the words of its sentence, as far as these
//     aren't another actor's.
//  3. The engine says what valence these words have by themselves. A comment counts
//     once for an actor, with the mean of its mentions.
//
// Pronouns aren't resolved: what "they" did is nobody's here.
package actors

import (
	"cmp"
	"math"
	"slices"

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
	Comments int `json:"comments"`
	// Valence is the mean over these comments of the valence of the words about the
	// actor, in [-1, 1]; NaN if there is no comment.
	Valence float64 `json:"valence"`
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

// Comment is a judged comment that names actors.
type Comment struct {
	Stance   corpus.Stance
	Mentions []Mention
	// Valences are those that the words of the mentions have by themselves, in [-1, 1].
	Valences []float64
}

// Feelings returns the actors that at least three of the comments name, those that most
// name first and at most twelve.
func (c *Cast) Feelings(comments []Comment) []Actor {
	totals := make([][corpus.NumStances]total, len(c.actors))
	for i := range comments {
		for actor, t := range comments[i].byActor() {
			side := &totals[actor][comments[i].Stance]
			side.n++
			side.sum += t.sum / float64(t.n)
		}
	}
	var named []Actor
	for i, a := range c.actors {
		var all total
		for s, t := range totals[i] {
			a.Stance[s] = t.feeling()
			all.n += t.n
			all.sum += t.sum
		}
		if a.All = all.feeling(); all.n >= leastComments {
			named = append(named, a)
		}
	}
	slices.SortStableFunc(named, func(a, b Actor) int { return cmp.Compare(b.All.Comments, a.All.Comments) })
	return named[:min(len(named), mostActors)]
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

// byActor returns the sums of the mentions by actor.
func (c *Comment) byActor() map[int]total {
	found := map[int]total{}
	for k, m := range c.Mentions {
		t := found[m.actor]
		t.n++
		t.sum += c.Valences[k]
		found[m.actor] = t
	}
	return found
}
