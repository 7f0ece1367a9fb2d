package stance

// counts counts features. It is emptied at no cost, however much it held before, which
// a map isn't.
type counts struct {
	slots []slot // open-addressed, at most half full, a power of two
	used  int
	round uint32 // slots of other rounds are empty
}

type slot struct {
	id, round uint32
	n         int
}

// reset empties the counts.
func (c *counts) reset() {
	c.used = 0
	if c.round++; c.round == 0 { // the rounds begin again
		clear(c.slots)
		c.round = 1
	}
}

// add counts a feature and returns how often it has been counted.
func (c *counts) add(id uint32) int {
	if 2*c.used >= len(c.slots) {
		c.grow()
	}
	s := c.find(id)
	if s.round != c.round {
		*s = slot{id: id, round: c.round}
		c.used++
	}
	s.n++
	return s.n
}

// has reports whether a feature has been counted.
func (c *counts) has(id uint32) bool {
	return c.used > 0 && c.find(id).round == c.round
}

// find returns the slot of a feature, or the empty one where it belongs.
func (c *counts) find(id uint32) *slot {
	mask := uint32(len(c.slots) - 1)
	for at := (id ^ id>>15) & mask; ; at = (at + 1) & mask {
		if s := &c.slots[at]; s.round != c.round || s.id == id {
			return s
		}
	}
}

func (c *counts) grow() {
	old, round := c.slots, c.round
	c.slots = make([]slot, max(64, 2*len(old)))
	c.round = 1
	for _, s := range old {
		if s.round == round {
			s.round = 1
			*c.find(s.id) = s
		}
	}
}
