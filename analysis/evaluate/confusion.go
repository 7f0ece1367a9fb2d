// Package evaluate measures judgements against annotations: confusion matrices and
// what is derived from them, splits by thread, and calibration.
//
// Counts are kept as integers; ratios are derived last. A ratio without a
// denominator is NaN, which tables print as "–", never 0.
package evaluate

import "math"

// Confusion counts examples by true class (row) and predicted class (column).
type Confusion struct {
	Counts [][]int
}

// NewConfusion returns an empty matrix for that many classes.
func NewConfusion(classes int) *Confusion {
	c := &Confusion{Counts: make([][]int, classes)}
	for i := range c.Counts {
		c.Counts[i] = make([]int, classes)
	}
	return c
}

// Add counts one example.
func (c *Confusion) Add(truth, predicted int) { c.Counts[truth][predicted]++ }

// Merge adds the counts of other, which has as many classes.
func (c *Confusion) Merge(other *Confusion) {
	for t, row := range other.Counts {
		for p, n := range row {
			c.Counts[t][p] += n
		}
	}
}

// Total is the number of examples.
func (c *Confusion) Total() int {
	n := 0
	for class := range c.Counts {
		n += c.Support(class)
	}
	return n
}

// Support is the number of examples that truly have the class.
func (c *Confusion) Support(class int) int {
	n := 0
	for _, k := range c.Counts[class] {
		n += k
	}
	return n
}

// Predicted is the number of examples given the class.
func (c *Confusion) Predicted(class int) int {
	n := 0
	for _, row := range c.Counts {
		n += row[class]
	}
	return n
}

// Precision is the part of the examples given the class that have it.
func (c *Confusion) Precision(class int) float64 {
	return ratio(c.Counts[class][class], c.Predicted(class))
}

// Recall is the part of the examples of the class that were given it.
func (c *Confusion) Recall(class int) float64 {
	return ratio(c.Counts[class][class], c.Support(class))
}

// F1 is the harmonic mean of precision and recall, 2·tp/(support+predicted).
func (c *Confusion) F1(class int) float64 {
	return ratio(2*c.Counts[class][class], c.Support(class)+c.Predicted(class))
}

// MacroF1 is the mean of F1 over the classes that occur, as truth or prediction.
func (c *Confusion) MacroF1() float64 {
	sum, n := 0.0, 0
	for class := range c.Counts {
		if f := c.F1(class); !math.IsNaN(f) {
			sum += f
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// Errors is the number of examples given another class than their own.
func (c *Confusion) Errors() int {
	n := c.Total()
	for class := range c.Counts {
		n -= c.Counts[class][class]
	}
	return n
}

// Accuracy is the part of the examples given their own class.
func (c *Confusion) Accuracy() float64 {
	return ratio(c.Total()-c.Errors(), c.Total())
}

func ratio(a, b int) float64 {
	if b == 0 {
		return math.NaN()
	}
	return float64(a) / float64(b)
}

// Single returns a confusion for each of those that it counts.
func (c *Confusion) Single() []*Confusion {
	var list []*Confusion
	for truth, row := range c.Counts {
		for given, n := range row {
			for range n {
				one := NewConfusion(len(c.Counts))
				one.Add(truth, given)
				list = append(list, one)
			}
		}
	}
	return list
}
