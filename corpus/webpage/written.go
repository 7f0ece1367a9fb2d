package webpage

import (
	"slices"
	"strings"

	"stance.example/stance/corpus/internal/commentline"
)

// written leaves out the items that hold nothing that a reader wrote and weren't removed
// either: those without a text, notes that nobody has written yet, bylines without a text
// behind them, links from other sites, and what has neither a writer nor a time among
// comments that have.
func (t *tree) written(items []*item) []*item {
	items = slices.DeleteFunc(items, func(it *item) bool { return !it.Removed && (it.Text == "" || t.isNote(it)) })
	if len(items) == 1 && t.isLeftover(items[0]) {
		return nil
	}
	known := func(it *item) bool { return it.Author != "" || it.PostedAs != "" }
	signed := slices.ContainsFunc(items, known)
	return slices.DeleteFunc(items, func(it *item) bool {
		return !known(it) && !it.Removed && !(signed && t.nodes[it.at].words.has(commentWord|numbered))
	})
}

// isLeftover reports whether the only item of a page is a few words beside a name and a time,
// with nothing that tells it from the line about the article: no number of its own, no button
// to reply, no line that announces it.
func (t *tree) isLeftover(it *item) bool {
	const few = 60
	if len(it.Text) > few || strings.ContainsAny(it.Text, ".!?") {
		return false
	}
	return !t.nodes[it.at].words.has(commentWord|numbered) && t.within(it.at).replies == 0 && t.announced(it.at, 1) == 0 && !t.headed(it.at)
}

// isNote reports whether the text of an item is the page's and not a reader's.
func (t *tree) isNote(it *item) bool {
	const longest = 240
	if len(it.Text) > longest {
		return isExcerpt(it.Text)
	}
	line := strings.Join(strings.Fields(it.Text), " ")
	if it.PostedAs == "" && t.lines.announcesNone(line) {
		return true
	}
	r := t.lines.stamp(line)
	return isExcerpt(line) || r.Kind == commentline.Stamp || r.Kind == commentline.Opener && r.PostedAs != ""
}

// isExcerpt reports whether a text is cut out of another page, as links from other sites
// show where they are.
func isExcerpt(text string) bool {
	for _, cut := range []string{"[…]", "[...]", "[&#8230;]"} {
		if strings.HasPrefix(text, cut) && strings.HasSuffix(text, cut) && len(text) > 2*len(cut) {
			return true
		}
	}
	return false
}

// announcesNone reports whether a line says that there are no comments yet.
func (ls lines) announcesNone(line string) bool {
	line = strings.ToLower(line)
	return slices.ContainsFunc(commentline.Words("nobody"), func(phrase string) bool { return strings.Contains(line, phrase) })
}
