package stance

import (
	"strconv"

	"stance/analysis/linear"
)

// This file holds the features of the second pass. Comments of a thread are judged
// together: the first pass judges each by itself, the second adds to its log-odds
// what the first found around it. There are two passes and no more, so the time is
// linear in the thread. Their gain is small (docs/results.md), so a strong penalty
// lets them move a decision only where the thread speaks clearly. What replies and
// the author's other comments were given was tried too, and gained nothing.

// context is what the first pass found in a thread.
type context struct {
	classes int
	// odds are the centred log-odds of each comment, and probabilities what they mean
	// at temperature 1; nil for removed ones.
	odds, probabilities [][]float64
	// above are the odds of each comment's parent, nil where it has none.
	above [][]float64
	// own are the log-odds that the second pass adds to each comment by itself.
	own [][]float64
	// total sums the probabilities of the thread, judged is the number of them.
	total  []float64
	judged int
}

// newContext collects what surrounds the comments of a thread. odds are the first
// pass's log-odds, changed in place; above are those of parents that aren't in
// the thread.
func newContext(in *Input, classes int, odds, above, own [][]float64) *context {
	c := &context{
		classes: classes, odds: odds, above: above, own: own,
		probabilities: make([][]float64, len(odds)),
		total:         make([]float64, classes),
	}
	for i, o := range odds {
		if o == nil {
			continue
		}
		centre(o)
		p := append([]float64(nil), o...)
		linear.Softmax(p)
		c.probabilities[i] = p
		c.judged++
		for class, v := range p {
			c.total[class] += v
		}
	}
	for i, parent := range in.Above {
		if parent >= 0 && odds[parent] != nil {
			c.above[i] = odds[parent]
		} else if c.above[i] != nil {
			centre(c.above[i])
		}
	}
	return c
}

// centre subtracts the mean.
func centre(v []float64) {
	mean := 0.0
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for i := range v {
		v[i] -= mean
	}
}

// The pull of a mean over few comments towards even probabilities, as a number of
// comments, and the values that bring the features to a like size; the size
// decides how strongly the penalty holds a feature back.
const (
	meanPull    = 2.0
	meanValue   = 4.0
	parentValue = 0.5
)

// add appends the features of comment i: the parent's log-odds, and how far the mean
// probabilities of the thread's other comments lie from even ones.
func (c *context) add(i int, f *features) {
	f.group = Context
	for class, o := range c.above[i] {
		f.valued("parent", class, parentValue*o)
	}
	n := float64(c.judged - 1)
	if n == 0 {
		return
	}
	for class, total := range c.total {
		f.valued("thread", class, meanValue*(total-c.probabilities[i][class]-n/float64(c.classes))/(n+meanPull))
	}
}

var seedAround = linear.Hash("around:")

// valued appends how far what surrounds a comment is of a class.
func (f *features) valued(what string, class int, value float64) {
	m := mark{cue: noCue}
	if f.explaining {
		m.name = what + " is of class " + strconv.Itoa(class)
	}
	f.add(linear.HashByte(linear.HashString(seedAround, what), byte(class)), float32(value), m)
}
