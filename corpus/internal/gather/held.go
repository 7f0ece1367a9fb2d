package gather

import (
	"cmp"
	"container/list"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"stance.example/stance/corpus"
)

// held is the threads of a file while they are gathered, by their keys. Make one with newHeld.
type held struct {
	limit  int
	bytes  int
	count  int // of threads so far
	open   map[string]*Thread
	wait   list.List // of *Thread, the longest without a new item first
	closed closed
	cut    *string // the key of the thread given out last, if it was the only one
}

// place is where a thread is held.
type place struct {
	key     string
	number  int // in the order of the file
	bytes   int
	waiting *list.Element
}

// newHeld returns one that is full above a limit of memory, in bytes.
func newHeld(limit int) *held {
	return &held{limit: limit, open: map[string]*Thread{}, closed: newClosed()}
}

// get returns the thread of a key, which has a new item, nil if there is none.
func (h *held) get(key string) *Thread {
	p := h.open[key]
	if p != nil {
		h.wait.MoveToBack(p.waiting)
	}
	return p
}

// begin adds a thread that begins at a line of its file. If a part of it was given out before, its problems say so:
// Oversize if that was the last thread.
func (h *held) begin(key string, p *Thread, line int) {
	p.place = place{key: key, number: h.count, waiting: h.wait.PushBack(p)}
	h.open[key] = p
	h.count++
	said := corpus.Problem{File: p.file, Line: line, Level: corpus.Warning}
	switch {
	case h.cut != nil && *h.cut == key:
		said.Oversize = true
		said.Message = fmt.Sprintf("thread %q takes more than %d MB of memory: the comments from here on are taken as another thread", p.ID, h.limit>>20)
	case h.closed.has(key):
		said.Message = fmt.Sprintf("thread %q goes on here, far from its other comments, and is taken as another: sort the file by thread", p.ID)
	default:
		return
	}
	p.Problems = append(p.Problems, said)
}

// hold counts memory that a thread takes.
func (h *held) hold(p *Thread, bytes int) {
	p.bytes += bytes
	h.bytes += bytes
}

// full reports whether too much is held.
func (h *held) full() bool { return h.bytes > h.limit }

// oldest takes out the thread that has waited longest for another item.
func (h *held) oldest() *Thread {
	p := h.wait.Front().Value.(*Thread)
	h.remove(p)
	h.closed.add(p.key)
	h.cut = nil
	if len(h.open) == 0 {
		h.cut = &p.key
	}
	return p
}

// remove takes a thread out.
func (h *held) remove(p *Thread) {
	h.wait.Remove(p.waiting)
	delete(h.open, p.key)
	h.bytes -= p.bytes
}

// all returns the threads in the order of the file.
func (h *held) all() []*Thread {
	return slices.SortedFunc(maps.Values(h.open), func(a, b *Thread) int { return cmp.Compare(a.number, b.number) })
}

// regroup gives the threads other keys. Those that have the same are joined into the first.
func (h *held) regroup(key func(*Thread) string, join func(into, from *Thread)) {
	all := h.all()
	h.open = make(map[string]*Thread, len(all))
	for _, p := range all {
		p.key = key(p)
		into := h.open[p.key]
		if into == nil {
			h.open[p.key] = p
			continue
		}
		h.wait.Remove(p.waiting)
		into.bytes += p.bytes
		join(into, p)
	}
}

// closed remembers the keys of threads given out, by their hashes: the last half
// million at least, so that a file of many small threads takes no more memory than others.
type closed struct {
	seed       maphash.Seed
	last, past map[uint64]struct{}
}

func newClosed() closed {
	return closed{seed: maphash.MakeSeed(), last: map[uint64]struct{}{}}
}

func (c *closed) add(key string) {
	const most = 500_000
	if len(c.last) == most {
		c.last, c.past = map[uint64]struct{}{}, c.last
	}
	c.last[maphash.String(c.seed, key)] = struct{}{}
}

func (c *closed) has(key string) bool {
	h := maphash.String(c.seed, key)
	_, last := c.last[h]
	_, past := c.past[h]
	return last || past
}
