package plaintext

import (
	"slices"
	"strings"

	"stance.example/stance/corpus"
	"stance.example/stance/corpus/internal/scalar"
)

// linkReplies sets the parents that the text tells: by its indentation, by
// "Ada → Bo" and by "@Bo" at the start of a comment. A name stands for the last
// earlier comment of its author; an unknown one leaves the parent unknown.
func (p *page) linkReplies(comments []corpus.Comment) {
	depths := p.indented()
	for i := range comments {
		if depths {
			if k := p.above(i); k >= 0 {
				comments[i].Parent = comments[k].ID
				continue
			}
		}
		name := p.blocks[i].replyTo
		if name == "" {
			name = mentioned(comments[i].Text, comments[:i])
		}
		if name == "" {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if scalar.Fold(comments[k].Author) == scalar.Fold(name) {
				comments[i].Parent = comments[k].ID
				break
			}
		}
	}
}

// indented reports whether the columns of the blocks tell depth: they differ, and by
// two or more. Smaller differences come from centred pages.
func (p *page) indented() bool {
	var columns []int
	for _, b := range p.blocks {
		columns = append(columns, b.column)
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	for i := 1; i < len(columns); i++ {
		if columns[i]-columns[i-1] < 2 {
			return false
		}
	}
	return len(columns) > 1
}

// above returns the last block before i that is less indented, -1 if there is none.
func (p *page) above(i int) int {
	for k := i - 1; k >= 0; k-- {
		if p.blocks[k].column < p.blocks[i].column {
			return k
		}
	}
	return -1
}

// mentioned returns the longest name of an earlier author that follows an @ at the
// start of a text, "" if there is none.
func mentioned(text string, earlier []corpus.Comment) string {
	rest, ok := strings.CutPrefix(text, "@")
	if !ok {
		return ""
	}
	rest = scalar.Fold(rest)
	best := ""
	for i := range earlier {
		name := strings.TrimPrefix(scalar.Fold(earlier[i].Author), "@")
		if name != "" && len(name) > len(strings.TrimPrefix(best, "@")) && strings.HasPrefix(rest, name) {
			best = earlier[i].Author
		}
	}
	return best
}
