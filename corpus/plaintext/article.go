package plaintext

import (
	"strings"
	"unicode/utf8"
)

// Weights of the lines of an article: paragraphs of text attract, the short lines
// of menus repel.
const (
	paragraphFrom = 60  // bytes from which a line may be a paragraph
	paragraphMost = 400 // bytes up to which its length counts
	shortRepels   = 45
)

// readArticle finds the article before the comments: the stretch of lines with the
// most text and the fewest short lines (the maximum sum of a run, Kadane), and the
// nearest plain line before it as its title.
func (p *page) readArticle() {
	limit := min(p.start, len(p.lines))
	from, to := p.densest(limit)
	if limit == 0 || from == to && len(p.blocks) > 0 {
		return
	}
	if from == to {
		to = limit // neither comments nor paragraphs: what there is, is the article
	}
	if first := &p.lines[from]; len(first.clean) < 2*paragraphFrom && !endsSentence(first.clean) {
		p.title = first.clean
		p.roles[from] = ofTitle
	}
	for i := from; i < to; i++ {
		if p.lines[i].text != "" && p.roles[i] == unused {
			p.roles[i] = ofArticle
			p.article = append(p.article, p.lines[i].text)
		}
	}
	if p.title == "" {
		p.findTitle(from)
	}
}

// densest returns the run [from, to) of the first limit lines with the greatest
// weight, empty if no line is a paragraph.
func (p *page) densest(limit int) (from, to int) {
	best, sum, start := 0, 0, 0
	for i := range limit {
		sum += weight(&p.lines[i])
		if sum <= 0 {
			sum, start = 0, i+1
			continue
		}
		if sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return from, to
}

func weight(l *line) int {
	switch {
	case l.text == "" || l.kind == kindAvatar:
		return 0
	case isParagraph(l):
		return min(len(l.clean), paragraphMost)
	}
	return -shortRepels
}

// isParagraph reports whether a line is running text.
func isParagraph(l *line) bool {
	if l.kind != kindPlain && l.kind != kindEnd && l.kind != kindOpener || len(l.clean) < paragraphFrom || l.item && len(l.clean) < 2*paragraphFrom {
		return false
	}
	return len(l.clean) >= 2*paragraphFrom || endsSentence(l.clean) || strings.Contains(l.clean, ". ")
}

// endsSentence reports whether a text ends in the mark of a sentence or in a quotation
// mark.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(`.!?…:"”“»)`, last)
}

// titleReach is how many lines that aren't blank are looked at before the text.
const titleReach = 6

// headlineFrom is the length in bytes of most headlines; a shorter line is taken for
// the title only if there is no longer one near.
const headlineFrom = 20

// findTitle takes the plain short line nearest to the text, bylines left out.
func (p *page) findTitle(from int) {
	best, seen := -1, 0
	for i := from - 1; i >= 0 && seen < titleReach; i-- {
		l := &p.lines[i]
		if l.text == "" {
			continue
		}
		seen++
		if l.kind != kindPlain || l.item || l.folded == "" || isByline(l) {
			continue
		}
		if best < 0 {
			best = i
		}
		if len(l.clean) >= headlineFrom {
			if len(p.lines[best].clean) < headlineFrom && seen <= 3 {
				best = i
			}
			break
		}
	}
	if best < 0 {
		return
	}
	p.title = p.lines[best].clean
	p.roles[best] = ofTitle
}

func isByline(l *line) bool {
	for _, by := range bylines {
		if strings.HasPrefix(l.folded, by) {
			return true
		}
	}
	return strings.Count(l.clean, " ") <= 2 && nameCost(l.clean) < 0.3 && textCost(l.clean) > 0.5
}
