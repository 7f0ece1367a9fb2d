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
	numberLast  = Pattern(`^[^\p{L}\p{N}]*(?:all |alle |top |reader |user )?(?:{noun})\s*[:(\[|·•-]*\s*(\d[\d.,]*k?)\s*[)\]:»]*$`)
	numberIn    = Pattern(`(?:^|[^\p{L}\p{N}])` + figure + `\s*(?:{noun})[^\p{L}\p{N}]*$`)
	titleTail   = Pattern(`^(?:{counts}|»|>>|>|…|\.\.\.)(?:$|[^\p{L}])`)
)

// announcement is what a count line or heading says.
type announcement struct {
	count   int // 0 if no number
	certain bool
	ok      bool
}

// announces reads a short line as "6 Comments", "20 thoughts on …", "This Post
// Has 80 Comments", "Kommentare (12)" or a bare "Comments".
func announces(l *Line) announcement {
	folded := strings.TrimSpace(l.Folded)
	for i := range l.tokens {
		if recentWords()[l.tokens[i].word] {
			return announcement{}
		}
	}
	if !mayCount(folded) {
		return announcement{}
	}
	if m := numberFirst().FindStringSubmatch(folded); m != nil {
		tail := strings.TrimLeft(m[2], " :.,;()[]{}")
		certain := !strings.ContainsFunc(tail, isWordRune) || titleTail().MatchString(tail)
		return announcement{count: figureOf(m[1]), certain: certain, ok: certain || len(l.tokens) <= 24}
	}
	if m := numberLast().FindStringSubmatch(folded); m != nil {
		return announcement{count: figureOf(m[1]), certain: true, ok: true}
	}
	if m := numberIn().FindStringSubmatch(folded); m != nil && len(l.tokens) <= 24 && m[1][0] <= '9' {
		certain := len(l.tokens) <= 8 && !strings.HasSuffix(folded, ".")
		return announcement{count: figureOf(m[1]), certain: certain, ok: true}
	}
	if isHeading(l.tokens) {
		return announcement{certain: true, ok: true}
	}
	return announcement{}
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
	for _, stem := range nounStems() {
		if strings.Contains(folded, stem) {
			return true
		}
	}
	return false
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
func isHeading(tokens []token) bool {
	if headings()[key(tokens)] {
		return true
	}
	for n := 1; n <= min(3, len(tokens)-1); n++ {
		if headings()[key(tokens[:n])] && phrases()[key(tokens[n:])] == endPhrase {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return r > 0x7f || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
