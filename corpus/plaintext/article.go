package plaintext

import (
	"strings"

	"stance.example/stance/corpus/internal/commentline"
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
	if first := &p.lines[from]; len(first.Clean) < 2*paragraphFrom && !commentline.EndsSentence(first.Clean) {
		p.title = first.Clean
		p.used[from] = true
	}
	for i := from; i < to; i++ {
		if p.lines[i].Text != "" && !p.used[i] {
			p.used[i] = true
			p.article = append(p.article, p.lines[i].Text)
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

func weight(l *commentline.Line) int {
	switch {
	case l.Text == "" || l.Kind == commentline.Avatar:
		return 0
	case isParagraph(l):
		return min(len(l.Clean), paragraphMost)
	}
	return -shortRepels
}

// isParagraph reports whether a line is running text.
func isParagraph(l *commentline.Line) bool {
	long := len(l.Clean) >= 2*paragraphFrom
	if l.Kind != commentline.Plain && l.Kind != commentline.End && l.Kind != commentline.Opener || len(l.Clean) < paragraphFrom || l.Item && !long {
		return false
	}
	return long || commentline.EndsSentence(l.Clean) || strings.Contains(l.Clean, ". ")
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
		if l.Text == "" {
			continue
		}
		seen++
		if l.Kind != commentline.Plain || l.Item || l.Folded == "" || isByline(l) {
			continue
		}
		if best < 0 {
			best = i
		}
		if len(l.Clean) >= headlineFrom {
			if len(p.lines[best].Clean) < headlineFrom && seen <= 3 {
				best = i
			}
			break
		}
	}
	if best < 0 {
		return
	}
	p.title = p.lines[best].Clean
	p.used[best] = true
}

func isByline(l *commentline.Line) bool {
	if commentline.IsByline(l.Folded) {
		return true
	}
	return strings.Count(l.Clean, " ") <= 2 && commentline.NameCost(l.Clean) < 0.3 && commentline.TextCost(l.Clean) > 0.5
}
