package commentline

import (
	"slices"
	"strings"
	"testing"

	"stance.example/stance/corpus/internal/scalar"
)

// TestWords holds the files of words to their form: known sections, phrases that a line can
// match.
func TestWords(t *testing.T) {
	known := []string{
		"action", "answers", "badge", "between", "by", "byline", "byword", "commentword", "counts", "edited", "end", "expand", "function", "heading", "interjection",
		"label-date", "label-name", "label-other", "label-text", "more", "nobody", "noun", "one", "page", "parent", "particle", "picture", "pingback",
		"quoting", "recent", "removed", "reply", "says", "since", "subject", "update", "voted", "votes", "whose", "wrote",
	}
	for section, phrases := range sections() {
		if !slices.Contains(known, section) {
			t.Errorf("unknown section %q", section)
		}
		for _, p := range phrases {
			if p == "" || p != strings.ToLower(p) || strings.Contains(p, "  ") || strings.TrimLeft(p, " ") != p {
				t.Errorf("%s: %q can't be matched", section, p)
			}
		}
	}
	for _, section := range known {
		if len(Words(section)) == 0 {
			t.Errorf("section %q is empty", section)
		}
	}
	for text, means := range phrases() {
		if tokens := scalar.Tokens(strings.ReplaceAll(text, "#", "7")); means != End && key(tokens) != text {
			t.Errorf("%q is read as %q", text, key(tokens))
		}
	}
}
