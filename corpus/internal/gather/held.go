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

// Held is the threads of a file while they are gathered, by their keys. Make one with NewHeld.
type Held[T any] struct {
	limit  int
	bytes  int
	count  int // of threads so far
	open   map[string]*slot[T]
	wait   list.List // of *slot[T], the longest without a new item first
	closed closed
	cut    *string // the key of the thread given out last, if it was the only one
}

// slot is the place of a thread.
type slot[T any] struct {
	thread T
	key    string
	number int // in the order of the file
	bytes  int
	place  *list.Element
}

// NewHeld returns a Held that is full above a limit of memory, in bytes.
func NewHeld[T any](limit int) *Held[T] {
	return &Held[T]{limit: limit, open: map[string]*slot[T]{}, closed: newClosed()}
}

// Get returns the thread of a key, which has a new item.
func (h *Held[T]) Get(key string) (T, bool) {
	s := h.open[key]
	if s == nil {
		return *new(T), false
	}
	h.wait.MoveToBack(s.place)
	return s.thread, true
}

// Begin adds a thread, whose ID and line in the file are for messages. It returns what is to be said
// if a part of it was given out before: Oversize if that was the last thread.
func (h *Held[T]) Begin(key string, t T, id, file string, line int) []corpus.Problem {
	s := &slot[T]{thread: t, key: key, number: h.count}
	s.place = h.wait.PushBack(s)
	h.open[key] = s
	h.count++
	p := corpus.Problem{File: file, Line: line, Level: corpus.Warning}
	switch {
	case h.cut != nil && *h.cut == key:
		p.Oversize = true
		p.Message = fmt.Sprintf("thread %q takes more than %d MB of memory: the comments from here on are taken as another thread", id, h.limit>>20)
		return []corpus.Problem{p}
	case h.closed.has(key):
		p.Message = fmt.Sprintf("thread %q goes on here, far from its other comments, and is taken as another: sort the file by thread", id)
		return []corpus.Problem{p}
	}
	return nil
}

// Hold counts memory that a thread takes.
func (h *Held[T]) Hold(key string, bytes int) {
	h.open[key].bytes += bytes
	h.bytes += bytes
}

// Full reports whether too much is held.
func (h *Held[T]) Full() bool { return h.bytes > h.limit }

// Count is the number of threads so far.
func (h *Held[T]) Count() int { return h.count }

// Oldest takes out the thread that has waited longest for another item.
func (h *Held[T]) Oldest() T {
	s := h.wait.Front().Value.(*slot[T])
	h.remove(s)
	h.closed.add(s.key)
	h.cut = nil
	if len(h.open) == 0 {
		key := s.key
		h.cut = &key
	}
	return s.thread
}

func (h *Held[T]) remove(s *slot[T]) {
	h.wait.Remove(s.place)
	delete(h.open, s.key)
	h.bytes -= s.bytes
}

// All returns the threads in the order of the file.
func (h *Held[T]) All() []T {
	var all []T
	for _, s := range h.slots() {
		all = append(all, s.thread)
	}
	return all
}

func (h *Held[T]) slots() []*slot[T] {
	return slices.SortedFunc(maps.Values(h.open), func(a, b *slot[T]) int { return cmp.Compare(a.number, b.number) })
}

// Regroup gives the threads other keys. Those that have the same are joined into the first.
func (h *Held[T]) Regroup(key func(T) string, join func(into, from T)) {
	all := h.slots()
	h.open = make(map[string]*slot[T], len(all))
	for _, s := range all {
		s.key = key(s.thread)
		into := h.open[s.key]
		if into == nil {
			h.open[s.key] = s
			continue
		}
		h.wait.Remove(s.place)
		into.bytes += s.bytes
		join(into.thread, s.thread)
	}
}

// Join takes out one thread whose comments another has got, with their memory.
func (h *Held[T]) Join(into, from string) {
	s := h.open[from]
	h.remove(s)
	h.Hold(into, s.bytes)
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
