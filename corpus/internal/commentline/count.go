package commentline

import (
	"slices"
	"strings"
	"sync"

	"stance.example/stance/corpus/internal/scalar"
)

const figure = `(\d{1,3}(?:[.,' ]\d{3})+|\d+(?:[.,]\d)?k?|{one})`

var (
	numberFirst = Pattern(`^[^\p{L}\p{N}]*` + figure + `\s*(?:{noun})(?:$|[^\p{L}])(.*)$`)
	numberLast  = Pattern(`^[^\p{L}\p{N}]*(?:(?:{whose}) )?(?:{noun})\s*[:(\[|·•-]*\s*(\d[\d.,]*k?)\s*[)\]:»]*$`)
	numberIn    = Pattern(`(?:^|[^\p{L}\p{N}])` + figure + `\s*(?:{noun})[^\p{L}\p{N}]*$`)
	titleTail   = Pattern(`^(?:{counts}|»|>>|>|…|\.\.\.)(?:$|[^\p{L}])`)
)

// announces reads a short line as "6 Comments", "20 thoughts on …", "This Post
// Has 80 Comments", "Kommentare (12)" or a bare "Comments". It returns the number, 0 for
// none, and whether the line is nothing else.
func announces(l *Line) (count int, certain bool) {
	const longest, short = 24, 8 // tokens of a sentence with a number, and of a heading
	folded := strings.TrimSpace(l.Folded)
	if !mayCount(folded) || slices.ContainsFunc(l.tokens, func(t scalar.Token) bool { return recentWords()[t.Word] }) {
		return 0, false
	}
	if m := numberFirst().FindStringSubmatch(folded); m != nil {
		tail := strings.TrimLeft(m[2], " :.,;()[]{}")
		if !strings.ContainsFunc(tail, isWordRune) || titleTail().MatchString(tail) {
			return figureOf(m[1]), true
		}
		if len(l.tokens) > longest {
			return 0, false
		}
		return figureOf(m[1]), false
	}
	if m := numberLast().FindStringSubmatch(folded); m != nil {
		return figureOf(m[1]), true
	}
	if m := numberIn().FindStringSubmatch(folded); m != nil && len(l.tokens) <= longest && m[1][0] <= '9' {
		return figureOf(m[1]), len(l.tokens) <= short && !strings.HasSuffix(folded, ".")
	}
	return 0, isHeading(l.tokens)
}

// nounStems are the nouns and the headings without those that hold another: what every
// line that announces comments has one of.
var nounStems = sync.OnceValue(func() []string {
	phrases := slices.Compact(slices.Sorted(slices.Values(slices.Concat(Words("noun"), Words("heading")))))
	return slices.DeleteFunc(slices.Clone(phrases), func(p string) bool {
		return slices.ContainsFunc(phrases, func(q string) bool { return p != q && strings.Contains(p, q) })
	})
})

// mayCount reports whether a folded line has a word that announces comments. It saves
// the patterns on nearly every line of a page.
func mayCount(folded string) bool {
	return slices.ContainsFunc(nounStems(), func(stem string) bool { return strings.Contains(folded, stem) })
}

func figureOf(s string) int {
	n, ok := scalar.Count(s)
	if !ok {
		return 1 // "one", "ein", "un"
	}
	return n
}

// isHeading accepts a bare heading, also with the comment form's title behind
// it on the same line.
func isHeading(tokens []scalar.Token) bool {
	if headings()[key(tokens)] {
		return true
	}
	for n := 1; n <= min(3, len(tokens)-1); n++ {
		if headings()[key(tokens[:n])] && phrases()[key(tokens[n:])] == End {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return r > 0x7f || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
