package sentiment

import "stance/corpus"

// Ties are what holds the comments of a thread together. Both lists are parallel to the
// comments.
type Ties struct {
	// Above are the indices of the comments that are answered, -1 for none.
	Above []int
	// Authors are the names of the writers, "" where they are unknown.
	Authors []string
}

// TiesOf are the ties of comments of which above are answered, as corpus.Answered has it.
func TiesOf(comments []corpus.Comment, above []int) *Ties {
	t := &Ties{Above: above, Authors: make([]string, len(comments))}
	for i := range comments {
		t.Authors[i] = comments[i].Author
	}
	return t
}

// circle sums up the probabilities of comments.
type circle struct {
	sum probabilities
	n   float64
}

func (c *circle) add(p probabilities) {
	for k, v := range p {
		c.sum[k] += v
	}
	c.n++
}

// addOthers adds all of a circle but one of its comments.
func (c *circle) addOthers(all *circle, one probabilities) {
	for k, v := range all.sum {
		c.sum[k] += v - one[k]
	}
	c.n += all.n - 1
}

// circles returns those around some comments of the thread: the comment that one
// answers, those that answer it, and the others of its author. The probabilities are
// parallel to these comments. Without ties there is nothing around any.
func (t *Ties) circles(comments []int, p []probabilities) []circle {
	around := make([]circle, len(comments))
	if t == nil {
		return around
	}
	place := make([]int, len(t.Above)) // among these comments, from 1
	authors := map[string]*circle{}
	for k, i := range comments {
		place[i] = k + 1
		if name := t.Authors[i]; name != "" {
			if authors[name] == nil {
				authors[name] = &circle{}
			}
			authors[name].add(p[k])
		}
	}
	for k, i := range comments {
		if i := t.Above[i]; i >= 0 && place[i] > 0 {
			above := place[i] - 1
			around[k].add(p[above])
			around[above].add(p[k])
		}
		if all := authors[t.Authors[i]]; all != nil {
			around[k].addOthers(all, p[k])
		}
	}
	return around
}
