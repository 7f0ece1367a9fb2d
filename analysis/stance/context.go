package stance

import (
	"strconv"
	"strings"

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
	room   []float64 // for the numbers of comments to come
}

func newContext(in *Input, classes int) *context {
	n := len(in.Comments)
	return &context{
		classes: classes, odds: make([][]float64, n), probabilities: make([][]float64, n),
		above: make([][]float64, n), own: make([][]float64, n), total: make([]float64, classes),
		room: make([]float64, 3*n*classes),
	}
}

// begin makes room for the log-odds of comment i and for those it has by itself in
// the second pass.
func (c *context) begin(i int) (odds, own []float64) {
	for _, numbers := range [...][][]float64{c.odds, c.own, c.probabilities} {
		numbers[i], c.room = c.room[:c.classes:c.classes], c.room[c.classes:]
	}
	return c.odds[i], c.own[i]
}

// beginAbove makes room for the log-odds of a parent that isn't in the thread.
func (c *context) beginAbove(i int) []float64 {
	c.above[i] = make([]float64, c.classes)
	return c.above[i]
}

// complete works out the rest from the log-odds.
func (c *context) complete(in *Input) {
	for i, o := range c.odds {
		if o == nil {
			continue
		}
		centre(o)
		copy(c.probabilities[i], o)
		linear.Softmax(c.probabilities[i])
		c.judged++
		for class, v := range c.probabilities[i] {
			c.total[class] += v
		}
	}
	for i, parent := range in.Above {
		if parent >= 0 && c.odds[parent] != nil {
			c.above[i] = c.odds[parent]
		} else if c.above[i] != nil {
			centre(c.above[i])
		}
	}
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
		f.valued(aroundParent, class, parentValue*o)
	}
	n := float64(c.judged - 1)
	if n == 0 {
		return
	}
	for class, total := range c.total {
		f.valued(aroundThread, class, meanValue*(total-c.probabilities[i][class]-n/float64(c.classes))/(n+meanPull))
	}
}

// What surrounds a comment; its features begin with these hashes.
var (
	aroundParent = newFlag("around:parent")
	aroundThread = newFlag("around:thread")
)

// valued appends how far what surrounds a comment is of a class.
func (f *features) valued(around flag, class int, value float64) {
	m := mark{cue: noCue}
	if f.explaining {
		m.name = strings.TrimPrefix(around.name, "around:") + " is of class " + strconv.Itoa(class)
	}
	f.add(linear.HashByte(around.id, byte(class)), float32(value), m)
}
