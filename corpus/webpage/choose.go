package webpage

import "slices"

const (
	// leastWeight is what a kind of element must weigh to be taken for comments.
	leastWeight = 1.0
	// leastBeside is enough for a second kind among comments that were found.
	leastBeside = 0.9
)

// general finds the elements of a page that are comments, in the order of the page.
func (t *tree) general() []int {
	all := t.groups()
	first := t.best(all)
	if first == nil {
		if first = t.best(t.headedAlone()); first == nil {
			return nil
		}
	}
	items := t.promote(first.members)
	for _, g := range all {
		named := t.nodes[g.members[0]].words.any(commentWord | postWord | replyWord)
		if g.kind != first.kind && g.weight >= leastBeside && (named || len(g.members) > 1) {
			items = t.join(items, g.members)
		}
	}
	return items
}

// best returns the group of the comments, nil if there is none. Where
// elements hold others one for one for the same comments, the outer ones are taken,
// as they hold the author and the replies too.
func (t *tree) best(all []group) *group {
	var best *group
	for i := range all {
		g := &all[i]
		if g.weight < leastWeight {
			continue
		}
		if best == nil {
			best = g
			continue
		}
		const close = 0.75
		if g.weight >= close*best.weight && t.wraps(g.members, best.members) {
			best = g
		}
	}
	return best
}

// wraps reports whether each of outer holds as many of inner as the others do, and
// all of inner are held. One comment may have several parts that look like one; a single
// element that holds several with an author and a time each is their list.
func (t *tree) wraps(outer, inner []int) bool {
	const mostParts = 4
	each := len(inner) / len(outer)
	if each*len(outer) != len(inner) || each > mostParts {
		return false
	}
	if lacking := t.lacking(inner); len(outer) == 1 && each > 1 && lacking.authors == 0 && lacking.times == 0 {
		return false
	}
	for k, i := range inner {
		if !t.holds(outer[k/each], i) {
			return false
		}
	}
	return true
}

// promote puts elements around them in the place of items that lack an author, a time or
// a text, where each has one of its own that has what lacks.
func (t *tree) promote(items []int) []int {
	const levels = 3
	outer := slices.Clone(items)
	now := t.lacking(items)
	for level := 0; level < levels && now != (lacking{}); level++ {
		for k, i := range outer {
			outer[k] = t.nodes[i].parent
		}
		if outer[0] < 0 || !t.areAlike(outer) || t.within(outer[0]).heads > 0 || len(outer) == 1 && !t.closely(items[0], outer[0]) {
			break
		}
		if then := t.lacking(outer); then.less(now) {
			items = slices.Clone(outer)
			now, level = then, -1
		}
	}
	return items
}

// closely reports whether the element at outer has hardly more text than the one at i
// within it: no more than what names a writer and a time.
func (t *tree) closely(i, outer int) bool {
	const most = 160
	return t.within(outer).text-t.within(i).text <= most
}

// lacking counts the items without an author, without a time and without a text.
type lacking struct{ authors, times, texts int }

// less reports whether some lack less and none more.
func (l lacking) less(m lacking) bool {
	return l != m && l.authors <= m.authors && l.times <= m.times && l.texts <= m.texts
}

func (t *tree) lacking(items []int) lacking {
	const shortest = 6 // bytes of a text, more than its number
	var l lacking
	for k := range items {
		c := t.exclusive(items, k)
		if c.authors == 0 {
			l.authors++
		}
		if c.times == 0 {
			l.times++
		}
		if c.unmarked() < shortest {
			l.texts++
		}
	}
	return l
}

// areAlike reports whether these are different elements of one tag.
func (t *tree) areAlike(items []int) bool {
	same := func(i int) bool { return t.nodes[i].Data == t.nodes[items[0]].Data }
	return !slices.ContainsFunc(items, func(i int) bool { return !same(i) }) &&
		len(slices.Compact(slices.Sorted(slices.Values(items)))) == len(items)
}

// join adds those of more that are comments of their own: outside of the items, or
// within one that is still like a comment without them.
func (t *tree) join(items, more []int) []int {
	zone := t.zone(items)
	joined := slices.Clone(items)
	for _, m := range more {
		holds := func(i int) bool { return t.holds(m, i) }
		if slices.ContainsFunc(items, holds) {
			return items // their frames
		}
		if t.holds(zone, m) && !slices.ContainsFunc(joined, holds) {
			joined = append(joined, m)
		}
	}
	if len(joined) == len(items) || t.partOfEach(items, more) {
		return items
	}
	slices.Sort(joined)
	untimed := t.lacking(items).times*2 > len(items)
	for k, i := range joined {
		own := t.exclusive(joined, k)
		fits := t.isOwn(i, own, untimed)
		if at := slices.Index(items, i); at >= 0 {
			before := t.exclusive(items, at)
			fits = likeComment(own) && (before.times == 0 || own.times > 0) && (before.authors == 0 || own.authors > 0)
		}
		if !fits {
			return items
		}
	}
	return joined
}

// isOwn reports whether the marks of the element at i are those of a comment among others,
// which may be without times.
func (t *tree) isOwn(i int, own counts, untimed bool) bool {
	if own.times == 0 && !untimed || own.times+own.authors == 0 {
		return false
	}
	return own.times*own.authors > 0 || t.nodes[i].words.has(commentWord)
}

// partOfEach reports whether nearly every item holds just one of more: a part of a
// comment, such as the box about its author, and not replies.
func (t *tree) partOfEach(items, more []int) bool {
	const least = 3
	ones := 0
	for _, i := range items {
		n := 0
		for _, m := range more {
			if t.holds(i, m) {
				n++
			}
		}
		if n == 1 {
			ones++
		}
	}
	return len(items) >= least && ones*10 >= len(items)*8
}

// zone is the innermost element that holds all items, and for a single one its
// parent's parent.
func (t *tree) zone(items []int) int {
	zone := items[0]
	for _, i := range items {
		for zone > 0 && !t.holds(zone, i) {
			zone = t.nodes[zone].parent
		}
	}
	for range 2 {
		if p := t.nodes[zone].parent; p >= 0 && t.within(p).heads == 0 {
			zone = p
		}
	}
	return zone
}
