package formats

import (
	"slices"
	"strings"
)

// Content is a set of the things a saved form can tell of a thread.
type Content uint16

// What a form may carry.
const (
	Article     Content = 1 << iota // its title or text
	Authors                         // of comments
	Times                           // of comments
	Replies                         // which comment answers which
	Votes                           // for and against comments
	Removals                        // comments that were taken away
	Annotations                     // what people decided about comments
	ManyThreads                     // in one file
	Gaps                            // how many comments are missing
)

var contentNames = []string{"article", "authors", "times", "replies", "votes", "removals", "annotations", "many threads", "gaps"}

// Has reports whether the set holds all of c.
func (s Content) Has(c Content) bool { return s&c == c }

// Names returns the names of what the set holds, in a fixed order.
func (s Content) Names() []string {
	names := []string{}
	for i, name := range contentNames {
		if s.Has(1 << i) {
			names = append(names, name)
		}
	}
	return names
}

// String returns the names, separated by commas.
func (s Content) String() string { return strings.Join(s.Names(), ", ") }

// contentOf is the set of what is named, separated by commas.
func contentOf(names string) Content {
	var s Content
	for name := range strings.SplitSeq(names, ", ") {
		s |= 1 << slices.Index(contentNames, name)
	}
	return s
}
