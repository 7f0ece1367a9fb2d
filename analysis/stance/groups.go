package stance

import (
	"fmt"
	"strings"
)

// Groups is a set of feature groups. A model reads the groups it was trained
// with; leaving some out shows what they are worth.
type Groups uint16

// The feature groups.
const (
	Words   Groups = 1 << iota // word and character n-grams
	Cues                       // expressions that do the same work under any article
	Shape                      // length, questions, capitals, links, emoji
	Target                     // whom the comment speaks about
	Place                      // reply or not, and what the parent does
	Article                    // what kind of article it stands under
	Context                    // how the comments around it are judged (second pass)
	Parties                    // the parties and the case, where they are stated (second pass)

	AllGroups = Words | Cues | Shape | Target | Place | Article | Context | Parties
)

var groupNames = []string{"words", "cues", "shape", "target", "place", "article", "context", "parties"}

// Has reports whether g holds all of other.
func (g Groups) Has(other Groups) bool { return g&other == other }

// String lists the names, joined by plus signs.
func (g Groups) String() string {
	var names []string
	for i, name := range groupNames {
		if g.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// ParseGroups reads what String writes.
func ParseGroups(s string) (Groups, error) {
	var g Groups
	for _, part := range strings.Split(s, "+") {
		found := false
		for i, name := range groupNames {
			if part == name {
				g |= 1 << i
				found = true
			}
		}
		if !found {
			return 0, fmt.Errorf("unknown feature group %q", part)
		}
	}
	return g, nil
}
