package webpage

import (
	"strings"

	"stance.example/stance/corpus/internal/commentline"
)

// written leaves out the items that hold nothing that a reader wrote and weren't removed
// either: those without a text, notes that nobody has written yet, bylines without a text
// behind them, links from other sites, and what has neither a writer nor a time among
// comments that have.
func (t *tree) written(items []*item) []*item {
	kept := items[:0]
	for _, it := range items {
		if it.gone || it.text != "" && !t.isNote(it) {
			kept = append(kept, it)
		}
	}
	signed := 0
	for _, it := range kept {
		if it.author != "" || it.as != "" {
			signed++
		}
	}
	if len(kept) == 1 && t.isLeftover(kept[0]) {
		return nil
	}
	items, kept = kept, kept[:0]
	for _, it := range items {
		if it.author != "" || it.as != "" || it.gone || signed > 0 && t.nodes[it.at].words.has(commentWord|numbered) {
			kept = append(kept, it)
		}
	}
	return kept
}

// isLeftover reports whether the only item of a page is a few words beside a name and a time,
// with nothing that tells it from the line about the article: no number of its own, no button
// to reply, no line that announces it.
func (t *tree) isLeftover(it *item) bool {
	const few = 60
	if len(it.text) > few || it.at < 0 || strings.ContainsAny(it.text, ".!?") {
		return false
	}
	return !t.nodes[it.at].words.has(commentWord|numbered) && t.within(it.at).replies == 0 && t.announced(it.at, 1) == 0 && !t.headed(it.at)
}

// isNote reports whether the text of an item is the page's and not a reader's.
func (t *tree) isNote(it *item) bool {
	const longest = 240
	if len(it.text) > longest {
		return isExcerpt(it.text)
	}
	line := strings.Join(strings.Fields(it.text), " ")
	if it.as == "" && t.lines.announcesNone(line) {
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
	for _, phrase := range commentline.Words("nobody") {
		if strings.Contains(line, phrase) {
			return true
		}
	}
	return false
}
