package labels

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"stance.example/stance/corpus"
)

// Set holds the labels of a run and finds those of a thread. It is safe for
// concurrent use.
type Set struct {
	byComment map[string][]*Label

	mu     sync.Mutex
	seen   map[*Label][]string // the threads that have the comment of a label that names none
	placed map[*Label][]string // the threads in which a label found its comment
	misfit []corpus.Problem
	order  []*Label
}

// NewSet puts labels together. Where a comment is labelled twice in different ways
// the first label stands; if the second is of the same annotator that is a failure,
// otherwise a warning. What isn't labelled yet, or was skipped, is left out.
func NewSet(list []Label) (*Set, []corpus.Problem) {
	s := &Set{byComment: map[string][]*Label{}, seen: map[*Label][]string{}, placed: map[*Label][]string{}}
	var problems []corpus.Problem
	for i := range list {
		l := &list[i]
		if l.State != Given {
			continue
		}
		if first := s.rival(l); first != nil {
			if first.Stance != l.Stance {
				problems = append(problems, contradiction(first, l))
			}
			continue
		}
		s.byComment[l.Comment] = append(s.byComment[l.Comment], l)
		s.order = append(s.order, l)
	}
	return s, problems
}

// rival is a label of the same comment, nil if there is none.
func (s *Set) rival(l *Label) *Label {
	for _, other := range s.byComment[l.Comment] {
		if other.Thread == l.Thread {
			return other
		}
	}
	return nil
}

func contradiction(first, second *Label) corpus.Problem {
	p := second.problem(fmt.Sprintf("comment %q is %s here, but %s at %s:%d, which stands",
		second.Comment, second.Stance, first.Stance, first.File, first.Line))
	if first.Annotator != second.Annotator {
		p.Level = corpus.Warning
	}
	return p
}

// Len is the number of labels.
func (s *Set) Len() int { return len(s.order) }

// Bare reports whether a label doesn't name its thread, so that every thread should be
// looked at before Of is asked.
func (s *Set) Bare() bool {
	return slices.ContainsFunc(s.order, func(l *Label) bool { return l.Thread == "" })
}

// Look takes note of a thread that is to be labelled. A label that names no thread counts
// for none if several threads have its comment, which nothing but looking tells.
func (s *Set) Look(t *corpus.Thread) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range t.Comments {
		for _, l := range s.byComment[t.Comments[i].ID] {
			if name := fullName(t); l.Thread == "" && !slices.Contains(s.seen[l], name) {
				s.seen[l] = append(s.seen[l], name)
			}
		}
	}
}

// fullName tells a thread from all others.
func fullName(t *corpus.Thread) string {
	if t.ID == "" || t.ID == t.Source {
		return t.Source
	}
	return t.Source + ", thread " + t.ID
}

// Together reports whether labels were drawn from the comments of all threads together.
func (s *Set) Together() bool {
	return slices.ContainsFunc(s.order, func(l *Label) bool { return l.Together })
}

// Names reports whether a label can be of the thread, of which ID and source suffice.
func (s *Set) Names(t *corpus.Thread) bool {
	return slices.ContainsFunc(s.order, func(l *Label) bool { return l.Thread == "" || Names(l.Thread, t) })
}

// Of returns the labels of a thread's comments, parallel to t.Comments, nil where
// there is none. A label that names a thread counts for the thread that Names
// tells; one that names none for the only thread that has the comment, or where nobody
// looked the first that asks.
func (s *Set) Of(t *corpus.Thread) []*Label {
	found := make([]*Label, len(t.Comments))
	for i := range t.Comments {
		found[i] = s.find(t, t.Comments[i].ID)
		if found[i] != nil {
			found[i] = s.place(found[i], t, &t.Comments[i])
		}
	}
	return found
}

// find returns the label of a comment; one that names the thread comes first.
func (s *Set) find(t *corpus.Thread, id string) *Label {
	var anywhere *Label
	for _, l := range s.byComment[id] {
		switch {
		case l.Thread == "":
			anywhere = l
		case Names(l.Thread, t):
			return l
		}
	}
	return anywhere
}

// NameOf is what a label calls a thread: its ID or, if it has none, what it was read from.
func NameOf(t *corpus.Thread) string {
	if t.ID != "" {
		return t.ID
	}
	return t.Source
}

// Names reports whether a label that calls its thread so means this one. A path means the
// same file from a folder above or below, too.
func Names(name string, t *corpus.Thread) bool {
	return name != "" && (name == t.ID || name == t.Source ||
		strings.HasSuffix(t.Source, "/"+name) || strings.HasSuffix(name, "/"+t.Source) && t.Source != "")
}

// place remembers where a label found its comment. It returns nil where the label can't
// count: in one thread of several, for a comment that was removed, whose text nobody can
// have read, and for one that was set aside.
func (s *Set) place(l *Label, t *corpus.Thread, c *corpus.Comment) *Label {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := fullName(t)
	seen := slices.Contains(s.placed[l], name)
	if !seen {
		s.placed[l] = append(s.placed[l], name)
	}
	switch {
	case l.Thread == "" && (len(s.seen[l]) > 1 || s.placed[l][0] != name):
		return nil
	case c.Counted():
		return l
	case !c.Removed:
		return nil
	}
	if !seen {
		s.misfit = append(s.misfit, l.problem(fmt.Sprintf("comment %q was removed, so its label can't count", c.ID)))
	}
	return nil
}

// Unplaced says which labels found no comment in the threads given to Of, and which
// found several, in the order of the labels.
func (s *Set) Unplaced() []corpus.Problem {
	s.mu.Lock()
	defer s.mu.Unlock()
	problems := slices.Clone(s.misfit)
	slices.SortFunc(problems, func(a, b corpus.Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	for _, l := range s.order {
		switch n := len(s.placed[l]); {
		case n == 0 && l.Thread != "":
			problems = append(problems, l.problem(fmt.Sprintf("thread %q has no comment %q, or wasn't read", l.Thread, l.Comment)))
		case n == 0:
			problems = append(problems, l.problem(fmt.Sprintf("no comment has the ID %q", l.Comment)))
		case len(s.seen[l]) > 1:
			problems = append(problems, l.problem(fmt.Sprintf("comment %q stands in %d threads (%s), so the label counts for none: add a column thread",
				l.Comment, len(s.seen[l]), several(s.seen[l]))))
		case l.Thread == "" && n > 1:
			problems = append(problems, l.problem(fmt.Sprintf("comment %q stands in %d threads (%s), and the label counted for the first: add a column thread",
				l.Comment, n, several(s.placed[l]))))
		}
	}
	return problems
}

// several lists the first of some names.
func several(names []string) string {
	const most = 3
	if len(names) > most {
		return strings.Join(names[:most], "; ") + "; …"
	}
	return strings.Join(names, "; ")
}

// Annotated is the thread with the labels as its annotations, and no others.
func (s *Set) Annotated(t *corpus.Thread) *corpus.Thread {
	with := *t
	with.Comments = slices.Clone(t.Comments)
	for i, l := range s.Of(t) {
		c := &with.Comments[i]
		if c.Annotation = nil; l == nil {
			continue
		}
		c.Annotation = &corpus.Annotation{Label: l.Stance.String()}
		if l.Sentiment != nil {
			c.Annotation.Sentiment = l.Sentiment.String()
		}
	}
	return &with
}
